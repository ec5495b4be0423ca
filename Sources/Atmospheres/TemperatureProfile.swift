package import Units

/// Temperature as a function of pressure.
package enum TemperatureProfile: Sendable, Hashable {
  /// One temperature everywhere.
  case isothermal(Temperature)
  /// Temperatures at given pressures, linear in log pressure between them, constant beyond the outermost.
  case points([PressureTemperaturePoint])
  /// Radiative equilibrium under irradiation.
  case guillot(GuillotProfile)

  /// The temperature at each of `pressures`.
  /// - Parameters:
  ///   - pressures: Pa, any order.
  ///   - gravity: at the reference radius, m s-2; only an irradiated profile depends on it.
  /// - Returns: K, one a pressure.
  /// - Throws: `badProfile` where values are not positive and finite, or two points share a pressure.
  package func temperatures(at pressures: [Double], gravity: Double) throws(AtmosphereError) -> [Double] {
    let temperatures: [Double]
    switch self {
    case .isothermal(let temperature):
      temperatures = [Double](repeating: temperature.kelvins, count: pressures.count)
    case .points(let points):
      let interpolation = try PressureInterpolation(points)
      temperatures = pressures.map { interpolation.temperature(at: $0) }
    case .guillot(let profile):
      try profile.check()
      temperatures = pressures.map { profile.temperature(at: $0, gravity: gravity) }
    }
    guard temperatures.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw AtmosphereError(.badProfile, "the temperature profile has values that are not positive numbers")
    }
    return temperatures
  }
}

/// One point of a temperature profile.
package struct PressureTemperaturePoint: Sendable, Hashable {
  package var pressure: Pressure
  package var temperature: Temperature

  package init(pressure: Pressure, temperature: Temperature) {
    self.pressure = pressure
    self.temperature = temperature
  }
}

/// Points sorted by pressure, with ln p at hand.
private struct PressureInterpolation {
  var logPressure: [Double]
  var temperature: [Double]

  init(_ points: [PressureTemperaturePoint]) throws(AtmosphereError) {
    let sorted = points.sorted { $0.pressure < $1.pressure }
    guard !sorted.isEmpty,
      sorted.allSatisfy({ $0.pressure.pascals > 0 && $0.pressure.pascals.isFinite })
    else {
      throw AtmosphereError(.badProfile, "a temperature profile needs points at positive pressures")
    }
    logPressure = sorted.map { log($0.pressure.pascals) }
    temperature = sorted.map(\.temperature.kelvins)
    guard zip(logPressure, logPressure.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw AtmosphereError(.badProfile, "two points of the temperature profile share one pressure")
    }
  }

  func temperature(at pressure: Double) -> Double {
    let x = log(pressure)
    guard let above = logPressure.firstIndex(where: { $0 >= x }) else {
      return temperature[temperature.count - 1]
    }
    guard above > 0 else { return temperature[0] }
    let below = above - 1
    let fraction = (x - logPressure[below]) / (logPressure[above] - logPressure[below])
    return temperature[below] + fraction * (temperature[above] - temperature[below])
  }
}
