import ArgumentParser
import ContentHash
import NeuralNetworks
import OpacityFiles
import RobERt
import Tensors
import Training

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

  func run() throws {
    guard var recipe = RobERtRecipe.named(name) else { return }
    recipe.options.epochs = epochs
    recipe.options.pretrainingEpochs = pretrainingEpochs
    recipe.options.topPretrainingEpochs = 4 * pretrainingEpochs
    recipe.options.batchSize = batchSize
    recipe.options.peakRate = rate
    recipe.options.seed = seed
    BLAS.useThreads(1)
    Interruption.watch()

    let library = try OpacityLibrary(directory: opacity.directory())
    let set = try SpectrumTrainingSet(
      recipe.set, kind: recipe.kind, directory: set, limit: spectra ?? .max)
    if library.hash != set.metadata["opacities"] {
      print("The opacity tables are not those the set was made with: detection limits will differ a little.")
    }
    let division = RobERtDivision(spectra: set.count)
    guard division.training.count >= batchSize else {
      throw ValidationError("\(set.count) spectra are too few for batches of \(batchSize).")
    }
    let source = ExampleSource(set: set, plan: recipe.plan)
    print(
      "\(name): \(division.training.count) spectra to train on, \(division.validation.count) to validate, "
        + "\(division.test.count) kept for the test; kernels \(BLAS.kernels), threads \(threads)")
    fflush(nil)
    let settings =
      "\(name), \(recipe.options.summary), set \(set.hash), kernels \(BLAS.kernels), threads \(threads)"
    let path = checkpoint ?? "\(self.set)/\(name).checkpoint"
    let start = ContinuousClock().now
    let belief = try pretrained(recipe, source, division, settings, path + ".belief")
    let pretrainingSeconds = Double((ContinuousClock().now - start) / .milliseconds(1)) / 1000

    var spent = pretrainingSeconds
    var state: TrainingState?
    if resume, access(path, F_OK) == 0 {
      let count = RecognitionTrainer.parameterCount(recipe.options)
      (state, spent) = try TrainingState.read(path: path, settings: settings, parameterCount: count)
    }
    let validation = ExampleBatch(
      source, rows: Array(division.validation), seed: seed, epoch: 0, threads: threads)
    var trainer = RecognitionTrainer(
      belief: belief.network, source: source, rows: division.training, validation: validation,
      options: recipe.options, threads: threads, resuming: state)
    var progress = TrainingProgress(done: trainer.batchesDone, spent: spent)
    while !trainer.isFinished {
      trainer.step()
      if Interruption.isRequested {
        try trainer.state.file(settings: settings, seconds: progress.seconds).write(path: path)
        try stop(path)
      }
      progress.show(
        trainer.state, done: trainer.batchesDone, epochs: epochs, batchesPerEpoch: trainer.batchesPerEpoch)
      if trainer.state.batch == 0 {
        try trainer.state.file(settings: settings, seconds: progress.seconds).write(path: path)
      }
    }
    let model = RobERtModel(
      recipe: recipe, perceptron: trainer.best, belief: belief.network, source: source, division: division,
      validation: validation,
      limits: try DetectionLimitMaker.make(kind: recipe.kind, model: try library.model(.training)))
    try write(
      model, recipe, source, division, belief.errors,
      .init(
        command: CommandLine.command.replacing(" --resume", with: ""), kernels: BLAS.kernels,
        threads: threads,
        seconds: progress.seconds, history: trainer.state.history, bestEpoch: trainer.state.bestEpoch,
        batches: trainer.batchesDone, skippedBatches: trainer.state.skippedBatches))
  }

  private func stop(_ path: String) throws -> Never {
    print("\nStopped; nothing is lost. The same command with --resume goes on from \(path).")
    throw ExitCode(130)
  }

  /// The belief network, from its own checkpoint or trained machine by machine.
  private func pretrained(
    _ recipe: RobERtRecipe, _ source: ExampleSource, _ division: RobERtDivision, _ settings: String,
    _ path: String
  ) throws -> (network: DeepBeliefNetwork, errors: [[Double]]) {
    var pretraining = BeliefPretraining(
      source: source, rows: division.training, options: recipe.options, threads: threads)
    if resume, access(path, F_OK) == 0 { try pretraining.resume(path: path, settings: settings) }
    let isTerminal = isatty(STDOUT_FILENO) == 1
    for index in pretraining.errors.count..<pretraining.machines {
      var lastPercent = -1
      let isDone = pretraining.train(index) { epoch, share in
        let percent = Int(share * 100)
        if isTerminal, percent != lastPercent {
          lastPercent = percent
          print(
            "\rmachine \(index + 1)/\(recipe.options.hidden.count)  epoch \(epoch + 1)  \(percent) %"
              + "\u{1B}[K", terminator: "")
          fflush(nil)
        }
        return !Interruption.isRequested
      }
      if !isDone { try stop(path) }
      try pretraining.file(settings: settings).write(path: path)
      let errors = pretraining.errors.last ?? []
      print(
        "\(isTerminal ? "\r\u{1B}[K" : "")machine \(index + 1)/\(pretraining.machines)  reconstruction error "
          + "\(fixed(errors.first ?? 0)) after the first epoch, \(fixed(errors.last ?? 0)) after the last")
      fflush(nil)
    }
    return (pretraining.network, pretraining.errors)
  }

  private func write(
    _ model: RobERtModel, _ recipe: RobERtRecipe, _ source: ExampleSource, _ division: RobERtDivision,
    _ pretraining: [[Double]], _ run: ModelCard.Run
  ) throws {
    let bytes = model.file.encoded
    let card = RobERtCard.trained(
      model, recipe: recipe, source: source, division: division, pretraining: pretraining, run: run,
      sha256: SHA256Digest(of: bytes).hexadecimal, bytes: bytes.count)
    let output = try destination.directory()
    if mkdir(output, 0o755) != 0 && errno != EEXIST {
      throw TrainingError(.cannotWrite, path: output, detail: String(cString: strerror(errno)))
    }
    try SafetensorsFile.writeBytes(bytes, path: "\(output)/\(name).safetensors")
    try SafetensorsFile.writeBytes(Array(card.text(.card).utf8), path: "\(output)/\(name).json")
    print("Wrote \(output)/\(name).safetensors (\(bytes.count) bytes) and its card \(name).json.")
  }
}
