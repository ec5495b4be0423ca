import Glibc

/// Now, by the clock that people set and by the one that only runs.
package struct Moment: Sendable, Hashable {
  package let civil: Timestamp
  /// Seconds since some start of the machine's.
  package let monotonic: Double

  package init(civil: Timestamp, monotonic: Double) {
    self.civil = civil
    self.monotonic = monotonic
  }

  package static func now() -> Moment {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Moment(
      civil: .now(), monotonic: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
  }
}
