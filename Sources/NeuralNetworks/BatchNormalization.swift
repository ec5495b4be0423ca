package import NumericalMethods
package import Tensors

/// Each channel brought to mean 0 and variance 1 over the batch and all pixels, then scaled and shifted (Ioffe & Szegedy 2015,
/// ICML): a = f(scale (x - mean) / sqrt(variance + epsilon) + shift).
///
/// x and a are (B, pixels, channels). The batch's own statistics are used, with a cache and without; those of the batches seen,
/// running means with `momentum`, are there for inference, for which `Sequential.folded` merges them into the layer before.
/// The variance is that of the batch, not the estimate from it. Kept between forward and backward: mean and variance of each
/// channel.
package struct BatchNormalization: Layer {
  package static let epsilon = 1e-5
  /// What is left of the running statistics at each batch.
  package static let momentum = 0.9

  package let inputs: Int
  package let channels: Int
  package let activation: Activation

  /// - Parameter activation: one that is read off its result: the identity or a rectifier.
  package init(_ input: ImageShape, activation: Activation) {
    precondition(activation.cacheCount(1) == 0)
    inputs = input.count
    channels = input.channels
    self.activation = activation
  }

  package var outputs: Int { inputs }

  package var parameters: [ParameterShape] {
    ["scale", "shift", "mean", "variance"].map { ParameterShape($0, [channels]) }
  }

  private func part(_ index: Int) -> Range<Int> { index * channels..<(index + 1) * channels }

  package func cacheCount(rows: Int) -> Int { 2 * channels }

  /// Scale and variance 1, shift and mean 0.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    for (index, value) in [1, 0, 0, 1].enumerated() { for i in part(index) { parameters[i] = S(value) } }
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let pixels = rows * inputs / channels
    guard pixels > 0, let xBase = x.baseAddress, let aBase = a.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: S.self, capacity: 4 * channels) { scratch in
      let statistics = cache ?? UnsafeMutableBufferPointer(rebasing: scratch[..<(2 * channels)])
      guard let mean = statistics.baseAddress, let scale = scratch.baseAddress.map({ $0 + 2 * channels })
      else { return }
      let (variance, offset) = (mean + channels, scale + channels)
      S.columnSums(xBase, mean, rows: pixels, columns: channels)
      for j in 0..<channels { mean[j] /= S(pixels) }
      S.columnProducts(xBase, about: mean, xBase, about: mean, variance, rows: pixels, columns: channels)
      for j in 0..<channels {
        variance[j] /= S(pixels)
        scale[j] = parameters[j] / (variance[j] + S(Self.epsilon)).squareRoot()
        offset[j] = parameters[channels + j] - scale[j] * mean[j]
      }
      S.scaleColumns(xBase, scale: scale, offset: offset, into: aBase, rows: pixels, columns: channels)
    }
    activation.apply(a, cache: nil)
  }

  /// With dy the loss's derivative by scale (x - mean) / sd + shift, N pixels of the batch and z = (x - mean) / sd:
  /// dx = scale / sd (dy - sum dy / N - z sum(dy z) / N). `upstream` becomes dy.
  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    let pixels = pass.rows * inputs / channels
    activation.backward(upstream, a: pass.a, cache: pass.cache)
    guard pixels > 0, let dy = upstream.baseAddress, let x = pass.x.baseAddress,
      let mean = pass.cache.baseAddress
    else { return }
    let variance = mean + channels
    withUnsafeTemporaryAllocation(of: S.self, capacity: 6 * channels) { scratch in
      guard let sums = scratch.baseAddress else { return }
      let (products, zero) = (sums + channels, sums + 2 * channels)
      let (xScale, yScale, offset) = (sums + 3 * channels, sums + 4 * channels, sums + 5 * channels)
      zero.update(repeating: 0, count: channels)
      S.columnSums(dy, sums, rows: pixels, columns: channels)
      S.columnProducts(dy, about: zero, x, about: mean, products, rows: pixels, columns: channels)
      for j in 0..<channels {
        let inverse = 1 / (variance[j] + S(Self.epsilon)).squareRoot()
        if let gradient {
          gradient[j] = products[j] * inverse
          gradient[channels + j] = sums[j]
        }
        yScale[j] = parameters[j] * inverse
        xScale[j] = -yScale[j] * inverse * inverse * products[j] / S(pixels)
        offset[j] = -yScale[j] * sums[j] / S(pixels) - xScale[j] * mean[j]
      }
      if let downstream, let dx = downstream.baseAddress {
        dx.update(from: dy, count: upstream.count)
        S.combineColumns(
          x, xScale: xScale, y: dx, yScale: yScale, offset: offset, rows: pixels, columns: channels)
      }
    }
    if let gradient { for i in part(2).lowerBound..<part(3).upperBound { gradient[i] = 0 } }
  }

  package func learnStatistics<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, rows: Int, cache: UnsafeBufferPointer<S>
  ) {
    let momentum = S(Self.momentum)
    for (j, i) in (part(2).lowerBound..<part(3).upperBound).enumerated() {
      parameters[i] = momentum * parameters[i] + (1 - momentum) * cache[j]
    }
  }
}
