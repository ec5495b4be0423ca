import Foundation
import NeuralNetworks
import NumericalMethods
import OpacityFiles
import Testing
import TrainingRuns
import TrainingSets

@Suite("ExoGAN's training set")
struct ExoGANSetTests {
  private static func maker(threads: Int = 1, seed: UInt64 = 5) throws -> ExoGANSetMaker {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    let model = try OpacityLibrary(directory: folder.path).model(.exoGAN2018)
    return ExoGANSetMaker(model: model, seed: seed, threads: threads, opacityHash: "none")
  }

  private static func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = "\(TrainingReference.temporaryDirectory)/exospool-gan-set-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  @Test("shards are made once, read back, and independent of threads")
  func set() throws {
    let bins = 400
    let sets = try [1, 2].map { threads in
      try Self.withDirectory { directory in
        let maker = try Self.maker(threads: threads)
        var done: [Int] = []
        for shard in 0..<2 {
          let outcome = try maker.write(shard, count: 5, directory: directory) { done.append($0) }
          guard case .made = outcome else {
            Issue.record("shard \(shard) was not made")
            continue
          }
        }
        #expect(done == [5, 5])
        guard case .kept = try maker.write(1, count: 5, directory: directory) else {
          Issue.record("made twice")
          return try ExoGANTrainingSet(directory: directory)
        }
        let other = try Self.maker(seed: 6)
        #expect(throws: TrainingError.self) { try other.write(1, count: 5, directory: directory) }
        #expect(try ExoGANTrainingSet(directory: directory, limit: 3).count == 5)
        return try ExoGANTrainingSet(directory: directory)
      }
    }
    let isSame = sets[0].depth == sets[1].depth && sets[0].parameters == sets[1].parameters
    #expect(isSame)
    #expect(sets[0].count == 10 && sets[0].shards.shards == 2)
    let width = ExoGANPrior.parameters.count
    for (i, value) in sets[0].parameters.enumerated() {
      #expect(ExoGANPrior.parameters[i % width].range.contains(value))
    }
    #expect(Set(sets[0].parameters).count == 10 * width)
    // Planet 7 is draw 7 of the seed, and its spectrum the model's.
    var random = SeededRandom(seed: 5, stream: 7)
    let drawn = ExoGANPrior.draw(&random)
    #expect(Array(sets[0].parameters[7 * width..<8 * width]) == drawn)
    let depth = try Self.maker().model.transitDepth(ExoGANPrior.planet(drawn))
    #expect(zip(sets[0].depth[(7 * bins)...], depth).allSatisfy { $0 == Float($1) })
  }

  @Test("a shard of another shape is refused")
  func refused() throws {
    try Self.withDirectory { directory in
      let file = SafetensorsFile(
        metadata: ["set": ExoGANPrior.name, "seed": "1", "prior": "", "opacities": ""],
        tensors: [
          "depth": .init([Float](repeating: 0, count: 800), shape: [2, 400]),
          "parameters": .init([Double](repeating: 0, count: 12), shape: [2, 6]),
        ])
      try file.write(path: "\(directory)/\(ShardFile.name(set: ExoGANPrior.name, shard: 0))")
      #expect(throws: TrainingError.self) { try ExoGANTrainingSet(directory: directory) }
    }
  }
}
