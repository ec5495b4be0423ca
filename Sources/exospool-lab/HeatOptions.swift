import ArgumentParser
import Atmospheres

/// What very hot gas does.
struct HeatOptions: ParsableArguments {
  @ArgumentParser.Flag(
    help: ArgumentHelp(
      """
      H2, H2O, TiO and VO break into atoms, Na and K into ions, and H- forms, as temperature and pressure have it; mixing \
      ratios are those of cool gas.
      """))
  var dissociation = false

  @Option(
    help: "With --dissociation: metals that give electrons and are not among the gases, times the Sun's.")
  var metals = 1.0

  var chemistry: ThermalDissociation? { dissociation ? ThermalDissociation(metallicity: metals) : nil }

  func validate() throws {
    guard metals >= 0, metals.isFinite else { throw ValidationError("--metals is 0 or more.") }
  }
}
