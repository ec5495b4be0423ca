package import Observations
package import Units

/// What is known of a planet, as far as its interior is concerned. What is not known is `nil`.
package struct InteriorObservation: Sendable, Hashable {
  package var mass: Measurement<MassDimension>?
  /// The mass is m sin i.
  package var massIsMinimum: Bool
  package var radius: Measurement<LengthDimension>?
  package var equilibriumTemperature: Measurement<TemperatureDimension>?
  /// Fluid k2.
  package var loveNumber: Measurement<DimensionlessDimension>?
  /// Molar Fe/(Mg+Si) of the whole planet.
  package var ironToMagnesiumSilicon: Measurement<DimensionlessDimension>?
  /// Where the planet's composition comes from, a sentence for people.
  package var compositionSource: String?
  /// [Fe/H] of the star, dex.
  package var stellarMetallicity: Measurement<DimensionlessDimension>?
  /// Of the star, and so of the planet.
  package var age: Measurement<TimeDimension>?
  /// [M/H] of the planet's atmosphere, dex.
  package var atmosphericMetallicity: Measurement<DimensionlessDimension>?

  package init(
    mass: Measurement<MassDimension>?, massIsMinimum: Bool = false, radius: Measurement<LengthDimension>?,
    equilibriumTemperature: Measurement<TemperatureDimension>? = nil,
    loveNumber: Measurement<DimensionlessDimension>? = nil,
    ironToMagnesiumSilicon: Measurement<DimensionlessDimension>? = nil, compositionSource: String? = nil,
    stellarMetallicity: Measurement<DimensionlessDimension>? = nil,
    age: Measurement<TimeDimension>? = nil,
    atmosphericMetallicity: Measurement<DimensionlessDimension>? = nil
  ) {
    self.mass = mass
    self.massIsMinimum = massIsMinimum
    self.radius = radius
    self.equilibriumTemperature = equilibriumTemperature
    self.loveNumber = loveNumber
    self.ironToMagnesiumSilicon = ironToMagnesiumSilicon
    self.compositionSource = compositionSource
    self.stellarMetallicity = stellarMetallicity
    self.age = age
    self.atmosphericMetallicity = atmosphericMetallicity
  }
}
