import ContentHash
import NeuralNetworks
package import Observations

/// Simulated spectra read from the shards of a directory, in the shards' order.
package struct SpectrumTrainingSet: Sendable {
  package let name: String
  package let kind: SpectrumKind
  /// The first shard's metadata: seed, version, prior.
  package let metadata: [String: String]
  package let shards: Int
  /// SHA-256 over the shards' SHA-256 in order: names the set's content.
  package let hash: String
  /// (spectra, 400), without noise.
  package private(set) var depth: [Float] = []
  /// Where each spectrum's gases begin: one more than there are spectra.
  package private(set) var first: [Int] = [0]
  /// One a gas: its place among `KnownMolecules`.
  package private(set) var molecule: [Int] = []
  /// (gases, 400): the spectrum without a gas, over the whole one (eclipse) or less the whole one (transmission).
  package private(set) var muted: [Float] = []
  package private(set) var starTemperature: [Float] = []
  package private(set) var temperature: [Float] = []
  /// H / R_p
  package private(set) var scaleHeight: [Float] = []

  package var count: Int { starTemperature.count }

  /// - Parameter limit: how many spectra to read at least, in whole shards.
  package init(_ name: String, kind: SpectrumKind, directory: String, limit: Int = .max) throws(TrainingError)
  {
    var hashes = ""
    var metadata: [String: String] = [:]
    var shard = 0
    var parts: [SafetensorsFile] = []
    var read = 0
    while read < limit {
      let path = "\(directory)/\(ShardFile.name(set: name, shard: shard))"
      do {
        let bytes = try SafetensorsFile.readBytes(path: path)
        hashes += SHA256Digest(of: bytes).hexadecimal
        let file = try SafetensorsFile(bytes: bytes)
        read += file.tensors["starTemperature"]?.elements.count ?? 0
        parts.append(file)
      } catch {
        if error.isMissingFile { break }
        throw TrainingError(.badTrainingSet, path: path, detail: error.description)
      }
      shard += 1
    }
    guard let start = parts.first else {
      throw TrainingError(
        .noTrainingSet, path: directory,
        detail:
          "no shard \(ShardFile.name(set: name, shard: 0)); make the set with: exospool-lab simulate set \(name)"
      )
    }
    metadata = start.metadata
    self.name = name
    self.kind = kind
    shards = shard
    hash = SHA256Digest(of: hashes).hexadecimal
    self.metadata = metadata
    for (index, part) in parts.enumerated() {
      let path = "\(directory)/\(ShardFile.name(set: name, shard: index))"
      guard part.metadata["set"] == name, part.metadata["seed"] == metadata["seed"],
        part.metadata["prior"] == metadata["prior"], part.metadata["opacities"] == metadata["opacities"]
      else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "it is of another set than shard 0: move one of them away")
      }
      try append(part, path: path)
    }
  }

  private mutating func append(_ part: SafetensorsFile, path: String) throws(TrainingError) {
    func floats(_ name: String, _ count: Int?) throws(TrainingError) -> [Float] {
      guard let values = part.tensors[name]?.floats, count == nil || values.count == count else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "the array \"\(name)\" is missing or of the wrong size")
      }
      return values
    }
    let stars = try floats("starTemperature", nil)
    let rows = stars.count
    guard let gases = part.tensors["molecule"]?.integers, let starts = part.tensors["first"]?.integers,
      starts.count == rows + 1, starts.first == 0, starts.last == Int64(gases.count),
      zip(starts, starts.dropFirst()).allSatisfy(<=),
      gases.allSatisfy({ (0..<Int64(KnownMolecules.names.count)).contains($0) }),
      part.metadata["molecules"] == KnownMolecules.names.joined(separator: " ")
    else {
      throw TrainingError(
        .badTrainingSet, path: path, detail: "its gases are not those of this version: make the set anew")
    }
    let bins = SpectralGrid.count
    let base = molecule.count
    depth += try floats("depth", rows * bins)
    let change = try floats("change", gases.count * bins)
    muted += kind == .eclipse ? change.map { exp(-$0) } : change.map { -$0 }
    starTemperature += stars
    temperature += try floats("temperature", rows)
    scaleHeight += try floats("scaleHeight", rows)
    molecule += gases.map { Int($0) }
    first += starts.dropFirst().map { base + Int($0) }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
