import NeuralNetworks
import TestSupport
import Testing
import TrainingRuns

@Suite("Shards")
struct ShardFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ shard: Int, set: String = "toy", _ values: [Float]) throws {
    try SafetensorsFile(metadata: ["set": set, "seed": "\(shard)"], tensors: ["x": .init(values)])
      .write(path: directory.path(ShardFile.name(set: "toy", shard: shard)))
  }

  private func read(until isEnough: (Int) -> Bool = { _ in false }) throws -> (ShardFile.Set, [Float]) {
    var all: [Float] = []
    let set = try ShardFile.readSet(
      "toy", directory: directory.path, madeBy: "simulate toy", until: { isEnough(all.count) }
    ) { file, _ in all += file.tensors["x"]?.floats ?? [] }
    return (set, all)
  }

  @Test("are read in order, up to the first that is missing, or until there is enough")
  func order() throws {
    for shard in [0, 1, 2, 4] { try write(shard, [Float(shard)]) }
    let (set, all) = try read()
    #expect(all == [0, 1, 2] && set.shards == 3 && set.metadata["seed"] == "0")
    let (part, few) = try read(until: { $0 >= 2 })
    #expect(few == [0, 1] && part.shards == 2 && part.hash != set.hash)
  }

  @Test("draws left out are read back by reason")
  func leftOut() {
    let counts = ["unbound": 3, "radiusAboveLimit": 12]
    let file = SafetensorsFile(metadata: ["rejected": ShardFile.rejected(counts)])
    #expect(ShardFile.rejected(of: file) == counts)
    #expect(ShardFile.rejected(of: SafetensorsFile(metadata: [:])).isEmpty)
  }

  @Test("none, a foreign one and a broken one are refused in a sentence")
  func refusals() throws {
    func refusal() -> TrainingError? {
      do { _ = try read() } catch { return error as? TrainingError }
      return nil
    }
    #expect(refusal()?.code == .noTrainingSet)
    #expect(
      refusal()?.detail == "no shard toy-0000.safetensors; make the set with: exospool-lab simulate toy")
    try write(0, set: "other", [1])
    #expect(refusal()?.detail == "it belongs to the set \"other\"")
    try directory.write("toy-0000.safetensors", "no shard")
    #expect(refusal()?.code == .badTrainingSet)
  }

  @Test("a set is divided into training, validation and test, a tenth at most for each of these")
  func division() {
    let large = SetDivision(examples: 1_000_000, validation: 30_000, test: 10_000)
    #expect(large.training == 0..<960_000)
    #expect(large.validation == 960_000..<990_000 && large.test == 990_000..<1_000_000)
    let small = SetDivision(examples: 105, validation: 30_000, test: 10_000)
    #expect(small.training == 0..<85 && small.validation == 85..<95 && small.test == 95..<105)
  }
}
