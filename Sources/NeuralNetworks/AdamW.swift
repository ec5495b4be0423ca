package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// AdamW (Loshchilov & Hutter 2019, ICLR): Adam with weight decay apart from the gradient, and the gradient's norm
/// clipped (Pascanu, Mikolov & Bengio 2013, ICML).
package struct AdamW<S: Scalar>: Sendable, Hashable {
  package var decay1 = 0.9
  package var decay2 = 0.999
  package var epsilon = 1e-8
  package var weightDecay: Double
  /// The gradient's Euclidean norm is brought down to this where it is larger.
  package var maximumNorm: Double

  /// Steps taken, and the moments of the gradient.
  package private(set) var steps: Int
  package private(set) var first: [S]
  package private(set) var second: [S]

  package init(count: Int, weightDecay: Double, maximumNorm: Double) {
    self.weightDecay = weightDecay
    self.maximumNorm = maximumNorm
    steps = 0
    first = [S](repeating: 0, count: count)
    second = first
  }

  /// Goes on from what a checkpoint kept.
  package mutating func resume(steps: Int, first: [S], second: [S]) {
    precondition(first.count == self.first.count && second.count == first.count)
    self.steps = steps
    self.first = first
    self.second = second
  }

  /// One step. A gradient that is not finite changes nothing and returns false.
  package mutating func step(
    _ parameters: UnsafeMutableBufferPointer<S>, gradient: UnsafeBufferPointer<S>, rate: Double
  ) -> Bool {
    precondition(parameters.count == first.count && gradient.count == first.count)
    guard let p = parameters.baseAddress, let g = gradient.baseAddress else { return true }
    let norm = S.sumOfSquares(g, gradient.count).squareRoot()
    guard norm.isFinite else { return false }
    steps += 1
    let coefficients = AdamWCoefficients(
      rate: rate, decay1: decay1, decay2: decay2, correction1: 1 / (1 - pow(decay1, Double(steps))),
      correction2: 1 / (1 - pow(decay2, Double(steps))), epsilon: epsilon, shrink: 1 - rate * weightDecay,
      scale: norm > maximumNorm ? maximumNorm / norm : 1)
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        guard let m = first.baseAddress, let v = second.baseAddress else { return }
        S.adamW(
          parameters: p, gradient: g, first: m, second: v, count: parameters.count, coefficients: coefficients
        )
      }
    }
    return true
  }
}

/// Linear warm-up, then half a cosine down to `final` (Loshchilov & Hutter 2017, ICLR).
package struct LearningRateSchedule: Sendable, Hashable {
  package var peak: Double
  package var final: Double
  package var warmUpSteps: Int
  package var totalSteps: Int

  package init(peak: Double, final: Double, warmUpSteps: Int, totalSteps: Int) {
    precondition(peak > 0 && final >= 0 && warmUpSteps >= 0 && totalSteps > 0)
    self.peak = peak
    self.final = final
    self.warmUpSteps = warmUpSteps
    self.totalSteps = totalSteps
  }

  /// - Parameter step: from 0.
  package func rate(step: Int) -> Double {
    if step < warmUpSteps { return peak * Double(step + 1) / Double(warmUpSteps) }
    let done = Double(step - warmUpSteps) / Double(max(totalSteps - warmUpSteps, 1))
    return final + (peak - final) * (1 + cos(Double.pi * min(done, 1))) / 2
  }
}
