package import ExoGAN
package import NeuralNetworks
import NumericalMethods
import Observations
import Tensors
package import TrainingRuns

/// How the encoder is trained.
package struct EncoderOptions: Sendable, Hashable {
  package var width = 16
  package var batchSize = 64
  package var steps = 10_000
  package var stepsPerEpoch = 500
  package var peakRate = 1e-3
  package var finalRate = 1e-6
  package var weightDecay = 1e-4
  package var seed: UInt64 = 1

  package init() {}

  package var summary: String {
    "encoder width \(width), loss of pictures, batch \(batchSize), \(steps) steps in epochs of \(stepsPerEpoch), AdamW rate \(peakRate) to "
      + "\(finalRate), weight decay \(weightDecay), seed \(seed)"
  }
}

/// Teaches the encoder to find latent numbers of which the generator makes a picture again that it has made, seen as an observation would
/// show it: half of them whole, the others over a part of the wavelengths; most with noise, parameters hidden.
///
/// The loss is the squared difference of the whole pictures. That of the latent numbers will not do: a hundred of them make pictures
/// of some ten dimensions, and the mean of all that make one picture makes another.
package struct EncoderTrainer: Trainer {
  private static let name = "encoder"
  private static let validationCount = 512

  package let options: EncoderOptions
  package private(set) var state: TrainingState
  private let generator: Sequential<Float>
  private let network: Sequential<Float>
  private let workspace: TrainingWorkspace<Float>
  private let generatorWorkspace: TrainingWorkspace<Float>
  private let schedule: LearningRateSchedule
  private let validation: Examples

  package init(generator: Sequential<Float>, options: EncoderOptions, threads: Int) {
    precondition(options.steps % options.stepsPerEpoch == 0)
    self.generator = generator
    self.options = options
    var network = LatentEncoder.network(
      width: options.width, latent: generator.inputs, threads: threads)
    var random = SeededRandom(seed: options.seed, stream: 0xE3_0000_0000)
    Self.initialize(&network, &random)
    self.network = network
    state = TrainingState(groups: [
      Self.name: .init(
        network.parameters,
        optimiser: AdamW(
          count: network.parameters.count, weightDecay: options.weightDecay, maximumNorm: 1))
    ])
    workspace = TrainingWorkspace(network, capacity: options.batchSize)
    generatorWorkspace = TrainingWorkspace(generator, capacity: options.batchSize, learns: false)
    schedule = LearningRateSchedule(
      peak: options.peakRate, final: options.finalRate, warmUpSteps: min(200, options.steps / 10),
      totalSteps: options.steps)
    validation = Self.examples(generator, count: Self.validationCount, &random)
  }

  /// Weights of variance 2 / inputs (He et al. 2015, ICCV): no normalisation keeps the signal's size here.
  private static func initialize(_ network: inout Sequential<Float>, _ random: inout SeededRandom) {
    for tensor in network.tensors where tensor.name.hasSuffix("weight") {
      let inputs = tensor.range.count / (tensor.shape.last ?? 1)
      let sd = (2 / Double(inputs)).squareRoot()
      network[tensor.name] = tensor.range.map { _ in Float(sd * random.normal()) }
    }
  }

  package var epochs: Int { options.steps / options.stepsPerEpoch }
  package var batchesPerEpoch: Int { options.stepsPerEpoch }
  package var isFinished: Bool { state.history.count >= epochs }

  package mutating func resume(_ state: TrainingState) { self.state = state }

  /// The encoder with the best validation loss so far.
  package var best: LatentEncoder {
    LatentEncoder(network: Sequential(network.layers, parameters: state.best(Self.name)))
  }

  package mutating func step() {
    let step = batchesDone
    var random = SeededRandom(seed: options.seed, stream: 0xE4_0000_0000 + UInt64(step))
    let loss = learn(Self.examples(generator, count: options.batchSize, &random))
    state.step(
      Self.name, gradient: UnsafeBufferPointer(workspace.gradient), rate: schedule.rate(step: step))
    state.finishBatch(loss: loss)
    guard state.batch == batchesPerEpoch else { return }
    state.finishEpoch(
      training: state.lossSum / Double(batchesPerEpoch * options.batchSize), validation: validationLoss)
  }

  /// The summed loss of a batch; fills the gradient of its mean.
  private func learn(_ examples: Examples) -> Double {
    let rows = options.batchSize
    return state.parameters(Self.name).withUnsafeBufferPointer { parameters in
      examples.inputs.elements.withUnsafeBufferPointer { x in
        let guesses = Array(workspace.forward(parameters, x: x, rows: rows))
        let latents = guesses.map { Self.held($0) }
        var loss = 0.0
        let byGuess = workspace.outputGradient(rows: rows)
        generator.parameters.withUnsafeBufferPointer { generatorParameters in
          latents.withUnsafeBufferPointer { latents in
            let made = generatorWorkspace.forward(generatorParameters, x: latents, rows: rows)
            let byPicture = generatorWorkspace.outputGradient(rows: rows)
            for i in made.indices {
              let difference = made[i] - examples.pictures[i]
              loss += Double(difference * difference)
              byPicture[i] = 2 * difference / Float(rows)
            }
            generatorWorkspace.backward(
              generatorParameters, x: latents, rows: rows, inputGradient: byGuess, learns: false)
          }
        }
        // A guess beyond the range is held at its edge, and drawn back to it.
        for i in guesses.indices where guesses[i] != latents[i] {
          let beyond = guesses[i] - latents[i]
          loss += Double(beyond * beyond)
          byGuess[i] = 2 * beyond / Float(rows)
        }
        workspace.backward(parameters, x: x, rows: rows)
        return loss
      }
    }
  }

  private var validationLoss: Double {
    let network = Sequential(network.layers, parameters: state.parameters(Self.name))
    let guesses = network(validation.inputs)
    let made = generator(
      Matrix(rows: guesses.rows, columns: guesses.columns, elements: guesses.elements.map { Self.held($0) }))
    let squares = zip(made.elements, validation.pictures).reduce(0.0) {
      $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
    }
    return squares / Double(guesses.rows)
  }

  private static func held(_ latent: Float) -> Float { min(max(latent, -1), 1) }

  /// What the encoder sees, row by row, and the whole pictures.
  private struct Examples {
    let inputs: Matrix<Float>
    let pictures: [Float]
  }

  private static func examples(
    _ generator: Sequential<Float>, count: Int, _ random: inout SeededRandom
  ) -> Examples {
    let latents = (0..<count * generator.inputs).map { _ in Float(random.uniform(-1, 1)) }
    let made = generator(Matrix(rows: count, columns: generator.inputs, elements: latents))
    let inputs = (0..<count).flatMap { row in
      LatentEncoder.inputs(
        observation(of: ASPA(cells: made.row(row).map(Double.init)), &random).noisy(&random).aspa)
    }
    return Examples(
      inputs: Matrix(rows: count, columns: inputs.count / count, elements: inputs), pictures: made.elements)
  }

  private static func observation(of picture: ASPA, _ random: inout SeededRandom) -> ASPAObservation {
    let bins = SpectralGrid.standard.count
    let isWhole = random.uniform() < 0.5
    let length = Int(random.uniform(0.2, 1) * Double(bins))
    let start = Int(random.uniform() * Double(bins - length + 1))
    let isNoisy = random.uniform() < 0.8
    // 1 to 100 ppm
    let error = 1e-6 * pow(100, random.uniform())
    return ASPAObservation(
      depth: picture.depth, error: [Double](repeating: isNoisy ? error : 0, count: bins),
      isObserved: (0..<bins).map { isWhole || (start..<start + length).contains($0) })
  }
}

#if canImport(Glibc)
  import Glibc
#endif
