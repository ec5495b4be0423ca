package import NumericalMethods
package import Tensors

/// A restricted Boltzmann machine: visible units v, hidden units h of 0 or 1, no connection within a layer.
///
/// The first `gaussianUnits` visible units are real with unit variance, all others 0 or 1 (Hinton 2012, "A practical guide
/// to training restricted Boltzmann machines", LNCS 7700, 599, equations 1 and 15):
///
///     E(v, h) = sum over Gaussian i of (v_i - b_i)^2 / 2 - sum over binary i of b_i v_i - sum_j c_j h_j - sum_ij v_i W_ij h_j
///
/// `parameters` holds W (visible, hidden) row-major, then b, then c.
package struct RestrictedBoltzmannMachine<S: Scalar>: Sendable, Hashable {
  package let visible: Int
  package let hidden: Int
  package let gaussianUnits: Int
  package var parameters: [S]

  /// All parameters zero.
  package init(visible: Int, hidden: Int, gaussianUnits: Int = 0) {
    self.init(
      visible: visible, hidden: hidden, gaussianUnits: gaussianUnits,
      parameters: [S](repeating: 0, count: visible * hidden + visible + hidden))
  }

  package init(visible: Int, hidden: Int, gaussianUnits: Int, parameters: [S]) {
    precondition(visible > 0 && hidden > 0 && (0...visible).contains(gaussianUnits))
    precondition(parameters.count == visible * hidden + visible + hidden)
    self.visible = visible
    self.hidden = hidden
    self.gaussianUnits = gaussianUnits
    self.parameters = parameters
  }

  package var weights: Range<Int> { 0..<visible * hidden }
  package var visibleBiases: Range<Int> { weights.upperBound..<weights.upperBound + visible }
  package var hiddenBiases: Range<Int> { visibleBiases.upperBound..<visibleBiases.upperBound + hidden }

  /// Weights of a small normal spread, 0.01 as Hinton (2012, section 8.1) has it.
  package mutating func initialize(random: inout SeededRandom) {
    for i in weights { parameters[i] = S(0.01 * random.normal()) }
  }

  /// P(h_j = 1 | v) = sigmoid(c_j + sum_i v_i W_ij).
  /// - Parameters:
  ///   - v: (rows, visible).
  ///   - h: (rows, hidden), overwritten.
  package func hiddenProbabilities(
    _ v: UnsafeBufferPointer<S>, rows: Int, into h: UnsafeMutableBufferPointer<S>
  ) {
    parameters.withUnsafeBufferPointer { p in
      multiplyMatrices(
        ProductShape(rows: rows, columns: hidden, inner: visible), v,
        UnsafeBufferPointer(rebasing: p[weights]), into: h)
      guard let base = h.baseAddress, let bias = p.baseAddress else { return }
      S.addRow(bias + hiddenBiases.lowerBound, to: base, rows: rows, columns: hidden)
      S.sigmoid(base, rows * hidden)
    }
  }

  /// Means of v given h: b_i + sum_j W_ij h_j of a Gaussian unit, the sigmoid of that of a binary one.
  /// - Parameters:
  ///   - h: (rows, hidden).
  ///   - v: (rows, visible), overwritten.
  package func visibleMeans(
    _ h: UnsafeBufferPointer<S>, rows: Int, into v: UnsafeMutableBufferPointer<S>
  ) {
    parameters.withUnsafeBufferPointer { p in
      multiplyMatrices(
        ProductShape(rows: rows, columns: visible, inner: hidden, bIsTransposed: true), h,
        UnsafeBufferPointer(rebasing: p[weights]), into: v)
      guard let base = v.baseAddress, let bias = p.baseAddress else { return }
      S.addRow(bias + visibleBiases.lowerBound, to: base, rows: rows, columns: visible)
      let binary = visible - gaussianUnits
      guard binary > 0 else { return }
      if gaussianUnits == 0 {
        S.sigmoid(base, rows * visible)
      } else {
        for row in 0..<rows { S.sigmoid(base + row * visible + gaussianUnits, binary) }
      }
    }
  }

  /// -ln of the unnormalised probability of v with all h summed over:
  /// F(v) = sum over Gaussian i of (v_i - b_i)^2/2 - sum over binary i of b_i v_i - sum_j ln(1 + exp(c_j + sum_i v_i W_ij)).
  /// - Parameter v: `visible` values.
  package func freeEnergy(_ v: [S]) -> Double {
    precondition(v.count == visible)
    var energy = 0.0
    for i in 0..<visible {
      let b = Double(parameters[visibleBiases.lowerBound + i])
      let x = Double(v[i])
      energy += i < gaussianUnits ? (x - b) * (x - b) / 2 : -b * x
    }
    for j in 0..<hidden {
      var sum = Double(parameters[hiddenBiases.lowerBound + j])
      for i in 0..<visible { sum += Double(v[i]) * Double(parameters[i * hidden + j]) }
      energy -= softplus(sum)
    }
    return energy
  }
}

/// ln(1 + exp(x)) without overflow.
func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

#if canImport(Glibc)
  import Glibc
#endif
