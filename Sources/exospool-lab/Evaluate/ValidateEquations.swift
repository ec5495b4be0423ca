import ArgumentParser
import Interiors
import TrainingSets
import Units

struct ValidateEquations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equations",
    abstract: "Compare the equations of state with published tables.",
    discussion: """
      Hydrogen and helium beside the table of Chabrier & Debras 2021, node by node and along adiabats that start at 1 bar; water \
      of more than 31 GPa beside AQUA, along the adiabats of planets of water.
      """)

  @Option(help: "Directory that holds hhe_y0275.txt and aqua_dense.txt.")
  var reference: String

  @Option(help: "Temperatures in K at 1 bar where adiabats start.")
  var start: [Double] = [100, 165, 800, 1000, 2000, 2500]

  @Option(help: "Write a plot of the adiabats' differences here, as SVG.")
  var svg: String?

  func run() throws {
    let gas = try GasTable(path: "\(reference)/hhe_y0275.txt")
    print("H2-He, nodes whose entropy is that of planets: half and 95 % are no worse")
    print(
      "  pressure (Pa)                        nodes  density (%)     gradient        printed gradient")
    for region in gas.regions(between: [1e2, 1e5, 1e8, 3e9, 1e11, 1e13, 1e14]) {
      func pair(_ marks: (half: Double, most: Double), _ factor: Double, _ decimals: Int) -> String {
        padded("\(fixed(factor * marks.half, decimals)) \(fixed(factor * marks.most, decimals))", 16)
      }
      print(
        "  \(padded("\(region.pressures.lowerBound)...\(region.pressures.upperBound)", 37))"
          + "\(padded("\(region.nodes)", 7))\(pair(region.density, 100, 2))\(pair(region.gradient, 1, 4))"
          + pair(region.gradientColumn, 1, 4))
    }
    print("H2-He, adiabats: the largest differences, and that of the table's two gradients from each other")
    let adiabats = start.map { ($0, gas.adiabat(from: $0)) }
    for (start, points) in adiabats where !points.isEmpty {
      func largest(_ difference: (GasTable.AdiabatPoint) -> Double) -> String {
        padded(fixed(100 * (points.map { abs(difference($0)) }.max() ?? 0), 2) + " %", 8)
      }
      print(
        "  from \(padded("\(start) K", 10)) T \(largest { $0.ours / $0.temperature - 1 }) density "
          + "\(largest { $0.ourDensity / $0.density - 1 }) column's T "
          + largest { $0.temperatureOfColumn / $0.temperature - 1 })
    }
    if let svg { try Files.write(AdiabatPlot(adiabats: adiabats).svg, to: svg) }
    try water()
  }

  private func water() throws {
    print("Planets of water, 300 K: density against AQUA's above 31 GPa")
    let table = try DenseWaterTable(path: "\(reference)/aqua_dense.txt")
    for mass in [1.0, 5, 10, 20] {
      let planet = PlanetParameters(
        mass: Mass(earthMasses: mass), coreMassFraction: 0, waterMassFraction: 1)
      let solved = try InteriorModel.shared.solve(planet, keepingProfile: true)
      let differences = solved.profile.compactMap { point -> Double? in
        guard point.pressure > 31e9,
          let density = table.density(pressure: point.pressure, temperature: point.temperature)
        else { return nil }
        return abs(point.density / density - 1)
      }
      print(
        "  \(padded(fixed(mass, 0), 3)) Earth masses, \(fixed(solved.radius.earthRadii, 4)) Earth radii: "
          + "\(fixed(100 * (differences.max() ?? .nan), 2)) % at the most")
    }
  }
}
