import ContentHash
import JSONText

/// A trained network as it is kept: weights `<name>.safetensors` beside their card `<name>.json`, whose `weights.sha256` must
/// be that of the weights.
package struct ModelFile: Sendable, Hashable {
  package let path: String
  package let weights: SafetensorsFile
  /// SHA-256 of the weights file, hexadecimal.
  package let hash: String

  /// - Returns: nil where the directory has no such network: it is then not in play.
  /// - Throws: where it is there and cannot be read, is no safetensors file, or the card is missing or of other weights.
  package static func load(_ name: String, directory: String) throws(SafetensorsError) -> ModelFile? {
    let path = "\(directory)/\(name).safetensors"
    let bytes: [UInt8]
    do {
      bytes = try SafetensorsFile.readBytes(path: path)
    } catch {
      if error.isMissingFile { return nil }
      throw error
    }
    let hash = SHA256Digest(of: bytes).hexadecimal
    try check(hash, card: "\(directory)/\(name).json")
    do {
      return ModelFile(path: path, weights: try SafetensorsFile(bytes: bytes), hash: hash)
    } catch {
      throw SafetensorsError(error.code, path: path, tensor: error.tensor, detail: error.detail)
    }
  }

  private static func check(_ hash: String, card path: String) throws(SafetensorsError) {
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
  }
}
