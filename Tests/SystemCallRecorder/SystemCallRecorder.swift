package import PosixFiles
import Synchronization
package import SystemPackage

/// Records the system calls of `PosixFiles` and fails some of them.
///
/// For tests: `recorder.watch { ... }`.
package final class SystemCallRecorder: SystemCallWitness {
  /// Which calls fail.
  package enum Failure: Sendable {
    case none
    /// The n-th call of a name, counted from 1; all others are made.
    case nth(Int, SystemCall.Name, Errno)
    /// Every call of a name on the files of one name.
    case every(SystemCall.Name, named: String, Errno)
    /// The n-th call that changes the disk and every call after it, as for a process that is gone.
    case killed(beforeChange: Int)
    /// After so many bytes no write has room on the disk until `makeRoom()`; the last one is cut short.
    case full(afterBytes: Int)
  }

  private struct State {
    var calls: [SystemCall] = []
    var changes = 0
    var hasStruck = false
    /// Bytes written, and those that the write about to be made may write.
    var written = 0
    var granted = 0
    var hasRoom = false
  }

  private let failure: Failure
  private let state = Mutex(State())

  package init(_ failure: Failure = .none) { self.failure = failure }

  /// The calls that were made, in their order; none that failed here.
  package var calls: [SystemCall] { state.withLock(\.calls) }
  /// Whether a call was failed.
  package var hasStruck: Bool { state.withLock(\.hasStruck) }

  package func before(_ call: SystemCall) throws(Errno) {
    let error: Errno? = state.withLock { state in
      if call.changesTheDisk { state.changes += 1 }
      let error: Errno? =
        switch failure {
        case .none: nil
        case .nth(let number, let name, let error):
          call.name == name && state.calls.count(where: { $0.name == name }) == number - 1
            && !state.hasStruck ? error : nil
        case .every(let name, let file, let error):
          call.name == name && call.path.lastComponent?.string == file ? error : nil
        // What is gone does not come again: an error that nobody takes for a passing one.
        case .killed(let change): state.changes >= change ? .badFileDescriptor : nil
        case .full: call.name == .write && state.granted == 0 && !state.hasRoom ? .noSpace : nil
        }
      if error == nil, call.name == .write {
        state.written += state.granted
        state.granted = 0
      }
      if error == nil { state.calls.append(call) } else { state.hasStruck = true }
      return error
    }
    if let error { throw error }
  }

  package func room(for call: SystemCall, count: Int) -> Int {
    guard case .full(let bytes) = failure else { return count }
    return state.withLock { state in
      if state.hasRoom { return count }
      // Where nothing is left, `before` says so.
      state.granted = max(0, min(count, bytes - state.written))
      return max(1, state.granted)
    }
  }

  /// The disk has room again.
  package func makeRoom() { state.withLock { $0.hasRoom = true } }

  package func watch<Result>(_ body: () throws -> Result) rethrows -> Result {
    try SystemCalls.$witness.withValue(self, operation: body)
  }

  package func watch<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await SystemCalls.$witness.withValue(self, operation: body)
  }

  /// The calls that change the disk, one a line, without the directory `root` and with what differs from run to run
  /// replaced.
  package func changes(below root: FilePath, replacing: (String) -> String = { $0 }) -> [String] {
    calls.filter(\.changesTheDisk).map {
      replacing($0.description.split(separator: root.string + "/").joined())
    }
  }
}
