import Dispatch
package import NeuralNetworks
import NumericalMethods
package import RobERt
import Synchronization
import Tensors
package import TrainingRuns
import TrainingSets

/// Fine-tunes a network whose hidden layers begin as the machines of a belief network, by back-propagation.
///
/// Each epoch observes the spectra anew, with another coverage and other noise. Order, coverage and noise follow from seed and
/// epoch.
package struct RecognitionTrainer: Trainer {
  private static let network = "network"

  package let options: RobERtOptions
  package private(set) var state: TrainingState
  private let source: ExampleSource
  private let rows: Range<Int>
  private let validation: ExampleBatch
  private let threads: Int
  private let widths: [Int]
  private let schedule: LearningRateSchedule
  private let workspace: TrainingWorkspace<Float>
  private var order: [Int] = []
  /// The epoch's next batch, observed while the last one was learnt from.
  private var prepared: ExampleBatch?

  /// - Parameter validation: observed once.
  package init(
    belief: DeepBeliefNetwork, source: ExampleSource, rows: Range<Int>, validation: ExampleBatch,
    options: RobERtOptions, threads: Int
  ) {
    precondition(rows.count >= options.batchSize && validation.rows > 0)
    self.options = options
    self.source = source
    self.rows = rows
    self.validation = validation
    self.threads = threads
    widths = Self.widths(options)
    let perceptron = Self.start(from: belief, widths: widths, seed: options.seed)
    let optimiser = AdamW<Float>(
      count: perceptron.parameters.count, weightDecay: options.weightDecay,
      maximumNorm: options.maximumGradientNorm)
    state = TrainingState(groups: [Self.network: .init(perceptron.parameters, optimiser: optimiser)])
    workspace = TrainingWorkspace(perceptron, capacity: max(options.batchSize, 256))
    schedule = LearningRateSchedule(
      peak: options.peakRate, final: options.finalRate, warmUpSteps: options.warmUpSteps,
      totalSteps: options.epochs * (rows.count / options.batchSize))
  }

  private static func widths(_ options: RobERtOptions) -> [Int] {
    [ExampleBatch.inputWidth] + options.hidden + [2 * ExampleBatch.molecules + 1]
  }

  /// The machines' weights and hidden biases; the topmost without the part that sees molecules.
  private static func start(
    from belief: DeepBeliefNetwork, widths: [Int], seed: UInt64
  ) -> Sequential<Float> {
    var perceptron = Sequential<Float>.perceptron(widths: widths, hidden: .sigmoid)
    var random = SeededRandom(seed: seed, stream: 7)
    perceptron.initialize(random: &random)
    for (i, (layer, machine)) in zip(perceptron.layers, belief.machines).enumerated() {
      perceptron["\(i).weight"] = Array(machine.parameters.prefix(layer.inputs * layer.outputs))
      perceptron["\(i).bias"] = Array(machine.parameters[machine.hiddenBiases])
    }
    return perceptron
  }

  package var batchesPerEpoch: Int { rows.count / options.batchSize }
  package var epochs: Int { options.epochs }
  package var isFinished: Bool { state.history.count >= options.epochs }

  /// The network with the best validation loss so far.
  package var best: Sequential<Float> {
    .perceptron(widths: widths, hidden: .sigmoid, parameters: state.best(Self.network))
  }

  package mutating func resume(_ state: TrainingState) {
    self.state = state
    order = []
    prepared = nil
  }

  package mutating func step() {
    let epoch = state.history.count
    if order.isEmpty || state.batch == 0 {
      order = ExampleBatch.shuffled(rows, seed: options.seed, epoch: epoch)
    }
    let size = options.batchSize
    let start = state.batch * size
    let examples =
      prepared
      ?? ExampleBatch(
        source, rows: Array(order[start..<start + size]), seed: options.seed, epoch: epoch, threads: threads)
    var following: BatchObservation?
    if state.batch + 1 < batchesPerEpoch {
      following = BatchObservation(
        source, rows: Array(order[start + size..<start + 2 * size]), seed: options.seed, epoch: epoch)
    }
    let loss = learn(from: examples, observing: following)
    prepared = following?.finish()
    let rate = schedule.rate(step: batchesDone)
    state.step(Self.network, gradient: UnsafeBufferPointer(workspace.gradient), rate: rate)
    state.finishBatch(loss: loss)
    guard state.batch == batchesPerEpoch else { return }
    var total = 0.0
    for start in stride(from: 0, to: validation.rows, by: 256) {
      total += pass(validation, rows: start..<min(start + 256, validation.rows), learns: false)
    }
    state.finishEpoch(
      training: state.lossSum / Double(batchesPerEpoch * options.batchSize),
      validation: total / Double(validation.rows))
  }

  /// The gradient of one batch on one thread, while the others observe the next.
  private func learn(from examples: ExampleBatch, observing following: BatchObservation?) -> Double {
    nonisolated(unsafe) let trainer = self
    let loss = Mutex(0.0)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      if thread == 0 {
        let sum = trainer.pass(examples, rows: 0..<examples.rows, learns: true)
        loss.withLock { $0 = sum }
      }
      following?.work()
    }
    return loss.withLock { $0 }
  }

  /// The summed loss of some rows; fills the gradient of their mean where the network learns.
  private func pass(_ examples: ExampleBatch, rows: Range<Int>, learns: Bool) -> Double {
    let (p, k) = (ExampleBatch.inputWidth, ExampleBatch.molecules)
    return state.parameters(Self.network).withUnsafeBufferPointer { parameters in
      examples.inputs.withUnsafeBufferPointer { inputs in
        examples.shown.withUnsafeBufferPointer { shown in
          examples.singleClass.withUnsafeBufferPointer { classes in
            let x = UnsafeBufferPointer(rebasing: inputs[rows.lowerBound * p..<rows.upperBound * p])
            let outputs = workspace.forward(parameters, x: x, rows: rows.count)
            let loss = RecognitionLoss.sum(
              outputs: outputs,
              shown: UnsafeBufferPointer(rebasing: shown[rows.lowerBound * k..<rows.upperBound * k]),
              singleClass: UnsafeBufferPointer(rebasing: classes[rows]), rows: rows.count, molecules: k,
              gradient: learns ? workspace.outputGradient(rows: rows.count) : nil,
              scale: 1 / Float(rows.count))
            if learns { workspace.backward(parameters, x: x, rows: rows.count) }
            return loss
          }
        }
      }
    }
  }
}
