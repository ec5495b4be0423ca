import Analyses
package import Observations
import Units

/// A number of an atmosphere as results have it: key, unit and meaning, each stated once.
package struct CompletedParameter: Sendable {
  /// In results, and of the retrieval's samples.
  package let key: String
  /// Of the value in results.
  package let unit: String
  /// What turns the retrieval's SI into the result's unit.
  package let factor: Double
  package let meaning: String
  /// On pages: `H₂O`, and the unit with the factor that leads to it from the result's.
  package let title: String
  package let shownUnit: String
  package let shownFactor: Double

  fileprivate init(
    _ key: String, _ meaning: String, unit: String = "", factor: Double = 1, title: String,
    shownUnit: String? = nil, shownFactor: Double = 1
  ) {
    self.key = key
    self.unit = unit
    self.factor = factor
    self.meaning = meaning
    self.title = title
    self.shownUnit = shownUnit ?? unit
    self.shownFactor = shownFactor
  }

  /// The gas whose mixing ratio it is: `H2O`; `nil` for others.
  package var gas: String? {
    let prefix = "log10"
    return Self.gases.contains(key) ? String(key.dropFirst(prefix.count)) : nil
  }

  /// All that a retrieval of whatever space may give, in the order of results.
  package static let all: [CompletedParameter] =
    gasNames.map { gas in
      CompletedParameter(
        "log10\(gas)", "log10 of the mixing ratio of \(gas)", title: "log \(subscripted(gas))")
    } + [
      CompletedParameter(
        "planetMass", "the planet's mass", unit: "earthMass",
        factor: 1 / Mass(earthMasses: 1).kilograms, title: "Mass", shownUnit: "M_J",
        shownFactor: Mass(earthMasses: 1).kilograms / Mass(jupiterMasses: 1).kilograms),
      CompletedParameter(
        "planetRadius", "the planet's radius at 10 bar", unit: "earthRadius",
        factor: 1 / Length(earthRadii: 1).meters, title: "Radius", shownUnit: "R_J",
        shownFactor: Length(earthRadii: 1).meters / Constants.jupiterRadius),
      CompletedParameter(
        "radiusRatio", "the planet's radius at 10 bar over the star's", title: "Radius, over the star’s"),
      CompletedParameter(
        "temperature",
        "of the atmosphere: isothermal in transit, Guillot's equilibrium temperature in eclipse",
        unit: "K", title: "Temperature"),
      CompletedParameter(
        "temperatureOverMass", "temperature over mass, which together make the scale height",
        unit: "K/earthMass", factor: Mass(earthMasses: 1).kilograms, title: "Temperature over mass",
        shownUnit: "K/M_J", shownFactor: Mass(jupiterMasses: 1).kilograms / Mass(earthMasses: 1).kilograms),
      CompletedParameter(
        "cloudTop", "log10 of the pressure (bar) at the top of a grey cloud deck", unit: "log10(bar)",
        title: "Cloud top"),
      CompletedParameter(
        "cloudFraction", "share of the limb that deck and haze cover", title: "Cloud cover"),
      CompletedParameter(
        "log10Haze", "log10 of the haze's scattering over that of hydrogen at 0.35 um", title: "log haze"),
      CompletedParameter("hazeSlope", "exponent of wavelength in the haze's scattering", title: "Haze slope"),
      CompletedParameter(
        "log10ThermalOpacity", "log10 of Guillot's thermal opacity (m2/kg)", unit: "log10(m2/kg)",
        title: "log thermal opacity"),
      CompletedParameter(
        "log10OpacityRatio", "log10 of visible over thermal opacity", title: "log opacity ratio"),
      CompletedParameter(
        "errorInflation", "what the errors are multiplied with, so that the model fits",
        title: "Error inflation"),
    ]

  private static let gasNames = [
    "H2O", "CO", "CO2", "CH4", "NH3", "HCN", "C2H2", "H2S", "SO2", "Na", "K", "TiO", "VO", "H-",
  ]
  private static let gases = Set(gasNames.map { "log10\($0)" })
  /// Shown only of hot atmospheres, since colder ones have none of them whatever the samples say.
  static let hotKeys: Set<String> = ["log10TiO", "log10VO", "log10H-"]

  /// With the numbers of atoms lowered: H₂O.
  private static func subscripted(_ formula: String) -> String {
    String(
      String.UnicodeScalarView(
        formula.unicodeScalars.map { scalar in
          ("0"..."9").contains(scalar) ? Unicode.Scalar(scalar.value - 0x30 + 0x2080) ?? scalar : scalar
        }))
  }
}
