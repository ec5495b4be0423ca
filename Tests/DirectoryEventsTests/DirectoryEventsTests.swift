import DirectoryEvents
import Foundation
import Synchronization
import Testing

/// One after the other: the library behind knows one watcher a process.
@Suite("Directory events", .serialized)
struct DirectoryEventsTests {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  /// The watcher of an earlier test lives up to a second longer than the test.
  private func watch(_ paths: [String]) async throws -> DirectoryEvents {
    for _ in 0..<100 {
      let attempt = Result { try DirectoryEvents(watching: paths) }
      guard case .failure(let error) = attempt,
        (error as? DirectoryEventsError)?.code == .alreadyWatching
      else { return try attempt.get() }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try DirectoryEvents(watching: paths)
  }

  @Test("a written and a moved file are each a hint", .timeLimit(.minutes(10)))
  func hints() async throws {
    let events = try await watch([directory.path])
    defer { events.stop() }
    var iterator = events.makeAsyncIterator()
    try Data("x".utf8).write(to: directory.appending(path: "a"))
    #expect(await iterator.next() == .changed)
    let outside = FileManager.default.temporaryDirectory.appending(path: "moved-\(UUID().uuidString)")
    try Data("y".utf8).write(to: outside)
    try FileManager.default.moveItem(at: outside, to: directory.appending(path: "b"))
    #expect(await iterator.next() == .changed)
  }

  @Test("names are told: written to, closed, moved in", .timeLimit(.minutes(10)))
  func names() async throws {
    let heard = Mutex<[NameEvent]>([])
    let path = directory.path
    var watched: DirectoryEvents?
    for _ in 0..<100 where watched == nil {
      watched = try? DirectoryEvents(watching: [path]) { event in heard.withLock { $0.append(event) } }
      if watched == nil { try await Task.sleep(for: .milliseconds(50)) }
    }
    let events = try #require(watched)
    defer { events.stop() }
    func wait(for kind: NameEvent.Kind, _ name: String) async throws {
      let event = NameEvent(kind, directory: path, name: Array(name.utf8))
      for _ in 0..<500 where !heard.withLock({ $0.contains(event) }) {
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(heard.withLock { $0.contains(event) }, "\(kind) \(name)")
    }
    let file = try #require(fopen(path + "/two words", "w"))
    fputs("x", file)
    fflush(file)
    try await wait(for: .written, "two words")
    #expect(!heard.withLock { $0.contains { $0.kind == .closed } })
    fclose(file)
    try await wait(for: .closed, "two words")
    rename(path + "/two words", path + "/b")
    try await wait(for: .movedIn, "b")
  }

  @Test("a directory that goes away is told", .timeLimit(.minutes(10)))
  func lost() async throws {
    let events = try await watch([directory.path])
    defer { events.stop() }
    try FileManager.default.removeItem(at: directory)
    var iterator = events.makeAsyncIterator()
    #expect(await iterator.next() == .watchLost)
  }

  @Test("a second watcher is refused while the first lives", .timeLimit(.minutes(10)))
  func oneOwner() async throws {
    let events = try await watch([directory.path])
    defer { events.stop() }
    #expect(throws: DirectoryEventsError.self) { try DirectoryEvents(watching: [directory.path]) }
  }

  @Test("a missing directory is named, and leaves no watcher behind", .timeLimit(.minutes(10)))
  func missing() async throws {
    let path = directory.path + "/absent"
    let error = await #expect(throws: DirectoryEventsError.self) { try await watch([path]).stop() }
    #expect(error?.code == .cannotWatch)
    #expect(error?.description.contains(path) == true)
    try await watch([directory.path]).stop()
  }

  @Test("stopping ends the sequence", .timeLimit(.minutes(10)))
  func ends() async throws {
    let events = try await watch([directory.path])
    events.stop()
    for await _ in events {}
  }
}
