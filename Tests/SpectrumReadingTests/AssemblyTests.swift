import Observations
import SpectrumReading
import Testing

/// What is made of columns, whatever the format.
@Suite struct Assembly {
  private static let wave = (0..<9).map { 1.0 + 0.1 * Double($0) }

  private func read(_ columns: [SpectrumColumn], keys: [String: String] = [:]) throws -> Spectrum {
    try SpectrumAssembly.spectrum(
      of: SpectrumSource(
        layout: "test", columns: [SpectrumColumn("WAVELENGTH", unit: "um", Self.wave)] + columns, keys: keys))
  }

  /// Archives fill both quantities in where only one was measured, so two columns may hold the same numbers.
  @Test func equalColumnsKeepTheirUnits() throws {
    let values = Self.wave.map { 0.01 + 1e-4 * $0 }
    let spectrum = try read([SpectrumColumn("FPFS_PPM", values), SpectrumColumn("TRANSIT_DEPTH", values)])
    #expect(spectrum.kind == .transmission && spectrum.value == values && spectrum.unit == "fraction")
    let percent = try read([
      SpectrumColumn("TRANSIT_DEPTH_PERCENT", values), SpectrumColumn("ECLIPSE_DEPTH_PPM", values),
    ])
    #expect(zip(percent.value, values).allSatisfy { $0 == $1 * 1e-2 } && percent.unit == "PERCENT")
  }

  /// Writers of tables put zero where they have no depth; a star's flux may be zero.
  @Test(arguments: ["TRANSIT_DEPTH", "FP_FS", "FLUX"]) func depthOfZeroIsMasked(name: String) throws {
    var values = Self.wave.map { 0.1 + 0.001 * $0 }
    (values[2], values[5]) = (0, -0.0)
    let spectrum = try read([
      SpectrumColumn(name, values), SpectrumColumn("ERROR", Self.wave.map { _ in 1e-3 }),
    ])
    let masked = spectrum.isMasked.indices.filter { spectrum.isMasked[$0] }
    let sentence = "2 of 9 points masked: a depth of exactly zero"
    #expect(masked == (name == "FLUX" ? [] : [2, 5]))
    #expect(spectrum.assumptions.contains(sentence) == (name != "FLUX"))
  }
}
