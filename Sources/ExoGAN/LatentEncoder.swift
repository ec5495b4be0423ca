package import NeuralNetworks
import Tensors

/// A small network that guesses, from what is known of a picture, latent numbers of which the generator makes all of it: where to
/// begin a completion.
///
/// It sees the known cells, 0 elsewhere, and which are known: (33, 33, 2). Convolutions of 5 x 5 and stride 2 to 16, 32 and 64
/// channels and a dense layer, all leaky ReLU; then one number a latent: half a million parameters.
package struct LatentEncoder: Sendable, Hashable {
  package let network: Sequential<Float>

  package init(network: Sequential<Float>) { self.network = network }

  private static let image = ImageShape(
    height: ASPALayout.side, width: ASPALayout.side, channels: 2)

  /// All parameters nought.
  /// - Parameter width: channels of the first layer.
  package static func network(width: Int, latent: Int, threads: Int = 1) -> Sequential<Float> {
    var layers: [any Layer] = []
    var image = image
    for channels in [width, 2 * width, 4 * width] {
      let layer = Convolution2D(image, channels: channels, activation: .leakyRectifier, threads: threads)
      layers.append(layer)
      image = layer.output
    }
    let hidden = 16 * width
    layers.append(DenseLayer(inputs: image.count, outputs: hidden, activation: .leakyRectifier))
    layers.append(DenseLayer(inputs: hidden, outputs: latent, activation: .identity))
    return Sequential(layers)
  }

  /// What the network sees of a picture.
  package static func inputs(_ aspa: ASPA) -> [Float] {
    zip(aspa.cells, aspa.isKnown).flatMap { $1 ? [Float($0), 1] : [0, 0] }
  }

  /// The guess for each picture, within [-1, 1].
  package func latents(_ pictures: [ASPA]) -> [[Float]] {
    let inputs = Matrix(
      rows: pictures.count, columns: network.inputs, elements: pictures.flatMap { Self.inputs($0) })
    let outputs = network(inputs)
    return (0..<pictures.count).map { outputs.row($0).map { min(max($0, -1), 1) } }
  }
}
