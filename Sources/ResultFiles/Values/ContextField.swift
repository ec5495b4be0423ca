import Analyses
package import Observations
import Units

/// What results give of a spectrum's star and planet: stated once for JSON, FITS, text and page.
package struct ContextField: Sendable {
  /// Member in JSON.
  let name: String
  let unit: String
  /// Keyword in FITS, to which `_UP` and `_LO` are added for the errors.
  let fitsKey: String
  let fitsUnit: String
  let meaning: String
  /// On a page: what it is, and the unit.
  package let title: String
  package let titleUnit: String
  /// In a text.
  let label: String
  let read: @Sendable (SpectrumContext) -> Reading?

  /// A value with who says it.
  package struct Reading: Sendable {
    let value: MeasuredValue
    package let source: SpectrumContext.Source
    let isMinimum: Bool

    package var text: ValueText? { ValueText(value, isMinimum: isMinimum) }
  }

  package func reading(of context: SpectrumContext) -> Reading? { read(context) }

  package static let all: [ContextField] = [
    ContextField(
      name: "starRadius", unit: "solarRadius", fitsKey: "RSTAR", fitsUnit: "solRad",
      meaning: "stellar radius", title: "Star’s radius", titleUnit: "R☉", label: "star R_sun"
    ) { reading($0.starRadius) { $0.solarRadii } },
    ContextField(
      name: "starTemperature", unit: "K", fitsKey: "TSTAR", fitsUnit: "K", meaning: "stellar temperature",
      title: "Star’s temperature", titleUnit: "K", label: "K"
    ) { reading($0.starTemperature) { $0.kelvins } },
    ContextField(
      name: "planetMass", unit: "earthMass", fitsKey: "MPLAN", fitsUnit: "earthMass",
      meaning: "planet's mass", title: "Planet’s mass", titleUnit: "M⊕", label: "planet M_E"
    ) { reading($0.planetMass, isMinimum: $0.planetMassIsMinimum) { $0.earthMasses } },
    ContextField(
      name: "planetRadius", unit: "earthRadius", fitsKey: "RPLAN", fitsUnit: "earthRad",
      meaning: "planet's radius", title: "Planet’s radius", titleUnit: "R⊕", label: "R_E"
    ) { reading($0.planetRadius) { $0.earthRadii } },
    ContextField(
      name: "planetTemperature", unit: "K", fitsKey: "TPLAN", fitsUnit: "K", meaning: "planet's temperature",
      title: "Planet’s temperature", titleUnit: "K", label: "K"
    ) { reading($0.planetTemperature) { $0.kelvins } },
  ]

  private static func reading<Dimension>(
    _ value: SpectrumContext.Value<Dimension>?, isMinimum: Bool = false,
    in read: (Quantity<Dimension>) -> Double
  ) -> Reading? {
    guard let value, let numbers = MeasuredValue(value.measurement, in: read) else { return nil }
    return Reading(value: numbers, source: value.source, isMinimum: isMinimum)
  }
}
