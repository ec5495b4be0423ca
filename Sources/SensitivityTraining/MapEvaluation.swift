import NumericalMethods
package import Retrieval
package import RetrievalTraining
package import SpectralPrior
package import SpectralSensitivity
import Tensors
package import TrainingSets

/// How near the networks' maps are to what an optimal linear retrieval of the true atmosphere rests on.
package struct MapEvaluation: Sendable {
  /// Of one network's map of one kind and one parameter.
  package struct Score: Sendable, Hashable {
    package let key: String
    package let network: SensitivityArchitecture.Kind
    /// Spectra of which the optimal retrieval halves what the prior leaves open, so many as were asked for at most.
    package let spectra: Int
    /// Rank correlation of the maps' means over the spectra, each map of length one, and the mean of the single maps'.
    package let ofMeans: Double
    package let single: Double
    /// Share of the tenth that the optimal retrieval rests on most inside the map's upper quarter, mean over the spectra.
    package let share: Double
    /// Rank correlation of the single-group test's squares with those of the gradient, mean over the spectra.
    package let byGradient: Double
    /// The same as `ofMeans` and `single` of the gradient bin by bin, smoothed over nine bins.
    package let smoothedOfMeans: Double
    package let smoothedSingle: Double
  }

  package let scores: [Score]
  /// By network, root mean square over parameters and groups of the difference of two seeds' maps in units of its standard error.
  package let seedDifference: [Double]

  /// Narrowing from which on the optimal retrieval has something to show.
  package static let told = 0.5

  private struct Traced: Sendable {
    let narrowing: [Double]
    let optimal: [[Double]]
    let optimalBins: [[Double]]
    /// By network.
    let maps: [SensitivityMap]
    let others: [SensitivityMap]
    let gradients: [SensitivityMap]
    let gradientBins: [[[Double]]]
  }

  /// - Parameters:
  ///   - rows: planets of the set, looked at in order until there are `count` for each parameter.
  ///   - plan: what is observed of them.
  package init(
    _ models: [SensitivityModel], _ completion: CompletionModel, set: RetrievalTrainingSet, rows: Range<Int>,
    plan: ObservationPlan, count: Int, seed: UInt64, threads: Int, isStopping: @Sendable () -> Bool
  ) {
    let parameters = SensitivityParameter.all(completion.space)
    let traced = concurrentMap(Array(rows), threads: threads) { row -> Traced? in
      isStopping()
        ? nil : Self.trace(models, completion, set, row: row, plan: plan, parameters: parameters, seed: seed)
    }.compactMap(\.self)
    scores = models.enumerated().flatMap { place, model in
      parameters.indices.map { parameter in
        let told = Array(traced.filter { $0.narrowing[parameter] < Self.told }.prefix(count))
        return Self.score(
          told, model.architecture.kind, place, parameter: parameter, key: parameters[parameter].key)
      }
    }
    seedDifference = models.indices.map { place in
      var (sum, number) = (0.0, 0)
      for one in traced {
        let (first, second) = (one.maps[place], one.others[place])
        for parameter in parameters.indices {
          for group in first.values[parameter].indices {
            let error = hypot(first.errors[parameter][group], second.errors[parameter][group])
            guard error > 0 else { continue }
            let z = (first.values[parameter][group] - second.values[parameter][group]) / error
            sum += z * z
            number += 1
          }
        }
      }
      return (sum / Double(max(number, 1))).squareRoot()
    }
  }

  private static func trace(
    _ models: [SensitivityModel], _ completion: CompletionModel, _ set: RetrievalTrainingSet, row: Int,
    plan: ObservationPlan, parameters: [SensitivityParameter], seed: UInt64
  ) -> Traced? {
    var random = SeededRandom(seed: seed, stream: UInt64(row))
    let truth = set.row(row)
    let observed = plan.observe(truth, set.shape(row), space: set.space, &random)
    let observation = observed.observation
    let starRadius = exp(truth[2]) / observed.radiusRatio
    guard let tangent = completion.frontEnd.tangent(of: observation),
      let optimal = OptimalMap(
        observation, row: truth, starRadius: starRadius, emulator: completion.emulator, parameters: parameters
      )
    else { return nil }
    let errors = observation.points.variances.map { $0.squareRoot() }
    let groups = PointGroups(observation.points)
    let probes = models.map { SensitivityProbe($0, tangent) }
    let perturbations = Perturbations(tangent, errors: errors, groups: groups)
    let gradients = probes.map { probe -> [[Double]] in
      let gradients = probe.gradients(errors: errors)
      return (0..<gradients.rows).map { Array(gradients.row($0)) }
    }
    return Traced(
      narrowing: optimal.narrowing,
      optimal: SensitivityMap(gradients: optimal.gains, groups: groups).values,
      optimalBins: optimal.gains.map { smoothed($0.map(abs)) },
      maps: SensitivityMap.single(probes, perturbations, groups: groups, seed: seed),
      others: SensitivityMap.single(probes, perturbations, groups: groups, seed: seed &+ 1),
      gradients: gradients.map { SensitivityMap(gradients: $0, groups: groups) },
      gradientBins: gradients.map { $0.map { smoothed($0.map(abs)) } })
  }

  /// Mean over nine neighbouring points, fewer at the ends.
  private static func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { place in
      let window = values[max(0, place - 4)...min(values.count - 1, place + 4)]
      return window.reduce(0, +) / Double(window.count)
    }
  }

  private static func score(
    _ told: [Traced], _ kind: SensitivityArchitecture.Kind, _ place: Int, parameter: Int, key: String
  ) -> Score {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
    /// Of maps of length one, where all have as many places.
    func meanMap(_ maps: [[Double]]) -> [Double]? {
      guard let first = maps.first, maps.allSatisfy({ $0.count == first.count }) else { return nil }
      return first.indices.map { group in
        mean(
          maps.map { map in
            let length = map.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? map[group] / length : 0
          })
      }
    }
    func ofMeans(_ maps: [[Double]], _ optimal: [[Double]]) -> Double {
      guard let map = meanMap(maps), let best = meanMap(optimal) else { return .nan }
      return rankCorrelation(map, best)
    }
    let maps = told.map { $0.maps[place].values[parameter] }
    let optimal = told.map { $0.optimal[parameter] }
    let bins = told.map { $0.gradientBins[place][parameter] }
    let optimalBins = told.map { $0.optimalBins[parameter] }
    return Score(
      key: key, network: kind, spectra: told.count, ofMeans: ofMeans(maps, optimal),
      single: mean(zip(maps, optimal).map { rankCorrelation($0, $1) }),
      share: mean(zip(maps, optimal).map { share($0, $1) }),
      byGradient: mean(
        zip(maps, told).map { rankCorrelation($0, $1.gradients[place].values[parameter]) }),
      smoothedOfMeans: ofMeans(bins, optimalBins),
      smoothedSingle: mean(zip(bins, optimalBins).map { rankCorrelation($0, $1) }))
  }

  /// The part of the optimal map's upper tenth that lies in the map's upper quarter.
  private static func share(_ map: [Double], _ optimal: [Double]) -> Double {
    func upper(_ values: [Double], _ part: Double) -> Set<Int> {
      let count = max(1, Int((part * Double(values.count)).rounded()))
      return Set(values.indices.sorted { values[$0] > values[$1] }.prefix(count))
    }
    let best = upper(optimal, 0.1)
    return Double(best.intersection(upper(map, 0.25)).count) / Double(max(best.count, 1))
  }
}

#if canImport(Glibc)
  import Glibc
#endif
