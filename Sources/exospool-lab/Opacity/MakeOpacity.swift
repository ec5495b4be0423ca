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
      "Directory of band-moments.csv and band-shapes.csv, to which models are brought; the opacity tables' unless given.",
    completion: .directory)
  var published: String?

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
        let published = recipe.isPinned ? try publishedBands(of: name) : nil
        let (table, anchors) = recipe.table(published: published) { note("\(name) \(Int($0)) K") }
        bytes = OpacityFile.bytes(
          table, provenance: recipe.provenance, anchors: anchors, errors: recipe.statedErrors,
          command: command)
      } else {
        continue
      }
      let path = "\(output)/\(name).fits"
      try Files.write(bytes, to: path)
      print("\(path): \(bytes.count / 1024) KiB")
    }
  }

  private func publishedBands(of species: String) throws -> PublishedBands {
    let directory = try ResourceFolder.opacity.path(
      option: published, for: "opacity tables", flag: "--published")
    func text(_ name: String) throws -> String {
      String(decoding: try Files.read("\(directory)/\(name)"), as: UTF8.self)
    }
    let (moments, shapes) = (try text("band-moments.csv"), try text("band-shapes.csv"))
    guard !BandMoments.species(in: moments).isEmpty, !BandMoments.species(in: shapes).isEmpty else {
      throw ValidationError(
        "band-moments.csv or band-shapes.csv in \(directory) is no such table: titles that begin with \"molecule\", then a line a band."
      )
    }
    return PublishedBands(
      moments: BandMoments.species(in: moments).contains(species)
        ? try BandMoments(species: species, table: moments) : nil,
      shape: BandMoments.species(in: shapes).contains(species)
        ? try BandShape(species: species, table: shapes, grid: .networks()) : nil)
  }
}
