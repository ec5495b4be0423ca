import Synchronization

/// What all workers of a configuration are to have, so that no two results are of different models without a word: the
/// networks and tables that the daemon found when it read the configuration, and the catalogue of the first worker, for
/// workers alone open it.
final class ModelPin: Sendable {
  private let expected: [String]
  private let pinned = Mutex<[String]?>(nil)

  static let catalogue = "catalogue "

  /// - Parameter expected: without the catalogue; none: what the first worker has.
  init(_ expected: [String]) { self.expected = expected }

  /// Why a worker that found these may not work; nil when it may.
  func objection(to found: [String]) -> String? {
    pinned.withLock { pinned in
      let wanted =
        pinned
        ?? (expected.isEmpty ? found : expected + found.filter { $0.hasPrefix(Self.catalogue) })
      if Set(wanted) == Set(found) {
        pinned = found
        return nil
      }
      let lacking = wanted.filter { !found.contains($0) }.map { "without \(Self.short($0))" }
      let other = found.filter { !wanted.contains($0) }.map { "with \(Self.short($0))" }
      return
        "the worker found other models than the service began with (\((lacking + other).joined(separator: ", "))): "
        + "put back what was there, or let the service read them again (SIGHUP, or a restart)"
    }
  }

  /// `<name> <12 digits of its hash>`
  private static func short(_ line: String) -> String {
    let words = line.split(separator: " ")
    guard words.count == 2, words[1].count == 64 else { return line }
    return "\(words[0]) \(words[1].prefix(12))"
  }
}
