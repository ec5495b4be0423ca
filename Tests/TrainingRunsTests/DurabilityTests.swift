import NeuralNetworks
import PosixFiles
import SystemCallRecorder
import SystemPackage
import TestSupport
import Testing
import TrainingRuns

/// Weights, cards, checkpoints and shards outlive a power cut: each is written beside its place, synced, closed with the status
/// looked at, renamed, and its directory synced.
@Suite("What training writes is durable")
struct DurabilityTests {
  private let directory: TemporaryDirectory
  private let start = TwoPlayers().state

  init() throws { directory = try TemporaryDirectory() }

  private func changes(_ body: () throws -> Void) rethrows -> [String] {
    let recorder = SystemCallRecorder()
    try recorder.watch(body)
    return recorder.calls.filter(\.changesTheDisk).map { call in
      [call.path, call.target].compactMap { $0 }.reduce(call.name.rawValue) { line, path in
        let name = path.lastComponent?.string ?? ""
        return line + " " + (name.hasPrefix(".writing-") ? "NEW" : path.string == directory.path ? "." : name)
      }
    }
  }

  private static func replacement(of name: String) -> [String] {
    ["create NEW", "write NEW", "fsync NEW", "close NEW", "rename NEW \(name)", "synchronizeDirectory ."]
  }

  @Test("a checkpoint")
  func checkpoint() throws {
    let checkpoint = Checkpoint(path: directory.path("checkpoint"), settings: "")
    #expect(try changes { try checkpoint.write(start, seconds: 1) } == Self.replacement(of: "checkpoint"))
  }

  @Test("a shard")
  func shard() throws {
    let made = try changes {
      _ = try ShardFile.write(path: directory.path("toy-0000.safetensors"), metadata: ["set": "toy"]) {
        SafetensorsFile(metadata: ["set": "toy"])
      }
    }
    #expect(made == Self.replacement(of: "toy-0000.safetensors"))
  }

  @Test("weights first, then their card")
  func model() throws {
    let made = try changes {
      try ModelFile.write(SafetensorsFile(), name: "toy", directory: directory.path) { hash, _ in
        .object([.init("weights", .object([.init("sha256", .string(hash))]))])
      }
    }
    #expect(
      made.filter { !$0.hasPrefix("makeDirectory") }
        == Self.replacement(of: "toy.safetensors") + Self.replacement(of: "toy.json"))
    #expect(try ModelFile.load("toy", directory: directory.path)?.weights == SafetensorsFile())
  }

  @Test(
    "a write that fails leaves the old file and says so",
    arguments: [
      SystemCall.Name.create, .write, .fsync, .close, .rename, .synchronizeDirectory,
    ])
  func failure(call: SystemCall.Name) throws {
    let checkpoint = Checkpoint(path: directory.path("checkpoint"), settings: "")
    try checkpoint.write(start, seconds: 1)
    let error = #expect(throws: TrainingError.self) {
      try SystemCallRecorder(.nth(1, call, .noSpace)).watch { try checkpoint.write(start, seconds: 2) }
    }
    #expect(error?.code == .cannotWrite && error?.path == checkpoint.path)
    // Only where all but the directory's sync was done may it be the new one.
    let seconds = try checkpoint.read(from: start).seconds
    #expect(seconds == (call == .synchronizeDirectory ? 2 : 1))
    #expect(try directory.names() == ["checkpoint"])
  }
}
