/// What the user who hands an input in says of it besides its bytes: keys as a spectrum's file may carry them (`RSTAR`,
/// `EXOKIND`) with their values as text. It goes before what the file itself says.
package struct UserStatement: Sendable, Hashable {
  package var keys: [String: String]

  package init(_ keys: [String: String] = [:]) { self.keys = keys }

  package var isEmpty: Bool { keys.isEmpty }

  /// `KEY = value`, one line each, by key: as it travels with a job and as results show it.
  package var lines: [String] {
    keys.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
  }

  /// - Parameter lines: as `lines` writes them; any other is passed over.
  package init(lines: [String]) {
    self.init()
    for line in lines {
      guard let mark = line.firstIndex(of: "="), line[..<mark].hasSuffix(" ") else { continue }
      let value = line[line.index(after: mark)...].drop { $0 == " " }
      if !value.isEmpty { keys[String(line[..<mark].dropLast())] = String(value) }
    }
  }
}
