import ArgumentParser
import ExoGAN
import ExoGANTraining
import NeuralNetworks
import Tensors
import TrainingRuns
import TrainingSets

extension ExoGANCompletion.Data: ExpressibleByArgument {}
extension ExoGANCompletion.Start: ExpressibleByArgument {}

struct EvaluateExoGAN: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exogan", abstract: "Judge ExoGAN's completions of spectra it was never trained on.",
    discussion: """
      Completes whole spectra of the set's test part with noise, all parameters hidden, and prints for each parameter how many \
      medians are within a tenth of its range of the truth. A parameter that is always said to be in the middle has 0.2.

        exospool-lab evaluate exogan exogan-2018 --set exospool-sets --noise 20 --start encoder
      """)

  @Argument(help: "Name of the network.")
  var name = "exogan-2018"

  @Option(help: "Directory of the training set's shards; its last spectra are the test.")
  var set: String

  @OptionGroup var location: ModelsLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 20.0

  @Option(help: "Spectra to complete.")
  var count = 50

  @Option(help: "Starts of a completion.")
  var starts = ExoGANCompletion.Options().starts

  @Option(help: "Steps of a completion.")
  var steps = ExoGANCompletion.Options().steps

  @Option(help: "absolute: as published. weighted: by the errors.")
  var data = ExoGANCompletion.Data.absolute

  @Option(help: "random: as published. encoder: from the encoder's guess.")
  var start = ExoGANCompletion.Start.random

  @Option(help: "Use only so many spectra of the set, in whole shards: as in training.")
  var spectra: Int?

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard noise > 0, count > 0, starts > 0, steps >= 0, (1...256).contains(threads) else {
      throw ValidationError(
        "--noise, --count and --starts are positive, --steps is 0 or more, --threads 1 to 256.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let directory = try location.directory()
    guard let file = try ModelFile.load(name, directory: directory) else {
      throw ValidationError("There is no network \"\(name)\" in \(directory).")
    }
    let model = try ExoGANModel(file: file.weights, path: file.path)
    guard start == .random || model.encoder != nil else {
      throw ValidationError("\"\(name)\" has no encoder to start from.")
    }
    let set = try ExoGANTrainingSet(directory: self.set, limit: spectra ?? .max)
    let rows = SetDivision(examples: set.count, validation: 1000, test: 1000).test.prefix(count)
    guard !rows.isEmpty else { throw ValidationError("\(set.count) spectra are too few to test on.") }
    var options = ExoGANCompletion.Options()
    (options.starts, options.steps, options.data, options.start) = (starts, steps, data, start)
    let evaluation = ExoGANEvaluation(
      model, truths: rows.map { (set.picture($0).depth, set.parameters($0)) }, noise: noise * 1e-6,
      options: options, threads: threads, finished: { note("\($0)/\(rows.count)", end: "\u{1B}[K\r") })
    print(
      "\(evaluation.spectra) spectra, noise \(fixed(noise, 1)) ppm, \(starts) starts (\(start)) x \(steps) steps, data \(data)"
    )
    for parameter in ASPAParameter.allCases {
      guard let score = evaluation.scores[parameter] else { continue }
      print(
        "\(parameter.rawValue)  within a tenth \(fixed(score.within10, 2))  rms \(fixed(score.rms, 3)) of the range"
      )
    }
    print("completed spectrum, median rms: \(fixed(evaluation.medianDepthError * 1e6, 0)) ppm")
  }
}
