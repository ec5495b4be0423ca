import Tensors

/// What stands behind a dense layer.
package enum Activation: String, Sendable, Hashable {
  case identity
  /// x / (1 + exp(-x)): "SiLU" (Elfwing et al. 2018, Neural Networks 107, 3).
  case sigmoidLinear = "silu"
  /// 1 / (1 + exp(-x)): what a unit of a Boltzmann machine does.
  case sigmoid
}

/// A fully connected layer: a = f(x W + b).
///
/// Shapes, row-major, B rows a batch: x (B, inputs), W (inputs, outputs), b (outputs), a (B, outputs).
/// W and then b stand in the network's one array of parameters, from `offset` on.
/// Kept between forward and backward: x, which is the layer before's a, and f'(x W + b), so that backward needs
/// no exponential.
package struct DenseLayer: Sendable, Hashable {
  package let inputs: Int
  package let outputs: Int
  package let activation: Activation
  package let offset: Int

  package init(inputs: Int, outputs: Int, activation: Activation, offset: Int) {
    precondition(inputs > 0 && outputs > 0 && offset >= 0)
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
    self.offset = offset
  }

  package var weights: Range<Int> { offset..<offset + inputs * outputs }
  package var biases: Range<Int> { weights.upperBound..<weights.upperBound + outputs }
  /// Where the next layer's parameters begin.
  package var end: Int { biases.upperBound }

  /// - Parameters:
  ///   - parameters: those of the whole network.
  ///   - x: (rows, inputs).
  ///   - a: (rows, outputs), overwritten.
  ///   - slope: (rows, outputs), overwritten with f' where backward will follow; `nil` otherwise.
  func forward<S: Scalar>(
    parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, slope: UnsafeMutableBufferPointer<S>?
  ) {
    guard rows > 0, let aBase = a.baseAddress else { return }
    // The sum goes where the activation does not need it any more: into `slope`, else in place.
    let sum = activation == .identity ? a : slope ?? a
    let bias = UnsafeBufferPointer(rebasing: parameters[biases])
    guard let sumBase = sum.baseAddress, let biasBase = bias.baseAddress else { return }
    multiplyMatrices(
      ProductShape(rows: rows, columns: outputs, inner: inputs), x,
      UnsafeBufferPointer(rebasing: parameters[weights]), into: sum)
    S.addRow(biasBase, to: sumBase, rows: rows, columns: outputs)
    switch activation {
    case .identity: break
    case .sigmoidLinear:
      if slope != nil {
        S.sigmoidLinearWithDerivative(sumBase, aBase, rows * outputs)
      } else {
        S.sigmoidLinear(aBase, rows * outputs)
      }
    case .sigmoid:
      if slope != nil {
        S.sigmoidWithDerivative(sumBase, aBase, rows * outputs)
      } else {
        S.sigmoid(aBase, rows * outputs)
      }
    }
  }

  /// - Parameters:
  ///   - x: (rows, inputs), as forward had it.
  ///   - slope: (rows, outputs), as forward left it.
  ///   - upstream: (rows, outputs), the loss's derivative by a; afterwards that by x W + b.
  ///   - downstream: (rows, inputs), overwritten with the loss's derivative by x; `nil` for the first layer.
  ///   - gradient: of the whole network; this layer's part is overwritten.
  func backward<S: Scalar>(
    parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>, slope: UnsafeBufferPointer<S>,
    upstream: UnsafeMutableBufferPointer<S>, downstream: UnsafeMutableBufferPointer<S>?,
    gradient: UnsafeMutableBufferPointer<S>
  ) {
    guard let upstreamBase = upstream.baseAddress, let slopeBase = slope.baseAddress else { return }
    if activation != .identity { S.multiply(upstreamBase, by: slopeBase, rows * outputs) }
    let sums = UnsafeBufferPointer(upstream)
    multiplyMatrices(
      ProductShape(rows: inputs, columns: outputs, inner: rows, aIsTransposed: true), x, sums,
      into: UnsafeMutableBufferPointer(rebasing: gradient[weights]))
    if let biasGradient = UnsafeMutableBufferPointer(rebasing: gradient[biases]).baseAddress {
      S.columnSums(upstreamBase, biasGradient, rows: rows, columns: outputs)
    }
    if let downstream {
      multiplyMatrices(
        ProductShape(rows: rows, columns: inputs, inner: outputs, bIsTransposed: true), sums,
        UnsafeBufferPointer(rebasing: parameters[weights]), into: downstream)
    }
  }
}
