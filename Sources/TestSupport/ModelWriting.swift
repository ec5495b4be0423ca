import ContentHash
import JSONText
import NeuralNetworks

enum ModelWriting {
  /// Writes the weights `name.safetensors` with a card that holds no more than what loading asks for.
  static func write(_ weights: SafetensorsFile, name: String, to directory: String) throws {
    let bytes = weights.encoded
    try SafetensorsFile.writeBytes(bytes, path: "\(directory)/\(name).safetensors")
    let card = JSON.object([
      .init("name", .string(name)),
      .init("weights", .object([.init("sha256", .string(SHA256Digest(of: bytes).hexadecimal))])),
    ])
    try SafetensorsFile.writeBytes(Array(card.text(.card).utf8), path: "\(directory)/\(name).json")
  }
}
