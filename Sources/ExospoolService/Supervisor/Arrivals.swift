import DirectoryEvents
import SpoolQueue
import Synchronization

/// What the kernel said of the files in the inbox: whether one came whole, and whether somebody has it open and writes.
///
/// Only what was seen is known here: a name without a mark came before us, or over a network.
package final class Arrivals: Sendable {
  enum Mark: Sendable, Hashable {
    /// It came by a rename, and nobody has written to it since.
    case whole
    /// Written to, and not closed since.
    case open
    /// Closed by one who wrote.
    case closed
  }

  private struct Entry {
    var mark: Mark
    /// Monotonic seconds of the last word on it.
    var heard: Double
  }

  private let entries = Mutex<[FileName: Entry]>([:])

  package init() {}

  func hear(_ event: NameEvent, monotonic: Double) {
    let mark: Mark =
      switch event.kind {
      case .movedIn: .whole
      case .written: .open
      case .closed: .closed
      }
    entries.withLock { $0[FileName(bytes: event.name)] = Entry(mark: mark, heard: monotonic) }
  }

  /// Events were lost, or are no longer heard: nothing that was known holds.
  func forget() { entries.withLock { $0 = [:] } }

  /// The mark of each file; what was heard of others before `monotonic` is forgotten.
  /// - Parameter patience: seconds after which a writer that has not closed is no longer believed in: one can change a file
  ///   without opening it.
  func marks(
    of names: some Sequence<FileName>, seenAt monotonic: Double, patience: Double
  ) -> [FileName: Mark] {
    entries.withLock { entries in
      if entries.isEmpty { return [:] }
      var marks: [FileName: Mark] = [:]
      var next = entries.filter { $1.heard >= monotonic }
      for name in names {
        guard var entry = entries[name] else { continue }
        if entry.mark == .open, monotonic - entry.heard > patience { entry.mark = .closed }
        marks[name] = entry.mark
        next[name] = entry
      }
      entries = next
      return marks
    }
  }
}
