import Glibc

/// An instant of civil time (UTC), nanoseconds since 1970-01-01T00:00:00Z. Good until the year 2262.
package struct Timestamp: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package init(seconds: Int64) { self.init(nanoseconds: seconds * 1_000_000_000) }

  package static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

  /// This instant plus `seconds`, clipped to what can be represented.
  package func adding(seconds: Double) -> Timestamp {
    let sum = Double(nanoseconds) + seconds * 1e9
    if sum >= 9.2e18 { return Timestamp(nanoseconds: .max) }
    return Timestamp(nanoseconds: nanoseconds + Int64(seconds * 1e9))
  }

  package func seconds(since earlier: Timestamp) -> Double {
    Double(nanoseconds) / 1e9 - Double(earlier.nanoseconds) / 1e9
  }

  /// `2026-11-21T07:12:51Z`.
  package var iso8601: String {
    let seconds = nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let secondOfDay = seconds - day * 86_400
    // Days to civil date in the proleptic Gregorian calendar; the year is counted from 1 March, so
    // that the leap day comes last, and 719,468 days separate 0000-03-01 from 1970-01-01.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T"
      + "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))Z"
  }

  private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
