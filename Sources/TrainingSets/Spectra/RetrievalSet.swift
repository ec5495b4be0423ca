package import Atmospheres
package import JSONText
import NeuralNetworks
import NumericalMethods
import Observations
package import Retrieval
import SpectralPrior
package import TrainingRuns
import Units

/// Makes spectra of an atmosphere space's prior, shard by shard: planet n comes from random stream n of the seed alone. Arrays of a
/// shard: `rows` (planets, the space's variables), `level` (planets) and `shape` (planets, 400), as `SpectrumShape` has them.
package struct RetrievalSetMaker: ShardMaker {
  /// Raised whenever the same seed no longer gives the same spectra.
  package static let version = "1"
  /// Planets computed between two reports.
  private static let block = 256

  package let space: AtmosphereSpace
  package let model: SpectrumModel
  package let seed: UInt64
  package let threads: Int
  /// SHA-256 over the opacity tables, for the shards' metadata.
  package let opacityHash: String

  /// - Parameter model: of the space's configuration, on the whole grid.
  package init(
    space: AtmosphereSpace, model: SpectrumModel, seed: UInt64, threads: Int, opacityHash: String
  ) {
    self.space = space
    self.model = model
    self.seed = seed
    self.threads = threads
    self.opacityHash = opacityHash
  }

  package static func setName(_ space: AtmosphereSpace.Name) -> String { "retrieval-\(space.rawValue)" }

  package func fileName(shard: Int) -> String {
    ShardFile.name(set: Self.setName(space.name), shard: shard)
  }

  /// Makes a shard unless the directory has it; see `ShardFile.write`.
  package func write(
    _ shard: Int, count: Int, directory: String, progress: (_ planetsOfShard: Int) -> Void = { _ in }
  ) throws(TrainingError) -> ShardFile.Outcome {
    let metadata = [
      "set": Self.setName(space.name), "seed": String(seed), "shard": String(shard), "version": Self.version,
      "planets": String(count), "prior": space.description.text(.compact), "opacities": opacityHash,
    ]
    return try ShardFile.write(
      path: "\(directory)/\(fileName(shard: shard))", metadata: metadata
    ) { () throws(TrainingError) in
      var file = try self.shard(shard, count: count, progress: progress)
      file.metadata.merge(metadata) { _, new in new }
      return file
    }
  }

  private func shard(
    _ shard: Int, count: Int, progress: (Int) -> Void
  ) throws(TrainingError) -> SafetensorsFile {
    var (rows, levels, shapes): ([Double], [Float], [Float]) = ([], [], [])
    var rejected: [String: Int] = [:]
    for start in stride(from: 0, to: count, by: Self.block) {
      let planets = Array(start..<min(start + Self.block, count))
      let drawn = concurrentMap(planets, threads: threads) { planet in
        var random = SeededRandom(seed: seed, stream: UInt64(shard * count + planet))
        return Drawn(space, model, &random)
      }
      for planet in drawn {
        guard let shape = planet.shape else {
          throw TrainingError(
            .badTrainingSet, path: fileName(shard: shard),
            detail: "\(Drawn.mostTries) planets of the prior in a row have no spectrum")
        }
        rows += planet.row
        levels.append(Float(shape.level))
        shapes += shape.values.map { Float($0) }
        for reason in planet.rejected { rejected[reason, default: 0] += 1 }
      }
      progress(start + drawn.count)
    }
    return SafetensorsFile(
      metadata: ["rejected": ShardFile.rejected(rejected)],
      tensors: [
        "rows": .init(rows, shape: [count, space.count]), "level": .init(levels),
        "shape": .init(shapes, shape: [count, model.grid.count]),
      ])
  }
}

/// A planet of the prior that has a spectrum, after as many draws as it took.
private struct Drawn: Sendable {
  static let mostTries = 1000
  var row: [Double] = []
  var shape: SpectrumShape?
  /// Why draws before it had none.
  var rejected: [String] = []

  init(_ space: AtmosphereSpace, _ model: SpectrumModel, _ random: inout SeededRandom) {
    for _ in 0..<Self.mostTries {
      row = space.draw(&random)
      do throws(AtmosphereError) {
        shape = try space.shape(row, model)
        return
      } catch {
        rejected.append("\(error.code)")
      }
    }
  }
}

/// Spectra read from the shards of a directory, in the shards' order.
package struct RetrievalTrainingSet: Sendable {
  package let space: AtmosphereSpace
  package private(set) var shards = ShardFile.Set()
  /// (planets, the space's variables)
  package private(set) var rows: [Double] = []
  /// (planets)
  package private(set) var levels: [Float] = []
  /// (planets, 400)
  package private(set) var shapes: [Float] = []

  package var count: Int { levels.count }

  /// - Parameter limit: how many spectra to read at least, in whole shards.
  package init(_ space: AtmosphereSpace, directory: String, limit: Int = .max) throws(TrainingError) {
    self.space = space
    let (bins, width) = (SpectralGrid.standard.count, space.count)
    let name = RetrievalSetMaker.setName(space.name)
    let prior = space.description.text(.compact)
    var (rows, levels, shapes): ([Double], [Float], [Float]) = ([], [], [])
    var first: [String: String] = [:]
    shards = try ShardFile.readSet(
      name, directory: directory, madeBy: "simulate set \(name)", until: { levels.count >= limit }
    ) { file, path throws(TrainingError) in
      if first.isEmpty { first = file.metadata }
      guard file.metadata["prior"] == prior,
        ["seed", "opacities", "version"].allSatisfy({ file.metadata[$0] == first[$0] })
      else {
        throw TrainingError(
          .badTrainingSet, path: path,
          detail: "it is of another set than shard 0 or of another prior: move one of them away")
      }
      guard let planets = file.tensors["rows"], planets.shape.count == 2, planets.shape[1] == width,
        let values = planets.doubles, let level = file.tensors["level"]?.floats,
        level.count == planets.shape[0], let spectra = file.tensors["shape"],
        spectra.shape == [level.count, bins], let numbers = spectra.floats
      else {
        throw TrainingError(.badTrainingSet, path: path, detail: "an array is missing or of the wrong size")
      }
      rows += values
      levels += level
      shapes += numbers
    }
    self.rows = rows
    self.levels = levels
    self.shapes = shapes
  }

  /// As made, not read.
  package init(_ space: AtmosphereSpace, rows: [Double], levels: [Float], shapes: [Float]) {
    precondition(
      rows.count == levels.count * space.count && shapes.count == levels.count * SpectralGrid.standard.count)
    self.space = space
    self.rows = rows
    self.levels = levels
    self.shapes = shapes
  }
}

extension AtmosphereSpace {
  /// For the metadata of sets and for model cards: every variable with its range.
  package var description: JSON {
    .object(
      variables.map { variable in
        .init(
          variable.key, .array([.number(variable.range.lowerBound), .number(variable.range.upperBound)]))
      })
  }
}
