import Observations
import Retrieval
import SpectralPrior

/// A retrieval's samples in the units of results, without the numbers that the spectrum cannot mean.
struct TellingSamples {
  private struct Column {
    let described: CompletedParameter
    /// A sample each, in the unit of results.
    let values: [Double]
  }

  /// In the order of results.
  private let columns: [Column]
  private let weights: [Double]

  init(_ posterior: RetrievedPosterior, of observation: SpectralObservation, in space: AtmosphereSpace) {
    weights = posterior.weights
    func values(_ key: String) -> [Double]? {
      posterior.keys.firstIndex(of: key).map { column in posterior.rows.map { $0[column] } }
    }
    let temperature = posterior.parameters.first { $0.key == "temperature" }?.posterior.p50 ?? 0
    var untold = temperature < AtmosphereSpace.hotFrom ? CompletedParameter.hotKeys : []
    // The planet's radius is a part of the star's, and that is known or not.
    untold.insert(
      observation.kind == .transmission && observation.starRadius == nil ? "planetRadius" : "radiusRatio")
    // The published set's opacities do not depend on temperature.
    if space.name == .exoGAN2018 { untold.formUnion(["temperature", "planetMass"]) }
    columns = CompletedParameter.all.compactMap { described in
      guard !untold.contains(described.key) else { return nil }
      var found = values(described.key)
      if described.key == "temperatureOverMass", space.name == .exoGAN2018,
        let temperatures = values("temperature"), let masses = values("planetMass")
      {
        found = zip(temperatures, masses).map { $0 / $1 }
      }
      return found.map { Column(described: described, values: $0.map { $0 * described.factor }) }
    }
  }

  /// - Parameter space: whose prior the posterior is compared with.
  func parameters(_ space: AtmosphereSpace) -> [CompletedAtmosphere.Parameter] {
    columns.map { column in
      let posterior = Posterior(draws: column.values, weights: weights)
      return .init(
        key: column.described.key, posterior: posterior,
        isConstrained: Self.isConstrained(posterior, column.described.key, space))
    }
  }

  /// A uniform prior has 0.68 of its range between 16 and 84 %.
  private static let constrainedShare = 0.25
  /// Mass, radius and temperature are told where they are known to a factor of about 1.5.
  private static let constrainedDeviation = 0.4

  private static func isConstrained(_ posterior: Posterior, _ key: String, _ space: AtmosphereSpace) -> Bool {
    guard let place = space.index(key) else {
      return posterior.sd < constrainedDeviation * abs(posterior.mean)
    }
    let range = space.variables[place].range
    return posterior.p84 - posterior.p16 < constrainedShare * (range.upperBound - range.lowerBound)
  }

  func thinned(count: Int) -> CompletedAtmosphere.Samples {
    let kept = WeightedSamples.thinned(weights, count: count)
    return .init(
      keys: columns.map(\.described.key),
      rows: kept.map { sample in columns.map { $0.values[sample.place] } }, weights: kept.map(\.weight))
  }
}
