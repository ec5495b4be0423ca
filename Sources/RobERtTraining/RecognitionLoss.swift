package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// What the recognising network is trained to make small: the cross-entropy of the one class, where there is one, and of each
/// molecule on its own.
package enum RecognitionLoss {
  /// - Parameters:
  ///   - outputs: (rows, 1 + 2 molecules): logits of the classes, then of the molecules.
  ///   - shown: (rows, molecules), 0 or 1.
  ///   - singleClass: -1 where there is no one class.
  ///   - gradient: of the returned sum times `scale`, by the outputs; overwritten.
  /// - Returns: the sum over rows, nats.
  @_specialize(where S == Float)
  package static func sum<S: Scalar>(
    outputs: UnsafeBufferPointer<S>, shown: UnsafeBufferPointer<S>, singleClass: UnsafeBufferPointer<Int32>,
    rows: Int, molecules: Int, gradient: UnsafeMutableBufferPointer<S>?, scale: S
  ) -> Double {
    let classes = molecules + 1
    let width = classes + molecules
    var total = 0.0
    var weights = [Double](repeating: 0, count: classes)
    for row in 0..<rows {
      let base = row * width
      let truth = Int(singleClass[row])
      if truth >= 0 {
        var largest = -Double.infinity
        for k in 0..<classes { largest = max(largest, Double(outputs[base + k])) }
        var sum = 0.0
        for k in 0..<classes {
          weights[k] = exp(Double(outputs[base + k]) - largest)
          sum += weights[k]
        }
        total += log(sum) + largest - Double(outputs[base + truth])
        if let gradient {
          for k in 0..<classes {
            gradient[base + k] = scale * S(weights[k] / sum - (k == truth ? 1 : 0))
          }
        }
      } else if let gradient {
        for k in 0..<classes { gradient[base + k] = 0 }
      }
      for m in 0..<molecules {
        let logit = Double(outputs[base + classes + m])
        let target = Double(shown[row * molecules + m])
        // ln(1 + exp(x)) - t x, without overflow.
        total += max(logit, 0) + log1p(exp(-abs(logit))) - target * logit
        if let gradient { gradient[base + classes + m] = scale * S(1 / (1 + exp(-logit)) - target) }
      }
    }
    return total
  }
}
