import ArgumentParser
import NeuralNetworks
import PosixFiles
import Retrieval
import RetrievalTraining
import SensitivityTraining
import SpectralPrior
import SpectralSensitivity
import SystemPackage
import Tensors
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct TrainSensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Train one of the networks whose answers are traced to wavelengths.",
    discussion: """
      Reads the shards that "simulate set retrieval-transmission" made, observes their spectra in many ways, completes them with the \
      front end of completion-transmission, and writes sensitivity-transmission-NETWORK.safetensors and its card. Observations are kept in \
      the checkpoint's directory, for the other networks, too; after each epoch, and on Control-C, a checkpoint is written; the same \
      command with --resume goes on from there and ends with the same bytes as if it had never stopped.

        exospool-lab train sensitivity --network cnn --set exospool-sets
      """)

  @Option(help: "mlp, cnn or lstm.")
  var network: String

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var location: ModelsLocation

  @OptionGroup var destination: ModelsDestination

  @Option(
    parsing: .upToNextOption,
    help:
      "Widths: of an MLP's hidden layers (256 256), a CNN's channels and dense layer (16 32 64 128), an LSTM's state and dense layer (24 128)."
  )
  var widths: [Int] = []

  @Option(help: "Observations to learn from.")
  var observations = 120_000

  @Option(help: "Epochs; the learning rate falls to its end over them.")
  var epochs = 12

  @Option(help: "Observations a batch.")
  var batchSize = 256

  @Option(help: "Seed of weights and order.")
  var seed: UInt64 = 1

  @Option(help: "Seed of coverage and noise.")
  var observationSeed: UInt64 = 1

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @Option(help: "Threads.")
  var threads = 2

  @Option(
    help:
      "Directory of checkpoints and observations; sensitivity.checkpoint in the training set's directory unless given."
  )
  var checkpoint: String?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard architecture != nil else {
      throw ValidationError("\"\(network)\" with widths \(widths) is no network; see --help.")
    }
    guard (1...10_000).contains(epochs), (1...65_536).contains(batchSize), observations >= batchSize,
      (1...256).contains(threads), spectra ?? 1000 >= 1000
    else { throw ValidationError("A number is out of its range.") }
  }

  private var architecture: SensitivityArchitecture? {
    SensitivityArchitecture.Kind(rawValue: network).flatMap {
      SensitivityArchitecture($0, widths: widths.isEmpty ? nil : widths)
    }
  }

  func run() throws {
    guard let architecture else { throw ExitCode.validationFailure }
    var options = SensitivityOptions(architecture)
    options.learning.epochs = epochs
    options.learning.batchSize = batchSize
    options.learning.seed = seed
    Interruption.watch()
    let model = try CompletionCell.model(.transmission, location)
    let set = try RetrievalTrainingSet(model.space, directory: self.set, limit: spectra ?? .max)
    let planets = SetDivision(examples: set.count, validation: 5_000, test: 5_000)
    let division = ObservationDivision(planets: planets, count: observations)
    let directory = checkpoint ?? "\(self.set)/sensitivity.checkpoint"
    try PosixFiles.makeDirectories(FilePath(directory))
    let views = try views(set, model.frontEnd, division, directory)
    BLAS.useThreads(threads)
    let training = SensitivityTraining(
      space: model.space, frontEnd: model.frontEnd, views: views, division: division, options: options)
    var trainer = training.trainer()
    var run = TrainingRun(
      checkpoint: Checkpoint(
        path: "\(directory)/\(network)",
        settings:
          "\(observations) observations of set \(set.shards.hash), seed \(observationSeed), kernels \(BLAS.kernels), threads \(threads), \(options.summary)"
      ))
    if resume, run.checkpoint.isThere { try run.resume(&trainer) }
    try run.trainShowingProgress(&trainer)
    let trained = training.model(trainer.best, trainingSetVersion: RetrievalSetMaker.version)
    let evaluation = SensitivityEvaluation(trained, views.examples, rows: division.test)
    print("held out: loss \(fixed(evaluation.loss, 3))")
    print(column("", 14, isLeft: true) + "    r2   rms   68 %   95 %")
    for score in evaluation.scores {
      print(
        column(score.key, 14, isLeft: true) + column(fixed(score.r2, 3), 6) + column(fixed(score.rms, 3), 6)
          + column(fixed(score.coverage68, 3), 7) + column(fixed(score.coverage95, 3), 7))
    }
    try destination.write(trained.file, name: trained.name) {
      SensitivityCard.trained(
        trained, set: set, division: division, options: options,
        run: ModelCard.Run(
          trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds
        ),
        evaluation: evaluation, sha256: $0, bytes: $1)
    }
  }

  private func views(
    _ set: RetrievalTrainingSet, _ frontEnd: SpectralFrontEnd, _ division: ObservationDivision,
    _ directory: String
  ) throws -> ViewExamples {
    let pool = ViewPool(
      set: set, frontEnd: frontEnd, division: division, seed: observationSeed,
      settings: "set \(set.shards.hash), front end \(frontEnd.contentHash), kernels \(BLAS.kernels)")
    let display = TrainingDisplay()
    // Small solves on all threads; each with BLAS on one.
    BLAS.useThreads(1)
    guard
      let views = try pool.examples(
        directory: directory, threads: threads, isStopping: { Interruption.isRequested },
        progress: { display.writePassing("observation \($0)/\(division.count)") })
    else {
      print("\nStopped; nothing is lost. The same command goes on from \(directory).")
      throw ExitCode(130)
    }
    display.write("\(division.count) observations", isLast: true)
    return views
  }
}
