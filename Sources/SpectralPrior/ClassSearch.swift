/// A density over one number that costs much to evaluate: on nodes that lie close together where it is large.
struct ClassSearch<Evaluation> {
  struct Node {
    let x: Double
    let logDensity: Double
    let evaluation: Evaluation
  }

  /// Ascending in x.
  private(set) var nodes: [Node] = []

  /// - Parameters:
  ///   - starts: ascending.
  ///   - finest: intervals are halved no further.
  ///   - insertions: evaluations at most besides those at the starts.
  ///   - evaluate: nil where there is no value.
  init(
    starts: [Double], finest: Double, insertions: Int,
    _ evaluate: (Double) -> (logDensity: Double, evaluation: Evaluation)?
  ) {
    for x in starts {
      if let (density, evaluation) = evaluate(x) {
        nodes.append(Node(x: x, logDensity: density, evaluation: evaluation))
      }
    }
    for _ in 0..<insertions {
      guard let interval = heaviest(finest: finest) else { return }
      let x = 0.5 * (nodes[interval].x + nodes[interval + 1].x)
      guard let (density, evaluation) = evaluate(x) else { return }
      nodes.insert(Node(x: x, logDensity: density, evaluation: evaluation), at: interval + 1)
    }
  }

  /// The interval whose halving tells most: much mass, and wide; nil where none is worth it.
  private func heaviest(finest: Double) -> Int? {
    let masses = masses
    let total = masses.reduce(0, +)
    var best: (interval: Int, worth: Double)?
    for (interval, mass) in masses.enumerated() {
      let width = nodes[interval + 1].x - nodes[interval].x
      let worth = mass * width
      if width > finest, mass > 0.02 * total, worth > (best?.worth ?? 0) { best = (interval, worth) }
    }
    return best?.interval
  }

  private var largest: Double { nodes.map(\.logDensity).max() ?? 0 }

  /// By interval, in units of the largest density; of the ends' greater value, so that a peak just inside is not missed.
  private var masses: [Double] {
    let largest = largest
    return zip(nodes, nodes.dropFirst()).map {
      exp(max($0.logDensity, $1.logDensity) - largest) * ($1.x - $0.x)
    }
  }

  /// Node weights of the trapezoidal rule, normalised, and ln of the integral.
  func integral() -> (weights: [Double], logIntegral: Double) {
    let largest = largest
    var weights = [Double](repeating: 0, count: nodes.count)
    for (i, node) in nodes.enumerated() {
      let low = i > 0 ? nodes[i - 1].x : node.x
      let high = i + 1 < nodes.count ? nodes[i + 1].x : node.x
      weights[i] = exp(node.logDensity - largest) * (nodes.count == 1 ? 1 : 0.5 * (high - low))
    }
    let total = weights.reduce(0, +)
    return (weights.map { $0 / total }, largest + log(total))
  }
}

#if canImport(Glibc)
  import Glibc
#endif
