extension Posterior {
  /// Summary of weighted draws: quantiles are linear between the middles of the draws' shares.
  /// - Parameter weights: adding up to 1.
  /// - Precondition: at least one draw, all finite.
  package init(draws: [Double], weights: [Double]) {
    precondition(!draws.isEmpty && draws.count == weights.count)
    let order = draws.indices.filter { weights[$0] > 0 }.sorted { draws[$0] < draws[$1] }
    let mean = zip(draws, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(draws, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    var below = 0.0
    let middles = order.map { index in
      below += weights[index]
      return below - weights[index] / 2
    }
    func at(_ probability: Double) -> Double {
      guard let next = middles.firstIndex(where: { $0 >= probability }) else {
        return order.last.map { draws[$0] } ?? mean
      }
      guard next > 0 else { return draws[order[0]] }
      let share = (probability - middles[next - 1]) / (middles[next] - middles[next - 1])
      return draws[order[next - 1]] + share * (draws[order[next]] - draws[order[next - 1]])
    }
    self.init(
      mean: mean, sd: variance.squareRoot(), p025: at(0.025), p16: at(0.16), p50: at(0.5), p84: at(0.84),
      p975: at(0.975))
  }
}
