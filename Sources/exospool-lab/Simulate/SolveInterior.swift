import ArgumentParser
import Interiors
import Units

struct SolveInterior: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interior", abstract: "Solve one planet's interior and print its layers.")

  enum Body: String, ExpressibleByArgument, CaseIterable {
    case earth, venus, mars, mercury, moon

    var body: SolarSystemBody {
      switch self {
      case .earth: .earth
      case .venus: .venus
      case .mars: .mars
      case .mercury: .mercury
      case .moon: .moon
      }
    }
  }

  @Option(help: "Start from a body: earth, venus, mars, mercury or moon.")
  var planet: Body = .earth

  @Option(help: "Mass, Earth masses.")
  var mass: Double?

  @Option(help: "Core mass fraction.")
  var core: Double?

  @Option(help: "Water mass fraction.")
  var water: Double?

  @Option(help: "H/He envelope mass fraction.")
  var envelope: Double?

  @Option(help: "Fe/(Mg+Fe) of the mantle, molar.")
  var mantleIron: Double?

  @Option(help: "How much lighter the liquid core is than iron, a fraction.")
  var coreDeficit: Double?

  @Option(help: "Potential temperature of the mantle, K.")
  var potentialTemperature: Double?

  @Option(help: "Temperature jump at the core, K.")
  var jump: Double?

  @Option(help: "Surface temperature, K.")
  var surfaceTemperature: Double?

  @Option(help: "Equilibrium temperature of the envelope, K.")
  var equilibriumTemperature: Double?

  @Option(help: "Pressure below which the envelope convects, bar.")
  var radiativeConvectivePressure: Double?

  @Flag(
    help:
      "Print the profile as CSV instead: radius (km), mass (Earth masses), pressure (GPa), temperature (K), density (kg/m3)."
  )
  var profile = false

  func run() throws {
    var p = planet.body.parameters
    if let mass { p.mass = Mass(earthMasses: mass) }
    if let core { p.coreMassFraction = core }
    if let water { p.waterMassFraction = water }
    if let envelope { p.envelopeMassFraction = envelope }
    if let mantleIron { p.mantleIronNumber = mantleIron }
    if let coreDeficit { p.coreDensityDeficit = coreDeficit }
    if let potentialTemperature { p.potentialTemperature = Temperature(kelvins: potentialTemperature) }
    if let jump { p.cmbTemperatureJump = Temperature(kelvins: jump) }
    if let surfaceTemperature { p.surfaceTemperature = Temperature(kelvins: surfaceTemperature) }
    if let equilibriumTemperature { p.equilibriumTemperature = Temperature(kelvins: equilibriumTemperature) }
    if let radiativeConvectivePressure {
      p.radiativeConvectivePressure = Pressure(bars: radiativeConvectivePressure)
    }
    let s = try InteriorModel().solve(p, keepingProfile: profile)
    guard !profile else { return printProfile(s) }
    print(
      "radius \(fixed(s.radius.kilometers, 1)) km, \(fixed(s.radius.earthRadii, 4)) Earth radii; "
        + "C/MR2 \(fixed(s.momentOfInertiaFactor, 4)); fluid k2 \(fixed(s.loveNumber, 4)); "
        + "Fe/(Mg+Si) \(fixed(s.ironToMagnesiumSilicon, 3)) molar")
    print("layer      mass %   outer km  thickness %   P top, bottom (GPa)      T top, bottom (K)")
    for layer in s.layers.reversed() {
      print(
        "\(padded("\(layer.layer)", 9))"
          + "\(padded(fixed(100 * (layer.mass / p.mass), 4), 10))"
          + "\(padded(fixed(layer.outerRadius.kilometers, 1), 11))"
          + "\(padded(fixed(100 * s.radiusFraction(layer.layer), 3), 13))"
          + "\(padded("\(fixed(layer.topPressure.gigapascals, 3)), \(fixed(layer.bottomPressure.gigapascals, 2))", 25))"
          + "\(fixed(layer.topTemperature.kelvins, 0)), \(fixed(layer.bottomTemperature.kelvins, 0))")
    }
  }

  private func printProfile(_ s: InteriorStructure) {
    print("layer,radius_km,mass_earth,pressure_gpa,temperature_k,density_kg_m3")
    for point in s.profile {
      print(
        "\(point.layer),\(point.radius / 1e3),\(point.mass / Constants.earthMass),\(point.pressure / 1e9),"
          + "\(point.temperature),\(point.density)")
    }
  }
}
