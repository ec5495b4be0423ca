package import JSONText
import NeuralNetworks
package import Retrieval
package import TrainingRuns
package import TrainingSets

/// A completion model's card: how it was made, on what, and how well it does; JSON beside the weights.
package enum CompletionCard {
  package static func trained(
    _ model: CompletionModel, set: RetrievalTrainingSet, division: SetDivision,
    observations: ObservationDivision,
    emulator: (options: EmulatorOptions, run: ModelCard.Run, evaluation: EmulatorEvaluation),
    proposals: (options: ProposalOptions, run: ModelCard.Run, evaluation: ProposalEvaluation),
    sha256: String, bytes: Int
  ) -> JSON {
    .object([
      .init("name", .string(model.name)),
      .init(
        "summary",
        .string("Emulates spectra of one space of atmospheres and proposes atmospheres for observed ones")),
      .init("weights", ModelCard.weights(name: model.name, sha256: sha256, bytes: bytes)),
      .init("network", network(model)),
      .init("trainingSet", trainingSet(set, division)),
      .init("components", components(model)),
      .init("emulator", self.emulator(emulator.options, emulator.run, emulator.evaluation, model.space)),
      .init(
        "proposals",
        .object([
          .init(
            "observed",
            .string(
              "any coverage by one to four instruments, with gaps and photometry; 5 to 500 ppm or 0.003 to 3 scale heights; "
                + "mass, temperature and star known or not")),
          .init("training", .integer(observations.training.count)),
          .init("validation", .integer(observations.validation.count)),
          .init("test", .integer(observations.test.count)),
          .init(
            "learning",
            .object(
              ModelCard.training(
                proposals.run, seed: proposals.options.learning.seed, settings: proposals.options.summary))),
          .init("heldOut", heldOut(proposals.evaluation)),
        ])),
    ])
  }

  private static func network(_ model: CompletionModel) -> JSON {
    .object([
      .init("space", .string(model.space.name.rawValue)),
      .init("row", .strings(model.space.variables.map(\.key))),
      .init("coordinates", .strings(ProposalCoordinates(model.space).keys)),
      .init("features", .integer(model.frontEnd.featureCount)),
      .init("emulatorParameters", .integer(model.emulator.network.parameters.count)),
      .init("proposalParameters", .integer(model.proposals.network.parameters.count)),
    ])
  }

  private static func trainingSet(_ set: RetrievalTrainingSet, _ division: SetDivision) -> JSON {
    let metadata = set.shards.metadata
    return .object([
      .init("set", .string(metadata["set"] ?? "")), .init("spectra", .integer(set.count)),
      .init("shards", .integer(set.shards.shards)), .init("training", .integer(division.training.count)),
      .init("validation", .integer(division.validation.count)), .init("test", .integer(division.test.count)),
      .init("seed", .string(metadata["seed"] ?? "")), .init("version", .string(metadata["version"] ?? "")),
      .init("sha256", .string(set.shards.hash)), .init("opacities", .string(metadata["opacities"] ?? "")),
      .init("prior", ModelCard.prior(metadata)),
    ])
  }

  private static func components(_ model: CompletionModel) -> JSON {
    let components = model.emulator.components
    let left = components.residualVariance.reduce(0, +) / Double(components.binCount)
    return .object([
      .init("count", .integer(components.count)), .init("remainder", number(left.squareRoot())),
      .init("unit", .string(unit(model.space))),
    ])
  }

  private static func unit(_ space: AtmosphereSpace) -> String {
    space.kind == .eclipse ? "part of the temperature" : "scale heights"
  }

  /// Depth of the radius and scale height over radius times two, of a hot Jupiter: what figures in ppm are for.
  private static let (exampleDepth, exampleRatio) = (0.0144, 0.012)

  private static func emulator(
    _ options: EmulatorOptions, _ run: ModelCard.Run, _ evaluation: EmulatorEvaluation,
    _ space: AtmosphereSpace
  ) -> JSON {
    var heldOut: [JSON.Member] = [
      .init("spectra", .integer(evaluation.spectra)), .init("unit", .string(unit(space))),
      .init("shape", spread(evaluation.shape, factor: 1)),
    ]
    if space.kind != .eclipse {
      heldOut.append(.init("level", spread(evaluation.level, factor: 1)))
      heldOut.append(
        .init("shapePpm", spread(evaluation.shape, factor: 1e6 * exampleDepth * exampleRatio)))
      heldOut.append(
        .init("ppmFor", .string("depth \(exampleDepth), 2 H / R \(exampleRatio)")))
    }
    return .object([
      .init(
        "learning",
        .object(ModelCard.training(run, seed: options.learning.seed, settings: options.summary))),
      .init("heldOut", .object(heldOut)),
    ])
  }

  private static func spread(_ spread: EmulatorEvaluation.Spread, factor: Double) -> JSON {
    .object([
      .init("median", number(factor * spread.median)), .init("p90", number(factor * spread.ninetieth)),
    ])
  }

  private static func heldOut(_ evaluation: ProposalEvaluation) -> JSON {
    .object([
      .init("observations", .integer(evaluation.observations)),
      .init("negativeLogLikelihood", number(evaluation.negativeLogLikelihood)),
      .init(
        "calibration",
        .object(
          evaluation.coordinates.map { coordinate in
            .init(
              coordinate.key,
              .object([
                .init("coverage68", number(coordinate.coverage68)),
                .init("coverage95", number(coordinate.coverage95)),
                .init("ranks", .array(coordinate.ranks.map { number($0) })),
              ]))
          })),
    ])
  }

  private static func number(_ x: Double) -> JSON {
    x.isFinite ? .number(ModelCard.rounded(x, 4)) : .null
  }
}
