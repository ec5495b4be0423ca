package import NeuralNetworks

/// All that a training run goes on from: one or more groups of parameters, each moved by an optimiser of its own, and how far
/// the run has come.
package struct TrainingState: Sendable, Hashable {
  /// Parameters that one optimiser moves: a network's, or one of two that learn from each other.
  package struct Group: Sendable, Hashable {
    package var parameters: [Float]
    package var optimiser: AdamW<Float>
    /// The parameters at the best validation loss so far.
    package var best: [Float]

    /// - Precondition: the optimiser is made for as many parameters.
    package init(_ parameters: [Float], optimiser: AdamW<Float>) {
      precondition(optimiser.first.count == parameters.count)
      self.parameters = parameters
      self.optimiser = optimiser
      best = parameters
    }

    fileprivate mutating func step(gradient: UnsafeBufferPointer<Float>, rate: Double) -> Bool {
      parameters.withUnsafeMutableBufferPointer { optimiser.step($0, gradient: gradient, rate: rate) }
    }
  }

  package struct Epoch: Sendable, Hashable {
    /// Mean loss an example, over the epoch's batches as they were met.
    package var training: Double
    /// The same on the validation set at the epoch's end.
    package var validation: Double

    package init(training: Double, validation: Double) {
      self.training = training
      self.validation = validation
    }
  }

  /// By name.
  package internal(set) var groups: [String: Group]
  /// Epochs completed, with their losses.
  package internal(set) var history: [Epoch] = []
  /// Batches done of the epoch under way.
  package internal(set) var batch = 0
  /// Sum of losses over those batches.
  package internal(set) var lossSum = 0.0
  /// Steps whose gradient was not finite and that therefore changed nothing.
  package internal(set) var skippedBatches = 0
  package internal(set) var bestValidation = Double.infinity
  package internal(set) var bestEpoch = 0

  package init(groups: [String: Group]) { self.groups = groups }

  /// - Precondition: there is a group of that name, here and below.
  package func parameters(_ group: String) -> [Float] { self.group(group).parameters }

  package func best(_ group: String) -> [Float] { self.group(group).best }

  private func group(_ name: String) -> Group {
    guard let group = groups[name] else { preconditionFailure("no group of parameters \"\(name)\"") }
    return group
  }

  /// One step of the group's optimiser. A gradient that is not finite changes nothing and is counted.
  package mutating func step(_ group: String, gradient: UnsafeBufferPointer<Float>, rate: Double) {
    guard let isDone = groups[group]?.step(gradient: gradient, rate: rate) else {
      preconditionFailure("no group of parameters \"\(group)\"")
    }
    if !isDone { skippedBatches += 1 }
  }

  /// For those parameters that are statistics of what was seen, not moved by the optimiser.
  package mutating func withParameters(
    _ group: String, _ body: (UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    groups[group]?.parameters.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Counts a batch.
  /// - Parameter loss: summed over its examples.
  package mutating func finishBatch(loss: Double) {
    lossSum += loss
    batch += 1
  }

  /// Closes the epoch under way, and keeps the parameters where they are the best so far.
  package mutating func finishEpoch(training: Double, validation: Double) {
    history.append(Epoch(training: training, validation: validation))
    batch = 0
    lossSum = 0
    if validation < bestValidation {
      bestValidation = validation
      bestEpoch = history.count
      for name in groups.keys { keepAsBest(name) }
    }
  }

  private mutating func keepAsBest(_ name: String) {
    if let parameters = groups[name]?.parameters { groups[name]?.best = parameters }
  }
}
