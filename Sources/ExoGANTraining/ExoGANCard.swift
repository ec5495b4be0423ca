package import ExoGAN
package import JSONText
package import NeuralNetworks
package import TrainingRuns
package import TrainingSets

/// An ExoGAN's card: how it was made, on what; JSON beside the weights.
package enum ExoGANCard {
  package static func trained(
    _ model: ExoGANModel, set: ExoGANTrainingSet, division: SetDivision, options: ExoGANOptions,
    run: ModelCard.Run, encoder: (options: EncoderOptions, run: ModelCard.Run), sha256: String, bytes: Int
  ) -> JSON {
    let metadata = set.shards.metadata
    return .object([
      .init("name", .string(model.name)),
      .init(
        "summary",
        .string(
          "Completes transmission spectra and parameters of hot Jupiters as ExoGAN does (Zingales & Waldmann 2018), on its own set"
        )),
      .init("weights", ModelCard.weights(name: model.name, sha256: sha256, bytes: bytes)),
      .init(
        "network",
        .object([
          .init("picture", .string("33 x 33, see ASPALayout")),
          .init("latent", .integer(model.architecture.latent)),
          .init("width", .integer(model.architecture.width)),
          .init("generatorParameters", .integer(model.generator.parameters.count)),
          .init("discriminatorParameters", .integer(model.discriminator.parameters.count)),
          .init("encoderParameters", .integer(model.encoder?.network.parameters.count ?? 0)),
          .init("kept", .string("batch normalisation folded in, half precision")),
        ])),
      .init(
        "trainingSet",
        .object([
          .init("set", .string(ExoGANPrior.name)), .init("spectra", .integer(set.count)),
          .init("shards", .integer(set.shards.shards)),
          .init("training", .integer(division.training.count)),
          .init("validation", .integer(division.validation.count)),
          .init("test", .integer(division.test.count)), .init("seed", .string(metadata["seed"] ?? "")),
          .init("version", .string(metadata["version"] ?? "")), .init("sha256", .string(set.shards.hash)),
          .init("opacities", .string(metadata["opacities"] ?? "")),
          .init("prior", ModelCard.prior(metadata)),
        ])),
      .init(
        "training",
        .object(
          ModelCard.training(run, seed: options.seed, settings: options.summary) + [
            .init(
              "losses",
              .string(
                "training: the discriminator's; validation: mean Wasserstein distance of the seven parameters, in ranges"
              ))
          ])),
      .init(
        "encoderTraining",
        .object(
          ModelCard.training(encoder.run, seed: encoder.options.seed, settings: encoder.options.summary))),
    ])
  }
}
