import NeuralNetworks
import TrainingRuns

/// Two groups of parameters that learn in turn, as a generator and its judge do: one follows a target that moves from batch to
/// batch, the other follows the first.
struct TwoPlayers: Trainer {
  private(set) var state: TrainingState
  let epochs = 3
  let batchesPerEpoch = 4
  var isFinished: Bool { state.history.count >= epochs }

  init(width: Int = 5) {
    func group(_ start: Float, weightDecay: Double) -> TrainingState.Group {
      .init(
        [Float](repeating: start, count: width),
        optimiser: AdamW(count: width, weightDecay: weightDecay, maximumNorm: 10))
    }
    state = TrainingState(groups: [
      "leader": group(1, weightDecay: 0), "follower": group(-2, weightDecay: 0.1),
    ])
  }

  mutating func resume(_ state: TrainingState) { self.state = state }

  mutating func step() {
    let target = Float(batchesDone % 3)
    let leader = state.parameters("leader").map { 2 * ($0 - target) }
    leader.withUnsafeBufferPointer { state.step("leader", gradient: $0, rate: 0.1) }
    let follower = zip(state.parameters("follower"), state.parameters("leader")).map { 2 * ($0 - $1) }
    follower.withUnsafeBufferPointer { state.step("follower", gradient: $0, rate: 0.3) }
    state.finishBatch(loss: Double(abs(state.parameters("follower")[0] - target)))
    if state.batch == batchesPerEpoch {
      // The second epoch is the best.
      state.finishEpoch(
        training: state.lossSum / 4, validation: [3.0, 1, 2][min(state.history.count, 2)])
    }
  }
}
