import ArgumentParser
import Retrieval
import RetrievalTraining
import SpectralPrior
import Tensors
import TrainingRuns
import TrainingSets

struct EvaluateCompletion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Judge completions of spectra that nothing was fitted to.",
    discussion: """
      Observes spectra of the set's test part with several coverages and one error in every bin, completes them by components \
      alone, fitted to the set's training part, and prints the root mean square of what was not observed: median and mean.

        exospool-lab evaluate completion exogan-2018 --set exospool-sets --noise 50
        exospool-lab evaluate completion transmission --set exospool-sets --residuals
      """)

  @Argument(help: "exogan-2018, transmission or eclipse.")
  var name: AtmosphereSpace.Name

  @Option(help: "Directory of the training set's shards; its last spectra are the test.")
  var set: String

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 50.0

  @Option(help: "Spectra to complete for each coverage.")
  var count = 500

  @Option(help: "Components to describe spectra by.")
  var components = SpectralFrontEnd.fittedComponents

  @ArgumentParser.Flag(help: "Print what components leave over instead, against their number.")
  var residuals = false

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @Option(help: "Seed of the noise.")
  var seed: UInt64 = 3

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard noise > 0, count > 0, (1..<400).contains(components), (1...256).contains(threads) else {
      throw ValidationError(
        "--noise and --count are positive, --components 1 to 399, --threads 1 to 256.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let set = try RetrievalTrainingSet(AtmosphereSpace(name), directory: self.set, limit: spectra ?? .max)
    let division = SetDivision(examples: set.count, validation: 2000, test: 2000)
    guard division.training.count > components else {
      throw ValidationError("\(set.count) spectra are too few for \(components) components.")
    }
    if residuals {
      print("components  median    p90  ppm of a hot Jupiter")
      for line in ResidualTable(set, division: division).lines {
        print(
          column("\(line.components)", 10), column(fixed(line.median, 2), 7), column(fixed(line.ninetieth, 2), 6))
      }
      return
    }
    let frontEnd = SpectralFrontEnd(fittedTo: set, rows: division.training, components: components)
    print("\(division.training.count) spectra, \(components) components; noise \(fixed(noise, 1)) ppm in every bin")
    print("coverage             median    mean  ppm   within 1 sd  2 sd   distance a point   ms a spectrum")
    let halves: [(String, Coverage.Name, Double)] = [("random half", .full, 0.5)]
    let rows = division.test.prefix(count)
    for (label, coverage, keeps) in Coverage.Name.allCases.map({ ($0.rawValue, $0, 1) }) + halves {
      let plan = ObservationPlan(
        coverage: Coverage(coverage), noise: .depth(noise * 1e-6),
        context: .init(mass: .unknown, temperature: .unknown, starRadius: .to(0.01)), offsetDeviation: 0)
      let clock = ContinuousClock()
      let start = clock.now
      let missing = MissingBins(set, rows: rows, plan: plan, keeps: keeps, seed: seed, threads: threads) {
        frontEnd.completion(of: $0)
      }
      guard !missing.errors.isEmpty else { continue }
      let seconds = (clock.now - start) / .seconds(1)
      print(
        column(label, 19, isLeft: true), column(fixed(missing.median * 1e6, 1), 8),
        column(fixed(missing.mean * 1e6, 1), 8), column(fixed(missing.within.one, 3), 14),
        column(fixed(missing.within.two, 3), 7), column(fixed(missing.distance, 2), 12),
        column(fixed(1000 * seconds * Double(threads) / Double(rows.count), 2), 15))
    }
  }
}
