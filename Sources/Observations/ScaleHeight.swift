import Units

extension DerivedProperties {
  /// H / R_p, the atmosphere's scale height over the planet's radius: H = k T / (mu g) with the mean mass of hydrogen and helium of
  /// solar proportion, 2.33 u.
  /// - Parameters: kg, m, K; nil where not known.
  package static func scaleHeightOverRadius(
    mass: Double?, radius: Double?, temperature: Double?
  ) -> Double? {
    guard let mass, let radius, let temperature, mass > 0, radius > 0, temperature > 0 else { return nil }
    let unit = Constants.boltzmann / (Constants.atomicMass * Constants.gravitational)
    return unit * temperature * radius / (2.33 * mass)
  }
}
