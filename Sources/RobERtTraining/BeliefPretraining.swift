package import NeuralNetworks
import NumericalMethods
package import RobERt
import Tensors
package import TrainingRuns
import TrainingSets

/// Trains a deep belief network machine by machine, from the spectrum upwards (Hinton, Osindero & Teh 2006): each learns by
/// contrastive divergence from the features of those below; the topmost sees the molecules beside them.
///
/// The lower machines learn from spectra as the recognising network will see them and from spectra of one gas at most, seen
/// whole; the topmost from the latter alone, so that the dream of a molecule is that of its own spectrum, from end to end.
package struct BeliefPretraining {
  package private(set) var network: DeepBeliefNetwork
  /// Reconstruction error a unit, by machine and epoch.
  package private(set) var errors: [[Double]]

  /// As the recognising network will see them, then those of `clear`.
  private let all: ExampleBatch
  /// One gas at most, seen whole.
  private let clear: ExampleBatch
  private let options: RobERtOptions
  /// Spectra that are enough to learn features from, and dreams.
  private static let mostObserved = 30_000
  private static let mostClear = 60_000

  /// Observes the first of `rows` once.
  package init(source: ExampleSource, rows: Range<Int>, options: RobERtOptions, threads: Int) {
    var random = SeededRandom(seed: options.seed)
    network = DeepBeliefNetwork(
      widths: [ExampleBatch.inputWidth] + options.hidden, gaussianUnits: ExampleBatch.inputWidth / 2,
      labels: ExampleBatch.molecules, random: &random)
    errors = []
    let alone = rows.lazy.filter { source.set.first[$0 + 1] - source.set.first[$0] <= 1 }
    clear = ExampleBatch(
      ExampleSource(set: source.set, plan: .clear), rows: Array(alone.prefix(Self.mostClear)),
      seed: options.seed, epoch: 998, threads: threads)
    all = ExampleBatch(
      source, rows: Array(rows.prefix(Self.mostObserved)), seed: options.seed, epoch: 999, threads: threads
    ).joined(with: clear)
    self.options = options
  }

  package var machines: Int { network.machines.count }

  /// Trains the machine of that index; those below must have been trained.
  /// - Parameter progress: told the epoch and its share done; returns false to stop between two batches.
  /// - Returns: false where `progress` stopped it; the machine is then to be trained anew.
  package mutating func train(_ index: Int, progress: (_ epoch: Int, _ share: Double) -> Bool) -> Bool {
    precondition(errors.count == index)
    let isTop = index == machines - 1
    let examples = isTop ? clear : all
    var lesson = MachineLesson(
      network.machines[index], visible: visibleUnits(index, of: examples),
      isMissing: index == 0 ? examples.isMissing : nil, isTop: isTop, options: options)
    let epochs = isTop ? options.topPretrainingEpochs : options.pretrainingEpochs
    let batches = examples.rows / options.batchSize
    var history: [Double] = []
    for epoch in 0..<epochs {
      let order = ExampleBatch.shuffled(
        0..<examples.rows, seed: options.seed, epoch: 1000 * (index + 1) + epoch)
      var random = SeededRandom(seed: options.seed ^ 0xCD, stream: UInt64(index * 1000 + epoch))
      var sum = 0.0
      for number in 0..<batches {
        let rows = order[number * options.batchSize..<(number + 1) * options.batchSize]
        // The rate falls to a tenth over the machine's epochs.
        let share = Double(epoch * batches + number) / Double(batches * epochs)
        sum += lesson.step(rows, rate: options.pretrainingRate * (1 - 0.9 * share), random: &random)
        guard progress(epoch, Double(number + 1) / Double(batches)) else { return false }
      }
      history.append(sum / Double(max(batches, 1)))
    }
    network.machines[index] = lesson.machine
    errors.append(history)
    return true
  }

  /// What the machine of that index sees of the spectra.
  private func visibleUnits(_ index: Int, of examples: ExampleBatch) -> Matrix<Float> {
    let x = Matrix(rows: examples.rows, columns: ExampleBatch.inputWidth, elements: examples.inputs)
    let features = network.features(x, below: index)
    guard index == machines - 1 else { return features }
    let molecules = ExampleBatch.molecules
    var elements: [Float] = []
    elements.reserveCapacity(features.rows * (features.columns + molecules))
    for row in 0..<features.rows {
      elements += features.row(row)
      elements += examples.shown[row * molecules..<(row + 1) * molecules]
    }
    return Matrix(rows: features.rows, columns: features.columns + molecules, elements: elements)
  }
}

extension BeliefPretraining {
  /// Where the machines trained so far are kept.
  package static func checkpoint(path: String, settings: String) -> Checkpoint {
    Checkpoint(
      path: path, settings: settings, format: "exospool belief checkpoint 1",
      isNone: "this is no checkpoint of a belief network")
  }

  package func write(to checkpoint: Checkpoint) throws(TrainingError) {
    var tensors: [String: SafetensorsFile.Tensor] = [:]
    for (index, history) in errors.enumerated() {
      tensors["machine.\(index)"] = .init(network.machines[index].parameters)
      tensors["errors.\(index)"] = .init(history)
    }
    try checkpoint.write(tensors)
  }

  /// Takes the machines of a checkpoint.
  package mutating func resume(from checkpoint: Checkpoint) throws(TrainingError) {
    let tensors = try checkpoint.read().tensors
    errors = []
    while let parameters = tensors["machine.\(errors.count)"]?.floats,
      let history = tensors["errors.\(errors.count)"]?.doubles, errors.count < machines
    {
      guard parameters.count == network.machines[errors.count].parameters.count else {
        throw TrainingError(
          .badCheckpoint, path: checkpoint.path,
          detail: "machine \(errors.count) is not of this network's shape")
      }
      network.machines[errors.count].parameters = parameters
      errors.append(history)
    }
  }

  /// Trains the machines that are left, one after the other; a checkpoint after each.
  /// - Parameters:
  ///   - isStopping: asked after every batch. A machine that was stopped is trained anew.
  ///   - show: told the machine, its epoch and the share of it that is done.
  ///   - finished: told the machine and its reconstruction errors by epoch.
  package mutating func train(
    keepingIn checkpoint: Checkpoint, isStopping: () -> Bool,
    show: (_ machine: Int, _ epoch: Int, _ share: Double) -> Void,
    finished: (_ machine: Int, _ errors: [Double]) -> Void
  ) throws(TrainingError) -> TrainingRun.Outcome {
    for index in errors.count..<machines {
      let isDone = train(index) { epoch, share in
        show(index, epoch, share)
        return !isStopping()
      }
      guard isDone else { return .stopped }
      try write(to: checkpoint)
      finished(index, errors.last ?? [])
    }
    return .finished
  }
}
