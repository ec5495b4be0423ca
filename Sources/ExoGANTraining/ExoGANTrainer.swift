package import ExoGAN
package import NeuralNetworks
import NumericalMethods
import Tensors
package import TrainingRuns
package import TrainingSets

/// Trains generator and discriminator against each other.
///
/// A step: the discriminator learns once, from a batch of real pictures and one of generated ones, each normalised by itself; then the
/// generator learns, once or twice, from what the discriminator says. Order, latent numbers and noise follow from seed and step.
package struct ExoGANTrainer: Trainer {
  private static let generatorName = "generator"
  private static let discriminatorName = "discriminator"
  /// Pictures generated at an epoch's end to be compared with real ones.
  private static let sampleCount = 512

  package let options: ExoGANOptions
  package private(set) var state: TrainingState
  private let set: ExoGANTrainingSet
  private let rows: Range<Int>
  private let generator: Sequential<Float>
  private let discriminator: Sequential<Float>
  private let generatorWorkspace: TrainingWorkspace<Float>
  private let discriminatorWorkspace: TrainingWorkspace<Float>
  /// Real parameters to compare with, sorted, as they stand in pictures: one array a parameter.
  private let validation: [[Double]]
  private var order: [Int] = []

  /// - Parameters:
  ///   - rows: of the set, to learn from.
  ///   - validation: rows to compare with, as many as are there and at most 512.
  package init(
    set: ExoGANTrainingSet, rows: Range<Int>, validation: Range<Int>, options: ExoGANOptions, threads: Int
  ) {
    precondition(rows.count >= options.batchSize && !validation.isEmpty)
    precondition(options.steps % options.stepsPerEpoch == 0)
    self.set = set
    self.rows = rows
    self.options = options
    let architecture = options.architecture(threads: threads)
    generator = architecture.generator()
    discriminator = architecture.discriminator()
    state = TrainingState(groups: [
      Self.generatorName: Self.start(generator, options, stream: 1),
      Self.discriminatorName: Self.start(discriminator, options, stream: 2),
    ])
    generatorWorkspace = TrainingWorkspace(generator, capacity: options.batchSize)
    discriminatorWorkspace = TrainingWorkspace(discriminator, capacity: options.batchSize)
    self.validation = Self.sorted(validation.prefix(Self.sampleCount).map { set.picture($0) })
  }

  private static func start(
    _ network: Sequential<Float>, _ options: ExoGANOptions, stream: UInt64
  ) -> TrainingState.Group {
    var network = network
    var random = SeededRandom(seed: options.seed, stream: stream)
    ExoGANArchitecture.initialize(&network, random: &random)
    var optimiser = AdamW<Float>(
      count: network.parameters.count, weightDecay: 0, maximumNorm: .infinity)
    optimiser.decay1 = options.decay1
    return TrainingState.Group(network.parameters, optimiser: optimiser)
  }

  package var epochs: Int { options.steps / options.stepsPerEpoch }
  package var batchesPerEpoch: Int { options.stepsPerEpoch }
  package var isFinished: Bool { state.history.count >= epochs }

  /// The networks as they are now.
  package func model(name: String) -> ExoGANModel {
    ExoGANModel(
      name: name, architecture: options.architecture(threads: 1),
      generator: Sequential(generator.layers, parameters: state.parameters(Self.generatorName)),
      discriminator: Sequential(discriminator.layers, parameters: state.parameters(Self.discriminatorName)))
  }

  package mutating func resume(_ state: TrainingState) {
    self.state = state
    order = []
  }

  // MARK: A step

  package mutating func step() {
    let step = batchesDone
    var random = SeededRandom(seed: options.seed, stream: 0xE1_0000_0000 + UInt64(step))
    let size = options.batchSize
    let noise = options.instanceNoise(step: step)
    let latents = (0..<size * options.latent).map { _ in Float(random.uniform(-1, 1)) }
    let real = noisy(realPictures(step), noise, &random)
    let generated = generate(latents)
    let loss = learnToTell(real, noisy(generated, noise, &random))
    learnToDeceive(latents, noisy(generated, noise, &random))
    for _ in 1..<options.generatorSteps { learnToDeceive(latents, noisy(generate(latents), noise, &random)) }
    state.finishBatch(loss: loss)
    guard state.batch == batchesPerEpoch else { return }
    state.finishEpoch(
      training: state.lossSum / Double(batchesPerEpoch * size), validation: distance(step: step))
  }

  private mutating func realPictures(_ step: Int) -> [Float] {
    let perPass = rows.count / options.batchSize
    if order.isEmpty || step % perPass == 0 {
      order = ExoGANTrainingSet.order(rows, seed: options.seed, pass: step / perPass)
    }
    let start = step % perPass * options.batchSize
    return order[start..<start + options.batchSize].flatMap { set.picture($0).cells.map { Float($0) } }
  }

  private func noisy(_ pictures: [Float], _ noise: Double, _ random: inout SeededRandom) -> [Float] {
    noise > 0 ? pictures.map { $0 + Float(noise * random.normal()) } : pictures
  }

  private mutating func generate(_ latents: [Float]) -> [Float] {
    let workspace = generatorWorkspace
    let size = options.batchSize
    let pictures = state.parameters(Self.generatorName).withUnsafeBufferPointer { parameters in
      latents.withUnsafeBufferPointer { Array(workspace.forward(parameters, x: $0, rows: size)) }
    }
    state.withParameters(Self.generatorName) { workspace.learnStatistics($0, rows: size) }
    return pictures
  }

  /// The discriminator's answers to a batch: loss summed over it, and the loss's mean derivative behind the logits.
  private mutating func judge(_ pictures: [Float], label: Double) -> Double {
    let workspace = discriminatorWorkspace
    let size = options.batchSize
    let loss = state.parameters(Self.discriminatorName).withUnsafeBufferPointer { parameters in
      pictures.withUnsafeBufferPointer { pictures in
        SigmoidCrossEntropy.sum(
          workspace.forward(parameters, x: pictures, rows: size), label: label,
          gradient: workspace.outputGradient(rows: size), scale: 1 / Double(size))
      }
    }
    state.withParameters(Self.discriminatorName) { workspace.learnStatistics($0, rows: size) }
    return loss
  }

  private func backThroughDiscriminator(_ pictures: [Float], byPicture: UnsafeMutableBufferPointer<Float>?) {
    state.parameters(Self.discriminatorName).withUnsafeBufferPointer { parameters in
      pictures.withUnsafeBufferPointer {
        discriminatorWorkspace.backward(
          parameters, x: $0, rows: options.batchSize, inputGradient: byPicture, learns: byPicture == nil)
      }
    }
  }

  private mutating func learnToTell(_ real: [Float], _ generated: [Float]) -> Double {
    let gradient = discriminatorWorkspace.gradient
    var loss = judge(real, label: options.stabilisers?.realLabel ?? 1)
    backThroughDiscriminator(real, byPicture: nil)
    let ofReal = Array(gradient)
    loss += judge(generated, label: 0)
    backThroughDiscriminator(generated, byPicture: nil)
    for i in gradient.indices { gradient[i] += ofReal[i] }
    state.step(Self.discriminatorName, gradient: UnsafeBufferPointer(gradient), rate: options.rate)
    return loss
  }

  /// Follows `generate` with the same latents.
  private mutating func learnToDeceive(_ latents: [Float], _ generated: [Float]) {
    _ = judge(generated, label: 1)
    backThroughDiscriminator(
      generated, byPicture: generatorWorkspace.outputGradient(rows: options.batchSize))
    state.parameters(Self.generatorName).withUnsafeBufferPointer { parameters in
      latents.withUnsafeBufferPointer {
        generatorWorkspace.backward(parameters, x: $0, rows: options.batchSize)
      }
    }
    state.step(
      Self.generatorName, gradient: UnsafeBufferPointer(generatorWorkspace.gradient), rate: options.rate)
  }

  // MARK: Diversity

  /// How far generated planets are from real ones: the mean over the parameters of the Wasserstein distance between their
  /// distributions, in units of their ranges. A quarter where all are the same planet in the middle, about 0.02 for as many real ones.
  private func distance(step: Int) -> Double {
    var random = SeededRandom(seed: options.seed, stream: 0xE2_0000_0000 + UInt64(step))
    let count = validation[0].count
    let latents = Matrix<Float>(
      rows: count, columns: options.latent,
      elements: (0..<count * options.latent).map { _ in Float(random.uniform(-1, 1)) })
    let made = Sequential(generator.layers, parameters: state.parameters(Self.generatorName)).folded(latents)
    let samples = Self.sorted((0..<count).map { ASPA(cells: made.row($0).map(Double.init)) })
    let distances = zip(ASPAParameter.allCases, zip(samples, validation)).map { parameter, pair in
      let mean = zip(pair.0, pair.1).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(count)
      return mean / (parameter.range.upperBound - parameter.range.lowerBound)
    }
    return distances.reduce(0, +) / Double(distances.count)
  }

  private static func sorted(_ pictures: [ASPA]) -> [[Double]] {
    ASPAParameter.allCases.map { parameter in pictures.map { $0[parameter] }.sorted() }
  }
}
