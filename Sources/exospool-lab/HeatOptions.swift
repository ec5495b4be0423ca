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
  var metals: Double?

  var chemistry: ThermalDissociation? {
    dissociation ? ThermalDissociation(metallicity: metals ?? 1) : nil
  }

  /// K. With dissociation hotter gas than the opacity tables know may be asked for: what molecules it keeps absorb as at
  /// the tables' end.
  var temperatures: ClosedRange<Double> { dissociation ? 300...4000 : 300...3000 }

  func configure(_ configuration: inout ModelConfiguration) {
    if dissociation { configuration.opacityTemperatureRange = 300...3000 }
  }

  func validate() throws {
    guard metals == nil || dissociation else {
      throw ValidationError("--metals matters to --dissociation only.")
    }
    guard (0...1000).contains(metals ?? 1) else { throw ValidationError("--metals is 0 to 1000.") }
  }
}
