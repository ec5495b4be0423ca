import ContentHash
package import JSONText
import PosixFiles
import SystemPackage

/// A trained network as it is kept: weights `<name>.safetensors` beside their card `<name>.json`, whose `weights.sha256` must
/// be that of the weights.
package struct ModelFile: Sendable, Hashable {
  package let path: String
  package let weights: SafetensorsFile
  /// SHA-256 of the weights file, hexadecimal.
  package let hash: String
  package let card: JSON

  /// - Returns: nil where the directory has no such network: it is then not in play.
  /// - Throws: where it is there and cannot be read, is no safetensors file, or the card is missing or of other weights; where
  ///   the card alone is there, for half of a copied folder is not another set of models.
  package static func load(_ name: String, directory: String) throws(SafetensorsError) -> ModelFile? {
    let path = "\(directory)/\(name).safetensors"
    let bytes: [UInt8]
    do {
      bytes = try SafetensorsFile.readBytes(path: path)
    } catch {
      guard error.isMissingFile else { throw error }
      if try isThere("\(directory)/\(name).json") {
        throw SafetensorsError(
          .missingFile, path: path,
          detail: "the weights are missing beside their card \(name).json; copy both, or neither")
      }
      return nil
    }
    let hash = SHA256Digest(of: bytes).hexadecimal
    let card = try card(of: hash, path: "\(directory)/\(name).json")
    do {
      return ModelFile(path: path, weights: try SafetensorsFile(bytes: bytes), hash: hash, card: card)
    } catch {
      throw SafetensorsError(error.code, path: path, tensor: error.tensor, detail: error.detail)
    }
  }

  private static func isThere(_ path: String) throws(SafetensorsError) -> Bool {
    do {
      return try PosixFiles.status(FilePath(path), followingLinks: true) != nil
    } catch {
      throw SafetensorsError(.cannotRead, path: path, detail: error.reason)
    }
  }

  private static func card(of hash: String, path: String) throws(SafetensorsError) -> JSON {
    let bytes: [UInt8]
    do {
      bytes = try SafetensorsFile.readBytes(path: path)
    } catch {
      throw SafetensorsError(
        error.code, path: path, detail: "the model's card cannot be read: \(error.detail)")
    }
    let card: JSON
    do {
      card = try JSON(parsing: bytes)
    } catch {
      throw SafetensorsError(.badCard, path: path, detail: "the model's card is \(error)")
    }
    guard let expected = card["weights"]?["sha256"]?.string else {
      throw SafetensorsError(.badCard, path: path, detail: "the model's card has no weights.sha256")
    }
    guard expected == hash else {
      throw SafetensorsError(
        .otherCard, path: path,
        detail: "the card is for weights \(expected.prefix(12))..., the file has \(hash.prefix(12))...")
    }
    return card
  }

  /// Writes weights and card into a directory, which is made where it is missing. Each is the old file or the new one, whatever
  /// happens; the card comes second, so that it never speaks of weights that are not there.
  /// - Parameter card: of weights with that SHA-256 and so many bytes.
  /// - Returns: bytes of the weights.
  @discardableResult
  package static func write(
    _ weights: SafetensorsFile, name: String, directory: String, card: (_ hash: String, _ bytes: Int) -> JSON
  ) throws(SafetensorsError) -> Int {
    do { try PosixFiles.makeDirectories(FilePath(directory)) } catch {
      throw SafetensorsError(.cannotWrite, path: directory, detail: error.reason)
    }
    let bytes = weights.encoded
    try SafetensorsFile.writeBytes(bytes, path: "\(directory)/\(name).safetensors")
    try write(card: card(SHA256Digest(of: bytes).hexadecimal, bytes.count), name: name, directory: directory)
    return bytes.count
  }

  package static func write(card: JSON, name: String, directory: String) throws(SafetensorsError) {
    try SafetensorsFile.writeBytes(Array(card.text(.card).utf8), path: "\(directory)/\(name).json")
  }
}
