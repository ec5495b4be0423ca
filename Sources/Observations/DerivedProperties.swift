package import Units

/// What follows from a planet's record by arithmetic alone.
package struct DerivedProperties: Sendable, Hashable {
  package var bulkDensity: Measurement<DensityDimension>?
  package var surfaceGravity: Measurement<AccelerationDimension>?
  package var equilibriumTemperature: Measurement<TemperatureDimension>?
  /// How the equilibrium temperature was had, for people.
  package var equilibriumTemperatureSource: String?
  /// How density and gravity were had, for people.
  package var bulkSource: String?
  /// Why something could not be derived, each a sentence for people.
  package var remarks: [String] = []

  package init() {}
}
