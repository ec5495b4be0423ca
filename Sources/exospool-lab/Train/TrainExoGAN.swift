import ArgumentParser
import ExoGAN
import ExoGANTraining
import JSONText
import NeuralNetworks
import Tensors
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct TrainExoGAN: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exogan", abstract: "Train ExoGAN, the network that completes spectra as published.",
    discussion: """
      Reads the shards that "simulate set exogan-2018" made, trains generator and discriminator against each other, then the \
      encoder that begins completions, and writes NAME.safetensors and its card NAME.json. Every 500 steps and on Control-C a \
      checkpoint is written; the same command with --resume goes on from it and ends with the same bytes as if it had never \
      stopped. A training that has ended goes on, too, with more --steps and the same --noise-steps (the --steps of then, where none was \
      given); its encoder begins anew. --published leaves out what keeps the generator from making few spectra again and again.

        exospool-lab train exogan --set exospool-sets
      """)

  @Argument(help: "Name of the network.")
  var name = "exogan-2018"

  @Option(help: "Directory of the training set's shards.")
  var set: String

  @OptionGroup var destination: ModelsDestination

  @Option(help: "Steps, a multiple of 500.")
  var steps = ExoGANOptions().steps

  @Option(help: "Steps over which the noise that the discriminator sees falls to nought. Default: all.")
  var noiseSteps: Int?

  @Option(help: "Steps of the encoder, a multiple of 500.")
  var encoderSteps = EncoderOptions().steps

  @Option(help: "Channels of the networks' thinnest layers.")
  var width = ExoGANOptions().width

  @Flag(help: "One step of the discriminator and two of the generator, no stabilisers.")
  var published = false

  @Option(help: "Seed of weights, order, latent numbers and noise.")
  var seed: UInt64 = ExoGANOptions().seed

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @Option(help: "Threads.")
  var threads = 2

  @Option(help: "The checkpoint's path; NAME.checkpoint in the training set's directory unless given.")
  var checkpoint: String?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  func validate() throws {
    guard !published || noiseSteps == nil else {
      throw ValidationError("--published shows the discriminator no noise: leave out --noise-steps.")
    }
    guard (500...10_000_000).contains(steps), steps % 500 == 0, (500...10_000_000).contains(encoderSteps),
      encoderSteps % 500 == 0, (1...512).contains(width), (1...256).contains(threads),
      spectra ?? 1000 >= 1000,
      noiseSteps ?? 1 >= 1
    else {
      throw ValidationError(
        "--steps and --encoder-steps are multiples of 500, up to 10,000,000; --width is 1 to 512, --threads 1 to 256, "
          + "--spectra 1000 or more, --noise-steps positive.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    let set = try ExoGANTrainingSet(directory: self.set, limit: spectra ?? .max)
    let division = SetDivision(examples: set.count, validation: 1000, test: 1000)
    var options = ExoGANOptions()
    options.steps = steps
    options.width = width
    options.seed = seed
    options.stabilisers?.noiseSteps = noiseSteps
    if published { options.stabilisers = nil }
    guard division.training.count >= options.batchSize, !division.validation.isEmpty else {
      throw ValidationError("\(set.count) spectra are too few for batches of \(options.batchSize).")
    }
    print(
      "\(name): \(division.training.count) spectra to train on; kernels \(BLAS.kernels), threads \(threads)")
    fflush(nil)

    let path = checkpoint ?? "\(self.set)/\(name).checkpoint"
    let tail = "set \(set.shards.hash), kernels \(BLAS.kernels), threads \(threads)"
    var trainer = ExoGANTrainer(
      set: set, rows: division.training, validation: division.validation, options: options, threads: threads)
    let run = try train(&trainer, path: path, settings: "\(name), \(options.schedule), \(tail)")
    var model = trainer.model(name: name)

    var encoderOptions = EncoderOptions()
    encoderOptions.steps = encoderSteps
    encoderOptions.seed = seed
    var encoder = EncoderTrainer(generator: model.generator, options: encoderOptions, threads: threads)
    let encoderRun = try train(
      &encoder, path: path + ".encoder-\(steps)",
      settings: "\(name), \(options.summary), \(encoderOptions.summary), \(tail)")
    model.encoder = encoder.best
    try destination.write(model.file, name: name) {
      ExoGANCard.trained(
        model, set: set, division: division, options: options, run: run,
        encoder: (encoderOptions, encoderRun), sha256: $0, bytes: $1)
    }
  }

  /// From the checkpoint, where it is to go on from one that is there, to the end.
  private func train(
    _ trainer: inout some Trainer, path: String, settings: String
  ) throws -> ModelCard.Run {
    var run = TrainingRun(checkpoint: Checkpoint(path: path, settings: settings))
    if resume, run.checkpoint.isThere { try run.resume(&trainer) }
    guard trainer.batchesDone <= trainer.epochs * trainer.batchesPerEpoch else {
      throw ValidationError("\(path) has more steps behind it than these: give --steps of as many or more.")
    }
    try run.trainShowingProgress(&trainer)
    return ModelCard.Run(
      trainer, command: CommandLine.command, kernels: BLAS.kernels, threads: threads, seconds: run.seconds)
  }
}
