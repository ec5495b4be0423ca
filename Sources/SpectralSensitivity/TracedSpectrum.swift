package import Analyses
import NumericalMethods
package import Observations
import PlainText
package import Retrieval
package import SpectralPrior
package import SpectrumCompleting
import Tensors

extension SpectrumSensitivity {
  /// Where nothing could be traced.
  package init(untraced sentence: String, parameters: [SensitivityParameter]) {
    self.init(
      parameters: parameters, networks: [], groups: PointGroups.none, distance: .nan,
      posteriors: parameters.map { _ in nil }, optimal: nil, contributions: [], image: [], disagreements: [],
      flags: [.sensitivityNotTraced], remarks: [sentence])
  }

  /// - Parameters:
  ///   - centre: an atmosphere in the middle of the posterior, where there is one.
  ///   - posteriors: by parameter's key, in the units of results.
  ///   - seed: of the perturbations.
  package init(
    of observation: SpectralObservation, by models: SensitivityModelSet, completion: CompletionModel,
    centre: PosteriorCentre?, posteriors found: [String: Posterior],
    groupCount: Int = PointGroups.usualCount, seed: UInt64
  ) throws(NotTraced) {
    guard let tangent = completion.frontEnd.tangent(of: observation) else {
      throw NotTraced("The observation's matrices are singular to rounding: nothing can be traced.")
    }
    let points = observation.points
    let errors = points.variances.map { $0.squareRoot() }
    let groups = PointGroups(points, count: groupCount)
    let probes = models.models.map { SensitivityProbe($0.model, tangent) }
    let maps = SensitivityMap.single(
      probes, Perturbations(tangent, errors: errors, groups: groups), groups: groups, seed: seed)
    let networks = zip(models.models, zip(probes, maps)).map { model, answer in
      let gradients = answer.0.gradients(errors: errors)
      return Network(
        kind: model.model.architecture.kind,
        identity: NetworkIdentity(name: model.model.name, sha256: model.hash),
        estimates: answer.0.estimates,
        gradients: (0..<gradients.rows).map { Array(gradients.row($0)) }, map: answer.1)
    }
    let parameters = SensitivityParameter.all(completion.space)
    var optimal: SensitivityMap?
    if let centre {
      optimal = OptimalMap(
        observation, row: centre.row, starRadius: centre.starRadius, inflation: centre.inflation,
        emulator: completion.emulator, parameters: parameters
      ).map { SensitivityMap(gradients: $0.gains, groups: groups) }
    }
    let posteriors = parameters.map { parameter in
      found[parameter.key].map { (p16: $0.p16, p50: $0.p50, p84: $0.p84) }
    }
    let disagreements = Self.disagreements(networks, parameters, posteriors)
    let distance = tangent.view.reading.distance / Double(tangent.view.reading.pointCount)
    var remarks = disagreements.map { Self.sentence($0, parameters) }
    if centre == nil {
      remarks.append(
        "No posterior says what atmosphere it is: the map of an optimal retrieval and the molecules' own parts are left out."
      )
    }
    self.init(
      parameters: parameters, networks: networks, groups: groups, distance: distance, posteriors: posteriors,
      optimal: optimal,
      contributions: centre.map {
        MoleculeContributions(
          row: $0.row, starRadius: $0.starRadius, emulator: completion.emulator,
          keys: parameters.map(\.key).filter { $0.hasPrefix("log10") }
        ).contributions
      } ?? [],
      image: Self.image(networks, points, parameters: parameters.count), disagreements: disagreements,
      flags: (disagreements.isEmpty ? [] : [.networksDisagree])
        + (distance > Self.largestMisfit ? [.outsideSensitivityTraining] : []), remarks: remarks)
  }

  /// Of a point that covers several bins each has its part of the square.
  private static func image(
    _ networks: [Network], _ points: PointObservation, parameters: Int
  ) -> [[Double]] {
    (0..<parameters).map { parameter in
      var squares = [Double](repeating: .nan, count: SpectralGrid.standard.count)
      for (point, response) in points.responses.enumerated() {
        let square =
          networks.reduce(0) { $0 + $1.gradients[parameter][point] * $1.gradients[parameter][point] }
          / Double(max(networks.count, 1))
        for (bin, weight) in zip(response.bins, response.weights) {
          squares[bin] = (squares[bin].isNaN ? 0 : squares[bin]) + weight * square
        }
      }
      return squares.map { $0.squareRoot() }
    }
  }

  private static func disagreements(
    _ networks: [Network], _ parameters: [SensitivityParameter],
    _ posteriors: [(p16: Double, p50: Double, p84: Double)?]
  ) -> [Disagreement] {
    networks.flatMap { network in
      parameters.indices.compactMap { place -> Disagreement? in
        guard let apart = distance(network.estimates[place], posteriors[place]), apart > largestDistance
        else { return nil }
        return Disagreement(kind: network.kind, parameter: place, distance: apart)
      }
    }
  }

  /// Between the medians, in deviations of both together; nil where the posterior has none.
  static func distance(
    _ estimate: SensitivityModel.Estimate, _ posterior: (p16: Double, p50: Double, p84: Double)?
  ) -> Double? {
    guard let posterior else { return nil }
    let factor = ParameterUnit.factor(estimate.parameter.key)
    func coordinate(_ value: Double) -> Double { estimate.parameter.coordinate(of: value / factor) }
    let deviation = max((coordinate(posterior.p84) - coordinate(posterior.p16)) / 2, 0)
    return abs(estimate.coordinate(at: 0.5) - coordinate(posterior.p50))
      / hypot(deviation, estimate.calibratedDeviation)
  }

  private static func sentence(_ d: Disagreement, _ parameters: [SensitivityParameter]) -> String {
    "The \(d.kind.title)'s \(ParameterUnit.words(parameters[d.parameter].key)) is \(Numerals.fixed(d.distance, decimals: 1)) deviations from the posterior's."
  }
}

extension PointGroups {
  /// Of no observation.
  static let none = PointGroups(
    PointObservation(lower: [], upper: [], values: [], errors: [], instruments: []))
}

/// A parameter as results have it.
package enum ParameterUnit {
  package static func described(_ key: String) -> CompletedParameter? {
    CompletedParameter.all.first { $0.key == key }
  }

  /// From SI to the result's unit.
  package static func factor(_ key: String) -> Double { described(key)?.factor ?? 1 }
  package static func unit(_ key: String) -> String { described(key)?.unit ?? "" }
  package static func words(_ key: String) -> String {
    described(key)?.gas ?? described(key)?.title.lowercased() ?? key
  }
}

extension RetrievedPosterior {
  /// By key, in the units of results.
  package var inResultUnits: [String: Posterior] {
    Dictionary(
      uniqueKeysWithValues: parameters.map {
        ($0.key, $0.posterior.scaled(by: ParameterUnit.factor($0.key)))
      })
  }
}

/// One atmosphere in the middle of a posterior.
package struct PosteriorCentre: Sendable, Hashable {
  /// Of the space.
  package let row: [Double]
  /// m
  package let starRadius: Double
  package let inflation: Double

  /// - Returns: nil where the samples do not have all of a row, or the star's radius is not known.
  package init?(
    _ atmosphere: CompletedAtmosphere, _ observation: SpectralObservation, _ space: AtmosphereSpace
  ) {
    guard atmosphere.space == space.name.rawValue else { return nil }
    let samples = atmosphere.samples
    self.init(
      keys: samples.keys, rows: samples.rows, weights: samples.weights, observation, space,
      factor: ParameterUnit.factor)
  }

  /// - Parameter factor: from SI to the unit of the samples.
  package init?(
    keys: [String], rows: [[Double]], weights: [Double], _ observation: SpectralObservation,
    _ space: AtmosphereSpace, factor: (String) -> Double = { _ in 1 }
  ) {
    guard !rows.isEmpty, let star = observation.starRadius?.value else { return nil }
    func mean(_ key: String, _ read: (Double) -> Double) -> Double? {
      guard let column = keys.firstIndex(of: key) else { return nil }
      let unit = factor(key)
      return zip(rows, weights).reduce(0) { $0 + $1.1 * read($1.0[column] / unit) }
    }
    guard let mass = mean("planetMass", { log($0) }), let radius = mean("planetRadius", { log($0) }),
      let temperature = mean("temperature", { log($0) })
    else { return nil }
    var row = AtmosphereSpace.row(mass: exp(mass), radius: exp(radius), temperature: exp(temperature))
    for variable in space.variables.dropFirst(3) {
      // Gases that only hot atmospheres have are not told of others: they have the least of them.
      row.append(mean(variable.key, { $0 }) ?? variable.range.lowerBound)
    }
    self.row = zip(row, space.variables).map { min(max($0, $1.range.lowerBound), $1.range.upperBound) }
    starRadius = star
    inflation = mean("errorInflation", { $0 }) ?? 1
  }
}

#if canImport(Glibc)
  import Glibc
#endif
