package import NumericalMethods
package import Tensors

/// A fully connected layer: a = f(x W + b).
///
/// Shapes, row-major, B rows a batch: x (B, inputs), W (inputs, outputs), b (outputs), a (B, outputs).
/// Kept between forward and backward: f'(x W + b), (B, outputs), so that backward needs no exponential; nothing where it can be
/// read off a.
package struct DenseLayer: Layer {
  package let inputs: Int
  package let outputs: Int
  package let activation: Activation

  package init(inputs: Int, outputs: Int, activation: Activation) {
    precondition(inputs > 0 && outputs > 0)
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
  }

  package var parameters: [ParameterShape] {
    [ParameterShape("weight", [inputs, outputs]), ParameterShape("bias", [outputs])]
  }

  private var weights: Range<Int> { 0..<inputs * outputs }
  private var biases: Range<Int> { weights.upperBound..<weights.upperBound + outputs }

  package func cacheCount(rows: Int) -> Int { activation.cacheCount(rows * outputs) }

  /// Weights of variance 2.8/inputs, which keeps a SiLU network's signal at unit size (E[silu(x)^2] = 0.36 for a unit normal x),
  /// of 1/inputs in a network's first layer, of 0.01/inputs where no activation follows; biases are 0.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    let variance = activation == .identity ? 0.01 : isFirst ? 1 : 2.8
    let sd = (variance / Double(inputs)).squareRoot()
    for i in weights { parameters[i] = S(sd * random.normal()) }
    for i in biases { parameters[i] = 0 }
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let sums = activation.sums(a, cache: cache)
    let bias = UnsafeBufferPointer(rebasing: parameters[biases])
    guard rows > 0, let sumBase = sums.baseAddress, let biasBase = bias.baseAddress else { return }
    multiplyMatrices(
      ProductShape(rows: rows, columns: outputs, inner: inputs), x,
      UnsafeBufferPointer(rebasing: parameters[weights]), into: sums)
    S.addRow(biasBase, to: sumBase, rows: rows, columns: outputs)
    activation.apply(a, cache: cache)
  }

  /// `upstream` becomes the loss's derivative by x W + b.
  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    let rows = pass.rows
    guard let upstreamBase = upstream.baseAddress else { return }
    activation.backward(upstream, a: pass.a, cache: pass.cache)
    let sums = UnsafeBufferPointer(upstream)
    if let gradient {
      multiplyMatrices(
        ProductShape(rows: inputs, columns: outputs, inner: rows, aIsTransposed: true), pass.x, sums,
        into: UnsafeMutableBufferPointer(rebasing: gradient[weights]))
      if let biasGradient = UnsafeMutableBufferPointer(rebasing: gradient[biases]).baseAddress {
        S.columnSums(upstreamBase, biasGradient, rows: rows, columns: outputs)
      }
    }
    if let downstream {
      multiplyMatrices(
        ProductShape(rows: rows, columns: inputs, inner: outputs, bIsTransposed: true), sums,
        UnsafeBufferPointer(rebasing: parameters[weights]), into: downstream)
    }
  }
}
