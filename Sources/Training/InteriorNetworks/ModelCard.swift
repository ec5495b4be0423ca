package import InteriorMDN
package import JSONText
package import NeuralNetworks

/// A network's card: how it was made, on what, and how well it does; JSON beside the weights.
package enum ModelCard {
  /// How a training run went.
  package struct Run: Sendable, Hashable {
    package var command: String
    package var kernels: String
    package var threads: Int
    package var seconds: Double
    package var history: [TrainingState.Epoch]
    package var bestEpoch: Int
    package var batches: Int
    package var skippedBatches: Int

    package init(
      command: String, kernels: String, threads: Int, seconds: Double,
      history: [TrainingState.Epoch], bestEpoch: Int, batches: Int, skippedBatches: Int
    ) {
      self.command = command
      self.kernels = kernels
      self.threads = threads
      self.seconds = seconds
      self.history = history
      self.bestEpoch = bestEpoch
      self.batches = batches
      self.skippedBatches = skippedBatches
    }
  }

  package static func trained(
    _ network: InteriorNetwork, set: PreparedInteriorSet, run: Run, sha256: String, bytes: Int
  ) -> JSON {
    let recipe = set.recipe
    let options = recipe.options
    return .object([
      .init("name", .string(recipe.name)),
      .init("summary", .string(recipe.summary)),
      .init("weights", weights(name: recipe.name, sha256: sha256, bytes: bytes)),
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
        .object(training(run, seed: options.seed, settings: options.summary))),
    ])
  }

  static func weights(name: String, sha256: String, bytes: Int) -> JSON {
    .object([
      .init("file", .string(name + ".safetensors")), .init("bytes", .integer(bytes)),
      .init("sha256", .string(sha256)),
    ])
  }

  static func training(_ run: Run, seed: UInt64, settings: String) -> [JSON.Member] {
    [
      .init("command", .string(run.command)), .init("seed", .integer(Int(clamping: seed))),
      .init("settings", .string(settings)), .init("kernels", .string(run.kernels)),
      .init("threads", .integer(run.threads)), .init("wallSeconds", .integer(Int(run.seconds))),
      .init("batches", .integer(run.batches)), .init("skippedBatches", .integer(run.skippedBatches)),
      .init("epochs", .integer(run.history.count)), .init("bestEpoch", .integer(run.bestEpoch)),
      .init("trainingLoss", .array(run.history.map { .number(rounded($0.training, 5)) })),
      .init("validationLoss", .array(run.history.map { .number(rounded($0.validation, 5)) })),
    ]
  }

  /// The coordinates that recalibration moves.
  private static func recalibrated(_ network: InteriorNetwork) -> [String] {
    let rows = network.recalibration?.quantiles ?? []
    return zip(network.outputs.coordinateNames, rows).compactMap { name, row in
      row.indices.contains { row[$0] != Double($0) / Double(row.count - 1) } ? name : nil
    }
  }

  private static func trainingSet(_ set: PreparedInteriorSet) -> JSON {
    let metadata = set.set.metadata
    var prior = JSON.string(metadata["prior"] ?? "")
    if let text = metadata["prior"], let value = try? JSON(parsing: text.utf8) { prior = value }
    return .object([
      .init("set", .string(set.set.name)), .init("planets", .integer(set.set.rows)),
      .init("shards", .integer(set.set.shards)), .init("training", .integer(set.trainingRows.count)),
      .init("validation", .integer(set.validationRows.count)), .init("test", .integer(set.testRows.count)),
      .init("seed", .string(metadata["seed"] ?? "")), .init("version", .string(metadata["version"] ?? "")),
      .init("sha256", .string(set.set.hash)), .init("prior", prior),
    ])
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
            .init("trainedOn", .array(trained.map { .number(rounded($0, 4)) })),
          ])))
    }
    func curve(_ name: String, _ curve: InteriorDomain.RadiusCurve?) {
      guard let curve else { return }
      members.append(
        .init(
          name,
          .object([
            .init("earthMasses", .array(curve.masses.map { .number(rounded($0, 4)) })),
            .init("earthRadii", .array(curve.radii.map { .number(rounded($0, 4)) })),
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
      .init("meanLogLikelihood", .number(rounded(evaluation.meanLogLikelihood, 6))),
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
                .init("medianAbsoluteError", .number(rounded(output.medianAbsoluteError, 4))),
                .init("medianHalfWidth68", .number(rounded(output.medianHalfWidth, 4))),
                .init("rankDistance", .number(rounded(output.rankDistance, 3))),
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
            .init("p025", .number(rounded(p.p025, 5))), .init("p16", .number(rounded(p.p16, 5))),
            .init("p50", .number(rounded(p.p50, 5))), .init("p84", .number(rounded(p.p84, 5))),
            .init("p975", .number(rounded(p.p975, 5))),
            .init("truth", row.truth.map { .number($0) } ?? .null),
          ]))
      })
  }

  /// The card with that member added, or replaced where it stands.
  package static func setting(_ key: String, to value: JSON, in card: JSON) -> JSON {
    var members = card.members ?? []
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(.init(key, value))
    }
    return .object(members)
  }

  /// So many significant digits: a card is read by people.
  package static func rounded(_ x: Double, _ digits: Int) -> Double {
    guard x.isFinite, x != 0 else { return x }
    let text = significant(x, digits)
    return Double(text) ?? x
  }

  private static func significant(_ x: Double, _ digits: Int) -> String {
    var exponent = 0
    var scaled = abs(x)
    while scaled >= 10 {
      scaled /= 10
      exponent += 1
    }
    while scaled < 1 {
      scaled *= 10
      exponent -= 1
    }
    var factor = 1.0
    for _ in 1..<max(digits, 1) { factor *= 10 }
    let mantissa = (scaled * factor).rounded() / factor
    return "\(x < 0 ? "-" : "")\(mantissa)e\(exponent)"
  }
}
