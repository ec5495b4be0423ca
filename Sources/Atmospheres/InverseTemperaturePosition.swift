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
