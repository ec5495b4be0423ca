package import JSONText
package import NeuralNetworks
package import RobERt
package import TrainingRuns
import TrainingSets

/// A RobERt's card: how it was made, on what, and how well it does; JSON beside the weights.
package enum RobERtCard {
  package static func trained(
    _ model: RobERtModel, recipe: RobERtRecipe, source: ExampleSource, division: SetDivision,
    pretraining: [[Double]], run: ModelCard.Run, sha256: String, bytes: Int
  ) -> JSON {
    .object([
      .init("name", .string(recipe.name)),
      .init("summary", .string(recipe.summary)),
      .init("weights", ModelCard.weights(name: recipe.name, sha256: sha256, bytes: bytes)),
      .init(
        "network",
        .object([
          .init("kind", .string(recipe.kind.rawValue)),
          .init("inputs", .string("400 shapes times quality, 400 qualities; see SpectrumEncoder")),
          .init("hidden", .array(recipe.options.hidden.map { .integer($0) })),
          .init("activation", .string(Activation.sigmoid.rawValue)),
          .init("molecules", .array(model.molecules.map { .string($0) })),
          .init("parameters", .integer(model.recognition.perceptron.parameters.count)),
        ])),
      .init("trainingSet", trainingSet(source, division)),
      .init("observed", .string(source.plan.description)),
      .init("calibration", calibration(model)),
      .init("domain", domain(model)),
      .init(
        "training",
        .object(
          [
            .init(
              "pretrainingError",
              .array(
                pretraining.map { epochs in .array(epochs.map { .number(ModelCard.rounded($0, 4)) }) }))
          ] + ModelCard.training(run, seed: recipe.options.seed, settings: recipe.options.summary))),
    ])
  }

  private static func calibration(_ model: RobERtModel) -> JSON {
    let thresholds = model.molecules.enumerated().map { m, name in
      JSON.Member(
        name,
        .object([
          .init("seenFrom", .number(ModelCard.rounded(model.thresholds.seenFrom[m], 4))),
          .init("notSeenUpTo", .number(ModelCard.rounded(model.thresholds.notSeenUpTo[m], 4))),
        ]))
    }
    let temperature = model.recognition.calibration.temperature
    return .object([
      .init("softmaxTemperature", .number(ModelCard.rounded(temperature, 4))),
      .init("thresholds", .object(thresholds)),
    ])
  }

  private static func domain(_ model: RobERtModel) -> JSON {
    let domain = model.domain
    let levels = [domain.levels.lowerBound, domain.levels.upperBound]
    return .object([
      .init("distanceLimit", .number(ModelCard.rounded(domain.limit, 4))),
      .init("largestContrast", .number(ModelCard.rounded(domain.largestContrast, 4))),
      .init("levels", .array(levels.map { .number(ModelCard.rounded($0, 4)) })),
      .init("directions", .integer(domain.directions.count)),
      .init("detectionLimitTemperatures", .array(model.limits.temperatures.map { .number($0) })),
    ])
  }

  private static func trainingSet(_ source: ExampleSource, _ division: SetDivision) -> JSON {
    let metadata = source.set.shards.metadata
    return .object([
      .init("set", .string(source.set.name)), .init("spectra", .integer(source.set.count)),
      .init("shards", .integer(source.set.shards.shards)),
      .init("training", .integer(division.training.count)),
      .init("validation", .integer(division.validation.count)), .init("test", .integer(division.test.count)),
      .init("seed", .string(metadata["seed"] ?? "")), .init("version", .string(metadata["version"] ?? "")),
      .init("sha256", .string(source.set.shards.hash)),
      .init("opacities", .string(metadata["opacities"] ?? "")),
      .init("prior", ModelCard.prior(metadata)),
    ])
  }

  package static func heldOut(
    _ evaluation: RobERtEvaluation, noiseFloor: Double, names: [String], command: String
  ) -> JSON {
    var members: [JSON.Member] = [
      .init("spectra", .integer(evaluation.spectra)), .init("command", .string(command)),
      .init("singleGasSpectra", .integer(evaluation.singleSpectra)),
    ]
    if evaluation.singleSpectra > 0 {
      members.append(.init("singleGasAccuracy", .number(ModelCard.rounded(evaluation.accuracy, 5))))
      members.append(.init("mislabelledByNoiseAlone", number(noiseFloor)))
      members.append(.init("accuracyWithoutCut", number(evaluation.accuracyWithoutCut)))
      members.append(
        .init(
          "confusion",
          .object(
            zip(["no feature"] + names, evaluation.confusion).map { name, row in
              .init(name, .array(row.map { .integer($0) }))
            })))
    }
    members.append(.init("calibrationError", .number(ModelCard.rounded(evaluation.calibrationError, 3))))
    members.append(
      .init(
        "reliability",
        .array(
          evaluation.reliability.map { bin in
            .object([
              .init("probability", .number(ModelCard.rounded(bin.probability, 4))),
              .init("frequency", .number(ModelCard.rounded(bin.frequency, 4))),
              .init("count", .integer(bin.count)),
            ])
          })))
    members.append(
      .init(
        "molecules",
        .object(
          evaluation.molecules.map { molecule in
            .init(
              molecule.name,
              .object([
                .init("shown", .integer(molecule.shown)),
                .init("areaUnderCurve", number(molecule.areaUnderCurve)),
                .init("recallAt95Precision", number(molecule.recallAt95)),
                .init("calibrationError", number(molecule.calibrationError)),
              ]))
          })))
    return .object(members)
  }

  private static func number(_ x: Double) -> JSON {
    x.isFinite ? .number(ModelCard.rounded(x, 4)) : .null
  }
}
