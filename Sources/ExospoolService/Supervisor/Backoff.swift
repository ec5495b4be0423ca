/// When to try again after faults of the spool: after 1, 2, 4 ... 60 s, until something succeeds.
struct Backoff: Sendable, Hashable {
  private static let longest = 60.0

  /// In a row.
  private(set) var faults = 0
  /// Monotonic seconds of the first of them, and of the next attempt.
  private(set) var since = 0.0
  private(set) var until = 0.0
  /// What the last one was; nil when all is well.
  private(set) var reason: String?

  /// - Returns: seconds until the next attempt. Faults that come while one is waited for are the same one.
  @discardableResult
  mutating func fail(_ why: String, monotonic: Double) -> Double {
    if faults == 0 { since = monotonic }
    reason = why
    if monotonic >= until {
      faults += 1
      until = monotonic + min(Self.longest, Double(1 << min(faults - 1, 10)))
    }
    return until - monotonic
  }

  mutating func reset() { self = Backoff() }
}
