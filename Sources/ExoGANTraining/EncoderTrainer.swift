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
    "encoder width \(width), batch \(batchSize), \(steps) steps in epochs of \(stepsPerEpoch), AdamW rate \(peakRate) to "
      + "\(finalRate), weight decay \(weightDecay), seed \(seed)"
  }
}

/// Teaches the encoder to find the latent numbers of pictures that the generator makes, seen as an observation would show them: half of
/// them whole, the others over a part of the wavelengths; most with noise, parameters hidden.
package struct EncoderTrainer: Trainer {
  private static let name = "encoder"
  private static let validationCount = 512

  package let options: EncoderOptions
  package private(set) var state: TrainingState
  private let generator: Sequential<Float>
  private let network: Sequential<Float>
  private let workspace: TrainingWorkspace<Float>
  private let schedule: LearningRateSchedule
  private let validation: (inputs: Matrix<Float>, latents: [Float])

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
    let network = Sequential(network.layers, parameters: state.best(Self.name))
    let outputs = network(validation.inputs)
    let latent = network.outputs
    let deviation = (0..<latent).map { j in
      let squares = (0..<outputs.rows).reduce(0.0) { sum, row in
        let error = Double(outputs[row, j] - validation.latents[row * latent + j])
        return sum + error * error
      }
      return Float((squares / Double(outputs.rows)).squareRoot())
    }
    return LatentEncoder(network: network, deviation: deviation)
  }

  package mutating func step() {
    let step = batchesDone
    var random = SeededRandom(seed: options.seed, stream: 0xE4_0000_0000 + UInt64(step))
    let size = options.batchSize
    let examples = Self.examples(generator, count: size, &random)
    let loss = state.parameters(Self.name).withUnsafeBufferPointer { parameters in
      examples.inputs.elements.withUnsafeBufferPointer { x in
        let outputs = workspace.forward(parameters, x: x, rows: size)
        let upstream = workspace.outputGradient(rows: size)
        var loss = 0.0
        for i in outputs.indices {
          let error = outputs[i] - examples.latents[i]
          loss += Double(error * error)
          upstream[i] = 2 * error / Float(size)
        }
        workspace.backward(parameters, x: x, rows: size)
        return loss
      }
    }
    state.step(
      Self.name, gradient: UnsafeBufferPointer(workspace.gradient), rate: schedule.rate(step: step))
    state.finishBatch(loss: loss)
    guard state.batch == batchesPerEpoch else { return }
    let outputs = Sequential(network.layers, parameters: state.parameters(Self.name))(validation.inputs)
    let error = zip(outputs.elements, validation.latents).reduce(0.0) {
      $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
    }
    state.finishEpoch(
      training: state.lossSum / Double(batchesPerEpoch * size),
      validation: error / Double(outputs.rows))
  }

  /// Latent numbers, and what the encoder sees of the pictures made of them.
  private static func examples(
    _ generator: Sequential<Float>, count: Int, _ random: inout SeededRandom
  ) -> (inputs: Matrix<Float>, latents: [Float]) {
    let latents = (0..<count * generator.inputs).map { _ in Float(random.uniform(-1, 1)) }
    let made = generator(Matrix(rows: count, columns: generator.inputs, elements: latents))
    let inputs = (0..<count).flatMap { row in
      LatentEncoder.inputs(
        observation(of: ASPA(cells: made.row(row).map(Double.init)), &random).noisy(&random).aspa)
    }
    return (Matrix(rows: count, columns: inputs.count / count, elements: inputs), latents)
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
