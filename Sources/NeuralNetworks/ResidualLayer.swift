package import NumericalMethods
package import Tensors

/// A layer around which its input passes: a = x + W2 silu(W1 x + b1) + b2 (He et al. 2016, CVPR, equation 1).
///
/// Shapes, row-major, B rows a batch: x and a (B, width), W1 (width, hidden), b1 (hidden), W2 (hidden, width), b2 (width).
/// Kept between forward and backward: silu(W1 x + b1) and its derivative by the sums, (B, hidden) each.
package struct ResidualLayer: Layer {
  package let width: Int
  package let hidden: Int
  private let first: DenseLayer
  private let second: DenseLayer

  package init(width: Int, hidden: Int) {
    self.width = width
    self.hidden = hidden
    first = DenseLayer(inputs: width, outputs: hidden, activation: .sigmoidLinear)
    second = DenseLayer(inputs: hidden, outputs: width, activation: .identity)
  }

  package var inputs: Int { width }
  package var outputs: Int { width }

  package var parameters: [ParameterShape] {
    zip([first, second], ["first", "second"]).flatMap { layer, name in
      layer.parameters.map { ParameterShape("\(name).\($0.name)", $0.shape) }
    }
  }

  private var firstPart: Range<Int> { 0..<first.parameterCount }
  private var secondPart: Range<Int> { firstPart.upperBound..<firstPart.upperBound + second.parameterCount }

  package func cacheCount(rows: Int) -> Int { rows * hidden + first.cacheCount(rows: rows) }

  /// As dense layers begin: what is added is small at first.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    first.initialize(
      UnsafeMutableBufferPointer(rebasing: parameters[firstPart]), isFirst: isFirst, random: &random)
    second.initialize(
      UnsafeMutableBufferPointer(rebasing: parameters[secondPart]), isFirst: false, random: &random)
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let count = rows * hidden
    withUnsafeTemporaryAllocation(of: S.self, capacity: cache == nil ? count : 0) { scratch in
      let inner = cache.map { UnsafeMutableBufferPointer(rebasing: $0[..<count]) } ?? scratch
      first.forward(
        UnsafeBufferPointer(rebasing: parameters[firstPart]), rows: rows, x: x,
        a: UnsafeMutableBufferPointer(rebasing: inner[..<count]),
        cache: cache.map { UnsafeMutableBufferPointer(rebasing: $0[count...]) })
      second.forward(
        UnsafeBufferPointer(rebasing: parameters[secondPart]), rows: rows,
        x: UnsafeBufferPointer(rebasing: inner[..<count]), a: a, cache: nil)
    }
    Self.add(x, to: a)
  }

  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    let count = pass.rows * hidden
    let inner = UnsafeBufferPointer(rebasing: pass.cache[..<count])
    withUnsafeTemporaryAllocation(of: S.self, capacity: count) { byInner in
      let byInner = UnsafeMutableBufferPointer(rebasing: byInner[..<count])
      // No activation stands behind the second sums, so the loss's derivative by them is that by a: `upstream` stays as it is.
      second.backward(
        UnsafeBufferPointer(rebasing: parameters[secondPart]),
        pass: ForwardPass(
          rows: pass.rows, x: inner, a: pass.a, cache: UnsafeBufferPointer(rebasing: pass.cache[..<0])),
        upstream: upstream, downstream: byInner,
        gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[secondPart]) })
      first.backward(
        UnsafeBufferPointer(rebasing: parameters[firstPart]),
        pass: ForwardPass(
          rows: pass.rows, x: pass.x, a: inner, cache: UnsafeBufferPointer(rebasing: pass.cache[count...])),
        upstream: byInner, downstream: downstream,
        gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[firstPart]) })
    }
    if let downstream { Self.add(UnsafeBufferPointer(upstream), to: downstream) }
  }

  private static func add<S: Scalar>(_ x: UnsafeBufferPointer<S>, to y: UnsafeMutableBufferPointer<S>) {
    guard let x = x.baseAddress, let target = y.baseAddress else { return }
    S.addRow(x, to: target, rows: 1, columns: y.count)
  }
}
