import Atmospheres
import NumericalMethods
import Tensors

/// Gases that a space does not hold, in the place of one that it does.
///
/// The posterior knows no atmosphere with phosphine: it calls its bands carbon dioxide. So the forward model is asked. With all else
/// as in a draw of the posterior, the evidence of the gas is the mean over its prior's amounts of the likelihood, that of the other the same
/// with the gas at its trace end; less what is explained without either. Over draws the mean of their ratio is that of both models'
/// evidences, since the draws are the one model's posterior and all else has one prior.
struct StandIns: Sendable {
  private let target: RetrievalTarget
  private let threads: Int
  private let gases: [Species]

  /// log10 of mixing ratios of the other gases, evenly likely, as most of the space's own are.
  private static let ratios = -10.0 ... -1
  /// Steps between two spectra, a decade apart.
  private static let steps = 4
  /// Draws of the posterior.
  private static let draws = 8
  /// Larger ratios say no more.
  private static let most = 100.0

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

  /// Forward models that one question takes at most.
  var cost: Int {
    gases.isEmpty ? 0 : Self.draws * (1 + Self.nodes(Self.ratios).count * (1 + gases.count))
  }

  /// The gas that explains best what another is held to be.
  /// - Parameter draws: states of the posterior, equally likely.
  /// - Returns: nil where there is none to be tried.
  func best(
    for gas: Species, draws: [RetrievalCoordinates.State]
  ) -> Candidate? {
    guard let place = target.coordinates.space.gases.firstIndex(of: gas), !gases.isEmpty, !draws.isEmpty
    else { return nil }
    let count = min(Self.draws, draws.count)
    let chosen = (0..<count).map { draws[$0 * draws.count / count] }
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
    let range = space.variables[3 + place].range
    // What more or less of a gas weighs is no feature of it.
    func row(_ logRatio: Double) -> [Double] {
      GasHeights.row(state.row, space, gas: place, logRatio: logRatio)
    }
    let without = row(range.lowerBound)
    guard let bare = depths(without, state) else { return nil }
    let ofBare = target.logLikelihood(bare, state)
    let own = logEvidence(Self.nodes(range).map { depths(row($0), state) }, state)
    guard own > -.infinity else { return nil }
    return gases.map { other in
      let nodes = Self.nodes(Self.ratios).map { logRatio in
        let ratio = pow(10, logRatio)
        return depths(
          GasHeights.row(without, space, adding: other, ratio: ratio), state, adding: TraceGas(other, ratio))
      }
      let evidence = logEvidence(nodes, state)
      guard evidence > ofBare else { return 0 }
      return min(exp(evidence - own) * -expm1(ofBare - evidence), Self.most)
    }
  }

  private static func nodes(_ range: ClosedRange<Double>) -> [Double] {
    Array(stride(from: range.lowerBound, through: range.upperBound, by: 1))
  }

  /// Of the points, with another row in the place of the state's own.
  private func depths(
    _ row: [Double], _ state: RetrievalCoordinates.State, adding foreign: TraceGas? = nil
  ) -> [Double]? {
    var other = state
    other.row = row
    return target.heights(row, adding: foreign).map { target.depths.depths($0, other) }
  }

  /// ln of the mean likelihood over amounts, from depths at the nodes.
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
