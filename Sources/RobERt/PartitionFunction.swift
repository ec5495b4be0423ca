#if canImport(Glibc)
  import Glibc
#endif

extension RestrictedBoltzmannMachine {
  /// ln of the sum (integral over Gaussian units) of exp(-E) over all states, by enumeration of the hidden ones: exact, and
  /// the oracle that contrastive divergence is tested against.
  ///
  /// ln Z = ln sum_h exp(c h + sum over Gaussian i of (b_i a_i + a_i^2/2 + ln(2 pi)/2) + sum over binary i of
  /// ln(1 + exp(b_i + a_i))), with a = W h.
  /// - Precondition: at most 20 hidden units.
  package var logPartitionFunction: Double {
    var largest = -Double.infinity
    let terms = hiddenStates.map { logWeight(of: $0) }
    for term in terms { largest = max(largest, term) }
    return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
  }

  /// Gradient of the mean ln p(v) of `data` by every parameter: <dE/dp> of the model less that of the data, exactly.
  /// - Parameter data: rows of `visible` values.
  /// - Precondition: at most 20 hidden units.
  package func logLikelihoodGradient(_ data: [[S]]) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for row in data {
      let v = row.map { Double($0) }
      let h = hiddenMeans(v)
      add(v, h, weight: 1 / Double(data.count), to: &gradient)
    }
    let logZ = logPartitionFunction
    for state in hiddenStates {
      let means = visibleMeans(given: state)
      add(means, state, weight: -exp(logWeight(of: state) - logZ), to: &gradient)
    }
    return gradient
  }

  private var hiddenStates: [[Double]] {
    precondition(hidden <= 20)
    return (0..<1 << hidden).map { code in (0..<hidden).map { Double(code >> $0 & 1) } }
  }

  private func field(_ h: [Double]) -> [Double] {
    (0..<visible).map { i in
      (0..<hidden).reduce(0) { $0 + Double(parameters[i * hidden + $1]) * h[$1] }
    }
  }

  private func logWeight(of h: [Double]) -> Double {
    var sum = (0..<hidden).reduce(0) { $0 + Double(parameters[hiddenBiases.lowerBound + $1]) * h[$1] }
    for (i, a) in field(h).enumerated() {
      let b = Double(parameters[visibleBiases.lowerBound + i])
      sum += i < gaussianUnits ? b * a + a * a / 2 + log(2 * Double.pi) / 2 : softplus(b + a)
    }
    return sum
  }

  private func visibleMeans(given h: [Double]) -> [Double] {
    field(h).enumerated().map { i, a in
      let sum = Double(parameters[visibleBiases.lowerBound + i]) + a
      return i < gaussianUnits ? sum : 1 / (1 + exp(-sum))
    }
  }

  private func hiddenMeans(_ v: [Double]) -> [Double] {
    (0..<hidden).map { j in
      let sum = (0..<visible).reduce(Double(parameters[hiddenBiases.lowerBound + j])) {
        $0 + v[$1] * Double(parameters[$1 * hidden + j])
      }
      return 1 / (1 + exp(-sum))
    }
  }

  /// Adds -dE/dp at (v, h); of a Gaussian unit's bias that is v - b, where b drops out of the difference.
  private func add(_ v: [Double], _ h: [Double], weight: Double, to gradient: inout [Double]) {
    for i in 0..<visible {
      for j in 0..<hidden { gradient[i * hidden + j] += weight * v[i] * h[j] }
      gradient[visibleBiases.lowerBound + i] += weight * v[i]
    }
    for j in 0..<hidden { gradient[hiddenBiases.lowerBound + j] += weight * h[j] }
  }
}
