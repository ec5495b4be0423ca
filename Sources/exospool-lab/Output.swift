import PlainText
import PosixFiles
import SystemPackage

extension CommandLine {
  /// The command as typed, the program by its name alone.
  static var command: String {
    let program = arguments.first?.split(separator: "/").last.map(String.init) ?? "exospool-lab"
    return ([program] + arguments.dropFirst()).joined(separator: " ")
  }
}

/// Says something beside the output proper; where nobody listens, that is no fault.
func note(_ text: String, end: String = "\n") {
  try? PosixFiles.writeStream(Array((text + end).utf8), to: .standardError, named: "standard error")
}

/// Lets a line of progress pass every half second.
struct Pace {
  private let clock = ContinuousClock()
  private var last = ContinuousClock().now

  mutating func isDue() -> Bool {
    guard clock.now - last > .milliseconds(500) else { return false }
    last = clock.now
    return true
  }
}

/// A number with so many decimals.
func fixed(_ x: Double, _ decimals: Int = 4) -> String { Numerals.fixed(x, decimals: decimals) }

/// Text filled with blanks to a width.
func padded(_ text: String, _ width: Int) -> String { PlainText.padded(text, to: width) }

/// A cell of a table, with a blank at least between it and its neighbour.
func column(_ text: String, _ width: Int, isLeft: Bool = false) -> String {
  let blanks = String(repeating: " ", count: max(1, width - text.count))
  return isLeft ? text + blanks : blanks + text
}

/// Hours are rarely worth their own unit here.
func minutes(_ seconds: Double) -> String { "\(Int(seconds / 60)) min \(Int(seconds) % 60) s" }
