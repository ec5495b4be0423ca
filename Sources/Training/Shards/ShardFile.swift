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
}
