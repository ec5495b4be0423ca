import Training

#if canImport(Glibc)
  import Glibc
#endif

/// One line of progress: rewritten in place on a terminal, once an epoch elsewhere.
struct TrainingProgress {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let spent: Double
  private let firstBatch: Int
  private var lastShown: ContinuousClock.Instant
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  init(done: Int, spent: Double) {
    start = clock.now
    lastShown = start
    self.spent = spent
    firstBatch = done
  }

  /// Wall time of the run so far, earlier sittings included.
  var seconds: Double { spent + Double((clock.now - start) / .milliseconds(1)) / 1000 }

  mutating func show(_ state: TrainingState, done: Int, epochs: Int, batchesPerEpoch: Int) {
    let isEpochEnd = state.batch == 0
    guard isEpochEnd || (isTerminal && clock.now - lastShown > .milliseconds(500)) else { return }
    lastShown = clock.now
    let elapsed = max(seconds - spent, 1e-3)
    let speed = Double(done - firstBatch) / elapsed
    let left =
      Double(epochs * batchesPerEpoch - done) / max(speed, 1e-3)
    var line =
      "epoch \(min(state.history.count + (isEpochEnd ? 0 : 1), epochs))"
      + "/\(epochs)"
    if !isEpochEnd { line += "  batch \(state.batch)/\(batchesPerEpoch)" }
    if let last = state.history.last {
      line +=
        "  train \(fixed(last.training))  validation \(fixed(last.validation))"
        + " (best in epoch \(state.bestEpoch))"
    }
    line += "  \(fixed(speed, 1)) batches/s  ETA \(Int(left / 60)) min \(Int(left) % 60) s"
    // Clear to the end of the line: the one before may have been longer.
    print(isTerminal ? "\r\(line)\u{1B}[K" : line, terminator: isTerminal && !isEpochEnd ? "" : "\n")
    fflush(nil)
  }
}
