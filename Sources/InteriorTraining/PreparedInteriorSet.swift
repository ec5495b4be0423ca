package import InteriorMDN
package import NeuralNetworks
package import TrainingRuns
package import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// A training set in a recipe's coordinates, divided.
package struct PreparedInteriorSet: Sendable {
  package let recipe: InteriorRecipe
  package let set: InteriorTrainingSet
  package let division: SetDivision
  /// (rows, inputs), not standardised.
  package let features: [Double]
  /// (rows, coordinates), not standardised.
  package let coordinates: [Double]
  package let inputScaling: InteriorNetwork.Scaling
  package let outputScaling: InteriorNetwork.Scaling

  package static func load(
    _ recipe: InteriorRecipe, directory: String, limit: Int = .max
  ) throws(TrainingError) -> PreparedInteriorSet {
    let columns = recipe.inputs.map(\.rawValue) + recipe.outputs.quantities.map(\.rawValue)
    let set = try InteriorTrainingSet.load(recipe.set, directory: directory, columns: columns, limit: limit)
    return try PreparedInteriorSet(recipe, set: set, directory: directory)
  }

  private init(
    _ recipe: InteriorRecipe, set: InteriorTrainingSet, directory: String
  ) throws(TrainingError) {
    self.recipe = recipe
    self.set = set
    division = SetDivision(examples: set.rows, validation: 30_000, test: 10_000)
    guard !division.test.isEmpty else {
      throw TrainingError(
        .badTrainingSet, path: directory, detail: "\(set.rows) planets are too few to train on")
    }

    let space = recipe.features
    let inputs = recipe.inputs.map { set.columns[$0.rawValue] ?? [] }
    let outputs = recipe.outputs.quantities.map { set.columns[$0.rawValue] ?? [] }
    var features: [Double] = []
    var coordinates: [Double] = []
    features.reserveCapacity(set.rows * inputs.count)
    coordinates.reserveCapacity(set.rows * recipe.density.dimensions)
    var values = [Double](repeating: 0, count: inputs.count)
    var targets = [Double](repeating: 0, count: outputs.count)
    for row in 0..<set.rows {
      for (i, column) in inputs.enumerated() { values[i] = Double(column[row]) }
      for (i, column) in outputs.enumerated() { targets[i] = Double(column[row]) }
      let point = space.features(values)
      let target = recipe.outputs.coordinates(targets, mass: values[0], radius: values[1])
      guard point.allSatisfy(\.isFinite), target.allSatisfy(\.isFinite) else {
        throw TrainingError(
          .notFinite, path: directory,
          detail: "planet \(row) of the set \(set.name) has no finite coordinates: "
            + "inputs \(values), outputs \(targets)")
      }
      features += point
      coordinates += target
    }
    self.features = features
    self.coordinates = coordinates
    inputScaling = Self.scaling(features, rows: division.training, width: inputs.count)
    outputScaling = Self.scaling(coordinates, rows: division.training, width: recipe.density.dimensions)
  }

  private static func scaling(_ values: [Double], rows: Range<Int>, width: Int) -> InteriorNetwork.Scaling {
    let n = Double(rows.count)
    var mean = [Double](repeating: 0, count: width)
    var square = mean
    for row in rows { for j in 0..<width { mean[j] += values[row * width + j] / n } }
    for row in rows {
      for j in 0..<width {
        let d = values[row * width + j] - mean[j]
        square[j] += d * d / n
      }
    }
    // A coordinate that never changes keeps its unit.
    return .init(mean: mean, sd: square.map { $0 > 0 ? $0.squareRoot() : 1 })
  }

  /// Rows as the trainer takes them.
  package func data(_ rows: Range<Int>) -> TrainingData {
    func standardized(_ values: [Double], _ scaling: InteriorNetwork.Scaling) -> [Float] {
      let width = scaling.mean.count
      var result: [Float] = []
      result.reserveCapacity(rows.count * width)
      for row in rows {
        for j in 0..<width {
          result.append(Float((values[row * width + j] - scaling.mean[j]) / scaling.sd[j]))
        }
      }
      return result
    }
    return TrainingData(
      inputs: standardized(features, inputScaling), inputWidth: inputScaling.mean.count,
      targets: standardized(coordinates, outputScaling), targetWidth: outputScaling.mean.count)
  }

  /// The network with these weights, recalibrated on the validation planets.
  package func network(
    _ perceptron: Sequential<Float>, iron: InteriorDomain.RadiusCurve?
  ) -> InteriorNetwork {
    let plain = network(perceptron, domain: domain(iron: iron), recalibration: nil)
    let learnt = Recalibration(ranks: ranks(plain, rows: division.validation))
    let whole = network(perceptron, domain: plain.domain, recalibration: learnt)
    let alone = recipe.outputs.isReportedAlone
    guard alone.contains(false) else { return whole }
    // A coordinate that is reported only together with another one may fit better left as it is.
    let quantiles = zip(learnt.quantiles, alone).map { row, isAlone in
      isAlone ? row : row.indices.map { Double($0) / Double(row.count - 1) }
    }
    let part = network(perceptron, domain: plain.domain, recalibration: Recalibration(quantiles: quantiles))
    return worstRankDistance(part) < worstRankDistance(whole) ? part : whole
  }

  /// The largest distance of an output's ranks from uniform, on the validation planets.
  private func worstRankDistance(_ network: InteriorNetwork) -> Double {
    let evaluation = InteriorEvaluation(network, on: self, rows: division.validation, draws: 100, seed: 1)
    return evaluation.outputs.map(\.rankDistance).max() ?? 0
  }

  /// The rank of each planet's truth in its marginal distribution, coordinate by coordinate.
  private func ranks(_ network: InteriorNetwork, rows: Range<Int>) -> [[Double]] {
    let width = recipe.inputs.count
    let dimensions = recipe.density.dimensions
    var ranks = [[Double]](repeating: [], count: dimensions)
    var sampler = MixtureSampler(network.density)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 1000) {
      let part = start..<min(start + 1000, rows.upperBound)
      let mixtures = network.mixtures(part.map { Array(features[$0 * width..<($0 + 1) * width]) })
      for (i, row) in part.enumerated() {
        sampler.prepare(mixtures.row(i))
        for j in 0..<dimensions {
          let standardized = (coordinates[row * dimensions + j] - outputScaling.mean[j]) / outputScaling.sd[j]
          ranks[j].append(sampler.rank(coordinate: j, standardized))
        }
      }
    }
    return ranks
  }

  private var outputRange: [ClosedRange<Double>] {
    let dimensions = recipe.density.dimensions
    return (0..<dimensions).map { j in
      var low = Double.infinity
      var high = -Double.infinity
      for row in division.training {
        low = min(low, coordinates[row * dimensions + j])
        high = max(high, coordinates[row * dimensions + j])
      }
      let (mean, sd) = (outputScaling.mean[j], outputScaling.sd[j])
      // Log-ratios pile up at the prior's floors, where a cut would push draws inwards; they are only kept from absurdity.
      if recipe.outputs.isLogRatio[j] {
        let span = high - low
        low -= span
        high += span
      }
      return (low - mean) / sd...max((high - mean) / sd, ((low - mean) / sd).nextUp)
    }
  }

  private func network(
    _ perceptron: Sequential<Float>, domain: InteriorDomain, recalibration: Recalibration?
  ) -> InteriorNetwork {
    InteriorNetwork(
      name: recipe.name, features: recipe.features, outputs: recipe.outputs,
      density: recipe.density, perceptron: perceptron, inputScaling: inputScaling,
      outputScaling: outputScaling, domain: domain, outputRange: outputRange, recalibration: recalibration)
  }
}
