import ArgumentParser
import NeuralNetworks
import OpacityFiles
import RobERt
import RobERtTraining
import Tensors
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct TrainRobERt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robert", abstract: "Train a network that recognises molecules and dreams spectra.",
    discussion: """
      Reads the shards that "simulate set" made, trains three Boltzmann machines one on top of the other, fine-tunes the \
      network by back-propagation, and writes NAME.safetensors and its card NAME.json. Every epoch sees the spectra with \
      another coverage and other noise. After each machine and each epoch, and on Control-C, a checkpoint is written; the same \
      command with --resume goes on from it and ends with the same bytes as if it had never stopped.

        robert-2016          the task of Waldmann 2016; set waldmann-2016
        robert-emission      set emission
        robert-transmission  set transmission

        exospool-lab train robert robert-emission --set exospool-sets
      """)

  @Argument(help: "robert-2016, robert-emission or robert-transmission.")
  var name: String

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var destination: ModelsDestination

  @Option(help: "Epochs of fine-tuning; the learning rate falls to its end over them.")
  var epochs = RobERtOptions().epochs

  @Option(help: "Epochs of each Boltzmann machine; the topmost has four times as many.")
  var pretrainingEpochs = RobERtOptions().pretrainingEpochs

  @Option(help: "Spectra a batch.")
  var batchSize = RobERtOptions().batchSize

  @Option(help: "Highest learning rate of fine-tuning.")
  var rate = RobERtOptions().peakRate

  @Option(help: "Seed of weights, order, coverage and noise.")
  var seed: UInt64 = RobERtOptions().seed

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Threads.")
  var threads = 2

  @Option(help: "The checkpoint's path; NAME.checkpoint in the training set's directory unless given.")
  var checkpoint: String?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard RobERtRecipe.named(name) != nil else {
      throw ValidationError(
        "\"\(name)\" is no RobERt; there are \(RobERtRecipe.all.map(\.name).joined(separator: ", ")).")
    }
    guard (1...100_000).contains(epochs), (1...1000).contains(pretrainingEpochs),
      (1...65_536).contains(batchSize), rate > 0, rate < 1, (1...256).contains(threads),
      spectra ?? 100 >= 100
    else { throw ValidationError("A number is out of its range.") }
  }

  private func recipe() throws -> RobERtRecipe {
    guard var recipe = RobERtRecipe.named(name) else { throw ExitCode.validationFailure }
    recipe.options.epochs = epochs
    recipe.options.pretrainingEpochs = pretrainingEpochs
    recipe.options.topPretrainingEpochs = 4 * pretrainingEpochs
    recipe.options.batchSize = batchSize
    recipe.options.peakRate = rate
    recipe.options.seed = seed
    return recipe
  }

  func run() throws {
    let recipe = try recipe()
    BLAS.useThreads(1)
    Interruption.watch()
    let library = try OpacityLibrary(directory: opacity.directory())
    let source = try source(recipe, library)
    let division = SetDivision(spectra: source.set.count)
    guard division.training.count >= batchSize else {
      throw ValidationError("\(source.set.count) spectra are too few for batches of \(batchSize).")
    }
    print(
      "\(name): \(division.training.count) spectra to train on, \(division.validation.count) to validate, "
        + "\(division.test.count) kept for the test; kernels \(BLAS.kernels), threads \(threads)")
    fflush(nil)

    let settings =
      "\(name), \(recipe.options.summary), set \(source.set.shards.hash), kernels \(BLAS.kernels), threads \(threads)"
    let path = checkpoint ?? "\(set)/\(name).checkpoint"
    let start = ContinuousClock().now
    let belief = try pretrained(
      recipe, source, division, BeliefPretraining.checkpoint(path: path + ".belief", settings: settings))
    var run = TrainingRun(
      checkpoint: Checkpoint(path: path, settings: settings),
      seconds: Double((ContinuousClock().now - start) / .milliseconds(1)) / 1000)
    let validation = ExampleBatch(
      source, rows: Array(division.validation), seed: seed, epoch: 0, threads: threads)
    var trainer = RecognitionTrainer(
      belief: belief.network, source: source, rows: division.training, validation: validation,
      options: recipe.options, threads: threads)
    if resume, run.checkpoint.isThere { try run.resume(&trainer) }
    try run.trainShowingProgress(&trainer)

    let model = RobERtModel(
      recipe: recipe, perceptron: trainer.best, belief: belief.network, source: source, division: division,
      validation: validation,
      limits: try DetectionLimitMaker.make(kind: recipe.kind, model: try library.model(.training)))
    let record = ModelCard.Run(
      trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds)
    try destination.write(model.file, name: name) {
      RobERtCard.trained(
        model, recipe: recipe, source: source, division: division, pretraining: belief.errors, run: record,
        sha256: $0, bytes: $1)
    }
  }

  private func source(_ recipe: RobERtRecipe, _ library: OpacityLibrary) throws -> ExampleSource {
    let set = try SpectrumTrainingSet(
      recipe.set, kind: recipe.kind, directory: set, limit: spectra ?? .max)
    if library.hash != set.shards.metadata["opacities"] {
      print("The opacity tables are not those the set was made with: detection limits will differ a little.")
    }
    return ExampleSource(set: set, plan: recipe.plan)
  }

  /// The belief network, from its own checkpoint or trained machine by machine.
  private func pretrained(
    _ recipe: RobERtRecipe, _ source: ExampleSource, _ division: SetDivision, _ checkpoint: Checkpoint
  ) throws -> (network: DeepBeliefNetwork, errors: [[Double]]) {
    var pretraining = BeliefPretraining(
      source: source, rows: division.training, options: recipe.options, threads: threads)
    if resume, checkpoint.isThere { try pretraining.resume(from: checkpoint) }
    let display = TrainingDisplay()
    let count = pretraining.machines
    var lastPercent = -1
    let outcome = try pretraining.train(
      keepingIn: checkpoint, isStopping: { Interruption.isRequested },
      show: { machine, epoch, share in
        let percent = Int(share * 100)
        guard percent != lastPercent else { return }
        lastPercent = percent
        display.writePassing("machine \(machine + 1)/\(count)  epoch \(epoch + 1)  \(percent) %")
      },
      finished: { machine, errors in
        display.write(
          "machine \(machine + 1)/\(count)  reconstruction error \(fixed(errors.first ?? 0)) after the first "
            + "epoch, \(fixed(errors.last ?? 0)) after the last", isLast: true)
      })
    if outcome == .stopped { try stopped(checkpoint) }
    return (pretraining.network, pretraining.errors)
  }
}
