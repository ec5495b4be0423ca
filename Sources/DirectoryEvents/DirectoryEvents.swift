import CInotifyTools
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Changes in directories as a sequence of hints, through libinotifytools.
///
/// The library keeps its state in globals, so there is one watcher a process, and one thread, its own, calls the
/// library from the first watch to the cleanup. The sequence ends when its task is cancelled or `stop` is called.
/// Hints that nobody has taken yet are held up to a small number and then dropped: one is as good as many.
package struct DirectoryEvents: AsyncSequence, Sendable {
  package typealias Element = DirectoryEvent
  package typealias Failure = Never

  private let stream: AsyncStream<DirectoryEvent>
  private let watcher: Watcher

  /// Starts to watch; directories only, not what lies in folders below them.
  /// - Parameter hear: is told each name, on the watcher's thread, before the hint that an event is.
  /// - Throws: `DirectoryEventsError` when a directory cannot be watched or the process has a watcher already.
  package init(
    watching directories: [String], hear: @escaping @Sendable (NameEvent) -> Void = { _ in }
  ) throws(DirectoryEventsError) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: DirectoryEvent.self, bufferingPolicy: .bufferingNewest(8))
    let watcher = try Watcher(directories: directories, hear: hear, continuation: continuation)
    continuation.onTermination = { _ in watcher.stop() }
    self.stream = stream
    self.watcher = watcher
  }

  package func makeAsyncIterator() -> AsyncStream<DirectoryEvent>.AsyncIterator { stream.makeAsyncIterator() }

  /// Ends the sequence; the thread is gone within a second. Harmless when repeated.
  package func stop() { watcher.stop() }
}

/// The thread that owns libinotifytools.
private final class Watcher: Sendable {
  /// Whether some watcher of this process owns the library's globals.
  private static let isOwned = Atomic(false)
  /// How long one wait for an event lasts, in seconds: how late `stop` may be noticed.
  private static let patience = 1

  private let isStopping = Atomic(false)
  private let hear: @Sendable (NameEvent) -> Void
  private let continuation: AsyncStream<DirectoryEvent>.Continuation

  init(
    directories: [String], hear: @escaping @Sendable (NameEvent) -> Void,
    continuation: AsyncStream<DirectoryEvent>.Continuation
  ) throws(DirectoryEventsError) {
    self.hear = hear
    self.continuation = continuation
    guard Self.isOwned.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      throw DirectoryEventsError(code: .alreadyWatching, path: "", errorNumber: 0)
    }
    guard inotifytools_initialize() != 0 else {
      let status = inotifytools_error()
      Self.isOwned.store(false, ordering: .releasing)
      throw DirectoryEventsError(code: .noInstance, path: "", errorNumber: status)
    }
    // A directory that the library is given without its final slash is reported without one as well.
    let mask = Int32(
      bitPattern: UInt32(
        IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR))
    for directory in directories where inotifytools_watch_file(directory, mask) == 0 {
      let status = inotifytools_error()
      inotifytools_cleanup()
      Self.isOwned.store(false, ordering: .releasing)
      throw DirectoryEventsError(code: .cannotWatch, path: directory, errorNumber: status)
    }
    startThread()
  }

  func stop() { isStopping.store(true, ordering: .releasing) }

  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Watcher>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    precondition(status == 0, "no thread could be made")
    pthread_detach(thread)
  }

  private func run() {
    while !isStopping.load(ordering: .acquiring) {
      guard let event = inotifytools_next_event(Self.patience) else {
        // Nil is a time-out, or an interrupted or failed read: in each case the directory is looked at by timer.
        if inotifytools_error() != 0 { usleep(100_000) }
        continue
      }
      let mask = event.pointee.mask
      if mask & UInt32(IN_Q_OVERFLOW) != 0 {
        continuation.yield(.overflow)
      } else if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED) != 0 {
        continuation.yield(.watchLost)
      } else {
        if let named = Self.named(event) { hear(named) }
        // Who writes closes at last, and that is the time to look.
        if mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 { continuation.yield(.changed) }
      }
    }
    inotifytools_cleanup()
    Self.isOwned.store(false, ordering: .releasing)
    continuation.finish()
  }

  /// The name that an event is about; nil where it is about the directory.
  private static func named(_ event: UnsafeMutablePointer<inotify_event>) -> NameEvent? {
    guard event.pointee.len > 0, let directory = inotifytools_filename_from_wd(event.pointee.wd) else {
      return nil
    }
    let mask = event.pointee.mask
    let kind: NameEvent.Kind =
      mask & UInt32(IN_MOVED_TO) != 0 ? .movedIn : mask & UInt32(IN_CLOSE_WRITE) != 0 ? .closed : .written
    // The name follows the structure and is filled up with zeros to `len` bytes; a flexible member is not imported.
    let name = UnsafeRawBufferPointer(
      start: UnsafeRawPointer(event) + MemoryLayout<inotify_event>.size, count: Int(event.pointee.len))
    let path = String(cString: directory)
    return NameEvent(
      kind, directory: path.hasSuffix("/") ? String(path.dropLast()) : path,
      name: Array(name.prefix { $0 != 0 }))
  }
}
