package import NeuralNetworks

/// All that a training run goes on from.
package struct TrainingState: Sendable, Hashable {
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

  package var parameters: [Float]
  package var optimiser: AdamW<Float>
  /// Epochs completed, with their losses.
  package var history: [Epoch]
  /// Batches done of the epoch under way.
  package var batch: Int
  /// Sum of losses over those batches.
  package var lossSum: Double
  /// Batches whose gradient was not finite and that therefore changed nothing.
  package var skippedBatches: Int
  package var bestParameters: [Float]
  package var bestValidation: Double
  package var bestEpoch: Int

  package init(
    parameters: [Float], optimiser: AdamW<Float>, history: [Epoch] = [], batch: Int = 0, lossSum: Double = 0,
    skippedBatches: Int = 0, bestParameters: [Float]? = nil, bestValidation: Double = .infinity,
    bestEpoch: Int = 0
  ) {
    self.parameters = parameters
    self.optimiser = optimiser
    self.history = history
    self.batch = batch
    self.lossSum = lossSum
    self.skippedBatches = skippedBatches
    self.bestParameters = bestParameters ?? parameters
    self.bestValidation = bestValidation
    self.bestEpoch = bestEpoch
  }

  /// Closes the epoch under way.
  package mutating func finishEpoch(training: Double, validation: Double) {
    history.append(Epoch(training: training, validation: validation))
    batch = 0
    lossSum = 0
    if validation < bestValidation {
      bestValidation = validation
      bestParameters = parameters
      bestEpoch = history.count
    }
  }
}
