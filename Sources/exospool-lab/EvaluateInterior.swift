import ArgumentParser
import ContentHash
import InteriorMDN
import JSONText
import NeuralNetworks
import Observations
import Training

struct EvaluateInterior: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interior",
    abstract: "Judge one of the interior networks on planets it was never trained on.",
    discussion: """
      Prints, for every output, how often the truth lies in the central 68 % and 95 % intervals, the median absolute \
      error and half the 68 % interval, and the mean log-likelihood; and writes them into the model's card.
      """)

  @Argument(help: "rocky-A, rocky-B, layered or layered-k2.")
  var name: String

  @Option(
    help: "Directory of the training set's shards; its last planets are the test. Not needed for Earth alone."
  )
  var set: String?

  @Option(help: "Directory of the weights and cards.")
  var models = "Etc/models"

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
    let path = "\(models)/\(name).safetensors"
    let bytes = try SafetensorsFile.readBytes(path: path)
    let hash = SHA256Digest(of: bytes).hexadecimal
    let network = try InteriorNetwork(file: SafetensorsFile(bytes: bytes), path: path)
    let cardPath = "\(models)/\(name).json"
    var card = try JSON(parsing: SafetensorsFile.readBytes(path: cardPath))
    guard card["weights"]?["sha256"]?.string == hash else {
      throw ValidationError("\(cardPath) is the card of other weights than \(path).")
    }

    if let set {
      let evaluation = try judge(network, directory: set)
      if !onValidation {
        card = ModelCard.setting(
          "heldOut", to: ModelCard.heldOut(evaluation, command: CommandLine.command), in: card)
      }
    }
    if earth {
      let check = EarthCheck(network, modelHash: hash, seed: seed)
      show(check)
      card = ModelCard.setting("earth", to: ModelCard.earth(check), in: card)
    }
    if !onValidation { try SafetensorsFile.writeBytes(Array(card.text(.card).utf8), path: cardPath) }
  }

  private func judge(_ network: InteriorNetwork, directory: String) throws -> InteriorEvaluation {
    guard var recipe = InteriorRecipe.named(name) else { throw ExitCode.failure }
    recipe.components = network.density.components
    recipe.covariance = network.density.covariance
    let prepared = try PreparedInteriorSet.load(recipe, directory: directory, limit: planets ?? .max)
    let evaluation = InteriorEvaluation(
      network, on: prepared, rows: onValidation ? prepared.validationRows : prepared.testRows, draws: draws,
      seed: seed)
    print("\(name) on \(evaluation.planets) planets it was never trained on")
    print(column("output", 24) + "in 68 %  in 95 %  median error  median half-width  rank distance")
    for output in evaluation.outputs {
      print(
        column(output.quantity.rawValue, 24) + column(fixed(100 * output.coverage68, 2), 9)
          + column(fixed(100 * output.coverage95, 2), 9)
          + column("\(ModelCard.rounded(output.medianAbsoluteError, 3)) \(output.quantity.unit)", 14)
          + column("\(ModelCard.rounded(output.medianHalfWidth, 3)) \(output.quantity.unit)", 19)
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
      column("output", 24)
        + "  2.5 %     16 %      50 %      84 %      97.5 %    truth     inside  half-width")
    for row in check.rows {
      let p = row.posterior
      let numbers = [p.p025, p.p16, p.p50, p.p84, p.p975].map { column("\(ModelCard.rounded($0, 4))", 10) }
      let inside = row.isInside95.map { $0 ? (row.isInside68 == true ? "68 %" : "95 %") : "no" } ?? "-"
      print(
        column(row.quantity.rawValue, 24) + "  " + numbers.joined()
          + column(row.truth.map { "\($0)" } ?? "-", 10)
          + column(inside, 8) + "\(fixed(100 * row.relativeHalfWidth, 1)) %")
    }
    if !check.answer.flags.isEmpty { print("flags: " + check.answer.flags.names.joined(separator: ", ")) }
  }

  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
