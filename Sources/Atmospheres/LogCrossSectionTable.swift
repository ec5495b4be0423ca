import Tensors

/// ln k of one gas as numbers over temperature, pressure, quadrature point and bin.
package struct LogCrossSectionTable: Sendable {
  /// K, ascending.
  package let temperatures: [Double]
  /// Pa, ascending.
  package let pressures: [Double]
  package let pointCount: Int
  package let binCount: Int
  /// Vectors of 16 bins x temperatures x pressures x points x 16, ln(m2 a molecule); the last bin fills the last vector.
  private let logCrossSections: [Float]
  private let logPressures: [Double]
  /// The mean of ln k over the lower half of points, all states and the bins of each vector: how strong a gas is where it is
  /// weak.
  let strengths: [Float]
  /// The largest ln k of each vector.
  let peaks: [Float]

  private static let lanes = ChordKernels.lanes

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
    self.init(
      temperatures: temperatures, pressures: pressures, pointCount: pointCount, bins: bins,
      logPressures: pressures.map { log($0) }
    ) { logCrossSections[($0 * bins + $2) * pointCount + $1] }
  }

  /// - Parameter value: of a state (temperatures x pressures), a point and a bin.
  private init(
    temperatures: [Double], pressures: [Double], pointCount: Int, bins: Int, logPressures: [Double],
    value: (_ state: Int, _ point: Int, _ bin: Int) -> Float
  ) {
    let states = temperatures.count * pressures.count
    var table: [Float] = []
    table.reserveCapacity(states * pointCount * bins.roundedUp(to: Self.lanes))
    for vector in stride(from: 0, to: bins, by: Self.lanes) {
      for state in 0..<states {
        for point in 0..<pointCount {
          for lane in 0..<Self.lanes { table.append(value(state, point, min(vector + lane, bins - 1))) }
        }
      }
    }
    self.temperatures = temperatures
    self.pressures = pressures
    self.pointCount = pointCount
    self.logPressures = logPressures
    logCrossSections = table
    binCount = bins
    peaks = stride(from: 0, to: table.count, by: states * pointCount * Self.lanes).map { vector in
      table[vector..<vector + states * pointCount * Self.lanes].max()!
    }
    let rows = max(1, pointCount / 2) * Self.lanes
    strengths = stride(from: 0, to: table.count, by: states * pointCount * Self.lanes).map { vector in
      (0..<states).reduce(0) { sum, state in
        let start = vector + state * pointCount * Self.lanes
        return sum + table[start..<start + rows].reduce(0, +) / Float(rows * states)
      }
    }
  }

  func cut(to bins: [Int]) -> Self {
    Self(
      temperatures: temperatures, pressures: pressures, pointCount: pointCount, bins: bins.count,
      logPressures: logPressures
    ) { logCrossSections[place($0, $1, bins[$2])] }
  }

  private func place(_ state: Int, _ point: Int, _ bin: Int) -> Int {
    (bin / Self.lanes * vectorSize) + (state * pointCount + point) * Self.lanes + bin % Self.lanes
  }

  private var vectorSize: Int { temperatures.count * pressures.count * pointCount * Self.lanes }

  /// ln k of one vector of 16 bins, temperatures x pressures x points x 16.
  func withVector(_ vector: Int, _ body: (UnsafePointer<Float>) -> Void) {
    logCrossSections.withUnsafeBufferPointer { body($0.baseAddress! + vector * vectorSize) }
  }

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
    let pressureFraction = Float(p.fraction)
    logCrossSections.withUnsafeBufferPointer { table in
      for point in 0..<pointCount {
        for start in stride(from: 0, to: binCount, by: Self.lanes) {
          func row(_ temperature: Int, _ pressure: Int) -> UnsafePointer<Float> {
            table.baseAddress! + place(temperature * pressures.count + pressure, point, start)
          }
          let (a, b) = (row(t.lower, p.lower), row(t.lower, p.upper))
          let (c, d) = (row(t.upper, p.lower), row(t.upper, p.upper))
          let target = result + point * binCount + start
          for j in 0..<min(Self.lanes, binCount - start) {
            let low = a[j] + pressureFraction * (b[j] - a[j])
            let high = c[j] + pressureFraction * (d[j] - c[j])
            target[j] = low + t.fraction * (high - low) + offset
          }
        }
      }
    }
  }

  /// Where each layer's temperature and pressure lie.
  /// - Throws: `outsideTable` where a temperature is.
  func positions(temperatures: [Double], pressures: [Double]) throws(AtmosphereError) -> [TablePosition] {
    var positions: [TablePosition] = []
    positions.reserveCapacity(pressures.count)
    var t = try InverseTemperaturePosition(temperatures[0], on: self.temperatures)
    for layer in pressures.indices {
      if layer > 0, temperatures[layer] != temperatures[layer - 1] {
        t = try InverseTemperaturePosition(temperatures[layer], on: self.temperatures)
      }
      let p = AxisPosition(log(pressures[layer]), on: logPressures)
      positions.append(
        TablePosition(
          temperature: (t.lower, t.upper, t.fraction), pressure: (p.lower, p.upper, Float(p.fraction))))
    }
    return positions
  }

  /// The layers of a grid, their pressures times a factor, evenly spaced in ln p as they are, as runs between this table's pressures; beyond its ends k is
  /// held.
  func runs(_ grid: PressureGrid, times factor: Double = 1) -> [PressureRun] {
    var runs: [PressureRun] = []
    var wasHeld = false
    for (layer, pressure) in grid.layers.enumerated() {
      let logPressure = log(pressure * factor)
      let position = AxisPosition(logPressure, on: logPressures)
      let isHeld = logPressure <= logPressures[0] || logPressure >= logPressures[logPressures.count - 1]
      if let run = runs.last, Int(run.lower) == position.lower, isHeld == wasHeld,
        layer - Int(run.first) < Self.longestRun
      {
        runs[runs.count - 1].end += 1
      } else {
        let step = isHeld ? 0 : -grid.logStep / (logPressures[position.upper] - logPressures[position.lower])
        runs.append(
          PressureRun(
            layers: layer..<layer + 1, lower: position.lower, upper: position.upper,
            fraction: Float(position.fraction), step: Float(step)))
      }
      wasHeld = isHeld
    }
    return runs
  }

  /// Layers: bounds that hold for a whole run tell what need not be computed, so it should not be long.
  private static let longestRun = 10

  /// Results are in units of 1e-24 m2, ordinary numbers in single precision.
  static let unitLogarithm = -Float(log(CrossSectionUnit.squareMeters))
}
