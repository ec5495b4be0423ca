package import NumericalMethods
package import Tensors

/// One more channel, the same number everywhere: the mean over all features of their standard deviation over the batch (Karras
/// et al. 2018, ICLR, section 3). By it a discriminator sees whether a batch is as varied as it should be.
///
/// x (B, height, width, channels), a (B, height, width, channels + 1). The batch's own number is used, with a cache and without; the
/// running mean of those seen is there for inference, for which `Sequential.folded` merges it into the layer behind. Kept
/// between forward and backward: each feature's mean and sum of squares about it, and the number.
package struct MinibatchDeviation: Layer {
  /// Added to variances, so that the root has a derivative everywhere.
  private static let epsilon = 1e-8

  package let input: ImageShape

  package init(_ input: ImageShape) { self.input = input }

  package var output: ImageShape {
    ImageShape(height: input.height, width: input.width, channels: input.channels + 1)
  }
  package var inputs: Int { input.count }
  package var outputs: Int { output.count }
  package var parameters: [ParameterShape] { [ParameterShape("deviation", [1])] }

  package func cacheCount(rows: Int) -> Int { 2 * inputs + 1 }

  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    parameters[0] = 1
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    guard rows > 0, let xBase = x.baseAddress, let aBase = a.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: S.self, capacity: cacheCount(rows: rows)) { scratch in
      guard let mean = (cache ?? scratch).baseAddress else { return }
      let squares = mean + inputs
      S.columnSums(xBase, mean, rows: rows, columns: inputs)
      for i in 0..<inputs { mean[i] /= S(rows) }
      S.columnProducts(xBase, about: mean, xBase, about: mean, squares, rows: rows, columns: inputs)
      var deviation: S = 0
      for i in 0..<inputs { deviation += Self.deviation(squares[i], rows) }
      deviation /= S(inputs)
      mean[2 * inputs] = deviation
      for pixel in 0..<rows * input.pixels {
        let target = aBase + pixel * output.channels
        target.update(from: xBase + pixel * input.channels, count: input.channels)
        target[input.channels] = deviation
      }
    }
  }

  private static func deviation<S: Scalar>(_ squares: S, _ rows: Int) -> S {
    (squares / S(rows) + S(epsilon)).squareRoot()
  }

  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    gradient?.update(repeating: 0)
    guard let dx = downstream?.baseAddress, let dy = upstream.baseAddress, let x = pass.x.baseAddress,
      let mean = pass.cache.baseAddress
    else { return }
    let squares = mean + inputs
    var byDeviation: S = 0
    for pixel in 0..<pass.rows * input.pixels {
      let source = dy + pixel * output.channels
      (dx + pixel * input.channels).update(from: source, count: input.channels)
      byDeviation += source[input.channels]
    }
    withUnsafeTemporaryAllocation(of: S.self, capacity: 3 * inputs) { scratch in
      guard let xScale = scratch.baseAddress else { return }
      let (yScale, offset) = (xScale + inputs, xScale + 2 * inputs)
      for i in 0..<inputs {
        yScale[i] = 1
        xScale[i] = byDeviation / (S(inputs * pass.rows) * Self.deviation(squares[i], pass.rows))
        offset[i] = -xScale[i] * mean[i]
      }
      S.combineColumns(
        x, xScale: xScale, y: dx, yScale: yScale, offset: offset, rows: pass.rows, columns: inputs)
    }
  }

  package func learnStatistics<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, rows: Int, cache: UnsafeBufferPointer<S>
  ) {
    let momentum = S(BatchNormalization.momentum)
    parameters[0] = momentum * parameters[0] + (1 - momentum) * cache[2 * inputs]
  }
}
