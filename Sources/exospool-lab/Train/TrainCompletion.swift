import ArgumentParser
import NeuralNetworks
import OpacityFiles
import PosixFiles
import Retrieval
import RetrievalTraining
import SpectralPrior
import SystemPackage
import Tensors
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct TrainCompletion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Train what completes spectra: emulator and proposals of atmospheres.",
    discussion: """
      Reads the shards that "simulate set retrieval-NAME" made and writes completion-NAME.safetensors and its card \
      completion-NAME.json, in three stages: principal components of the spectra; the emulator, which stands in for the forward \
      model; the network that proposes atmospheres for observed spectra, which learns from the set's spectra observed in many ways. \
      Observations are kept in the checkpoint's directory; after each epoch, and on Control-C, a checkpoint is written; the same command with \
      --resume goes on from there and ends with the same bytes as if it had never stopped.

        exospool-lab train completion transmission --set exospool-sets
      """)

  @Argument(help: "exogan-2018, transmission or eclipse.")
  var name: String

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var destination: ModelsDestination

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Epochs of the emulator; the learning rate falls to its end over them.")
  var emulatorEpochs = EmulatorOptions().learning.epochs

  @Option(help: "Width of the emulator's three hidden layers.")
  var emulatorWidth = EmulatorOptions().width

  @Option(help: "Spectra a batch of the emulator.")
  var emulatorBatchSize = EmulatorOptions().learning.batchSize

  @Option(help: "Observations that the proposals are learnt from.")
  var observations = 600_000

  @Option(help: "Epochs of the proposals.")
  var proposalEpochs = ProposalOptions().learning.epochs

  @Option(help: "Width of the proposals' residual layers.")
  var proposalWidth = ProposalOptions().width

  @Option(help: "Observations a batch of the proposals.")
  var proposalBatchSize = ProposalOptions().learning.batchSize

  @Option(help: "Seed of weights, order, coverage and noise.")
  var seed: UInt64 = 1

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @Option(help: "Threads.")
  var threads = 2

  @Option(
    help:
      "Directory of checkpoints and observations; NAME.checkpoint in the training set's directory unless given."
  )
  var checkpoint: String?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard AtmosphereSpace.Name(rawValue: name) != nil else {
      let names = AtmosphereSpace.Name.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(name)\" is no space of atmospheres; there are \(names).")
    }
    guard (1...10_000).contains(emulatorEpochs), (1...10_000).contains(proposalEpochs),
      (1...4096).contains(emulatorWidth), (1...4096).contains(proposalWidth),
      (1...65_536).contains(emulatorBatchSize),
      (1...65_536).contains(proposalBatchSize),
      observations >= proposalBatchSize, (1...256).contains(threads), spectra ?? 1000 >= 1000
    else { throw ValidationError("A number is out of its range.") }
  }

  private var emulatorOptions: EmulatorOptions {
    var options = EmulatorOptions()
    options.width = emulatorWidth
    options.learning.epochs = emulatorEpochs
    options.learning.batchSize = emulatorBatchSize
    options.learning.seed = seed
    return options
  }

  private var proposalOptions: ProposalOptions {
    var options = ProposalOptions()
    options.width = proposalWidth
    options.learning.epochs = proposalEpochs
    options.learning.batchSize = proposalBatchSize
    options.learning.seed = seed
    return options
  }

  func run() throws {
    guard let named = AtmosphereSpace.Name(rawValue: name) else { throw ExitCode.validationFailure }
    BLAS.useThreads(threads)
    Interruption.watch()
    let set = try RetrievalTrainingSet(AtmosphereSpace(named), directory: self.set, limit: spectra ?? .max)
    let division = SetDivision(examples: set.count, validation: 5_000, test: 5_000)
    guard division.training.count >= emulatorBatchSize, !division.validation.isEmpty else {
      throw ValidationError("\(set.count) spectra are too few for batches of \(emulatorBatchSize).")
    }
    say(
      "\(name): \(division.training.count) spectra to train on; kernels \(BLAS.kernels), threads \(threads)")
    let frontEnd = SpectralFrontEnd(
      fittedTo: set, rows: division.training.prefix(Self.mostForComponents))
    let directory = checkpoint ?? "\(self.set)/\(CompletionModel.name(named)).checkpoint"
    try PosixFiles.makeDirectories(FilePath(directory))
    let common = "\(name), set \(set.shards.hash), kernels \(BLAS.kernels), threads \(threads)"

    let emulator = try trainEmulator(set, division, frontEnd, "\(directory)/emulator", common)
    let proposals = try trainProposals(set, division, frontEnd, directory, common)
    let model = CompletionModel(
      space: set.space, frontEnd: frontEnd, emulator: emulator.network, proposals: proposals.network,
      trainingSetVersion: RetrievalSetMaker.version)
    try destination.write(model.file, name: model.name) {
      CompletionCard.trained(
        model, set: set, division: division, observations: proposals.division,
        emulator: (emulatorOptions, emulator.run, emulator.evaluation),
        proposals: (proposalOptions, proposals.run, proposals.evaluation), sha256: $0, bytes: $1)
    }
  }

  /// Spectra that are enough to find components from.
  private static let mostForComponents = 200_000

  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private func trainEmulator(
    _ set: RetrievalTrainingSet, _ division: SetDivision, _ frontEnd: SpectralFrontEnd, _ path: String,
    _ common: String
  ) throws -> (network: SpectrumEmulator, run: ModelCard.Run, evaluation: EmulatorEvaluation) {
    let training = EmulatorTraining(
      set, components: frontEnd.components.first(emulatorOptions.components),
      meanLevel: frontEnd.ranges.level.mean, heights: try heights(set.space), rows: division.training)
    var trainer = training.trainer(division: division, options: emulatorOptions)
    let run = try train(&trainer, path: path, settings: "\(common), \(emulatorOptions.summary)")
    let evaluation = EmulatorEvaluation(training.emulator(trainer.best), set, rows: division.test)
    say(
      "emulator: shape median \(fixed(evaluation.shape.median)), p90 \(fixed(evaluation.shape.ninetieth)); level "
        + "median \(fixed(evaluation.level.median)), p90 \(fixed(evaluation.level.ninetieth))")
    return (training.emulator(trainer.best, evaluation), run, evaluation)
  }

  /// The atmospheres of one gas each that a mixture's spectrum is first guessed from: four gases need no guess, and an eclipse has
  /// no heights.
  private func heights(_ space: AtmosphereSpace) throws -> GasHeights? {
    guard space.name == .transmission else { return nil }
    let library = try OpacityLibrary(directory: opacity.directory())
    return try GasHeights(space, model: library.model(space.configuration), threads: threads)
  }

  private func trainProposals(
    _ set: RetrievalTrainingSet, _ planets: SetDivision, _ frontEnd: SpectralFrontEnd, _ directory: String,
    _ common: String
  ) throws -> (
    network: ProposalNetwork, run: ModelCard.Run, evaluation: ProposalEvaluation,
    division: ObservationDivision
  ) {
    let division = ObservationDivision(planets: planets, count: observations)
    let pool = ObservationPool(
      set: set, frontEnd: frontEnd, division: division, seed: seed,
      settings: "set \(set.shards.hash), kernels \(BLAS.kernels)")
    let display = TrainingDisplay()
    // Small solves on all threads; each with BLAS on one.
    BLAS.useThreads(1)
    let clock = ContinuousClock()
    let start = clock.now
    guard
      let examples = try pool.examples(
        directory: directory, threads: threads, isStopping: { Interruption.isRequested },
        progress: { display.writePassing("observation \($0)/\(division.count)") })
    else {
      say("\nStopped; nothing is lost. The same command with --resume goes on from \(directory).")
      throw ExitCode(130)
    }
    display.write(
      "\(division.count) observations in \(Int((clock.now - start) / .seconds(1))) s", isLast: true)
    BLAS.useThreads(threads)
    var trainer = examples.trainer(division: division, options: proposalOptions)
    let run = try train(
      &trainer, path: "\(directory)/proposals",
      settings: "\(common), \(observations) observations, \(proposalOptions.summary)")
    let network = examples.network(trainer.best, options: proposalOptions)
    BLAS.useThreads(1)
    let evaluation = ProposalEvaluation(
      network, examples.examples, rows: division.test, keys: ProposalCoordinates(set.space).keys, seed: seed,
      threads: threads)
    say("proposals: held-out negative log-likelihood \(fixed(evaluation.negativeLogLikelihood))")
    return (network, run, evaluation, division)
  }

  /// From the checkpoint, where it is to go on from one that is there, to the end.
  private func train(
    _ trainer: inout some Trainer, path: String, settings: String
  ) throws -> ModelCard.Run {
    var run = TrainingRun(checkpoint: Checkpoint(path: path, settings: settings))
    if resume, run.checkpoint.isThere { try run.resume(&trainer) }
    try run.trainShowingProgress(&trainer)
    return ModelCard.Run(
      trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds)
  }
}
