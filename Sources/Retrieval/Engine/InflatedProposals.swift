import NumericalMethods
import SpectralPrior

/// What the network proposes where errors may be larger than given: for the errors as given and for larger ones, mixed. A network that has
/// seen the errors as given alone proposes too narrowly where no atmosphere fits within them.
struct InflatedProposals: BoxProposal {
  /// Factors on the errors, and how often each is drawn from.
  private static let factors = [1.0, 1.6, 2.6]
  private static let weights = [0.5, 0.3, 0.2]

  private struct Part: Sendable {
    let proposal: ProposalDensity
    let weight: Double
    /// The level that coordinates refer to over the one that the network was shown.
    let levelRatio: Double
  }

  private let parts: [Part]
  private let coordinates: ProposalCoordinates
  /// The level of the errors as given; nothing in eclipse.
  let level: Double

  /// - Parameter isInflated: errors are free; else they are as given.
  /// - Returns: nil where the front end cannot read the observation.
  init?(_ model: CompletionModel, _ observation: SpectralObservation, isInflated: Bool) {
    guard let reading = model.frontEnd.reading(of: observation) else { return nil }
    coordinates = ProposalCoordinates(model.space)
    level = reading.level.mean
    var parts: [Part] = []
    for (factor, weight) in zip(Self.factors, Self.weights).prefix(isInflated ? Self.factors.count : 1) {
      let inflated = factor == 1 ? observation : observation.inflated(by: factor)
      guard let reading = factor == 1 ? reading : model.frontEnd.reading(of: inflated) else { continue }
      let density = model.proposals.density(given: model.frontEnd.features(reading, inflated))
      guard density.isFinite else { continue }
      parts.append(
        Part(
          proposal: density, weight: weight, levelRatio: coordinates.hasLevel ? level / reading.level.mean : 1
        ))
    }
    let total = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.map {
      Part(proposal: $0.proposal, weight: $0.weight / total, levelRatio: $0.levelRatio)
    }
  }

  var isEmpty: Bool { parts.isEmpty }

  func sample(_ random: inout SeededRandom) -> [Double] {
    while true {
      var choice = random.uniform()
      let part = parts.first { part in
        choice -= part.weight
        return choice < 0
      }
      guard let part = part ?? parts.last else { return [] }
      // Levels differ by less than a scale height: hardly ever beyond a wall.
      if let point = moved(part.proposal.sample(&random), part, to: true) { return point }
    }
  }

  func logDensity(_ point: [Double]) -> Double {
    let densities = parts.map { part in
      moved(point, part, to: false).map {
        log(part.weight) + part.proposal.logDensity($0) - log(part.levelRatio)
      } ?? -.infinity
    }
    return LogWeights(densities).logSum
  }

  /// N' belongs to a level: (L / k^2 - 1) / s of another one is r N' + (r - 1) / s, with r the ratio of the levels.
  private func moved(_ point: [Double], _ part: Part, to isForth: Bool) -> [Double]? {
    guard part.levelRatio != 1 else { return point }
    let (ratios, levels) = (coordinates.ranges[0], coordinates.ranges[2])
    let ratio = exp(ratios.lowerBound + point[0] * (ratios.upperBound - ratios.lowerBound))
    let width = levels.upperBound - levels.lowerBound
    let height = levels.lowerBound + point[2] * width
    let added = (part.levelRatio - 1) / ratio
    let new = isForth ? part.levelRatio * height + added : (height - added) / part.levelRatio
    let place = (new - levels.lowerBound) / width
    guard (0...1).contains(place) else { return nil }
    var result = point
    result[2] = place
    return result
  }
}

#if canImport(Glibc)
  import Glibc
#endif
