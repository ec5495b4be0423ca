package import NeuralNetworks

/// A trained ExoGAN, ready to complete: both networks folded for inference, and the encoder where there is one.
package struct ExoGANModel: Sendable, Hashable {
  package let name: String
  package let architecture: ExoGANArchitecture
  package let generator: Sequential<Float>
  package let discriminator: Sequential<Float>
  package var encoder: LatentEncoder?

  /// - Parameters:
  ///   - generator, discriminator: as they were trained, with the statistics of their batches.
  package init(
    name: String, architecture: ExoGANArchitecture, generator: Sequential<Float>,
    discriminator: Sequential<Float>, encoder: LatentEncoder? = nil
  ) {
    self.init(
      name: name, architecture: architecture, folded: (generator.folded, discriminator.folded),
      encoder: encoder)
  }

  private init(
    name: String, architecture: ExoGANArchitecture,
    folded: (generator: Sequential<Float>, discriminator: Sequential<Float>), encoder: LatentEncoder?
  ) {
    self.name = name
    self.architecture = architecture
    generator = folded.generator
    discriminator = folded.discriminator
    self.encoder = encoder
  }
}

/// Why a file is no ExoGAN.
package struct ExoGANModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let detail: String
  package var description: String { "\(path): \(detail)" }
}

extension ExoGANModel {
  private static let format = "exospool ExoGAN"
  private static let formatVersion = "1"

  /// The file that `init(file:path:)` reads. Weights are kept in half precision: they then change by 2^-11 of themselves at most, and
  /// the file is half as large.
  package var file: SafetensorsFile {
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "name": name,
      "width": String(architecture.width), "latent": String(architecture.latent),
      "seesDeviation": architecture.seesDeviation ? "yes" : "no",
      "encoderWidth": String(encoder.map { ($0.network.widths[1]) / Self.firstEncoderPixels } ?? 0),
    ])
    file.store(generator, as: "generator", halved: true)
    file.store(discriminator, as: "discriminator", halved: true)
    if let encoder { file.store(encoder.network, as: "encoder", halved: true) }
    return file
  }

  /// Pixels of the encoder's first layer.
  private static var firstEncoderPixels: Int {
    let side = (ASPALayout.side + 1) / 2
    return side * side
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(ExoGANModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw ExoGANModelError(path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(format: Self.format, version: Self.formatVersion, isNone: "it is no ExoGAN")
    let architecture = ExoGANArchitecture(
      width: try reader.integer("width", in: 1...512), latent: try reader.integer("latent", in: 1...10_000),
      seesDeviation: try reader.text("seesDeviation") == "yes")
    var generator: Sequential<Float> = architecture.generator().folded
    var discriminator: Sequential<Float> = architecture.discriminator().folded
    try reader.fill(&generator, from: "generator")
    try reader.fill(&discriminator, from: "discriminator")
    var encoder: LatentEncoder?
    let width = try reader.integer("encoderWidth", in: 0...512)
    if width > 0 {
      var network = LatentEncoder.network(width: width, latent: architecture.latent)
      try reader.fill(&network, from: "encoder")
      encoder = LatentEncoder(network: network)
    }
    self.init(
      name: try reader.text("name"), architecture: architecture, folded: (generator, discriminator),
      encoder: encoder)
  }
}
