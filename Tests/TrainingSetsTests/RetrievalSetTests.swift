import Foundation
import NeuralNetworks
import NumericalMethods
import OpacityFiles
import Retrieval
import Testing
import TrainingRuns
import TrainingSets

@Suite("Training sets of retrievals")
struct RetrievalSetTests {
  private static func maker(
    _ name: AtmosphereSpace.Name = .transmission, threads: Int = 1, seed: UInt64 = 5
  ) throws -> RetrievalSetMaker {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    let space = AtmosphereSpace(name)
    let model = try OpacityLibrary(directory: folder.path).model(space.configuration)
    return RetrievalSetMaker(space: space, model: model, seed: seed, threads: threads, opacityHash: "none")
  }

  private static func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = "\(TrainingReference.temporaryDirectory)/exospool-retrieval-set-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  @Test(
    "shards are made once, read back, and independent of threads", arguments: AtmosphereSpace.Name.allCases)
  func set(name: AtmosphereSpace.Name) throws {
    let bins = 400
    let space = AtmosphereSpace(name)
    let sets = try [1, 2].map { threads in
      try Self.withDirectory { directory in
        let maker = try Self.maker(name, threads: threads)
        for shard in 0..<2 {
          guard case .made = try maker.write(shard, count: 4, directory: directory) else {
            Issue.record("shard \(shard) was not made")
            continue
          }
        }
        guard case .kept = try maker.write(1, count: 4, directory: directory) else {
          Issue.record("made twice")
          return try RetrievalTrainingSet(space, directory: directory)
        }
        let other = try Self.maker(name, seed: 6)
        #expect(throws: TrainingError.self) { try other.write(1, count: 4, directory: directory) }
        #expect(try RetrievalTrainingSet(space, directory: directory, limit: 3).count == 4)
        return try RetrievalTrainingSet(space, directory: directory)
      }
    }
    let isSame =
      sets[0].rows == sets[1].rows && sets[0].levels == sets[1].levels && sets[0].shapes == sets[1].shapes
    #expect(isSame && sets[0].count == 8 && sets[0].shards.shards == 2)
    let width = space.count
    for planet in 0..<8 {
      #expect(space.logPrior(sets[0].rows[planet * width..<(planet + 1) * width]) != nil)
    }
    // Planet 6 is draw 6 of the seed unless that has no spectrum; its spectrum is the model's.
    let row = Array(sets[0].rows[6 * width..<7 * width])
    var random = SeededRandom(seed: 5, stream: 6)
    let drawn = (0..<50).contains { _ in space.draw(&random) == row }
    #expect(drawn)
    let shape = try space.shape(row, Self.maker(name).model)
    #expect(sets[0].levels[6] == Float(shape.level))
    #expect(zip(sets[0].shapes[(6 * bins)...], shape.values).allSatisfy { $0 == Float($1) })
  }

  @Test("a shard of another space, prior or size is refused")
  func refused() throws {
    try Self.withDirectory { directory in
      let space = AtmosphereSpace(.transmission)
      let path = "\(directory)/\(ShardFile.name(set: RetrievalSetMaker.setName(space.name), shard: 0))"
      func write(prior: String, rows: Int, bins: Int) throws {
        let file = SafetensorsFile(
          metadata: [
            "set": RetrievalSetMaker.setName(space.name), "seed": "1", "prior": prior, "opacities": "",
            "version": "1",
          ],
          tensors: [
            "rows": .init([Double](repeating: 0, count: 2 * rows), shape: [2, rows]),
            "level": .init([Float](repeating: 0, count: 2)),
            "shape": .init([Float](repeating: 0, count: 2 * bins), shape: [2, bins]),
          ])
        try? FileManager.default.removeItem(atPath: path)
        try file.write(path: path)
      }
      let prior = space.description.text(.compact)
      try write(prior: prior, rows: space.count, bins: 400)
      #expect(try RetrievalTrainingSet(space, directory: directory).count == 2)
      try write(prior: "{}", rows: space.count, bins: 400)
      #expect(throws: TrainingError.self) { try RetrievalTrainingSet(space, directory: directory) }
      try write(prior: prior, rows: space.count - 1, bins: 400)
      #expect(throws: TrainingError.self) { try RetrievalTrainingSet(space, directory: directory) }
      try write(prior: prior, rows: space.count, bins: 399)
      #expect(throws: TrainingError.self) { try RetrievalTrainingSet(space, directory: directory) }
    }
  }
}
