package import NeuralNetworks
package import NumericalMethods
package import Tensors

/// The two networks of ExoGAN, sizes and all: a deep convolutional GAN (Radford, Metz & Chintala 2016, ICLR) on pictures of 33 x 33.
///
/// Generator: 100 numbers, a dense layer to 3 x 3 x 512, transposed convolutions of 5 x 5 and stride 2 to 5 x 5 x 256, 9 x 9 x 128,
/// 17 x 17 x 64 and 33 x 33 x 1; batch normalisation and ReLU behind all but the last, a sigmoid behind that: 4.8 M parameters.
/// Discriminator: the way back, convolutions to 64, 128, 256 and 512 channels, batch normalisation behind all but the first, leaky
/// ReLU, and one dense unit: 4.3 M parameters.
///
/// The published code reads the 64 x 3 x 3 x 512 numbers of a batch as 36 rows of 8,192 before that last unit, so that each answer
/// mixes two pictures. Here a picture has its own answer.
package struct ExoGANArchitecture: Sendable, Hashable {
  /// Channels of the generator's last hidden and the discriminator's first layer.
  package let width: Int
  /// Numbers a picture is made of, each uniform in [-1, 1].
  package let latent: Int
  /// The discriminator sees a batch's deviation; see `MinibatchDeviation`.
  package let seesDeviation: Bool
  /// What batches are divided among.
  package var threads: Int

  package init(width: Int = 64, latent: Int = 100, seesDeviation: Bool, threads: Int = 1) {
    precondition(width > 0 && latent > 0)
    self.width = width
    self.latent = latent
    self.seesDeviation = seesDeviation
    self.threads = threads
  }

  /// Channels from the large pictures to the small.
  private var channels: [Int] { [1, width, 2 * width, 4 * width, 8 * width] }

  /// The pictures between the layers, from the large to the small.
  private var images: [ImageShape] {
    var images = [ASPALayout.image]
    for channels in channels.dropFirst() {
      let last = images[images.count - 1]
      images.append(
        ImageShape(height: (last.height + 1) / 2, width: (last.width + 1) / 2, channels: channels))
    }
    return images
  }

  /// All parameters nought.
  package func generator<S: Scalar>() -> Sequential<S> {
    let images = images
    var layers: [any Layer] = [
      DenseLayer(inputs: latent, outputs: images[4].count, activation: .identity),
      BatchNormalization(images[4], activation: .rectifier),
    ]
    for i in (0..<4).reversed() {
      layers.append(
        TransposedConvolution2D(
          to: images[i], channels: images[i + 1].channels, activation: i == 0 ? .sigmoid : .identity,
          threads: threads))
      if i > 0 { layers.append(BatchNormalization(images[i], activation: .rectifier)) }
    }
    return Sequential(layers)
  }

  package func discriminator<S: Scalar>() -> Sequential<S> {
    let images = images
    var layers: [any Layer] = []
    for i in 0..<4 {
      layers.append(
        Convolution2D(
          images[i], channels: images[i + 1].channels, activation: i == 0 ? .leakyRectifier : .identity,
          threads: threads))
      if i > 0 { layers.append(BatchNormalization(images[i + 1], activation: .leakyRectifier)) }
    }
    var flat = images[4]
    if seesDeviation {
      let deviation = MinibatchDeviation(flat)
      layers.append(deviation)
      flat = deviation.output
    }
    layers.append(DenseLayer(inputs: flat.count, outputs: 1, activation: .identity))
    return Sequential(layers)
  }

  /// Fills all parameters as published: weights normal with a standard deviation of 0.02, those of convolutions cut at two of them.
  package static func initialize<S: Scalar>(_ network: inout Sequential<S>, random: inout SeededRandom) {
    network.initialize(random: &random)
    for (i, layer) in network.layers.enumerated() where layer is DenseLayer {
      network["\(i).weight"] = (0..<layer.inputs * layer.outputs).map { _ in S(0.02 * random.normal()) }
    }
  }
}
