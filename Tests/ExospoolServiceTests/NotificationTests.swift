import ExospoolService
import Glibc
import SpoolQueue
import Synchronization
import SystemPackage
import Testing

/// What systemd would hear.
@Suite struct NotificationTests {
  /// A datagram socket as systemd's.
  private final class Listener: Sendable {
    let descriptor: Int32

    init(_ path: String) throws {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      var bytes = Array(path.utf8)
      if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = socklen_t(2 + bytes.count + (bytes[0] == 0 ? 0 : 1))
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      try #require(status == 0)
    }

    deinit { close(descriptor) }

    var messages: [String] {
      var all: [String] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count <= 0 { return all }
        all.append(String(decoding: buffer[..<count], as: UTF8.self))
      }
    }
  }

  @Test(arguments: [false, true])
  func aRunSaysWhatItDoes(isAbstract: Bool) async throws {
    let service = try TestService()
    let path = isAbstract ? "@exospool-test-\(getpid())" : service.root.string + "/notify"
    let listener = try Listener(path)
    let supervisor = try service.supervisor(manager: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"])
    let run = service.start(supervisor)
    try await service.wait("started") { service.lines.count("started") > 0 }
    // Few datagrams fit into the socket: whoever does not read holds the sender up.
    var messages: [String] = []
    for _ in 0..<30 {
      try await Task.sleep(for: .milliseconds(30))
      messages += listener.messages
    }
    await supervisor.reload(try service.configuration())
    messages += listener.messages
    await supervisor.stop()
    try await run.ended()
    messages += listener.messages
    #expect(messages.first?.hasPrefix("READY=1\nSTATUS=") == true)
    #expect(messages.count { $0.contains("WATCHDOG=1") } >= 2)
    let reload = try #require(messages.firstIndex { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") })
    #expect(messages[reload...].contains { $0.hasPrefix("READY=1") })
    #expect(messages.contains { $0.hasPrefix("STOPPING=1") })
  }

  @Test func aRotatedLogIsOpenedAnew() async throws {
    let service = try TestService()
    let supervisor = try service.supervisor()
    let run = service.start(supervisor)
    _ = try service.queue.submit(Array("one".utf8), as: FileName("a.xml"))
    await supervisor.look()
    try await service.wait("job done") { service.lines.count("job done") > 0 }
    let log = service.root.appending("log/results.log").string
    rename(log, log + ".1")
    await supervisor.reload(try service.configuration())
    _ = try service.queue.submit(Array("two".utf8), as: FileName("b.xml"))
    await supervisor.look()
    try await service.wait("job done twice") { service.lines.count("job done") >= 2 }
    await supervisor.stop()
    try await run.ended()
    #expect(service.read("log/results.log.1").contains("analysed a.xml"))
    #expect(service.read("log/results.log").contains("analysed b.xml"))
    #expect(service.read("log/results.log").split(separator: "\n").count == 1)
  }
}
