import ArgumentParser
import ContentHash
import InteriorMDN
import Interiors
import NeuralNetworks
import Tensors
import Training

#if canImport(Glibc)
  import Glibc
#endif

struct TrainInterior: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interior", abstract: "Train one of the interior networks.",
    discussion: """
      Reads the shards that "simulate interiors" made, trains by maximum likelihood, and writes NAME.safetensors and \
      its card NAME.json. After every epoch, and on Control-C, a checkpoint is written; the same command with \
      --resume goes on from it and ends with the same bytes as if it had never stopped.
      """)

  @Argument(help: "rocky-A, rocky-B, layered or layered-k2.")
  var name: String

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var destination: ModelsDestination

  @Option(help: "Epochs; the learning rate falls to its end over them.")
  var epochs = TrainingOptions().epochs

  @Option(help: "Planets a batch.")
  var batchSize = TrainingOptions().batchSize

  @Option(help: "Highest learning rate.")
  var rate = TrainingOptions().peakRate

  @Option(help: "Widths of the hidden layers, such as 512,512,512.")
  var hidden = "512,512,512"

  @Option(help: "Gaussians in the mixture.")
  var components = 20

  @Option(help: "Covariance of each Gaussian: full or diagonal.")
  var covariance = "full"

  @Option(help: "Epochs without a better validation loss after which training ends.")
  var patience = TrainingOptions().patience

  @Option(help: "Seed of weights and order of examples.")
  var seed: UInt64 = TrainingOptions().seed

  @Option(help: "Use only so many planets of the set.")
  var planets: Int?

  @Option(help: "BLAS threads.")
  var threads = 1

  @Option(help: "The checkpoint's path; NAME.checkpoint in the training set's directory unless given.")
  var checkpoint: String?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard InteriorRecipe.named(name) != nil else {
      throw ValidationError(
        "\"\(name)\" is no interior network; there are \(InteriorRecipe.all.map(\.name).joined(separator: ", "))."
      )
    }
    guard MixtureDensity.Covariance(rawValue: covariance) != nil else {
      throw ValidationError("--covariance is full or diagonal.")
    }
    guard !widths.isEmpty, widths.allSatisfy({ (1...8192).contains($0) }) else {
      throw ValidationError("--hidden is a list of widths from 1 to 8192, such as 512,512,512.")
    }
    guard (1...100_000).contains(epochs), (1...65_536).contains(batchSize), rate > 0, rate < 1,
      (1...1000).contains(components), patience > 0, (1...256).contains(threads), planets ?? 100 >= 100
    else { throw ValidationError("A number is out of its range.") }
  }

  private var widths: [Int] { hidden.split(separator: ",").compactMap { Int($0) } }

  func run() throws {
    guard var recipe = InteriorRecipe.named(name),
      let covariance = MixtureDensity.Covariance(rawValue: covariance)
    else { return }
    recipe.components = components
    recipe.covariance = covariance
    recipe.options.hidden = widths
    recipe.options.batchSize = batchSize
    recipe.options.epochs = epochs
    recipe.options.peakRate = rate
    recipe.options.patience = patience
    recipe.options.seed = seed
    BLAS.useThreads(threads)
    Interruption.watch()

    let prepared = try PreparedInteriorSet.load(recipe, directory: set, limit: planets ?? .max)
    guard prepared.trainingRows.count >= batchSize else {
      throw ValidationError(
        "\(prepared.trainingRows.count) training planets are fewer than a batch of \(batchSize).")
    }
    print(
      "\(name): \(prepared.trainingRows.count) planets to train on, \(prepared.validationRows.count) to validate, "
        + "\(prepared.testRows.count) kept for the test; kernels \(BLAS.kernels), threads \(threads)")
    fflush(nil)
    let settings =
      "\(name), \(recipe.options.summary), components \(components), covariance \(covariance), "
      + "set \(prepared.set.hash), kernels \(BLAS.kernels), threads \(threads)"
    let path = checkpoint ?? "\(set)/\(name).checkpoint"
    var spent = 0.0
    var state: TrainingState?
    if resume {
      let count = Sequential<Float>.perceptron(
        widths: [recipe.inputs.count] + widths + [recipe.density.width]
      ).parameters.count
      (state, spent) = try TrainingState.read(
        path: path, settings: settings, parameterCount: count)
    }
    var trainer = MixtureDensityTrainer(
      density: recipe.density, training: prepared.data(prepared.trainingRows),
      validation: prepared.data(prepared.validationRows), options: recipe.options, resuming: state)

    var progress = TrainingProgress(done: trainer.batchesDone, spent: spent)
    while !trainer.isFinished {
      trainer.step()
      if Interruption.isRequested {
        try trainer.state.file(settings: settings, seconds: progress.seconds).write(path: path)
        print("\nStopped; nothing is lost. The same command with --resume goes on from \(path).")
        throw ExitCode(130)
      }
      progress.show(
        trainer.state, done: trainer.batchesDone, epochs: recipe.options.epochs,
        batchesPerEpoch: trainer.batchesPerEpoch)
      if trainer.state.batch == 0 {
        try trainer.state.file(settings: settings, seconds: progress.seconds).write(path: path)
      }
    }
    try write(trainer, prepared, seconds: progress.seconds)
  }

  private func write(
    _ trainer: MixtureDensityTrainer, _ prepared: PreparedInteriorSet, seconds: Double
  ) throws {
    let network = prepared.network(trainer.best, iron: .pureIron(InteriorModel()))
    let bytes = network.file.encoded
    let card = ModelCard.trained(
      network, set: prepared,
      run: .init(
        // A run that was resumed gives what an undisturbed one gives.
        command: CommandLine.command.replacing(" --resume", with: ""), kernels: BLAS.kernels,
        threads: threads, seconds: seconds,
        history: trainer.state.history, bestEpoch: trainer.state.bestEpoch, batches: trainer.batchesDone,
        skippedBatches: trainer.state.skippedBatches),
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
