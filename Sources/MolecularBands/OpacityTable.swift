import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// k-distributions of one gas on a grid of temperatures and pressures.
package struct OpacityTable: Sendable {
  /// Chemical formula.
  package let species: String
  /// K, ascending.
  package let temperatures: [Double]
  /// Pa, ascending.
  package let pressures: [Double]
  package let grid: SamplingGrid
  /// ln k, k in m2 per molecule, row-major over [temperature][pressure][bin][quadrature point].
  package var logCrossSections: [Float]

  /// ln k of cross-sections that are nothing.
  package static let nothing: Float = -150

  package init(
    species: String, temperatures: [Double], pressures: [Double], grid: SamplingGrid,
    logCrossSections: [Float]
  ) {
    precondition(
      logCrossSections.count
        == temperatures.count * pressures.count * grid.binCount * KQuadrature.weights.count)
    self.species = species
    self.temperatures = temperatures
    self.pressures = pressures
    self.grid = grid
    self.logCrossSections = logCrossSections
  }

  package func index(temperature: Int, pressure: Int, bin: Int, point: Int = 0) -> Int {
    ((temperature * pressures.count + pressure) * grid.binCount + bin) * KQuadrature.weights.count + point
  }

  /// Mean cross-section of a bin, m2 per molecule.
  package func mean(temperature: Int, pressure: Int, bin: Int) -> Double {
    let first = index(temperature: temperature, pressure: pressure, bin: bin)
    return KQuadrature.weights.indices.reduce(0.0) {
      $0 + KQuadrature.weights[$1] * exp(Double(logCrossSections[first + $1]))
    }
  }
}
