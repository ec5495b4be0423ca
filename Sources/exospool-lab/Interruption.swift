import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Control-C and SIGTERM as a wish to stop, seen between two batches. A second one ends the program at once.
enum Interruption {
  private static let isWished = Atomic<Bool>(false)

  static var isRequested: Bool { isWished.load(ordering: .relaxed) }

  static func watch() {
    // The flag must exist before a handler may touch it.
    _ = isRequested
    for signalNumber in [SIGINT, SIGTERM] {
      signal(signalNumber) { received in
        signal(received, SIG_DFL)
        Interruption.isWished.store(true, ordering: .relaxed)
      }
    }
  }
}
