package import NeuralNetworks
import NumericalMethods
import Tensors
package import TrainingRuns

/// What a network is to learn from: inputs and targets as it sees them, one example a row.
package struct Examples: Sendable {
  package let inputWidth: Int
  package let targetWidth: Int
  package private(set) var inputs: [Float]
  package private(set) var targets: [Float]

  package init(inputWidth: Int, targetWidth: Int, inputs: [Float], targets: [Float]) {
    precondition(
      inputWidth > 0 && targetWidth > 0 && inputs.count % inputWidth == 0
        && targets.count == inputs.count / inputWidth * targetWidth)
    self.inputWidth = inputWidth
    self.targetWidth = targetWidth
    self.inputs = inputs
    self.targets = targets
  }

  package var count: Int { inputs.count / inputWidth }

  package func input(_ row: Int) -> ArraySlice<Float> { inputs[row * inputWidth..<(row + 1) * inputWidth] }
  package func target(_ row: Int) -> ArraySlice<Float> {
    targets[row * targetWidth..<(row + 1) * targetWidth]
  }
}

/// What is made small.
package protocol ExampleLoss: Sendable {
  /// The loss summed over the rows; where there is a `gradient`, its derivative by the outputs times `scale`.
  func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, rows: Int,
    gradient: UnsafeMutableBufferPointer<Float>?, scale: Double
  ) -> Double
}

/// The squared differences, added up over an example's numbers.
package struct SquareLoss: ExampleLoss {
  package init() {}

  package func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, rows: Int,
    gradient: UnsafeMutableBufferPointer<Float>?, scale: Double
  ) -> Double {
    let factor = Float(2 * scale)
    var total: Float = 0
    var sum = 0.0
    for i in outputs.indices {
      let difference = outputs[i] - targets[i]
      total += difference * difference
      gradient?[i] = factor * difference
      // Short sums in single precision keep their digits.
      if i & 127 == 127 {
        sum += Double(total)
        total = 0
      }
    }
    return sum + Double(total)
  }
}

/// How unlikely the targets are.
extension AutoregressiveDensity: ExampleLoss {
  package func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, rows: Int,
    gradient: UnsafeMutableBufferPointer<Float>?, scale: Double
  ) -> Double {
    negativeLogLikelihood(outputs: outputs, targets: targets, rows: rows, gradient: gradient, scale: scale)
  }
}

/// How a network learns examples. Together with them it fixes every byte of the result, on one kind of CPU and thread count.
package struct ExampleOptions: Sendable, Hashable {
  package var batchSize: Int
  package var epochs: Int
  package var peakRate: Double
  package var finalRate: Double
  package var warmUpSteps: Int
  package var weightDecay: Double
  package var maximumGradientNorm: Double
  package var seed: UInt64 = 1

  package init(
    batchSize: Int, epochs: Int, peakRate: Double, finalRate: Double, warmUpSteps: Int, weightDecay: Double,
    maximumGradientNorm: Double
  ) {
    self.batchSize = batchSize
    self.epochs = epochs
    self.peakRate = peakRate
    self.finalRate = finalRate
    self.warmUpSteps = warmUpSteps
    self.weightDecay = weightDecay
    self.maximumGradientNorm = maximumGradientNorm
  }

  package var summary: String {
    "batch \(batchSize), epochs \(epochs), AdamW rate \(peakRate) to \(finalRate), warm-up \(warmUpSteps), weight decay "
      + "\(weightDecay), gradient norm \(maximumGradientNorm), seed \(seed)"
  }
}

/// Teaches a network examples by AdamW. The order in an epoch follows from seed and epoch alone.
package struct ExampleTrainer<Loss: ExampleLoss>: Trainer {
  private static var name: String { "network" }

  package let options: ExampleOptions
  package private(set) var state: TrainingState
  private let loss: Loss
  private let layers: [any Layer]
  private let examples: Examples
  private let rows: Range<Int>
  private let validation: Range<Int>
  private let schedule: LearningRateSchedule
  private let workspace: TrainingWorkspace<Float>
  private var order: [Int] = []
  private var batchInputs: [Float]
  private var batchTargets: [Float]

  /// - Parameters:
  ///   - lastBiases: of the last layer, to start from; nil: none.
  ///   - rows: to learn from, at least a batch.
  package init(
    _ layers: [any Layer], lastBiases: [Double]?, loss: Loss, examples: Examples, rows: Range<Int>,
    validation: Range<Int>, options: ExampleOptions
  ) {
    precondition(rows.count >= options.batchSize && !validation.isEmpty)
    var network = Sequential<Float>(layers)
    precondition(network.inputs == examples.inputWidth)
    var random = SeededRandom(seed: options.seed)
    network.initialize(random: &random)
    if let lastBiases { network["\(layers.count - 1).bias"] = lastBiases.map { Float($0) } }
    self.layers = layers
    self.loss = loss
    self.examples = examples
    self.rows = rows
    self.validation = validation
    self.options = options
    state = TrainingState(groups: [
      Self.name: .init(
        network.parameters,
        optimiser: AdamW(
          count: network.parameters.count, weightDecay: options.weightDecay,
          maximumNorm: options.maximumGradientNorm))
    ])
    workspace = TrainingWorkspace(network, capacity: options.batchSize)
    schedule = LearningRateSchedule(
      peak: options.peakRate, final: options.finalRate, warmUpSteps: options.warmUpSteps,
      totalSteps: options.epochs * (rows.count / options.batchSize))
    batchInputs = [Float](repeating: 0, count: options.batchSize * examples.inputWidth)
    batchTargets = [Float](repeating: 0, count: options.batchSize * examples.targetWidth)
  }

  /// Whole batches; what is left of the shuffled examples waits for another epoch.
  package var batchesPerEpoch: Int { rows.count / options.batchSize }
  package var epochs: Int { options.epochs }
  package var isFinished: Bool { state.history.count >= options.epochs }

  /// The network with the best validation loss so far.
  package var best: Sequential<Float> { Sequential(layers, parameters: state.best(Self.name)) }

  package mutating func resume(_ state: TrainingState) {
    self.state = state
    order = []
  }

  package mutating func step() {
    if order.isEmpty || state.batch == 0 {
      var random = SeededRandom(seed: options.seed, stream: UInt64(state.history.count + 1))
      order = rows.shuffled(using: &random)
    }
    let start = state.batch * options.batchSize
    let sum = pass(order[start..<start + options.batchSize], learns: true)
    state.step(
      Self.name, gradient: UnsafeBufferPointer(workspace.gradient), rate: schedule.rate(step: batchesDone))
    let (workspace, rows) = (workspace, options.batchSize)
    state.withParameters(Self.name) { workspace.learnStatistics($0, rows: rows) }
    state.finishBatch(loss: sum)
    guard state.batch == batchesPerEpoch else { return }
    var total = 0.0
    for start in stride(from: validation.lowerBound, to: validation.upperBound, by: options.batchSize) {
      total += pass(
        Array(start..<min(start + options.batchSize, validation.upperBound))[...], learns: false)
    }
    state.finishEpoch(
      training: state.lossSum / Double(batchesPerEpoch * options.batchSize),
      validation: total / Double(validation.count))
  }

  /// The summed loss of some examples; fills the gradient of their mean where the network learns.
  private mutating func pass(_ chosen: ArraySlice<Int>, learns: Bool) -> Double {
    gather(chosen)
    let count = chosen.count
    return state.parameters(Self.name).withUnsafeBufferPointer { parameters in
      batchInputs.withUnsafeBufferPointer { inputs in
        batchTargets.withUnsafeBufferPointer { targets in
          let x = UnsafeBufferPointer(rebasing: inputs[..<(count * examples.inputWidth)])
          let sum = loss.sum(
            outputs: workspace.forward(parameters, x: x, rows: count),
            targets: UnsafeBufferPointer(rebasing: targets[..<(count * examples.targetWidth)]), rows: count,
            gradient: learns ? workspace.outputGradient(rows: count) : nil, scale: 1 / Double(count))
          if learns { workspace.backward(parameters, x: x, rows: count) }
          return sum
        }
      }
    }
  }

  private mutating func gather(_ chosen: ArraySlice<Int>) {
    let (p, q) = (examples.inputWidth, examples.targetWidth)
    examples.inputs.withUnsafeBufferPointer { inputs in
      examples.targets.withUnsafeBufferPointer { targets in
        batchInputs.withUnsafeMutableBufferPointer { x in
          batchTargets.withUnsafeMutableBufferPointer { y in
            for (i, row) in chosen.enumerated() {
              for j in 0..<p { x[i * p + j] = inputs[row * p + j] }
              for j in 0..<q { y[i * q + j] = targets[row * q + j] }
            }
          }
        }
      }
    }
  }
}
