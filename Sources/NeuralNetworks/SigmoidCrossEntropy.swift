package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// The loss of a yes or no that a network answers with a logit: -y ln p - (1 - y) ln(1 - p), p = 1 / (1 + exp(-logit)).
package enum SigmoidCrossEntropy {
  /// ln(1 + exp(x)), without overflow.
  package static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// The sum over all logits.
  /// - Parameters:
  ///   - label: y, the same for all.
  ///   - gradient: overwritten with `scale` times the loss's derivative by each logit.
  package static func sum<S: Scalar>(
    _ logits: UnsafeBufferPointer<S>, label: Double, gradient: UnsafeMutableBufferPointer<S>?, scale: Double
  ) -> Double {
    var sum = 0.0
    for (i, logit) in logits.enumerated() {
      let x = Double(logit)
      sum += softplus(x) - label * x
      gradient?[i] = S(scale * (1 / (1 + exp(-x)) - label))
    }
    return sum
  }
}
