import Glibc
import PlainText
import PosixFiles
import SystemPackage

/// Standard output and standard error.
enum Console {
  /// Writes without a newline of its own.
  static func write(_ text: String) throws(ToolError) { try write(Array(text.utf8)) }

  /// Straight to the descriptor: what was written is out, and a full disk behind a redirection is noticed.
  static func write(_ bytes: [UInt8]) throws(ToolError) {
    do {
      try PosixFiles.writeStream(bytes, to: .standardOutput, named: "standard output")
    } catch {
      throw ToolError(error)
    }
  }

  /// A sentence for the operator.
  static func complain(_ sentence: String) {
    let line = "exospool: \(PlainText.line(sentence, limit: 4000))\n"
    // Nobody is left to tell when standard error itself fails.
    try? PosixFiles.writeStream(Array(line.utf8), to: .standardError, named: "standard error")
  }

  /// What the argument parser printed through the C library's buffer.
  static func flush() throws(ToolError) {
    if fflush(nil) != 0 {
      throw ToolError(.inputOutput, "cannot write to standard output: \(Errno(rawValue: errno))")
    }
  }
}
