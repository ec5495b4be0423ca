import ArgumentParser
import JSONText
import NeuralNetworks
import TrainingRuns

#if canImport(Glibc)
  import Glibc
#endif

/// One line of progress: rewritten in place on a terminal, once an epoch elsewhere.
struct TrainingDisplay {
  private var pace = Pace()
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  mutating func show(_ progress: TrainingProgress) {
    guard progress.isEpochEnd || (isTerminal && pace.isDue()) else { return }
    write(progress.line, isLast: progress.isEpochEnd)
  }

  /// - Parameter isLast: the line stays.
  func write(_ line: String, isLast: Bool) {
    // Clear to the end of the line: the one before may have been longer.
    let text = isTerminal ? "\r\(line)\u{1B}[K" : line
    print(text, terminator: isLast || !isTerminal ? "\n" : "")
    fflush(nil)
  }

  /// The same for lines that only a terminal has.
  func writePassing(_ line: String) {
    if isTerminal { write(line, isLast: false) }
  }
}

extension TrainingRun {
  /// Trains to the end with a line of progress, or until Control-C.
  mutating func trainShowingProgress(_ trainer: inout some Trainer) throws {
    var display = TrainingDisplay()
    let outcome = try train(
      &trainer, isStopping: { Interruption.isRequested }, show: { display.show($0) })
    if outcome == .stopped { try stopped(checkpoint) }
  }
}

/// Says that all is kept, and ends the program as a signal would.
func stopped(_ checkpoint: Checkpoint) throws -> Never {
  print("\nStopped; nothing is lost. The same command with --resume goes on from \(checkpoint.path).")
  throw ExitCode(130)
}

extension ModelsDestination {
  /// Writes a trained network and its card, and says so.
  func write(
    _ weights: SafetensorsFile, name: String, card: (_ hash: String, _ bytes: Int) -> JSON
  ) throws {
    let output = try directory()
    let bytes = try ModelFile.write(weights, name: name, directory: output, card: card)
    print("Wrote \(output)/\(name).safetensors (\(bytes) bytes) and its card \(name).json.")
  }
}
