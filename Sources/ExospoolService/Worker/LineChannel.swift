import Glibc

/// Lines over a pair of descriptors, with a limit on their length and, for reading, on time.
struct LineChannel: ~Copyable {
  enum ReadResult {
    case line([UInt8])
    case closed
    case timedOut
    case tooLong
  }

  private let input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []
  /// Results of large systems are tens of kilobytes.
  private static let longestLine = 64 << 20

  /// Takes both descriptors over.
  init(input: Int32, output: Int32) {
    // That the other side has gone is for `write` to say, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    self.input = input
    self.output = output
  }

  deinit {
    close(input)
    if output != input { close(output) }
  }

  /// - Parameter deadline: on the monotonic clock, in seconds; nil waits for ever.
  mutating func read(deadline: Double?) -> ReadResult {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        return .line(line)
      }
      if buffer.count > Self.longestLine { return .tooLong }
      var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let wait =
        deadline.map { Int32(max(0, min(3.6e6, ($0 - monotonicSeconds()) * 1000)).rounded(.up)) } ?? -1
      let ready = poll(&descriptor, 1, wait)
      if ready == 0 {
        if let deadline, monotonicSeconds() >= deadline { return .timedOut }
        continue
      }
      if ready < 0 {
        if errno == EINTR { continue }
        return .closed
      }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return .closed }
      buffer += chunk[..<count]
    }
  }

  /// False when the other side has gone.
  func write(_ line: [UInt8]) -> Bool {
    let bytes = line + [UInt8(ascii: "\n")]
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(output, $0.baseAddress! + offset, bytes.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += count
    }
    return true
  }
}

/// Seconds on a clock that nobody sets.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
