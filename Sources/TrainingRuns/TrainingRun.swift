import PlainText

/// What learns batch by batch.
///
/// Everything it goes on from is in `state`, so a run that was stopped and resumed anywhere ends with the same bytes as one that was
/// not, on the same build, CPU kernels and thread count.
package protocol Trainer {
  var state: TrainingState { get }
  /// The most it will take.
  var epochs: Int { get }
  var batchesPerEpoch: Int { get }
  var isFinished: Bool { get }
  /// Goes on from there.
  mutating func resume(_ state: TrainingState)
  /// One batch; with the epoch's last batch also the validation.
  mutating func step()
}

extension Trainer {
  package var batchesDone: Int { state.history.count * batchesPerEpoch + state.batch }
}

/// A trainer's way from its first batch to its last, through as many sittings as it takes: a checkpoint after every epoch and
/// where it is stopped.
package struct TrainingRun: Sendable {
  package enum Outcome: Sendable, Hashable {
    case finished
    /// The checkpoint has all.
    case stopped
  }

  package let checkpoint: Checkpoint
  /// Wall time, earlier sittings included, s.
  package private(set) var seconds: Double

  /// - Parameter seconds: wall time that belongs to the run and was spent before it.
  package init(checkpoint: Checkpoint, seconds: Double = 0) {
    self.checkpoint = checkpoint
    self.seconds = seconds
  }

  /// Takes the trainer to where the checkpoint is.
  package mutating func resume(_ trainer: inout some Trainer) throws(TrainingError) {
    let found = try checkpoint.read(from: trainer.state)
    trainer.resume(found.state)
    seconds = found.seconds
  }

  /// Trains to the end.
  /// - Parameters:
  ///   - isStopping: asked after every batch.
  ///   - show: told after every batch, before the epoch's checkpoint is written.
  package mutating func train(
    _ trainer: inout some Trainer, isStopping: () -> Bool, show: (TrainingProgress) -> Void
  ) throws(TrainingError) -> Outcome {
    let clock = ContinuousClock()
    let (start, before, first) = (clock.now, seconds, trainer.batchesDone)
    while !trainer.isFinished {
      trainer.step()
      let elapsed = Double((clock.now - start) / .milliseconds(1)) / 1000
      seconds = before + elapsed
      if isStopping() {
        try checkpoint.write(trainer.state, seconds: seconds)
        return .stopped
      }
      show(TrainingProgress(trainer, batches: trainer.batchesDone - first, seconds: elapsed))
      if trainer.state.batch == 0 { try checkpoint.write(trainer.state, seconds: seconds) }
    }
    return .finished
  }
}

/// How far a run has come.
package struct TrainingProgress: Sendable, Hashable {
  package let isEpochEnd: Bool
  /// One line for people.
  package let line: String

  /// - Parameters:
  ///   - batches: done in this sitting.
  ///   - seconds: that they took.
  init(_ trainer: some Trainer, batches: Int, seconds: Double) {
    let (state, epochs) = (trainer.state, trainer.epochs)
    isEpochEnd = state.batch == 0
    let speed = Double(batches) / max(seconds, 1e-3)
    let left = Double(epochs * trainer.batchesPerEpoch - trainer.batchesDone) / max(speed, 1e-3)
    var line = "epoch \(min(state.history.count + (isEpochEnd ? 0 : 1), epochs))/\(epochs)"
    if !isEpochEnd { line += "  batch \(state.batch)/\(trainer.batchesPerEpoch)" }
    if let last = state.history.last {
      line +=
        "  train \(Numerals.fixed(last.training, decimals: 4))"
        + "  validation \(Numerals.fixed(last.validation, decimals: 4)) (best in epoch \(state.bestEpoch))"
    }
    self.line =
      line
      + "  \(Numerals.fixed(speed, decimals: 1)) batches/s  ETA \(Int(left / 60)) min \(Int(left) % 60) s"
  }
}
