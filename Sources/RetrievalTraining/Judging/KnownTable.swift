import Atmospheres
import NumericalMethods
import Observations
import SpectralPrior
package import TrainingSets

extension KnownSpectrum {
  /// A table's spectra as observed with the same error in every bin that is there; the star's radius is known.
  /// - Parameters:
  ///   - noise: standard deviation of what is added, as a depth; 0 leaves the spectra as they are.
  ///   - leastError: the errors are taken for no less.
  ///   - takesAnchored: also bins whose level is not the original's.
  ///   - repeats: how often each spectrum is observed.
  package static func all(
    _ table: LabelledSpectra, rows: [Int], noise: Double, leastError: Double, takesAnchored: Bool,
    repeats: Int,
    seed: UInt64
  ) -> [KnownSpectrum] {
    let grid = SpectralGrid.standard
    return rows.flatMap { row in
      (0..<repeats).map { time in
        var random = SeededRandom(seed: seed, stream: UInt64(row * repeats + time))
        let depths = table.depths[row]
        let bins = depths.indices.filter { depths[$0].isFinite && (takesAnchored || !table.isAnchored[$0]) }
        let errors = [Double](repeating: max(noise, leastError), count: bins.count)
        var observation = SpectralObservation(
          kind: .transmission, lower: bins.map { grid.edges[$0] }, upper: bins.map { grid.edges[$0 + 1] },
          values: bins.map { depths[$0] + noise * random.normal() }, upperErrors: errors, lowerErrors: errors,
          instruments: bins.map { _ in 0 }, instrumentNames: [""])
        observation.starRadius = MeasuredValue(
          ModelConfiguration.exoGAN2018StellarRadius.meters, deviation: 0)
        return KnownSpectrum(
          observation: observation, truth: table.parameters.mapValues { $0[row] }, depths: depths)
      }
    }
  }
}
