import ContentHash
import JSONText
package import NeuralNetworks

/// The files a training set is kept in: `<set>-<four digits>.safetensors`, each whole or absent.
package enum ShardFile {
  /// What became of a shard that was asked for.
  package enum Outcome: Sendable {
    /// It was there already.
    case kept
    /// It was made; draws left out, by reason.
    case made(rejected: String)
  }

  /// The file name of a shard.
  package static func name(set: String, shard: Int) -> String {
    let digits = String(shard)
    return "\(set)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).safetensors"
  }

  /// Draws left out, counted by reason, as a shard's metadata have them.
  package static func rejected(_ counts: [String: Int]) -> String {
    JSON.object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }).text(.compact)
  }

  /// The same read back; empty where a file has none.
  package static func rejected(of file: SafetensorsFile) -> [String: Int] {
    let text = file.metadata["rejected"] ?? ""
    let members = (try? JSON(parsing: text.utf8))?.members ?? []
    return Dictionary(
      members.compactMap { member in member.value.number.map { (member.key, Int($0)) } }, uniquingKeysWith: +)
  }

  /// Makes a shard unless it is there. It is written under a temporary name and renamed when complete, so what bears a
  /// shard's name is whole.
  /// - Parameters:
  ///   - metadata: what tells the shard from all others.
  ///   - make: the shard's arrays, with this metadata and perhaps more.
  /// - Throws: where a file of that name is another shard: of another seed, size or version.
  package static func write(
    path: String, metadata: [String: String], make: () throws(TrainingError) -> SafetensorsFile
  ) throws(TrainingError) -> Outcome {
    var found: [String: String]?
    do {
      found = try SafetensorsFile.read(path: path).metadata
    } catch {
      guard error.isMissingFile else {
        throw TrainingError(.badTrainingSet, path: path, detail: error.detail)
      }
    }
    if let found {
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where found[key] != value {
        throw TrainingError(
          .badTrainingSet, path: path,
          detail:
            "its \(key) is \(found[key] ?? "missing"), not \(value): it is of another set; move it away or "
            + "choose another directory")
      }
      return .kept
    }
    let file = try make()
    do { try file.write(path: path) } catch {
      throw TrainingError(.cannotWrite, path: path, detail: error.detail)
    }
    return .made(rejected: file.metadata["rejected"] ?? "")
  }

  /// What shards of one set have in common.
  package struct Set: Sendable, Hashable {
    package var shards = 0
    /// The first shard's: seed, version, prior.
    package var metadata: [String: String] = [:]
    /// SHA-256 over the shards' SHA-256 in order: names the set's content.
    package var hash = ""

    package init() {}
  }

  /// Reads a set's shards in order, up to the first that is not there.
  /// - Parameters:
  ///   - command: of the laboratory, that makes the set.
  ///   - isEnough: asked before each shard.
  ///   - take: is given each shard; what it throws, it throws of that path.
  package static func readSet(
    _ name: String, directory: String, madeBy command: String, until isEnough: () -> Bool,
    take: (SafetensorsFile, _ path: String) throws(TrainingError) -> Void
  ) throws(TrainingError) -> Set {
    var set = Set()
    var hashes = ""
    while !isEnough() {
      let path = "\(directory)/\(self.name(set: name, shard: set.shards))"
      let file: SafetensorsFile
      do {
        let bytes = try SafetensorsFile.readBytes(path: path)
        hashes += SHA256Digest(of: bytes).hexadecimal
        file = try SafetensorsFile(bytes: bytes)
      } catch {
        if error.isMissingFile { break }
        throw TrainingError(.badTrainingSet, path: path, detail: error.description)
      }
      guard file.metadata["set"] == name else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "it belongs to the set \"\(file.metadata["set"] ?? "")\"")
      }
      if set.shards == 0 { set.metadata = file.metadata }
      try take(file, path)
      set.shards += 1
    }
    guard set.shards > 0 else {
      throw TrainingError(
        .noTrainingSet, path: directory,
        detail: "no shard \(self.name(set: name, shard: 0)); make the set with: exospool-lab \(command)")
    }
    set.hash = SHA256Digest(of: hashes).hexadecimal
    return set
  }
}
