import ArgumentParser
import Interiors
import TrainingSets
import Units

struct ValidateInteriors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interiors",
    abstract: "Compare the interior model with the solar system and with MAGRATHEA.",
    discussion: "Exits with 1 where a mark is missed.")

  @Option(help: "Directory that holds magrathea.csv; without it, only the solar system is compared.")
  var reference: String?

  func run() throws {
    let model = InteriorModel()
    var missed = 0
    for body in SolarSystemBody.all {
      let s = try model.solve(body.parameters)
      print("\(body.name): \(body.assumptions)")
      for mark in body.marks {
        let value = SolarSystemBody.value(mark.quantity, of: s)
        missed += row(mark.quantity.rawValue, value, mark.measured, mark.tolerance, mark.source)
      }
    }
    if let reference {
      print("MAGRATHEA: pure iron core, MgSiO3 mantle, adiabatic")
      let model = InteriorModel(materials: Materials(cationsToSilicon: MagratheaTable.cationsToSilicon))
      for planet in try MagratheaTable(path: "\(reference)/magrathea.csv").planets {
        let s = try model.solve(planet.parameters)
        missed += row(planet.name, s.radius.kilometers, planet.radius.kilometers, 0.015, "radius (km)")
      }
    }
    print(missed == 0 ? "Every mark is met." : "\(missed) marks are missed.")
    if missed > 0 { throw ExitCode.failure }
  }

  private func row(_ name: String, _ value: Double, _ expected: Double, _ tolerance: Double, _ source: String)
    -> Int
  {
    let difference = value / expected - 1
    let isMet = abs(difference) <= tolerance
    print(
      "  \(padded(name, 34)) \(padded(fixed(value, 4), 12)) \(padded(fixed(expected, 4), 12)) "
        + "\(padded(fixed(100 * difference, 2) + " %", 9)) of \(fixed(100 * tolerance, 1)) %  "
        + "\(isMet ? "met" : "MISSED")  \(source)")
    return isMet ? 0 : 1
  }
}
