/// Pareto-smoothed importance weights (Vehtari, Simpson, Gelman, Yao & Gabry 2024, J. Mach. Learn. Res. 25, 72): the largest weights are
/// replaced by the expected order statistics of a generalised Pareto law fitted to them, none above the largest raw one.
package struct ParetoSmoothing: Sendable, Hashable {
  /// The logarithms of the weights, the tail's smoothed.
  package let logWeights: LogWeights
  /// k-hat of the tail: 1 / k-hat moments of the weights exist. Above 0.7 means of the samples are unreliable. 0 where there is no tail to
  /// fit: fewer than `leastTail` weights in it, or all the same.
  package let shape: Double

  package static let leastTail = 5

  package init(_ raw: LogWeights) {
    let count = raw.values.count
    let tail = min(count / 5, Int(3 * Double(count).squareRoot()))
    let order = raw.values.indices.sorted { (raw.values[$0], $0) < (raw.values[$1], $1) }
    guard tail >= Self.leastTail, let largest = order.last.map({ raw.values[$0] }), largest > -.infinity
    else {
      (logWeights, shape) = (raw, 0)
      return
    }
    let members = order.suffix(tail)
    let threshold = exp(raw.values[order[count - tail - 1]] - largest)
    let exceedances = members.map { exp(raw.values[$0] - largest) - threshold }
    guard let law = GeneralisedPareto(fittedTo: exceedances) else {
      (logWeights, shape) = (raw, 0)
      return
    }
    var smoothed = raw
    for (rank, member) in members.enumerated() {
      let value = threshold + law.quantile((Double(rank) + 0.5) / Double(tail))
      smoothed.values[member] = largest + min(log(value), 0)
    }
    (logWeights, shape) = (smoothed, law.shape)
  }
}

/// F(x) = 1 - (1 + k x / sigma)^(-1 / k), x >= 0.
package struct GeneralisedPareto: Sendable, Hashable {
  /// k
  package let shape: Double
  /// sigma
  package let scale: Double

  package init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  /// The estimate of Zhang & Stephens (2009, Technometrics 51, 316), its shape drawn towards 0.5 by the weight of ten values (Vehtari et
  /// al. 2024, appendix G).
  /// - Parameter ascending: values, not negative.
  /// - Returns: nil where they do not tell: none, or the lower quarter of them 0.
  package init?(fittedTo ascending: [Double]) {
    let n = ascending.count
    guard n > 1, let largest = ascending.last, largest > 0 else { return nil }
    let quarter = ascending[max(Int(Double(n) / 4 + 0.5) - 1, 0)]
    guard quarter > 0 else { return nil }
    func shape(_ theta: Double) -> Double {
      ascending.reduce(0) { $0 + log1p(-theta * $1) } / Double(n)
    }
    let candidates = 30 + Int(Double(n).squareRoot())
    let thetas = (1...candidates).map { j in
      1 / largest + (1 - (Double(candidates) / (Double(j) - 0.5)).squareRoot()) / (3 * quarter)
    }
    let logLikelihoods = thetas.map { theta -> Double in
      let k = shape(theta)
      return Double(n) * (log(-theta / k) - k - 1)
    }
    let weights = LogWeights(logLikelihoods.map { $0.isFinite ? $0 : -.infinity })
    guard weights.logMean > -.infinity else { return nil }
    let theta = zip(thetas, weights.normalised).reduce(0) { $0 + $1.0 * $1.1 }
    let fitted = shape(theta)
    guard fitted.isFinite, theta != 0 else { return nil }
    scale = -fitted / theta
    self.shape = (Double(n) * fitted + 5) / (Double(n) + 10)
  }

  package func quantile(_ probability: Double) -> Double {
    abs(shape) < 1e-12
      ? -scale * log1p(-probability) : scale * expm1(-shape * log1p(-probability)) / shape
  }
}

#if canImport(Glibc)
  import Glibc
#endif
