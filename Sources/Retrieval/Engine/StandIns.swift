import Atmospheres
import NumericalMethods
import Tensors

/// Gases that a space does not hold, in the place of one that it does.
///
/// The posterior knows no atmosphere with phosphine: it calls its bands carbon dioxide. So the forward model is asked. With all else
/// as in a draw of the posterior, the evidence of the gas is the mean over its amounts of the likelihood, that of the other the same with the
/// gas at its trace end; less what is explained without either. Over draws the mean of their ratio is that of both models' evidences,
/// since the draws are the one model's posterior and all else has one prior.
struct StandIns: Sendable {
  private let target: RetrievalTarget
  private let threads: Int
  private let gases: [Species]

  /// log10 of mixing ratios that spectra are computed for, evenly likely over the decades, and steps between two of them.
  private static let (lowest, decades, steps) = (-9, 7, 4)
  /// Draws of the posterior.
  private static let draws = 8

  init(_ target: RetrievalTarget, threads: Int) {
    self.target = target
    self.threads = threads
    gases = target.foreignGases
  }

  /// A gas, and the odds of it to the one in whose place it stands, both as likely before.
  struct Candidate {
    var formula: String
    var odds: Double
  }

  /// Forward models that one question takes.
  var cost: Int { gases.isEmpty ? 0 : Self.draws * (1 + (1 + Self.decades) * (1 + gases.count)) }

  /// The gas that explains best what another is held to be.
  /// - Parameter draws: states of the posterior, equally likely.
  /// - Returns: nil where there is none to be tried.
  func best(
    for gas: Species, draws: [RetrievalCoordinates.State]
  ) -> Candidate? {
    guard let place = target.coordinates.space.gases.firstIndex(of: gas), !gases.isEmpty, !draws.isEmpty
    else { return nil }
    let chosen = (0..<min(Self.draws, draws.count)).map {
      draws[$0 * draws.count / min(Self.draws, draws.count)]
    }
    let found = concurrentMap(chosen, threads: threads) { ratios($0, place) }.compactMap { $0 }
    guard !found.isEmpty else { return nil }
    let odds = gases.indices.map { other in
      found.reduce(0) { $0 + $1[other] } / Double(found.count)
    }
    return odds.indices.max { odds[$0] < odds[$1] }.map {
      Candidate(formula: gases[$0].formula, odds: odds[$0])
    }
  }

  /// By other gas, its evidence over that of the gas, in one atmosphere.
  private func ratios(_ state: RetrievalCoordinates.State, _ place: Int) -> [Double]? {
    let space = target.coordinates.space
    let nodes = (0...Self.decades).map { Double(Self.lowest + $0) }
    func row(_ logRatio: Double) -> [Double] {
      GasHeights.row(state.row, space, gas: place, logRatio: logRatio)
    }
    let without = row(space.variables[3 + place].range.lowerBound)
    guard let bare = target.heights(without) else { return nil }
    let ofBare = target.logLikelihood(bare, state)
    let own = logEvidence(nodes.map { target.heights(row($0)) }, state)
    guard own > -.infinity else { return nil }
    return gases.map { other in
      let evidence = logEvidence(
        nodes.map { target.heights(without, adding: TraceGas(other, pow(10, $0))) }, state)
      guard evidence > ofBare else { return 0 }
      return min(exp(evidence - own) - exp(ofBare - own), Self.most)
    }
  }

  /// No draw alone decides.
  private static let most = 100.0

  /// ln of the mean likelihood over amounts, from spectra at the nodes.
  private func logEvidence(_ nodes: [[Double]?], _ state: RetrievalCoordinates.State) -> Double {
    var values: [Double] = []
    for (low, high) in zip(nodes, nodes.dropFirst()) {
      guard let low, let high else { continue }
      for step in 0..<Self.steps {
        let part = (Double(step) + 0.5) / Double(Self.steps)
        values.append(target.logLikelihood(zip(low, high).map { (1 - part) * $0 + part * $1 }, state))
      }
    }
    return values.isEmpty ? -.infinity : LogWeights(values).logMean
  }
}

#if canImport(Glibc)
  import Glibc
#endif
