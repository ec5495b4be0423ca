package import NumericalMethods
package import Tensors

/// A convolution with a stride: a = f(patches of x times W + b), an image smaller by the stride.
///
/// Shapes, row-major, B rows a batch: x (B, height, width, channels), W (kernel, kernel, input channels, output channels),
/// b (output channels), a (B, ceil(height / stride), ceil(width / stride), output channels); padding as `ConvolutionGeometry`
/// has it. Kept between forward and backward: what the activation keeps.
package struct Convolution2D: Layer {
  package let geometry: ConvolutionGeometry
  package let activation: Activation

  package init(
    _ input: ImageShape, channels: Int, kernel: Int = 5, kernelRows: Int? = nil, stride: Int = 2,
    activation: Activation, threads: Int = 1
  ) {
    geometry = ConvolutionGeometry(
      large: input, smallChannels: channels, kernel: kernel, kernelRows: kernelRows, stride: stride,
      threads: threads)
    self.activation = activation
  }

  /// Along a sequence of steps: an image of one row.
  package static func alongRow(
    steps: Int, features: Int, channels: Int, kernel: Int, stride: Int = 1, activation: Activation
  ) -> Convolution2D {
    Convolution2D(
      ImageShape(height: 1, width: steps, channels: features), channels: channels, kernel: kernel,
      kernelRows: 1, stride: stride, activation: activation)
  }

  package var output: ImageShape { geometry.small }
  package init(geometry: ConvolutionGeometry, activation: Activation) {
    self.geometry = geometry
    self.activation = activation
  }

  package var inputs: Int { geometry.large.count }
  package var outputs: Int { geometry.small.count }

  package var parameters: [ParameterShape] {
    [ParameterShape("weight", geometry.weightShape), ParameterShape("bias", [geometry.small.channels])]
  }

  private var weights: Range<Int> { 0..<geometry.weightCount }
  private var biases: Range<Int> { weights.upperBound..<weights.upperBound + geometry.small.channels }

  package func cacheCount(rows: Int) -> Int { activation.cacheCount(rows * outputs) }

  /// Weights normal, of standard deviation 0.02, none beyond two of them (Radford, Metz & Chintala 2016; as ExoGAN's code has it);
  /// biases 0.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    for i in weights {
      var z = random.normal()
      while abs(z) > 2 { z = random.normal() }
      parameters[i] = S(0.02 * z)
    }
    for i in biases { parameters[i] = 0 }
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let sums = activation.sums(a, cache: cache)
    geometry.reduce(x, UnsafeBufferPointer(rebasing: parameters[weights]), into: sums, images: rows)
    if let sumBase = sums.baseAddress,
      let biasBase = UnsafeBufferPointer(rebasing: parameters[biases]).baseAddress
    {
      S.addRow(
        biasBase, to: sumBase, rows: rows * geometry.small.pixels, columns: geometry.small.channels)
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
        large: pass.x, small: sums, into: UnsafeMutableBufferPointer(rebasing: gradient[weights]),
        images: pass.rows)
      if let sumBase = sums.baseAddress,
        let biasGradient = UnsafeMutableBufferPointer(rebasing: gradient[biases]).baseAddress
      {
        S.columnSums(
          sumBase, biasGradient, rows: pass.rows * geometry.small.pixels, columns: geometry.small.channels)
      }
    }
    if let downstream {
      geometry.spread(
        sums, UnsafeBufferPointer(rebasing: parameters[weights]), into: downstream, images: pass.rows)
    }
  }
}
