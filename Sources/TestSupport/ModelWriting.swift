package import NeuralNetworks

package enum ModelWriting {
  /// Writes the weights `name.safetensors` with a card that holds no more than what loading asks for.
  package static func write(_ weights: SafetensorsFile, name: String, to directory: String) throws {
    try ModelFile.write(weights, name: name, directory: directory) { hash, _ in
      .object([.init("name", .string(name)), .init("weights", .object([.init("sha256", .string(hash))]))])
    }
  }
}
