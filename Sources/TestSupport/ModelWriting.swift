import ContentHash
import NeuralNetworks

enum ModelWriting {
  /// Writes the weights `name.safetensors` with a card that holds no more than what loading asks for.
  static func write(_ weights: SafetensorsFile, name: String, to directory: String) throws {
    let bytes = weights.encoded
    try SafetensorsFile.writeBytes(bytes, path: "\(directory)/\(name).safetensors")
    let card = JSONValue.object([
      .init("name", .string(name)),
      .init("weights", .object([.init("sha256", .string(SHA256Digest(of: bytes).hexadecimal))])),
    ])
    try SafetensorsFile.writeBytes(Array(card.prettyText.utf8), path: "\(directory)/\(name).json")
  }
}
