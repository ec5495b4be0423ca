package import NeuralNetworks
import NumericalMethods
package import RobERt
import Tensors

/// Trains a deep belief network machine by machine, from the spectrum upwards (Hinton, Osindero & Teh 2006): each learns by
/// contrastive divergence from the features of those below; the topmost sees the molecules beside them.
package struct BeliefPretraining {
  package private(set) var network: DeepBeliefNetwork
  /// Reconstruction error a unit, by machine and epoch.
  package private(set) var errors: [[Double]]

  private let source: ExampleSource
  private let rows: Range<Int>
  private let options: RobERtOptions
  private let threads: Int

  package init(source: ExampleSource, rows: Range<Int>, options: RobERtOptions, threads: Int) {
    var random = SeededRandom(seed: options.seed)
    network = DeepBeliefNetwork(
      widths: [ExampleBatch.inputWidth] + options.hidden, gaussianUnits: ExampleBatch.inputWidth / 2,
      labels: ExampleBatch.molecules, random: &random)
    errors = []
    self.source = source
    self.rows = rows
    self.options = options
    self.threads = threads
  }

  package var machines: Int { network.machines.count }

  /// Trains the machine of that index; those below must have been trained.
  /// - Parameter progress: told the epoch and its share done; returns false to stop between two batches.
  /// - Returns: false where `progress` stopped it; the machine is then to be trained anew.
  package mutating func train(_ index: Int, progress: (_ epoch: Int, _ share: Double) -> Bool) -> Bool {
    precondition(errors.count == index)
    let isTop = index == machines - 1
    var machine = network.machines[index]
    let divergence = ContrastiveDivergence(machine, capacity: options.batchSize)
    var optimiser = AdamW<Float>(
      count: machine.parameters.count, weightDecay: options.weightDecay,
      maximumNorm: options.maximumGradientNorm)
    var history: [Double] = []
    for epoch in 0..<options.pretrainingEpochs {
      let order = ExampleBatch.shuffled(rows, seed: options.seed, epoch: 1000 * (index + 1) + epoch)
      let batches = order.count / options.batchSize
      var sum = 0.0
      for batch in 0..<batches {
        let part = Array(order[batch * options.batchSize..<(batch + 1) * options.batchSize])
        let examples = ExampleBatch(
          source, rows: part, seed: options.seed, epoch: 1000 * (index + 1) + epoch, threads: threads)
        let x = Matrix(rows: examples.rows, columns: ExampleBatch.inputWidth, elements: examples.inputs)
        var visible = network.features(x, below: index)
        if isTop { visible = withLabels(visible, examples) }
        var random = SeededRandom(
          seed: options.seed ^ 0xCD, stream: UInt64((index * 1000 + epoch) * 1_000_000 + batch))
        sum += visible.elements.withUnsafeBufferPointer { v in
          examples.isMissing.withUnsafeBufferPointer { missing in
            divergence.step(
              machine, v, isMissing: index == 0 ? missing : nil, rows: examples.rows, steps: 1,
              random: &random)
          }
        }
        // The rate falls to a tenth over the machine's epochs.
        let share = Double(epoch * batches + batch) / Double(batches * options.pretrainingEpochs)
        _ = machine.parameters.withUnsafeMutableBufferPointer {
          optimiser.step(
            $0, gradient: UnsafeBufferPointer(divergence.gradient),
            rate: options.pretrainingRate * (1 - 0.9 * share))
        }
        guard progress(epoch, Double(batch + 1) / Double(batches)) else { return false }
      }
      history.append(sum / Double(max(batches, 1)))
    }
    network.machines[index] = machine
    errors.append(history)
    return true
  }

  private func withLabels(_ features: Matrix<Float>, _ examples: ExampleBatch) -> Matrix<Float> {
    let molecules = ExampleBatch.molecules
    let width = features.columns + molecules
    var elements: [Float] = []
    elements.reserveCapacity(features.rows * width)
    for row in 0..<features.rows {
      elements += features.row(row)
      elements += examples.shown[row * molecules..<(row + 1) * molecules]
    }
    return Matrix(rows: features.rows, columns: width, elements: elements)
  }
}

extension BeliefPretraining {
  private static let format = "exospool belief checkpoint 1"

  /// The machines trained so far. `settings` must be the same when it is resumed.
  package func file(settings: String) -> SafetensorsFile {
    var file = SafetensorsFile(metadata: ["format": Self.format, "settings": settings])
    for (index, history) in errors.enumerated() {
      file.tensors["machine.\(index)"] = .init(network.machines[index].parameters)
      file.tensors["errors.\(index)"] = .init(history)
    }
    return file
  }

  /// Takes the machines of a checkpoint.
  package mutating func resume(path: String, settings: String) throws(TrainingError) {
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile.read(path: path)
    } catch {
      throw TrainingError(.badCheckpoint, path: path, detail: error.description)
    }
    guard file.metadata["format"] == Self.format else {
      throw TrainingError(.badCheckpoint, path: path, detail: "this is no checkpoint of a belief network")
    }
    guard file.metadata["settings"] == settings else {
      throw TrainingError(
        .otherSettings, path: path,
        detail: "the checkpoint was made with other settings: \(file.metadata["settings"] ?? "none")")
    }
    errors = []
    while let parameters = file.tensors["machine.\(errors.count)"]?.floats,
      let history = file.tensors["errors.\(errors.count)"]?.doubles, errors.count < machines
    {
      guard parameters.count == network.machines[errors.count].parameters.count else {
        throw TrainingError(
          .badCheckpoint, path: path, detail: "machine \(errors.count) is not of this network's shape")
      }
      network.machines[errors.count].parameters = parameters
      errors.append(history)
    }
  }
}
