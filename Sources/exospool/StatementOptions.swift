import ArgumentParser
import JobContract
import Observations
import SpectrumReading

extension SpectrumKind: ExpressibleByArgument {}

/// What the user says of a spectrum's star and planet: it goes before the file's own keys and the catalogue.
struct StatementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name of the planet or star, in any spelling: looked up in the catalogue, where there is one.",
      valueName: "name"))
  var object: String?

  @Option(
    help:
      "What a spectrum is of: transmission (transit depths), eclipse (eclipse depths) or stellar (a flux).")
  var kind: SpectrumKind?

  @Option(
    help: ArgumentHelp(
      "Star's radius, VALUE or VALUE:ERROR, in solar radii (1.155:0.016).", valueName: "Rsun"))
  var starRadius: String?

  @Option(help: ArgumentHelp("Star's temperature, VALUE or VALUE:ERROR, in kelvins.", valueName: "K"))
  var starTemperature: String?

  @Option(
    help: ArgumentHelp(
      "Planet's mass, VALUE or VALUE:ERROR, in Jupiter masses, or with its unit (26:3Mearth).",
      valueName: "Mjup"))
  var planetMass: String?

  @Option(
    help: ArgumentHelp(
      "Planet's radius, VALUE or VALUE:ERROR, in Jupiter radii, or with its unit (3.9Rearth).",
      valueName: "Rjup"))
  var planetRadius: String?

  @Option(
    help: ArgumentHelp(
      "Planet's equilibrium temperature, VALUE or VALUE:ERROR, in kelvins.", valueName: "K"))
  var planetTemperature: String?

  func validate() throws { _ = try statement() }

  func statement() throws -> UserStatement {
    var statement = UserStatement()
    if let object {
      guard object.contains(where: { !$0.isWhitespace }), !object.contains(where: \.isNewline) else {
        throw ValidationError("--object is a name, such as 'HD 209458 b'.")
      }
      statement.keys["OBJECT"] = object
    }
    if let kind { statement.keys["EXOKIND"] = kind.rawValue }
    let numbers = [
      ("star-radius", "RSTAR", starRadius), ("star-temperature", "TSTAR", starTemperature),
      ("planet-mass", "MPLAN", planetMass), ("planet-radius", "RPLAN", planetRadius),
      ("planet-temperature", "TPLAN", planetTemperature),
    ]
    for (option, key, text) in numbers {
      guard let text else { continue }
      do {
        try statement.take(text, for: key)
      } catch {
        throw ValidationError("--\(option) \(text): \(error.sentence).")
      }
    }
    return statement
  }
}
