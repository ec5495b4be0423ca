import ArgumentParser
import InteriorMDN
import InteriorTraining
import NeuralNetworks
import Observations
import TrainingRuns

struct EvaluateInterior: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interior",
    abstract: "Judge one of the interior networks on planets it was never trained on.",
    discussion: """
      Prints, for every output, how often the truth lies in the central 68 % and 95 % intervals, the median absolute \
      error and half the 68 % interval, and the mean log-likelihood; and writes them into the model's card.
      """)

  @Argument(help: "rocky-A, rocky-B, layered, layered-k2, giant or giant-k2.")
  var name: String

  @Option(
    help: "Directory of the training set's shards; its last planets are the test. Not needed for Earth alone."
  )
  var set: String?

  @OptionGroup var location: ModelsLocation

  @ArgumentParser.Flag(help: "Show what the network says of Earth.")
  var earth = false

  @ArgumentParser.Flag(
    help: "Judge on the validation planets instead of the test ones; nothing is written then.")
  var onValidation = false

  @Option(help: "Draws a planet.")
  var draws = 1000

  @Option(help: "Use only so many planets of the set: as in training.")
  var planets: Int?

  @Option(help: "Seed of the draws.")
  var seed: UInt64 = 1

  func validate() throws {
    guard InteriorRecipe.named(name) != nil else {
      throw ValidationError(
        "\"\(name)\" is no interior network; there are \(InteriorRecipe.all.map(\.name).joined(separator: ", "))."
      )
    }
    guard set != nil || earth else { throw ValidationError("Give --set, --earth or both.") }
    guard (10...1_000_000).contains(draws) else { throw ValidationError("--draws is from 10 to 1000000.") }
  }

  func run() throws {
    let models = try location.directory()
    guard let file = try ModelFile.load(name, directory: models) else {
      throw ValidationError(
        "\(models) holds no \(name).safetensors; train it with: exospool-lab train interior \(name)")
    }
    let network = try InteriorNetwork(file: file.weights, path: file.path)
    var card = file.card
    if let set {
      let evaluation = try judge(network, directory: set)
      if !onValidation {
        card = ModelCard.setting(
          "heldOut", to: InteriorCard.heldOut(evaluation, command: CommandLine.command), in: card)
      }
    }
    if earth {
      let check = EarthCheck(network, modelHash: file.hash, seed: seed)
      show(check)
      card = ModelCard.setting("earth", to: InteriorCard.earth(check), in: card)
    }
    if !onValidation { try ModelFile.write(card: card, name: name, directory: models) }
  }

  private func judge(_ network: InteriorNetwork, directory: String) throws -> InteriorEvaluation {
    guard var recipe = InteriorRecipe.named(name) else { throw ExitCode.validationFailure }
    recipe.components = network.density.components
    recipe.covariance = network.density.covariance
    let prepared = try PreparedInteriorSet.load(recipe, directory: directory, limit: planets ?? .max)
    let evaluation = InteriorEvaluation(
      network, on: prepared, rows: onValidation ? prepared.division.validation : prepared.division.test,
      draws: draws,
      seed: seed)
    print("\(name) on \(evaluation.planets) planets it was never trained on")
    print(cell("output", 24) + "in 68 %  in 95 %  median error  median half-width  rank distance")
    for output in evaluation.outputs {
      print(
        cell(output.quantity.rawValue, 24) + cell(fixed(100 * output.coverage68, 2), 9)
          + cell(fixed(100 * output.coverage95, 2), 9)
          + cell("\(ModelCard.rounded(output.medianAbsoluteError, 3)) \(output.quantity.unit)", 14)
          + cell("\(ModelCard.rounded(output.medianHalfWidth, 3)) \(output.quantity.unit)", 19)
          + fixed(output.rankDistance, 4))
    }
    print(
      "largest distance from nominal coverage: \(fixed(evaluation.worstCoverageError, 2)) points; "
        + "mean log-likelihood \(fixed(evaluation.meanLogLikelihood, 4)) nats a planet; "
        + "\(evaluation.outsideDomain) planets outside the domain map")
    return evaluation
  }

  private func show(_ check: EarthCheck) {
    print("Earth (M = R = 1 to 1 %) by \(name)")
    guard check.answer.inDomain else {
      for remark in check.answer.remarks { print("  " + remark) }
      return
    }
    print(
      cell("output", 24)
        + "  2.5 %     16 %      50 %      84 %      97.5 %    truth     inside  half-width")
    for row in check.rows {
      let p = row.posterior
      let numbers = [p.p025, p.p16, p.p50, p.p84, p.p975].map { cell("\(ModelCard.rounded($0, 4))", 10) }
      let inside = row.isInside95.map { $0 ? (row.isInside68 == true ? "68 %" : "95 %") : "no" } ?? "-"
      print(
        cell(row.quantity.rawValue, 24) + "  " + numbers.joined()
          + cell(row.truth.map { "\($0)" } ?? "-", 10)
          + cell(inside, 8) + "\(fixed(100 * row.relativeHalfWidth, 1)) %")
    }
    if !check.answer.flags.isEmpty { print("flags: " + check.answer.flags.names.joined(separator: ", ")) }
  }

  private func cell(_ text: String, _ width: Int) -> String { column(text, width, isLeft: true) }
}
