import Glibc

/// Tells systemd how the service is (sd_notify(3)); silent where nobody asked to be told.
package struct ServiceManager: Sendable {
  private let path: String?
  /// Seconds within which systemd wants to hear from us; nil without a watchdog.
  package let watchdogSeconds: Double?

  package init(environment: [String: String]) {
    path = environment["NOTIFY_SOCKET"]
    let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    watchdogSeconds = isForUs ? environment["WATCHDOG_USEC"].flatMap(Double.init).map { $0 / 1e6 } : nil
  }

  package func ready(status: String) { send("READY=1\nSTATUS=\(status)") }
  package func status(_ text: String) { send("STATUS=\(text)") }
  package func stopping() { send("STOPPING=1\nSTATUS=finishing the jobs in hand") }
  package func alive() { if watchdogSeconds != nil { send("WATCHDOG=1") } }

  /// The reload protocol wants the clock that later messages are compared with.
  package func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    send("RELOADING=1\nMONOTONIC_USEC=\(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)")
  }

  private func send(_ text: String) {
    guard let path, let socket = DatagramSocket(path: path) else { return }
    socket.send(Array(text.utf8))
  }
}
