import ArgumentParser
import NeuralNetworks
import OpacityFiles
import PosixFiles
import Retrieval
import RetrievalTraining
import RobERt
import RobERtTraining
import SystemPackage
import Tensors
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct TrainPoints: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "points",
    abstract: "Train a RobERt that reads the points as observed, whatever their coverage.",
    discussion: """
      Reads the shards that "simulate set retrieval-transmission" (or -eclipse) made and the model completion-transmission (or -eclipse), whose \
      components and emulator it learns with, and writes robert-points-transmission.safetensors and its card. Spectra are observed in \
      many ways, with errors that are wrong, red noise, offsets, spots, opacities that are off, and gases that it has no name for. A gas \
      shows where the root of the chi-squared that it makes is 3 or more, level, slope and offsets free. Observations are kept in the \
      checkpoint's directory; after each epoch, and on Control-C, a checkpoint is written; the same command with --resume goes on \
      from there and ends with the same bytes as if it had never stopped.

        exospool-lab train points transmission --set exospool-sets
      """)

  @Argument(help: "transmission or eclipse.", transform: CompletionCell.space)
  var space: AtmosphereSpace.Name

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var location: ModelsLocation

  @OptionGroup var destination: ModelsDestination

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Spectra of the set, in whole shards.")
  var spectra = 90_000

  @Option(help: "Observations of each.")
  var observationsEach = 4

  @Option(help: "Epochs; the learning rate falls to its end over them.")
  var epochs = PointsOptions().learning.epochs

  @Option(help: "Width of the residual layers.")
  var width = PointsOptions().width

  @Option(help: "Seed of weights and order.")
  var seed: UInt64 = 1

  @Option(help: "Seed of coverage and noise.")
  var observationSeed: UInt64 = 1

  @Option(help: "Threads.")
  var threads = 2

  @Option(
    help:
      "Directory of checkpoints and observations; NAME.checkpoint in the training set's directory unless given."
  )
  var checkpoint: String?

  @ArgumentParser.Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard space != .exoGAN2018, spectra >= 1000, (1...100).contains(observationsEach),
      (1...10_000).contains(epochs), (1...4096).contains(width), (1...256).contains(threads)
    else { throw ValidationError("A number is out of its range, or the space is not one of all gases.") }
  }

  func run() throws {
    Interruption.watch()
    var options = PointsOptions()
    options.width = width
    options.learning.epochs = epochs
    options.learning.seed = seed
    let model = try CompletionCell.model(space, location)
    let set = try RetrievalTrainingSet(model.space, directory: self.set, limit: spectra)
    let library = try OpacityLibrary(directory: opacity.directory())
    let source = PointsExampleSource(
      set: set, model: model, forward: try library.model(model.space.configuration), seed: observationSeed)
    let division = PointsDivision(
      planets: SetDivision(examples: set.count, validation: 5_000, test: 5_000),
      observationsEach: observationsEach)
    guard division.training.count >= options.learning.batchSize else {
      throw ValidationError("\(set.count) spectra are too few.")
    }
    let directory = checkpoint ?? "\(self.set)/\(PointsNetwork.name(space)).checkpoint"
    try PosixFiles.makeDirectories(FilePath(directory))
    // Small solves on all threads; each with BLAS on one.
    BLAS.useThreads(1)
    let settings =
      "set \(set.shards.hash), front end of \(model.frontEnd.components.count) components, opacities \(library.hash), kernels \(BLAS.kernels)"
    let arrays = try arrays(PointsPool(source, division: division, settings: settings), directory)
    BLAS.useThreads(threads)
    let training = PointsTraining(source, arrays, division: division, options: options)
    var trainer = training.trainer
    var run = TrainingRun(
      checkpoint: Checkpoint(
        path: "\(directory)/network",
        settings:
          "\(division.training.count) observations, seed \(observationSeed), \(settings), threads \(threads), \(options.summary)"
      ))
    if resume, run.checkpoint.isThere { try run.resume(&trainer) }
    try run.trainShowingProgress(&trainer)
    let network = training.network(trainer.best)
    print(
      column("held out", 9, isLeft: true)
        + "  shown  recall  right seen  right not seen  seen without  for foreign  not seen of 5 sigma  from  up to"
    )
    for (place, one) in training.heldOut(network).enumerated() {
      print(
        column(one.name, 9, isLeft: true) + column("\(one.shown)", 7) + column(fixed(one.recall, 3), 8)
          + column(fixed(one.precision, 3), 12) + column(fixed(one.precisionOfNotSeen, 3), 16)
          + column(fixed(one.seenWithout, 4), 14) + column(fixed(one.seenForForeign, 4), 13)
          + column(fixed(one.notSeenOfStrong, 4), 21)
          + column(fixed(network.thresholds.seenFrom[place], 2), 6)
          + column(fixed(network.thresholds.notSeenUpTo[place], 2), 7))
    }
    let record = ModelCard.Run(
      trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds)
    try destination.write(network.file, name: network.name) {
      training.card(network, run: record, sha256: $0, bytes: $1)
    }
  }

  private func arrays(_ pool: PointsPool, _ directory: String) throws -> PointsPool.Arrays {
    let display = TrainingDisplay()
    guard
      let arrays = try pool.arrays(
        directory: directory, threads: threads, isStopping: { Interruption.isRequested },
        progress: { display.writePassing("observation \($0)/\(pool.division.count)") })
    else {
      print("\nStopped; nothing is lost. The same command goes on from \(directory).")
      throw ExitCode(130)
    }
    display.write("\(pool.division.count) observations", isLast: true)
    return arrays
  }
}
