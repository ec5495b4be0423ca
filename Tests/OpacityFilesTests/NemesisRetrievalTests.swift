import Atmospheres
import Foundation
import Observations
import OpacityFiles
import Testing

@Suite("Retrieval of spectra made with k-tables of NEMESIS") struct NemesisRetrievalTests {
  /// Four channels of one strength and one window, through which Rayleigh scattering shows; half of each at 0.5, half at
  /// 1.5 of it. In ours the same, by wavelength.
  static func retrieval(strength: Float) throws -> NemesisRetrieval {
    let table = try NemesisTable(
      NemesisComparisonTests.table(wavelengths: [1.2, 1.25, 1.3, 1.35, 1.6]) { channel, _, _ in
        channel < 4 ? strength : 1e-6
      }, name: "h2o.kta")
    let logs = SpectralGrid.standard.wavelengths.flatMap { wavelength in
      (0..<8).map { Float(log((wavelength < 1.45e-6 ? 1e-24 : 1e-30) * ($0 < 4 ? 0.5 : 1.5))) }
    }
    let weights = [0.1, 0.1, 0.1, 0.2, 0.2, 0.1, 0.1, 0.1]
    let ours = try KDistribution(
      species: .water, weights: weights,
      form: .local(
        LogCrossSectionTable(
          temperatures: [500, 2000], pressures: [1], pointCount: 8, logCrossSections: logs + logs)))
    return try NemesisRetrieval(
      table, name: "h2o.kta", of: .water, tables: Opacities(distributions: [ours]))
  }

  @Test("The same cross-sections give the mixing ratio back; others by as much as they differ")
  func found() throws {
    for (strength, error) in [(Float(1), 0.0), (2, 0.301), (0.25, -0.602)] {
      let result = try Self.retrieval(strength: strength).retrieve(temperature: 1000, logMixingRatio: -5)
      #expect(abs(result.error - error) < 0.02)
      #expect(result.residual < 0.01 && result.channelCount == 5)
      // 0.15 dex move four of five channels by 0.345 scale heights.
      #expect(abs(result.sensitivity - 0.345 * 0.4) < 0.02)
    }
  }

  @Test("A k-table without channels of WFC3, or without absorption, is refused")
  func refusals() throws {
    let elsewhere = try NemesisTable(
      NemesisComparisonTests.table(wavelengths: [3.6, 4.5]) { _, _, _ in 1 }, name: "a")
    #expect(throws: OpacityFileError.self) {
      try NemesisRetrieval(elsewhere, name: "a", of: .water, tables: Opacities())
    }
    #expect(throws: AtmosphereError.self) {
      let empty = try NemesisTable(
        NemesisComparisonTests.table(wavelengths: [1.2, 1.3, 1.4]) { _, _, _ in 0 }, name: "a")
      _ = try NemesisRetrieval(empty, name: "a", of: .water, tables: Opacities())
        .retrieve(temperature: 1000, logMixingRatio: -4)
    }
  }
}
