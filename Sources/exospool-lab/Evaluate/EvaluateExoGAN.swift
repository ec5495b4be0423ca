import ArgumentParser
import ExoGAN
import ExoGANTraining
import JSONText
import NeuralNetworks
import PosixFiles
import SystemPackage
import Tensors
import TrainingRuns
import TrainingSets

extension ExoGANCompletion.Data: ExpressibleByArgument {}
extension ExoGANCompletion.Start: ExpressibleByArgument {}

struct EvaluateExoGAN: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exogan", abstract: "Judge ExoGAN's completions of spectra it was never trained on.",
    discussion: """
      Completes spectra with noise, all parameters hidden: those of the set's test part, or of a table of spectra whose parameters \
      are known. Says for each parameter how many medians are within a tenth of its range of the truth (one that is always said to be \
      in the middle has 0.2), the explained part of the variance (R2), the rms in units of the range, and how many truths lie \
      between the starts' 16 and 84 % and their 2.5 and 97.5 %. Control-C judges those done.

      Completions begin where the encoder guesses, or at random as published; with both, each is judged on the same noise. A table \
      has columns DEPTH (400, in the order of a table GRID, from long to short wavelengths; NaN where a bin is absent), Mp (kg), Rp (m), \
      T (K), logH2O, logCO, logCO2 and logCH4; its stars have 6.955e8 m. Rows are taken evenly from all of the table.

        exospool-lab evaluate exogan exogan-2018 --set exospool-sets --noise 20 --update-card
        exospool-lab evaluate exogan exogan-2018 --spectra taurex2_exogan_spectra.fits --noise 20 --json
        exospool-lab evaluate exogan exogan-2018 --spectra spectra.fits --start random encoder --steps 1000
      """)

  @Argument(help: "Name of the network.")
  var name = ExoGANReference.networkName

  @Option(help: "Directory of the training set's shards; its last spectra are the test.")
  var set: String?

  @Option(
    help: ArgumentHelp("FITS table of spectra whose parameters are known.", valueName: "fits"),
    completion: .file(extensions: ["fits"]))
  var spectra: String?

  @OptionGroup var location: ModelsLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 20.0

  @Option(help: "Spectra to complete.")
  var count = 50

  @Option(help: "Starts of a completion.")
  var starts = ExoGANCompletion.Options().starts

  @Option(
    help:
      "Steps of a completion. Default: 1,000 from random starts as published, else as users' spectra have.")
  var steps: Int?

  @Option(help: "absolute: as published. weighted: by the errors.")
  var data = ExoGANCompletion.Data.absolute

  @Option(
    parsing: .upToNextOption,
    help:
      "random: as published. encoder: from the encoder's guess. Both may be given; --json then says the first's."
  )
  var start = [ExoGANCompletion.Start.encoder]

  @Option(help: "Use only so many spectra of the set, in whole shards: as in training.")
  var limit: Int?

  @Option(help: "Seed of noise and starts.")
  var seed: UInt64 = 1

  @Option(help: "Threads.")
  var threads = 2

  @ArgumentParser.Flag(help: "Print JSON.")
  var json = false

  @ArgumentParser.Flag(help: "With --set: write what is measured to the network's card, as heldOut.")
  var updateCard = false

  func validate() throws {
    guard (set == nil) != (spectra == nil) else { throw ValidationError("Give --set or --spectra.") }
    guard set != nil || !updateCard else {
      throw ValidationError("--update-card needs --set: cards tell of spectra of the set.")
    }
    guard noise > 0 || (noise == 0 && data == .absolute), count > 0, starts > 0, (steps ?? 0) >= 0,
      !start.isEmpty, (1...256).contains(threads)
    else {
      throw ValidationError(
        "--noise is positive, or 0 for absolute data; --count and --starts are positive, --steps is 0 or more, --threads 1 to 256."
      )
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    let directory = try location.directory()
    guard let network = try ExoGANReference.load(name, directory: directory) else {
      throw ValidationError("There is no network \"\(name)\" in \(directory).")
    }
    guard !start.contains(.encoder) || network.model.encoder != nil else {
      throw ValidationError("\"\(name)\" has no encoder to start from.")
    }
    let card = updateCard ? try ModelFile.load(name, directory: directory)?.card : nil
    let truths = try truths(card)
    let results = start.compactMap { start -> Result? in
      guard start == self.start[0] || !Interruption.isRequested else { return nil }
      var options = ExoGANCompletion.Options()
      (options.starts, options.data, options.start, options.seed) = (starts, data, start, seed)
      options.steps = steps ?? (start == .random ? options.steps : ExoGANReference.steps)
      let evaluation = ExoGANEvaluation(
        network.model, truths: truths, noise: noise * 1e-6, options: options, threads: threads,
        isStopping: { Interruption.isRequested },
        finished: { note("\(start) \($0)/\(truths.count)", end: "\u{1B}[K\r") })
      return Result(options: options, evaluation: evaluation)
    }
    note("", end: "\u{1B}[K")
    if json {
      print(Self.json(results, noise: noise).text(.card), terminator: "")
    } else {
      results.forEach(show)
    }
    // A card does not tell of a part of what its command says.
    guard let card, !Interruption.isRequested else { return }
    let heldOut = JSON.object(
      [.init("command", .string(CommandLine.command))]
        + (Self.json(results, noise: noise).members ?? []))
    try ModelFile.write(
      card: ModelCard.setting("heldOut", to: heldOut, in: card), name: name, directory: directory)
  }

  private struct Result {
    var options: ExoGANCompletion.Options
    var evaluation: ExoGANEvaluation
  }

  // MARK: What to complete

  /// - Parameter card: where the spectra are to be held out by it.
  private func truths(_ card: JSON?) throws -> [ExoGANEvaluation.Truth] {
    if let spectra { return try Self.truths(table: spectra, count: count) }
    let set = try ExoGANTrainingSet(directory: self.set ?? "", limit: limit ?? .max)
    if let card, card["trainingSet"]?["sha256"]?.string != set.shards.hash {
      throw ValidationError(
        "\(self.set ?? "") with this --limit is not the set that \"\(name)\" was trained on: nothing of it need be held out."
      )
    }
    let rows = SetDivision(examples: set.count, validation: 1000, test: 1000).test.prefix(count)
    guard !rows.isEmpty else { throw ValidationError("\(set.count) spectra are too few to test on.") }
    return rows.map { .init(depth: set.picture($0).depth, parameters: set.parameters($0)) }
  }

  static func truths(table path: String, count: Int) throws -> [ExoGANEvaluation.Truth] {
    let bytes = try PosixFiles.read(FilePath(path), limit: 1 << 30, followingLinks: true)
    let table = try LabelledSpectra(bytes, name: path)
    let taken = min(count, table.count)
    return (0..<taken).map { number in
      let row = number * table.count / taken
      var parameters: [ASPAParameter: Double] = [:]
      for parameter in ASPAParameter.allCases {
        parameters[parameter] = table.parameters[parameter.rawValue]?[row]
      }
      return .init(depth: table.depths[row], parameters: parameters)
    }
  }

  // MARK: What it says

  private func show(_ result: Result) {
    let (options, evaluation) = (result.options, result.evaluation)
    print(
      "\(evaluation.spectra) spectra, noise \(fixed(noise, 1)) ppm, \(options.starts) starts (\(options.start)) x \(options.steps) "
        + "steps, data \(options.data)")
    print(padded("", 14) + "within a tenth     R2  rms of range  68 %  95 %")
    for parameter in ASPAParameter.allCases {
      guard let score = evaluation.scores[parameter] else { continue }
      print(
        padded(parameter.rawValue, 14) + column(fixed(score.within10, 3), 14) + column(fixed(score.r2, 2), 7)
          + column(fixed(score.rms, 3), 14) + column(fixed(score.coverage68, 2), 6)
          + column(fixed(score.coverage95, 2), 6))
    }
    print("completed spectrum, median rms: \(fixed(evaluation.medianDepthError * 1e6, 0)) ppm")
  }

  private static func json(_ results: [Result], noise: Double) -> JSON {
    let members = results.map { result in
      JSON.object([
        .init("start", .string(result.options.start.rawValue)),
        .init("starts", .integer(result.options.starts)), .init("steps", .integer(result.options.steps)),
        .init("data", .string(result.options.data.rawValue)),
        .init("spectra", .integer(result.evaluation.spectra)), .init("noise", .number(noise)),
        .init("depthError", rounded(result.evaluation.medianDepthError * 1e6)),
        .init("parameters", parameters(result.evaluation)),
      ])
    }
    guard case .object(let first) = members[0] else { return members[0] }
    return .object(members.count > 1 ? first + [.init("all", .array(members))] : first)
  }

  private static func rounded(_ x: Double) -> JSON { .number(ModelCard.rounded(x, 4)) }

  private static func parameters(_ evaluation: ExoGANEvaluation) -> JSON {
    .object(
      ASPAParameter.allCases.compactMap { parameter in
        evaluation.scores[parameter].map { score in
          .init(
            parameter.rawValue,
            .object([
              .init("within10", rounded(score.within10)), .init("r2", rounded(score.r2)),
              .init("rms", rounded(score.rms)), .init("coverage68", rounded(score.coverage68)),
              .init("coverage95", rounded(score.coverage95)),
            ]))
        }
      })
  }
}
