package import Observations
import Tensors

/// Absorption cross-sections of one gas, one value a wavelength, over temperature and pressure.
package struct CrossSectionTable: Sendable {
  package let species: Species
  /// K, ascending.
  package let temperatures: [Double]
  /// Pa, ascending.
  package let pressures: [Double]
  /// Pressures x temperatures x wavelengths of the grid, m2 a molecule.
  package let crossSections: [Double]
  package let binCount: Int
  private let logPressures: [Double]

  /// - Throws: `badTable` where axes are not ascending, sizes do not fit, or values are negative or not finite.
  package init(
    species: Species, temperatures: [Double], pressures: [Double], crossSections: [Double], grid: SpectralGrid
  ) throws(AtmosphereError) {
    try checkAxis(temperatures, "temperatures of \(species)")
    try checkAxis(pressures, "pressures of \(species)")
    guard crossSections.count == temperatures.count * pressures.count * grid.count else {
      throw AtmosphereError(
        .badTable,
        "\(species) has \(crossSections.count) cross-sections, not \(pressures.count) pressures x "
          + "\(temperatures.count) temperatures x \(grid.count) wavelengths")
    }
    guard crossSections.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw AtmosphereError(.badTable, "\(species) has cross-sections that are negative or not finite")
    }
    self.species = species
    self.temperatures = temperatures
    self.pressures = pressures
    self.crossSections = crossSections
    binCount = grid.count
    logPressures = pressures.map { log10($0) }
  }

  private init(_ table: Self, bins: [Int]) {
    species = table.species
    temperatures = table.temperatures
    pressures = table.pressures
    crossSections = cutColumns(table.crossSections, of: table.binCount, to: bins)
    binCount = bins.count
    logPressures = table.logPressures
  }

  func cut(to bins: [Int]) -> Self { Self(self, bins: bins) }

  /// Adds `factor` times the cross-section to each bin: bilinear in T and log p on the cross-section itself, held
  /// at the table's edges, as TauREx 3 does it (Al-Refaie et al. 2021, ApJ 917, 37).
  /// - Parameters:
  ///   - temperature: K.
  ///   - pressure: Pa.
  func add(
    temperature: Double, pressure: Double, factor: Double, to sum: UnsafeMutablePointer<Double>
  ) {
    let t = AxisPosition(temperature, on: temperatures)
    let p = AxisPosition(log10(pressure), on: logPressures)
    crossSections.withUnsafeBufferPointer { table in
      func row(_ pressureIndex: Int, _ temperatureIndex: Int) -> UnsafePointer<Double> {
        table.baseAddress! + (pressureIndex * temperatures.count + temperatureIndex) * binCount
      }
      AbsorptionKernels.addRows(
        (
          row(p.lower, t.lower), row(p.lower, t.upper), row(p.upper, t.lower), row(p.upper, t.upper)
        ),
        coefficients: (
          factor * (1 - p.fraction) * (1 - t.fraction), factor * (1 - p.fraction) * t.fraction,
          factor * p.fraction * (1 - t.fraction), factor * p.fraction * t.fraction
        ), to: sum, binCount)
    }
  }
}

/// Where a value lies on an ascending axis; beyond its ends, at the end.
struct AxisPosition {
  let lower: Int
  let upper: Int
  let fraction: Double

  init(_ value: Double, on axis: [Double]) {
    var low = 0
    var high = axis.count - 1
    guard high > 0, value > axis[0] else {
      (lower, upper, fraction) = (0, min(1, high), 0)
      return
    }
    guard value < axis[high] else {
      (lower, upper, fraction) = (high - 1, high, 1)
      return
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if axis[middle] <= value { low = middle } else { high = middle }
    }
    lower = low
    upper = high
    fraction = (value - axis[low]) / (axis[high] - axis[low])
  }
}

func checkAxis(_ values: [Double], _ name: String) throws(AtmosphereError) {
  guard let first = values.first, first > 0, values.allSatisfy(\.isFinite),
    zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
  else { throw AtmosphereError(.badTable, "the \(name) must be positive and ascending") }
}
