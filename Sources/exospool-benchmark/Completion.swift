import ArgumentParser
import Installation
import NumericalMethods
import Retrieval
import Tensors

struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "A completion model: emulated spectra and proposed atmospheres, in processor time of one thread.")

  @Argument(help: "exogan-2018, transmission or eclipse.")
  var space = "transmission"

  @Option(help: "Directory of the networks; found as exospool finds it.")
  var models: String?

  func run() throws {
    guard let name = AtmosphereSpace.Name(rawValue: space),
      let directory = ResourceFolder.models.path(option: models),
      let model = try CompletionModelSet.loadOne(name, directory: directory)?.model
    else { throw ValidationError("No completion model of \"\(space)\" is there.") }
    BLAS.useThreads(1)
    print("\(model.name), kernels \(BLAS.kernels), threads 1")
    var random = SeededRandom(seed: 1)
    let rows = Matrix(
      rows: 512, columns: model.space.count, elements: (0..<512).flatMap { _ in model.space.draw(&random) })
    report("512 spectra", repeats: 20, each: 512) { _ = model.emulator.shapes(of: rows) }
    let features = (0..<model.proposals.featureCount).map { _ in Float(random.normal()) }
    report("a density from features", repeats: 200) { _ = model.proposals.density(given: features) }
    let density = model.proposals.density(given: features)
    report("128 samples with their densities", repeats: 50) {
      for _ in 0..<128 { _ = density.logDensity(density.sample(&random)) }
    }
  }

  /// - Parameter each: what one run makes so many of.
  private func report(_ what: String, repeats: Int, each: Int = 1, _ body: () -> Void) {
    body()
    let times = (0..<repeats).map { _ in processorSeconds(body) }.sorted()
    let median = quantile(ofSorted: times, 0.5)
    let share = each > 1 ? ", \(fixed(median * 1e6 / Double(each), 2)) us each" : ""
    print("\(what): \(fixed(median * 1e3, 3)) ms\(share)")
  }
}
