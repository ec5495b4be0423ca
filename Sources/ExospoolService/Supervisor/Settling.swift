import SpoolQueue

/// Which files in the inbox have stood still long enough to be taken.
struct Settling: Sendable {
  private struct Sighting: Sendable {
    let size: Int64
    let inode: UInt64
    let modified: Timestamp
    let changed: Timestamp
    /// Monotonic seconds at which the file was first seen like this.
    let since: Double
  }

  /// A file untouched for so long when first seen was there before us.
  private static let certainlyOldSeconds = 60.0
  private var sightings: [FileName: Sighting] = [:]

  /// The entries that may be taken now, in their order; files that have gone are forgotten.
  /// - Parameters:
  ///   - marks: what was heard of the files. One that came whole waits for nothing, one that somebody writes to waits.
  ///   - youngSeconds: a file untouched for longer is all there.
  mutating func settled(
    _ entries: [InboxEntry], marks: [FileName: Arrivals.Mark] = [:], seconds: Double,
    youngSeconds: Double = 0,
    now: Timestamp, monotonic: Double
  ) -> [InboxEntry] {
    var next: [FileName: Sighting] = [:]
    var ready: [InboxEntry] = []
    for var entry in entries {
      var sighting = Sighting(
        size: entry.size, inode: entry.inode, modified: entry.modified, changed: entry.changed,
        since: monotonic)
      if let old = sightings[entry.name], old.size == entry.size, old.inode == entry.inode,
        old.modified == entry.modified, old.changed == entry.changed
      {
        sighting = old
      }
      next[entry.name] = sighting
      let mark = marks[entry.name]
      if mark == .open { continue }
      // The change time cannot be set back by a copying program, unlike the modification time.
      let age = now.seconds(since: entry.changed)
      let isOld = age > max(seconds, Self.certainlyOldSeconds)
      entry.isWhole = mark == .whole || age > max(seconds, Self.certainlyOldSeconds, youngSeconds)
      if entry.isWhole || isOld || monotonic - sighting.since >= seconds { ready.append(entry) }
    }
    sightings = next
    return ready
  }

  /// Whether files are being waited for, so that the inbox is to be looked at again soon.
  var isWaiting: Bool { !sightings.isEmpty }
}
