package import NumericalMethods
package import Tensors

/// A convolution the other way, from the small image to the large one ("deconvolution"): a = f(x spread by W + b).
///
/// Shapes, row-major, B rows a batch: a (B, height, width, output channels); x (B, ceil(height / stride), ceil(width / stride),
/// input channels); W (kernel, kernel, output channels, input channels); b (output channels). It is the derivative by its input of
/// the convolution that has the same `ConvolutionGeometry`. Kept between forward and backward: what the activation keeps.
package struct TransposedConvolution2D: Layer {
  package let geometry: ConvolutionGeometry
  package let activation: Activation

  /// - Parameter channels: of x.
  package init(
    to output: ImageShape, channels: Int, kernel: Int = 5, stride: Int = 2, activation: Activation,
    threads: Int = 1
  ) {
    geometry = ConvolutionGeometry(
      large: output, smallChannels: channels, kernel: kernel, stride: stride, threads: threads)
    self.activation = activation
  }

  package var input: ImageShape { geometry.small }
  package var output: ImageShape { geometry.large }
  package init(geometry: ConvolutionGeometry, activation: Activation) {
    self.geometry = geometry
    self.activation = activation
  }

  package var inputs: Int { geometry.small.count }
  package var outputs: Int { geometry.large.count }

  package var parameters: [ParameterShape] {
    [ParameterShape("weight", geometry.weightShape), ParameterShape("bias", [geometry.large.channels])]
  }

  private var weights: Range<Int> { 0..<geometry.weightCount }
  private var biases: Range<Int> { weights.upperBound..<weights.upperBound + geometry.large.channels }

  package func cacheCount(rows: Int) -> Int { activation.cacheCount(rows * outputs) }

  /// Weights normal, of standard deviation 0.02 (Radford, Metz & Chintala 2016); biases 0.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    for i in weights { parameters[i] = S(0.02 * random.normal()) }
    for i in biases { parameters[i] = 0 }
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let sums = activation.sums(a, cache: cache)
    geometry.spread(x, UnsafeBufferPointer(rebasing: parameters[weights]), into: sums, images: rows)
    if let sumBase = sums.baseAddress,
      let biasBase = UnsafeBufferPointer(rebasing: parameters[biases]).baseAddress
    {
      S.addRow(
        biasBase, to: sumBase, rows: rows * geometry.large.pixels, columns: geometry.large.channels)
    }
    activation.apply(a, cache: cache)
  }

  /// `upstream` becomes the loss's derivative by the sums.
  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    activation.backward(upstream, a: pass.a, cache: pass.cache)
    let sums = UnsafeBufferPointer(upstream)
    if let gradient {
      geometry.weightGradient(
        large: sums, small: pass.x, into: UnsafeMutableBufferPointer(rebasing: gradient[weights]),
        images: pass.rows)
      if let sumBase = sums.baseAddress,
        let biasGradient = UnsafeMutableBufferPointer(rebasing: gradient[biases]).baseAddress
      {
        S.columnSums(
          sumBase, biasGradient, rows: pass.rows * geometry.large.pixels, columns: geometry.large.channels)
      }
    }
    if let downstream {
      geometry.reduce(
        sums, UnsafeBufferPointer(rebasing: parameters[weights]), into: downstream, images: pass.rows)
    }
  }
}
