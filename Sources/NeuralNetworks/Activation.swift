import Tensors

/// What stands behind a layer's sums.
package enum Activation: String, Sendable, Hashable {
  case identity
  /// x / (1 + exp(-x)): "SiLU" (Elfwing et al. 2018, Neural Networks 107, 3).
  case sigmoidLinear = "silu"
  /// 1 / (1 + exp(-x)): what a unit of a Boltzmann machine does.
  case sigmoid
  /// max(0, x): "ReLU" (Nair & Hinton 2010, ICML).
  case rectifier = "relu"
  /// max(x, 0.2 x) (Radford, Metz & Chintala 2016, ICLR).
  case leakyRectifier = "leaky-relu"

  /// What is left of a number below 0; nil where this is no rectifier.
  private var leak: Double? {
    switch self {
    case .rectifier: 0
    case .leakyRectifier: 0.2
    case .identity, .sigmoidLinear, .sigmoid: nil
    }
  }

  /// Numbers kept of so many sums between forward and backward: the derivative by each, where it is not read off the result.
  func cacheCount(_ count: Int) -> Int {
    switch self {
    case .sigmoidLinear, .sigmoid: count
    case .identity, .rectifier, .leakyRectifier: 0
    }
  }

  /// Where the sums are to stand before `apply`: in the cache where there is one, which then needs no room of its own, else in
  /// place.
  func sums<S: Scalar>(
    _ a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) -> UnsafeMutableBufferPointer<S> {
    cacheCount(a.count) == 0 ? a : cache ?? a
  }

  /// Puts the activation of the sums into a.
  func apply<S: Scalar>(
    _ a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    guard let result = a.baseAddress else { return }
    switch self {
    case .identity: break
    case .rectifier, .leakyRectifier: S.rectify(result, leak: S(leak ?? 1), a.count)
    case .sigmoidLinear:
      if let slope = cache?.baseAddress {
        S.sigmoidLinearWithDerivative(slope, result, a.count)
      } else {
        S.sigmoidLinear(result, a.count)
      }
    case .sigmoid:
      if let slope = cache?.baseAddress {
        S.sigmoidWithDerivative(slope, result, a.count)
      } else {
        S.sigmoid(result, a.count)
      }
    }
  }

  /// `upstream`, the loss's derivative by a, becomes that by the sums.
  func backward<S: Scalar>(
    _ upstream: UnsafeMutableBufferPointer<S>, a: UnsafeBufferPointer<S>, cache: UnsafeBufferPointer<S>
  ) {
    guard let upstreamBase = upstream.baseAddress, let result = a.baseAddress else { return }
    if let leak {
      S.rectifyGradient(upstreamBase, y: result, leak: S(leak), upstream.count)
    } else if let slope = cache.baseAddress, self != .identity {
      S.multiply(upstreamBase, by: slope, upstream.count)
    }
  }
}
