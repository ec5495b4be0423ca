package import Observations

/// What a planet's record lacks or says, whichever method looks at it.
extension Flag {
  package static let massMissing = Flag(
    "mass-missing", place: 10, "No mass is known, and no interior can be inferred without one.")
  package static let massIsLimit = Flag(
    "mass-is-limit", place: 20, "Only a limit of the mass is known, and no interior can be inferred from it.")
  package static let radiusMissing = Flag(
    "radius-missing", place: 30, "No radius is known, and no interior can be inferred without one.")
  package static let radiusIsLimit = Flag(
    "radius-is-limit", place: 40,
    "Only a limit of the radius is known, and no interior can be inferred from it.")
  package static let massIsMinimum = Flag(
    "mass-is-minimum", place: 50,
    "The mass is m sin i, a minimum: the planet may be heavier, and denser, than it is taken to be.")
  package static let temperatureDerived = Flag(
    "temperature-derived", place: 120, "The equilibrium temperature was derived from the star and the orbit.")
  package static let temperatureUnknown = Flag(
    "temperature-unknown", place: 130,
    "No equilibrium temperature is known: the result averages over what is possible.")
  package static let planetRetracted = Flag(
    "planet-retracted", place: 150, "The catalogue lists the planet as retracted: it may not exist.")
  package static let planetControversial = Flag(
    "planet-controversial", place: 160, "The catalogue lists the planet as controversial: it may not exist.")
}

extension Flag {
  /// All flags that are raised before any method has looked.
  package static let ofInputs: [Flag] = [
    .massMissing, .massIsLimit, .radiusMissing, .radiusIsLimit, .massIsMinimum, .temperatureDerived,
    .temperatureUnknown, .planetRetracted, .planetControversial, .paddingMissing, .severalQuantities,
    .errorsAbsent, .errorsImplausible, .wavelengthUnitAssumed, .wavelengthUnitCorrected,
    .depthUnitAssumed, .errorArray, .duplicateWavelengths,
    .stellarSpectrum, .outsideGrid,
  ]
}
