import Tensors

/// ln k of one gas as numbers over temperature, pressure, quadrature point and bin.
package struct LogCrossSectionTable: Sendable {
  /// K, ascending.
  package let temperatures: [Double]
  /// Pa, ascending.
  package let pressures: [Double]
  package let pointCount: Int
  package let binCount: Int
  /// Temperatures x pressures x points x bins, ln(m2 a molecule).
  private let logCrossSections: [Float]
  private let logPressures: [Double]

  /// - Parameter logCrossSections: temperatures x pressures x bins x points, ln(m2 a molecule).
  /// - Throws: `badTable` where axes are not ascending, sizes do not fit, or values are not finite.
  package init(
    temperatures: [Double], pressures: [Double], pointCount: Int, logCrossSections: [Float]
  ) throws(AtmosphereError) {
    try checkAxis(temperatures, "temperatures of a k-distribution")
    try checkAxis(pressures, "pressures of a k-distribution")
    let states = temperatures.count * pressures.count
    guard pointCount > 0, !logCrossSections.isEmpty, logCrossSections.count % (states * pointCount) == 0,
      logCrossSections.allSatisfy(\.isFinite)
    else {
      throw AtmosphereError(
        .badTable, "a k-distribution needs finite values, as many for each temperature, pressure and point")
    }
    let bins = logCrossSections.count / (states * pointCount)
    var turned = [Float](repeating: 0, count: logCrossSections.count)
    for state in 0..<states {
      let start = state * bins * pointCount
      for bin in 0..<bins {
        for point in 0..<pointCount {
          turned[start + point * bins + bin] = logCrossSections[start + bin * pointCount + point]
        }
      }
    }
    self.temperatures = temperatures
    self.pressures = pressures
    self.pointCount = pointCount
    self.logCrossSections = turned
    binCount = bins
    logPressures = pressures.map { log($0) }
  }

  private init(_ table: Self, bins: Range<Int>) {
    temperatures = table.temperatures
    pressures = table.pressures
    pointCount = table.pointCount
    logCrossSections = cutColumns(table.logCrossSections, of: table.binCount, to: bins)
    binCount = bins.count
    logPressures = table.logPressures
  }

  func cut(to bins: Range<Int>) -> Self { Self(self, bins: bins) }

  /// Sets `result` (points x bins) to factor k: ln k linear in 1/T and in ln p, held at the pressure axis's ends.
  /// - Parameters:
  ///   - temperature: K.
  ///   - pressure: Pa.
  /// - Throws: `outsideTable` where the temperature is.
  func set(
    temperature: Double, pressure: Double, times factor: Double, into result: UnsafeMutablePointer<Float>
  ) throws(AtmosphereError) {
    let size = pointCount * binCount
    try setLogs(temperature: temperature, pressure: pressure, offset: Self.unitLogarithm, into: result)
    // Beyond +-87 the exponential saturates: 1e-62 m2 and less is nothing.
    Float.exponential(result, result, size)
    let factor = Float(factor)
    for j in 0..<size { result[j] *= factor }
  }

  /// ln k, points x bins, ln(m2 a molecule).
  /// - Throws: `outsideTable` where the temperature is.
  func logs(temperature: Double, pressure: Double) throws(AtmosphereError) -> [Float] {
    var logs = [Float](repeating: 0, count: pointCount * binCount)
    try setLogs(temperature: temperature, pressure: pressure, offset: 0, into: &logs)
    return logs
  }

  private func setLogs(
    temperature: Double, pressure: Double, offset: Float, into result: UnsafeMutablePointer<Float>
  ) throws(AtmosphereError) {
    let t = try InverseTemperaturePosition(temperature, on: temperatures)
    let p = AxisPosition(log(pressure), on: logPressures)
    let size = pointCount * binCount
    let pressureFraction = Float(p.fraction)
    logCrossSections.withUnsafeBufferPointer { table in
      func state(_ temperature: Int, _ pressure: Int) -> UnsafePointer<Float> {
        table.baseAddress! + (temperature * pressures.count + pressure) * size
      }
      let (a, b) = (state(t.lower, p.lower), state(t.lower, p.upper))
      let (c, d) = (state(t.upper, p.lower), state(t.upper, p.upper))
      for j in 0..<size {
        let low = a[j] + pressureFraction * (b[j] - a[j])
        let high = c[j] + pressureFraction * (d[j] - c[j])
        result[j] = low + t.fraction * (high - low) + offset
      }
    }
  }

  /// Results are in units of 1e-24 m2, ordinary numbers in single precision.
  static let unitLogarithm = -Float(log(CrossSectionUnit.squareMeters))
}

/// Where 1/T lies between two temperatures of an axis.
struct InverseTemperaturePosition {
  let lower: Int
  let upper: Int
  let fraction: Float

  /// - Throws: `outsideTable`.
  init(_ temperature: Double, on axis: [Double]) throws(AtmosphereError) {
    guard let first = axis.first, let last = axis.last, temperature >= first, temperature <= last else {
      throw AtmosphereError(
        .outsideTable,
        "opacities are known from \(axis[0]) to \(axis[axis.count - 1]) K, not at \(temperature) K")
    }
    let position = AxisPosition(temperature, on: axis)
    lower = position.lower
    upper = position.upper
    let (low, high) = (axis[lower], axis[upper])
    fraction = high > low ? Float((1 / temperature - 1 / low) / (1 / high - 1 / low)) : 0
  }
}

/// The unit of cross-sections in single precision; amounts are counted in its inverse.
enum CrossSectionUnit {
  static let squareMeters = 1e-24
}
