import ArgumentParser
import InteriorMDN
import InteriorTraining
import Interiors
import NeuralNetworks
import Tensors
import TrainingRuns

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

  @Argument(help: "rocky-A, rocky-B, layered, layered-k2, giant or giant-k2.")
  var name: String

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var destination: ModelsDestination

  @Option(help: "Epochs; the learning rate falls to its end over them.")
  var epochs = MixtureDensityOptions().epochs

  @Option(help: "Planets a batch.")
  var batchSize = MixtureDensityOptions().batchSize

  @Option(help: "Highest learning rate.")
  var rate = MixtureDensityOptions().peakRate

  @Option(help: "Widths of the hidden layers, such as 512,512,512.")
  var hidden = "512,512,512"

  @Option(help: "Gaussians in the mixture.")
  var components = 20

  @Option(help: "Covariance of each Gaussian: full or diagonal.")
  var covariance = "full"

  @Option(help: "Epochs without a better validation loss after which training ends.")
  var patience = MixtureDensityOptions().patience

  @Option(help: "Seed of weights and order of examples.")
  var seed: UInt64 = MixtureDensityOptions().seed

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

  private func recipe() throws -> InteriorRecipe {
    guard var recipe = InteriorRecipe.named(name),
      let covariance = MixtureDensity.Covariance(rawValue: covariance)
    else { throw ExitCode.validationFailure }
    recipe.components = components
    recipe.covariance = covariance
    recipe.options.hidden = widths
    recipe.options.batchSize = batchSize
    recipe.options.epochs = epochs
    recipe.options.peakRate = rate
    recipe.options.patience = patience
    recipe.options.seed = seed
    return recipe
  }

  func run() throws {
    let recipe = try recipe()
    BLAS.useThreads(threads)
    Interruption.watch()
    let prepared = try PreparedInteriorSet.load(recipe, directory: set, limit: planets ?? .max)
    let division = prepared.division
    guard division.training.count >= batchSize else {
      throw ValidationError(
        "\(division.training.count) training planets are fewer than a batch of \(batchSize).")
    }
    print(
      "\(name): \(division.training.count) planets to train on, \(division.validation.count) to validate, "
        + "\(division.test.count) kept for the test; kernels \(BLAS.kernels), threads \(threads)")
    fflush(nil)

    var trainer = MixtureDensityTrainer(
      density: recipe.density, training: prepared.data(division.training),
      validation: prepared.data(division.validation), options: recipe.options)
    let settings =
      "\(name), \(recipe.options.summary), components \(components), covariance \(covariance), "
      + "set \(prepared.set.shards.hash), kernels \(BLAS.kernels), threads \(threads)"
    var run = TrainingRun(
      checkpoint: Checkpoint(path: checkpoint ?? "\(set)/\(name).checkpoint", settings: settings))
    if resume { try run.resume(&trainer) }
    try run.trainShowingProgress(&trainer)

    let network = prepared.network(trainer.best, iron: .pureIron(InteriorModel()))
    let record = ModelCard.Run(
      trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds)
    try destination.write(network.file, name: name) {
      InteriorCard.trained(network, set: prepared, run: record, sha256: $0, bytes: $1)
    }
  }
}
