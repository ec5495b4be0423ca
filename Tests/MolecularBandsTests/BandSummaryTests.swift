import Testing

@testable import MolecularBands

@Suite struct BandSummaryTests {
  /// What was put in comes out: the shares of all branches add up. Lines below 0.3 um and beyond 21 um, and those of
  /// J above the highest, are missing.
  @Test(arguments: ["NH3", "HCN", "C2H2"]) func strengthsComeBack(_ gas: String) {
    let bands = BandSummary.bands(of: gas)
    #expect(bands.count > 10)
    for band in bands {
      // Inversion moves and splits these two levels of NH3 away from where the modes' expansion has them.
      let isInverting = gas == "NH3" && (band.name == "2nu2" || band.name == "3nu2")
      #expect(abs(band.summed / band.strength - 1) < (isInverting ? 0.1 : 0.03), "\(gas) \(band.name)")
      #expect(abs(band.position / band.origin - 1) < (isInverting ? 0.1 : 0.04), "\(gas) \(band.name)")
    }
  }

  /// f of a system is spread over its bands by Franck-Condon factors, weighted with nu/nu_00: within 12 %. Heads of the
  /// 0-0 bands: Pearse & Gaydon 1976 (middle sub-band of triplets, in vacuum).
  @Test(
    arguments: [
      ("TiO", "alpha", 0.517), ("TiO", "beta", 0.560), ("TiO", "gamma", 0.709), ("TiO", "gamma'", 0.619),
      ("TiO", "delta", 0.886), ("VO", "B-X", 0.793), ("VO", "C-X", 0.574), ("VO", "A-X", 1.052),
    ]) func headsAndOscillatorStrengths(_ gas: String, _ system: String, _ head: Double) throws
  {
    let band = try #require(BandSummary.bands(of: gas).first { $0.name == system })
    #expect(abs(band.position / head - 1) < 0.004)
    #expect(abs(band.summed / band.strength - 1) < 0.12)
  }

  @Test func othersHaveNone() { #expect(BandSummary.bands(of: "Na").isEmpty) }
}
