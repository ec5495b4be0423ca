import ArgumentParser
import Installation
import MolecularBands
import OpacityFiles

struct MakeOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Compute opacity tables from published constants.",
    discussion: """
      Gases: \(OpacityRecipe.all.map(\.species).joined(separator: ", ")); pairs for collision-induced absorption: \
      H2-H2, H2-He. The same version gives the same bytes. A gas takes 10 to 30 s.
      """)

  @Argument(help: "Gases and pairs; all when none is named.")
  var names: [String] = []

  @OptionGroup var destination: OpacityDestination

  @Option(
    help:
      "Mean cross-sections in broad bands, to give the models their sums; band-means.csv of the opacity tables unless given."
  )
  var bandMeans: String?

  private static let pairs = [CollisionPair.hydrogenHydrogen, .hydrogenHelium]
  private static let pairTemperatures: [Double] = [
    200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 1750, 2000, 2500, 3000,
  ]

  func validate() throws {
    let known = OpacityRecipe.all.map(\.species) + Self.pairs.map(\.name)
    for name in names where !known.contains(name) {
      throw ValidationError("\"\(name)\" has no recipe; there are \(known.joined(separator: ", ")).")
    }
  }

  func run() throws {
    let output = try destination.directory()
    let wanted = names.isEmpty ? OpacityRecipe.all.map(\.species) + Self.pairs.map(\.name) : names
    for name in wanted {
      let bytes: [UInt8]
      let command = "exospool-lab opacity make \(name)"
      if let pair = Self.pairs.first(where: { $0.name == name }) {
        let grid = SamplingGrid.networks()
        bytes = OpacityFile.bytes(
          collisionPair: name, temperatures: Self.pairTemperatures,
          logCoefficients: pair.logTable(temperatures: Self.pairTemperatures, grid: grid), grid: grid,
          provenance: pair.provenance, command: command)
      } else if let recipe = OpacityRecipe.named(name) {
        var anchors: [BandAnchor] = []
        if recipe.bandMeansLimit != nil {
          let path = try bandMeans ?? shippedBandMeans()
          let text = String(decoding: try Files.read(path), as: UTF8.self)
          anchors = recipe.anchors(try BandMeans(species: name, table: text))
        }
        let table = recipe.table(anchors: anchors) { temperature in
          note("\(name) \(Int(temperature)) K")
        }
        bytes = OpacityFile.bytes(table, provenance: recipe.provenance, anchors: anchors, command: command)
      } else {
        continue
      }
      let path = "\(output)/\(name).fits"
      try Files.write(bytes, to: path)
      print("\(path): \(bytes.count / 1024) KiB")
    }
  }

  private func shippedBandMeans() throws -> String {
    let directory = try ResourceFolder.opacity.path(
      option: nil, for: "opacity tables", flag: "--band-means")
    return directory + "/band-means.csv"
  }
}
