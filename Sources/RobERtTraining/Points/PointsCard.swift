package import JSONText
import RetrievalTraining
package import RobERt
package import TrainingRuns

extension PointsTraining {
  /// How the network was made, on what, and how well it does; JSON beside the weights.
  package func card(
    _ network: PointsNetwork, run: ModelCard.Run, sha256: String, bytes: Int
  ) -> JSON {
    let metadata = source.set.shards.metadata
    return .object([
      .init("name", .string(network.name)),
      .init(
        "summary",
        .string("Which molecules a spectrum shows, from the points as observed: any coverage, noise, offsets")
      ),
      .init("weights", ModelCard.weights(name: network.name, sha256: sha256, bytes: bytes)),
      .init(
        "network",
        .object([
          .init("space", .string(network.space.rawValue)),
          .init("features", .integer(network.network.inputs)),
          .init("molecules", .array(network.molecules.map { .string($0) })),
          .init("parameters", .integer(network.network.parameters.count)),
        ])),
      .init(
        "trainingSet",
        .object([
          .init("set", .string(metadata["set"] ?? "")), .init("spectra", .integer(source.set.count)),
          .init("seed", .string(metadata["seed"] ?? "")), .init("sha256", .string(source.set.shards.hash)),
          .init("version", .string(metadata["version"] ?? "")),
          .init("opacities", .string(metadata["opacities"] ?? "")),
          .init("observations", .integer(division.training.count)),
          .init("validation", .integer(division.validation.count)),
          .init("test", .integer(division.test.count)),
        ])),
      .init("observed", .string(Self.observed)),
      .init(
        "shown",
        .string("the root of the chi-squared that a gas makes, level, slope and offsets free, is 3 or more")),
      .init("largestDistance", number(network.largestDistance)),
      .init(
        "training", .object(ModelCard.training(run, seed: options.learning.seed, settings: options.summary))),
      .init(
        "heldOut",
        .object(
          heldOut(network).enumerated().map { place, one in
            .init(
              one.name,
              .object([
                .init("shown", .integer(one.shown)), .init("recall", number(one.recall)),
                .init("precisionOfSeen", number(one.precision)),
                .init("precisionOfNotSeen", number(one.precisionOfNotSeen)),
                .init("seenWithout", number(one.seenWithout)),
                .init("notSeenOfStrong", number(one.notSeenOfStrong)),
                .init("seenForForeign", number(one.seenForForeign)),
                .init("seenFrom", number(network.thresholds.seenFrom[place])),
                .init("notSeenUpTo", number(network.thresholds.notSeenUpTo[place])),
              ]))
          })),
    ])
  }

  private static let observed =
    "one to four instruments or published combinations, photometry, gaps to 70 %; mass, temperature and star known or not; 5 to 500 ppm or "
    + "0.003 to 3 scale heights, errors wrong by 0.7 to 1.5 in one of two; red noise and offsets to 300 ppm beyond the stated in one of three, "
    + "spots in one of four, opacities moved by 0.1 decades in one of two; one foreign gas in \(Int(100 * PointsExampleSource.foreignShare)) % "
    + "of the planets (half of them \(ForeignGases.species[0]), else one of \(ForeignGases.species.dropFirst().joined(separator: ", ")))"

  private func number(_ x: Double) -> JSON { .number(ModelCard.rounded(x, 4)) }
}
