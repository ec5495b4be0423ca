package import JSONText
package import RetrievalTraining
package import SpectralSensitivity
package import TrainingRuns
package import TrainingSets

/// A sensitivity network's card: how it was made, on what, and how well it does; JSON beside the weights.
package enum SensitivityCard {
  package static func trained(
    _ model: SensitivityModel, set: RetrievalTrainingSet, division: ObservationDivision,
    options: SensitivityOptions, run: ModelCard.Run, evaluation: SensitivityEvaluation, sha256: String,
    bytes: Int
  ) -> JSON {
    let metadata = set.shards.metadata
    return .object([
      .init("name", .string(model.name)),
      .init(
        "summary",
        .string(
          "Retrieves parameters of atmospheres, so that what its answers rest on can be told by wavelength")),
      .init("weights", ModelCard.weights(name: model.name, sha256: sha256, bytes: bytes)),
      .init(
        "network",
        .object([
          .init("space", .string(model.space.name.rawValue)),
          .init("kind", .string(model.architecture.kind.rawValue)),
          .init("widths", .array(model.architecture.widths.map { .integer($0) })),
          .init("features", .integer(model.featureMeans.count)),
          .init("outputs", .strings(model.parameters.map(\.key))),
          .init("parameters", .integer(model.network.parameters.count)),
          .init("frontEnd", .string(model.frontEndHash)),
        ])),
      .init(
        "trainingSet",
        .object([
          .init("set", .string(metadata["set"] ?? "")), .init("spectra", .integer(set.count)),
          .init("seed", .string(metadata["seed"] ?? "")),
          .init("version", .string(metadata["version"] ?? "")),
          .init("sha256", .string(set.shards.hash)), .init("opacities", .string(metadata["opacities"] ?? "")),
          .init("observations", .integer(division.training.count)),
          .init("validation", .integer(division.validation.count)),
          .init("test", .integer(division.test.count)),
          .init(
            "observed",
            .string(
              "any coverage by one to four instruments, with gaps and photometry; 3 to 1,000 ppm, whatever the planet; "
                + "mass, temperature and star known or not")),
        ])),
      .init(
        "learning",
        .object(ModelCard.training(run, seed: options.learning.seed, settings: options.summary))),
      .init(
        "heldOut",
        .object([
          .init("observations", .integer(evaluation.observations)), .init("loss", number(evaluation.loss)),
          .init(
            "parameters",
            .object(
              evaluation.scores.map { score in
                .init(
                  score.key,
                  .object([
                    .init("r2", number(score.r2)), .init("rms", number(score.rms)),
                    .init("coverage68", number(score.coverage68)),
                    .init("coverage95", number(score.coverage95)),
                  ]))
              })),
        ])),
    ])
  }

  private static func number(_ x: Double) -> JSON {
    x.isFinite ? .number(ModelCard.rounded(x, 4)) : .null
  }
}
