package import JobContract
import PlainText

/// Why a record cannot be read: always the input's fault, so trying again does not help, except where the file may
/// still be growing.
package struct PlanetXMLError: InputFault, Hashable {
  package enum Code: String, Sendable, Hashable, CaseIterable {
    case empty
    case tooLarge
    case notXML
    case encoding
    case nulByte
    case truncated
    case malformed
    case entities
    case tooDeep
    case tooManyElements
    case tooManyAttributes
    case tooManyBodies
    case wrongRoot
  }

  package var code: Code
  /// Line of the input, from 1, where one is to blame.
  package var line: Int?
  /// What was found, a sentence without its full stop.
  package var finding: String
  /// What the person can do, a sentence without its full stop.
  package var cure: String

  package init(_ code: Code, line: Int? = nil, finding: String, cure: String) {
    self.code = code
    self.line = line
    self.finding = finding
    self.cure = cure
  }

  /// The file may be whole a moment later: it looks as one that is still being written (some writers reserve space
  /// first, which reads as NUL bytes).
  package var mayStillGrow: Bool { code == .truncated || code == .empty || code == .nulByte }

  /// What to tell a person about `file`: file, line, finding and cure.
  package func sentence(file: String) -> String {
    let place = line.map { "\(printable(file)), line \($0)" } ?? printable(file)
    return "\(place): \(finding). \(cure)\(cure.hasSuffix("?") ? "" : ".")"
  }
}
