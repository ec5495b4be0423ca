package import NeuralNetworks
import NumericalMethods
import Tensors
package import TrainingRuns

/// How a mixture density network is trained. Together with the data it fixes every byte of the result.
package struct MixtureDensityOptions: Sendable, Hashable {
  package var hidden = [512, 512, 512]
  package var batchSize = 1024
  package var epochs = 40
  package var peakRate = 1e-3
  package var finalRate = 1e-6
  package var warmUpSteps = 500
  package var weightDecay = 1e-4
  package var maximumGradientNorm = 5.0
  /// Epochs without a better validation loss after which training ends.
  package var patience = 12
  package var seed: UInt64 = 1

  package init() {}

  /// One line that tells every choice: kept in checkpoints, so that one is not resumed with others.
  package var summary: String {
    "hidden \(hidden.map(String.init).joined(separator: "x")), batch \(batchSize), epochs \(epochs), "
      + "rate \(peakRate) to \(finalRate), warm-up \(warmUpSteps), weight decay \(weightDecay), "
      + "gradient norm \(maximumGradientNorm), patience \(patience), seed \(seed)"
  }
}

/// Trains a mixture density network by maximum likelihood with AdamW.
///
/// The order of examples in an epoch follows from seed and epoch alone.
package struct MixtureDensityTrainer: Trainer {
  private static let network = "network"

  package let options: MixtureDensityOptions
  package let density: MixtureDensity
  package private(set) var state: TrainingState

  private let training: TrainingData
  private let validation: TrainingData
  private let schedule: LearningRateSchedule
  private let workspace: TrainingWorkspace<Float>
  private let widths: [Int]
  private var order: [Int32] = []
  private var batchInputs: [Float]
  private var batchTargets: [Float]

  /// - Precondition: both sets are of one width and hold at least one batch, the validation set at least a row.
  package init(
    density: MixtureDensity, training: TrainingData, validation: TrainingData, options: MixtureDensityOptions
  ) {
    precondition(training.rows >= options.batchSize && validation.rows > 0 && training.rows <= Int(Int32.max))
    precondition(training.inputWidth == validation.inputWidth)
    precondition(training.targetWidth == density.dimensions && validation.targetWidth == density.dimensions)
    self.density = density
    self.training = training
    self.validation = validation
    self.options = options
    widths = [training.inputWidth] + options.hidden + [density.width]
    var perceptron = Sequential<Float>.perceptron(widths: widths)
    var random = SeededRandom(seed: options.seed)
    perceptron.initialize(random: &random)
    perceptron["\(options.hidden.count).bias"] = density.initialBiases(random: &random).map { Float($0) }
    let optimiser = AdamW<Float>(
      count: perceptron.parameters.count, weightDecay: options.weightDecay,
      maximumNorm: options.maximumGradientNorm)
    state = TrainingState(groups: [Self.network: .init(perceptron.parameters, optimiser: optimiser)])
    workspace = TrainingWorkspace(perceptron, capacity: options.batchSize)
    batchInputs = [Float](repeating: 0, count: options.batchSize * training.inputWidth)
    batchTargets = [Float](repeating: 0, count: options.batchSize * training.targetWidth)
    schedule = LearningRateSchedule(
      peak: options.peakRate, final: options.finalRate, warmUpSteps: options.warmUpSteps,
      totalSteps: options.epochs * (training.rows / options.batchSize))
  }

  /// Whole batches an epoch; the rest of the shuffled examples waits for another epoch.
  package var batchesPerEpoch: Int { training.rows / options.batchSize }

  package var epochs: Int { options.epochs }

  /// All epochs are done, or validation has not improved for `patience` epochs.
  package var isFinished: Bool {
    state.history.count >= options.epochs || state.history.count - state.bestEpoch >= options.patience
  }

  /// The network with the best validation loss so far.
  package var best: Sequential<Float> {
    .perceptron(widths: widths, parameters: state.best(Self.network))
  }

  package mutating func resume(_ state: TrainingState) {
    self.state = state
    order = []
  }

  package mutating func step() {
    if order.isEmpty || state.batch == 0 { shuffle() }
    gather()
    let rows = options.batchSize
    let rate = schedule.rate(step: batchesDone)
    var loss = 0.0
    state.parameters(Self.network).withUnsafeBufferPointer { parameters in
      batchInputs.withUnsafeBufferPointer { x in
        batchTargets.withUnsafeBufferPointer { y in
          let outputs = workspace.forward(parameters, x: x, rows: rows)
          loss = density.negativeLogLikelihood(
            outputs: outputs, targets: y, rows: rows, gradient: workspace.outputGradient(rows: rows),
            scale: 1 / Float(rows))
          workspace.backward(parameters, x: x, rows: rows)
        }
      }
    }
    state.step(Self.network, gradient: UnsafeBufferPointer(workspace.gradient), rate: rate)
    state.finishBatch(loss: loss)
    if state.batch == batchesPerEpoch { finishEpoch() }
  }

  private mutating func finishEpoch() {
    let mean = state.lossSum / Double(batchesPerEpoch * options.batchSize)
    let validationLoss = negativeLogLikelihood(of: validation)
    state.finishEpoch(training: mean, validation: validationLoss)
  }

  /// Mean negative log-likelihood an example, with the parameters as they are now.
  private func negativeLogLikelihood(of data: TrainingData) -> Double {
    var total = 0.0
    state.parameters(Self.network).withUnsafeBufferPointer { parameters in
      data.inputs.withUnsafeBufferPointer { inputs in
        data.targets.withUnsafeBufferPointer { targets in
          for start in stride(from: 0, to: data.rows, by: options.batchSize) {
            let rows = min(options.batchSize, data.rows - start)
            let x = UnsafeBufferPointer(
              rebasing: inputs[start * data.inputWidth..<(start + rows) * data.inputWidth])
            let y = UnsafeBufferPointer(
              rebasing: targets[start * data.targetWidth..<(start + rows) * data.targetWidth])
            total += density.negativeLogLikelihood(
              outputs: workspace.forward(parameters, x: x, rows: rows), targets: y, rows: rows, gradient: nil,
              scale: 1)
          }
        }
      }
    }
    return total / Double(data.rows)
  }

  /// The epoch's order: a shuffle (Durstenfeld 1964, CACM 7, 420) that seed and epoch fix.
  private mutating func shuffle() {
    var random = SeededRandom(seed: options.seed, stream: UInt64(state.history.count + 1))
    order = (0..<Int32(training.rows)).map { $0 }
    order.withUnsafeMutableBufferPointer { order in
      for i in stride(from: order.count - 1, to: 0, by: -1) {
        // Multiply and shift instead of a remainder: biased by less than 2^-32.
        let j = Int((random.next() >> 32) &* UInt64(i + 1) >> 32)
        order.swapAt(i, j)
      }
    }
  }

  private mutating func gather() {
    let start = state.batch * options.batchSize
    let (p, q) = (training.inputWidth, training.targetWidth)
    batchInputs.withUnsafeMutableBufferPointer { x in
      batchTargets.withUnsafeMutableBufferPointer { y in
        training.inputs.withUnsafeBufferPointer { inputs in
          training.targets.withUnsafeBufferPointer { targets in
            for i in 0..<options.batchSize {
              let row = Int(order[start + i])
              for j in 0..<p { x[i * p + j] = inputs[row * p + j] }
              for j in 0..<q { y[i * q + j] = targets[row * q + j] }
            }
          }
        }
      }
    }
  }
}
