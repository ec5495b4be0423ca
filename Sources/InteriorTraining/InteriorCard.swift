package import InteriorMDN
package import JSONText
package import NeuralNetworks
package import TrainingRuns
import TrainingSets

/// An interior network's card: how it was made, on what, and how well it does; JSON beside the weights.
package enum InteriorCard {
  package static func trained(
    _ network: InteriorNetwork, set: PreparedInteriorSet, run: ModelCard.Run, sha256: String, bytes: Int
  ) -> JSON {
    let recipe = set.recipe
    let options = recipe.options
    return .object([
      .init("name", .string(recipe.name)),
      .init("summary", .string(recipe.summary)),
      .init("weights", ModelCard.weights(name: recipe.name, sha256: sha256, bytes: bytes)),
      .init(
        "network",
        .object([
          .init(
            "inputs",
            .array(
              recipe.inputs.map { .string($0.rawValue + ($0.unit.isEmpty ? "" : " (\($0.unit))")) })),
          .init("coordinates", .array(recipe.outputs.coordinateNames.map { .string($0) })),
          .init(
            "outputs",
            .array(
              recipe.outputs.quantities.map {
                .string($0.rawValue + ($0.unit.isEmpty ? "" : " (\($0.unit))"))
              })),
          .init("hidden", .array(options.hidden.map { .integer($0) })),
          .init("activation", .string(Activation.sigmoidLinear.rawValue)),
          .init("components", .integer(recipe.components)),
          .init("covariance", .string(recipe.covariance.rawValue)),
          .init("parameters", .integer(network.perceptron.parameters.count)),
        ])),
      .init("trainingSet", trainingSet(set)),
      .init(
        "recalibration",
        .string(
          "Marginal quantiles of each coordinate, learnt on the validation planets alone (Kuleshov, Fenner & Ermon "
            + "2018); the dependence between coordinates is the mixture's. Recalibrated are: "
            + recalibrated(network).joined(separator: ", ")
            + ". The log-likelihood below is the mixture's before recalibration.")),
      .init("domain", domain(network)),
      .init(
        "training",
        .object(ModelCard.training(run, seed: options.seed, settings: options.summary))),
    ])
  }

  /// The coordinates that recalibration moves.
  private static func recalibrated(_ network: InteriorNetwork) -> [String] {
    let rows = network.recalibration?.quantiles ?? []
    return zip(network.outputs.coordinateNames, rows).compactMap { name, row in
      row.indices.contains { row[$0] != Double($0) / Double(row.count - 1) } ? name : nil
    }
  }

  private static func trainingSet(_ set: PreparedInteriorSet) -> JSON {
    let metadata = set.set.shards.metadata
    return .object([
      .init("set", .string(set.set.name)), .init("planets", .integer(set.set.rows)),
      .init("shards", .integer(set.set.shards.shards)),
      .init("training", .integer(set.division.training.count)),
      .init("validation", .integer(set.division.validation.count)),
      .init("test", .integer(set.division.test.count)),
      .init("seed", .string(metadata["seed"] ?? "")), .init("version", .string(metadata["version"] ?? "")),
      .init("sha256", .string(set.set.shards.hash)), .init("prior", ModelCard.prior(metadata)),
      .init(
        "leftOut",
        .object(
          set.set.rejected.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }
            + [.init("shareOfDraws", .number(ModelCard.rounded(leftOut(set.set), 3)))])),
    ])
  }

  /// Share of the prior's draws.
  private static func leftOut(_ set: InteriorTrainingSet) -> Double {
    let rejected = set.rejected.values.reduce(0, +)
    return Double(rejected) / Double(max(rejected + set.rows, 1))
  }

  private static func domain(_ network: InteriorNetwork) -> JSON {
    var members: [JSON.Member] = []
    for (i, input) in network.features.inputs.enumerated() where input != .radius {
      // The radius' range depends on the mass: it stands in the curves.
      let nominal = network.domain.nominal[i]
      let trained = [network.domain.axes[i].low, network.domain.axes[i].high].map {
        network.features.value(input, feature: $0, mass: 1)
      }
      members.append(
        .init(
          input.rawValue,
          .object([
            .init("answersFor", .array([.number(nominal.lowerBound), .number(nominal.upperBound)])),
            .init("trainedOn", .array(trained.map { .number(ModelCard.rounded($0, 4)) })),
          ])))
    }
    func curve(_ name: String, _ curve: InteriorDomain.RadiusCurve?) {
      guard let curve else { return }
      members.append(
        .init(
          name,
          .object([
            .init("earthMasses", .array(curve.masses.map { .number(ModelCard.rounded($0, 4)) })),
            .init("earthRadii", .array(curve.radii.map { .number(ModelCard.rounded($0, 4)) })),
          ])))
    }
    curve("smallestTrained", network.domain.smallest)
    curve("largestTrained", network.domain.largest)
    curve("pureIron", network.domain.iron)
    return .object(members)
  }

  package static func heldOut(_ evaluation: InteriorEvaluation, command: String) -> JSON {
    .object([
      .init("planets", .integer(evaluation.planets)),
      .init("meanLogLikelihood", .number(ModelCard.rounded(evaluation.meanLogLikelihood, 6))),
      .init("outsideDomainMap", .integer(evaluation.outsideDomain)),
      .init("command", .string(command)),
      .init(
        "outputs",
        .object(
          evaluation.outputs.map { output in
            .init(
              output.quantity.rawValue,
              .object([
                .init("coverage68", .number(output.coverage68)),
                .init("coverage95", .number(output.coverage95)),
                .init("medianAbsoluteError", .number(ModelCard.rounded(output.medianAbsoluteError, 4))),
                .init("medianHalfWidth68", .number(ModelCard.rounded(output.medianHalfWidth, 4))),
                .init("rankDistance", .number(ModelCard.rounded(output.rankDistance, 3))),
              ]))
          })),
    ])
  }

  package static func earth(_ check: EarthCheck) -> JSON {
    guard check.answer.inDomain else { return .array(check.answer.remarks.map { .string($0) }) }
    return .object(
      check.rows.map { row in
        let p = row.posterior
        return .init(
          row.quantity.rawValue,
          .object([
            .init("p025", .number(ModelCard.rounded(p.p025, 5))),
            .init("p16", .number(ModelCard.rounded(p.p16, 5))),
            .init("p50", .number(ModelCard.rounded(p.p50, 5))),
            .init("p84", .number(ModelCard.rounded(p.p84, 5))),
            .init("p975", .number(ModelCard.rounded(p.p975, 5))),
            .init("truth", row.truth.map { .number($0) } ?? .null),
          ]))
      })
  }
}
