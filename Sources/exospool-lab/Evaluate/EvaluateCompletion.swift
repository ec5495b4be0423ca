import ArgumentParser
import Atmospheres
import JSONText
import NumericalMethods
import OpacityFiles
import Retrieval
import RetrievalTraining
import SpectralPrior
import Synchronization
import Tensors
import TrainingRuns
import TrainingSets

struct EvaluateCompletion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Judge completions of spectra whose planets are known.",
    discussion: """
      Draws planets that no training saw, observes them with several coverages and one error in every bin, and says of each method how \
      well it completes what was not observed (root mean square, median and mean over the spectra) and finds the parameters: posterior \
      means within a tenth of the parameter's range of the truth (one that is always said to be in the middle has 0.2), the explained part of the \
      variance (r2), the rms in units of the range, how many truths lie in the 68 and 95 % intervals, and how far their ranks are from \
      uniform, and for each gas the part within a tenth by the amount of it, with the amount from which on it is nine of ten. --information \
      sets the part beside it that the forward model's derivatives allow with the prior's walls. Masses, radii and temperatures are judged by their logarithms, but for exogan-2018.

      Methods: components alone; the network by itself; with --refined its draws led by least squares with the forward model; with --weighted \
      the posterior by its proposals and the forward model. Control-C judges what is done so far; a second one ends the program. With --set, components \
      alone, fitted to the set's training part and judged on its test part: no network is asked.

      A table of --spectra has columns DEPTH (400, in the order of a table GRID, from long to short wavelengths; NaN where a bin is absent), Mp \
      (kg), Rp (m), T (K), log<formula>; its stars have 6.955e8 m. Bins that GRID marks ANCHORED are left out. With --noise 0 nothing is added, \
      and errors are taken for 0.3 ppm.

        exospool-lab evaluate completion exogan-2018 --spectra taurex2_exogan_spectra.fits --noise 20 --repeats 5 --json
        exospool-lab evaluate completion exogan-2018 --spectra taurex2_exogan_spectra.fits --noise 0 --refined 800 --samples 100
        exospool-lab evaluate completion physical --noise 50 --coverage PRISM WFC3 --weighted 8000 --count 200
        exospool-lab evaluate completion exogan-2018 --set exospool-sets --noise 50
        exospool-lab evaluate completion transmission --set exospool-sets --residuals
      """)

  @Argument(help: "exogan-2018, transmission (or physical), eclipse.", transform: CompletionCell.space)
  var name: AtmosphereSpace.Name

  @Option(help: "Directory of a training set's shards: judge components alone.")
  var set: String?

  @Option(
    help: ArgumentHelp("FITS table of spectra whose parameters are known.", valueName: "fits"),
    completion: .file(extensions: ["fits"]))
  var spectra: String?

  @OptionGroup var location: ModelsLocation

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 50.0

  @Option(
    parsing: .upToNextOption,
    help:
      "\(Coverage.Name.allCases.map(\.rawValue).joined(separator: ", ")), or half for every second bin at random. Default: all."
  )
  var coverage: [String] = []

  @Option(help: "Relative error with which the planet's mass is known. Default: it is not.")
  var mass: Double?

  @Option(help: "Spectra of each coverage, or of the table. Default: 500; all of the table.")
  var count: Int?

  @Option(help: "How often each spectrum of a table is observed.")
  var repeats = 1

  @ArgumentParser.Flag(help: "Use a table's bins marked ANCHORED, too.")
  var anchored = false

  @Option(
    help:
      "Also weight the network's proposals by the forward model, with so many forward models a spectrum at most."
  )
  var weighted: Int?

  @Option(
    help:
      "exogan-2018: also refine the network's draws by least squares with the forward model and weigh what lies about the end, with so many forward models a spectrum at most; for spectra without noise to speak of."
  )
  var refined: Int?

  @Option(
    help:
      "Effective samples to stop at where the forward model weighs: a mean needs 100 to 150, intervals 500."
  )
  var samples = 500.0

  @ArgumentParser.Flag(help: "Also say which part information allows to lie within a tenth of the range.")
  var information = false

  @ArgumentParser.Flag(help: "Let a factor on the errors be a parameter of what is weighted.")
  var inflateErrors = false

  @ArgumentParser.Flag(help: "With --set: print what components leave over instead, against their number.")
  var residuals = false

  @Option(help: "With --set: components to describe spectra by.")
  var components = SpectralFrontEnd.fittedComponents

  @Option(help: "With --set: use only so many spectra, in whole shards.")
  var limit: Int?

  @Option(help: "Seed of planets, noise and samples.")
  var seed: UInt64 = 3

  @Option(help: "Threads.")
  var threads = 2

  @ArgumentParser.Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard noise > 0 || (noise == 0 && spectra != nil), (count ?? 1) > 0, repeats > 0, (weighted ?? 1) > 0,
      (refined ?? 1) > 0, samples >= 1,
      (1..<400).contains(components), (1...256).contains(threads), mass.map({ $0 > 0 && $0 < 1 }) ?? true
    else {
      throw ValidationError(
        """
        --noise, --count, --repeats, --weighted, --refined and --samples are positive (--noise may be 0 with --spectra), --mass is between 0 and 1, \
        --components 1 to 399, --threads 1 to 256.
        """)
    }
    guard set == nil || (spectra == nil && weighted == nil && refined == nil && !information) else {
      throw ValidationError(
        "--set judges components alone: without --spectra, --weighted, --refined and --information.")
    }
    guard refined == nil || name == .exoGAN2018 else {
      throw ValidationError("--refined is for exogan-2018 alone.")
    }
    guard !information || name != .eclipse else {
      throw ValidationError("--information is for spectra in transmission.")
    }
    guard !residuals || set != nil else { throw ValidationError("--residuals are those of a --set.") }
    _ = try cells
  }

  private var cells: [CompletionCell] {
    get throws {
      let names = coverage.isEmpty ? Coverage.Name.allCases.map(\.rawValue) + ["half"] : coverage
      return try names.map { try CompletionCell($0, noise: noise, mass: mass) }
    }
  }

  // MARK: Runs

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    if let set { try judgeComponents(set) } else { try judgeModel() }
  }

  private func judgeComponents(_ directory: String) throws {
    let set = try RetrievalTrainingSet(AtmosphereSpace(name), directory: directory, limit: limit ?? .max)
    let division = SetDivision(examples: set.count, validation: 2000, test: 2000)
    guard division.training.count > components else {
      throw ValidationError("\(set.count) spectra are too few for \(components) components.")
    }
    if residuals {
      print("components  median    p90  ppm of a hot Jupiter")
      for line in ResidualTable(set, division: division).lines {
        print(
          column("\(line.components)", 10) + column(fixed(line.median, 2), 8)
            + column(fixed(line.ninetieth, 2), 7))
      }
      return
    }
    let frontEnd = SpectralFrontEnd(fittedTo: set, rows: division.training, components: components)
    let rows = division.test.prefix(count ?? 500)
    var results: [Result] = []
    for cell in try cells {
      results.append(
        judge(
          cell.known(set, rows: rows, seed: seed), cell.label, "components",
          ComponentsEstimator(frontEnd: frontEnd),
          hasParameters: false))
    }
    show(results)
  }

  private func judgeModel() throws {
    let model = try CompletionCell.model(name, location)
    let forward = try OpacityLibrary(directory: opacity.directory()).model(model.space.configuration)
    var results: [Result] = []
    if let spectra {
      let table = try LabelledSpectra(Files.read(spectra), name: Files.name(spectra))
      let taken = min(count ?? table.count, table.count)
      let known = KnownSpectrum.all(
        table, rows: (0..<taken).map { $0 * table.count / taken }, noise: noise * 1e-6,
        leastError: Self.leastError, takesAnchored: anchored, repeats: repeats, seed: seed)
      results = judge(known, "table", model, forward)
    } else {
      let planets = RetrievalTrainingSet(
        fresh: model.space, model: forward, count: count ?? 500, seed: seed, threads: threads)
      for cell in try cells {
        results += judge(
          cell.known(planets, rows: 0..<planets.count, seed: seed), cell.label, model, forward)
      }
    }
    show(results)
  }

  /// Spectra without noise are taken for this good, as a depth.
  private static let leastError = 0.3e-6

  private struct Result {
    var label: String
    var method: String
    var evaluation: CompletionEvaluation
    /// By parameter: the part within a tenth that information allows.
    var limits: [String: Double] = [:]
  }

  private func judge(
    _ known: [KnownSpectrum], _ label: String, _ model: CompletionModel, _ forward: SpectrumModel
  ) -> [Result] {
    var results = [
      judge(known, label, "components", ComponentsEstimator(frontEnd: model.frontEnd), hasParameters: false),
      judge(known, label, "network", NetworkEstimator(model: model)),
    ]
    for (budget, refines) in [(refined, true), (weighted, false)] {
      guard let budget else { continue }
      let settings = RetrievalSettings(
        spectra: budget, leastEffectiveSamples: samples, inflatesErrors: inflateErrors && !refines)
      results.append(
        judge(
          known, label, refines ? "refined" : "weighted",
          WeightedEstimator(
            engine: RetrievalEngine(model: model, forward: forward), settings: settings, refines: refines)))
    }
    if information {
      let limit = InformationLimit(model.space, forward: forward)
      let limits = Dictionary(
        uniqueKeysWithValues: limit.within10(
          limit.sensitivities(of: known, threads: threads), known, seed: seed, threads: threads
        ).map { ($0.key, $0.within10) })
      for result in results.indices { results[result].limits = limits }
    }
    return results
  }

  private func judge(
    _ known: [KnownSpectrum], _ label: String, _ method: String, _ estimator: some CompletionEstimator,
    hasParameters: Bool = true
  ) -> Result {
    defer { note("", end: "\u{1B}[K") }
    let pace = Mutex(Pace())
    return Result(
      label: label, method: method,
      evaluation: CompletionEvaluation(
        known, scales: hasParameters ? ParameterScale.all(AtmosphereSpace(name)) : [], by: estimator,
        seed: seed, threads: threads, isStopping: { Interruption.isRequested },
        finished: { done in
          guard pace.withLock({ $0.isDue() }) else { return }
          note("\(label) \(method) \(done)/\(known.count)", end: "\u{1B}[K\r")
        }))
  }

  // MARK: What it says

  private func show(_ results: [Result]) {
    if json {
      print(json(results).text(.card), terminator: "")
      return
    }
    print(
      "noise \(fixed(noise, 1)) ppm in every bin, mass \(mass.map { "known to \(fixed(100 * $0, 0)) %" } ?? "unknown")"
    )
    let missing = results.filter { !$0.evaluation.missing.isEmpty }
    if !missing.isEmpty {
      print("\nmissing bins         method      spectra  median    mean  ppm   within 1 sd   2 sd")
      for result in missing {
        let evaluation = result.evaluation
        print(
          column(result.label, 20, isLeft: true),
          column(result.method, 11, isLeft: true)
            + column("\(evaluation.answered)", 7)
            + column(fixed(1e6 * CompletionEvaluation.median(evaluation.missing), 1), 8)
            + column(fixed(1e6 * evaluation.meanMissing, 1), 8)
            + column(evaluation.missingWithin.map { fixed($0.one, 3) } ?? "", 18)
            + column(evaluation.missingWithin.map { fixed($0.two, 3) } ?? "", 7))
      }
    }
    for result in results where !result.evaluation.scores.isEmpty { show(result) }
  }

  private func show(_ result: Result) {
    let evaluation = result.evaluation
    print(
      "\n\(result.label), \(result.method): \(evaluation.answered) of \(evaluation.spectra) spectra, "
        + "\(fixed(CompletionEvaluation.median(evaluation.seconds), 3)) s each, TARP distance \(fixed(evaluation.tarpDistance, 3))"
    )
    if evaluation.forwardModels.contains(where: { $0 > 0 }) {
      let sizes = evaluation.effectiveSampleSizes
      print(
        "effective samples: median \(fixed(CompletionEvaluation.median(sizes), 0)), \(fixed(samples, 0)) or more in "
          + "\(fixed(Double(sizes.count { $0 >= samples }) / Double(sizes.count), 2)); forward models: median "
          + "\(fixed(CompletionEvaluation.median(evaluation.forwardModels.map(Double.init)), 0))")
    }
    let hasLimits = !result.limits.isEmpty
    print(
      column("", 22, isLeft: true) + "within a tenth" + (hasLimits ? "  limit" : "")
        + "     r2  rms of range  68 %  95 %   ranks")
    for (key, score) in evaluation.scores {
      print(
        column(key, 22, isLeft: true) + column(fixed(score.within10, 3), 14)
          + (hasLimits ? column(result.limits[key].map { fixed($0, 3) } ?? "", 7) : "")
          + column(fixed(score.r2, 2), 7)
          + column(fixed(score.rms, 3), 14) + column(fixed(score.coverage68, 3), 6)
          + column(fixed(score.coverage95, 3), 6) + column(fixed(score.rankDistance, 3), 8))
    }
    guard evaluation.spectra >= 100 else { return }
    for (key, trace) in evaluation.traces {
      print(
        column(key, 22, isLeft: true) + "nine of ten from "
          + (trace.limit.map { fixed($0, 2) } ?? "nowhere") + " on: "
          + trace.lines.map { "\(fixed($0.truth, 1)) \(fixed($0.within10, 2))" }.joined(separator: ", "))
    }
  }

  /// The members of the best method's first result, and all results.
  private func json(_ results: [Result]) -> JSON {
    let members = results.map { result -> [JSON.Member] in
      let evaluation = result.evaluation
      let parameters = evaluation.scores.map { key, score in
        JSON.Member(
          key,
          .object(
            score.members + (result.limits[key].map { [.init("limit", .number($0))] } ?? [])))
      }
      var members: [JSON.Member] = [
        .init("coverage", .string(result.label)), .init("method", .string(result.method)),
        .init("noise", .number(noise)), .init("massError", mass.map { .number($0) } ?? .null),
        .init("spectra", .integer(evaluation.spectra)), .init("answered", .integer(evaluation.answered)),
        .init("parameters", .object(parameters)),
      ]
      if !evaluation.missing.isEmpty {
        members.append(
          .init(
            "missing",
            .object([
              .init("median", .number(1e6 * CompletionEvaluation.median(evaluation.missing))),
              .init("mean", .number(1e6 * evaluation.meanMissing)),
            ])))
      }
      if !evaluation.scores.isEmpty {
        members.append(.init("tarpDistance", .number(evaluation.tarpDistance)))
        members.append(.init("traces", .object(evaluation.traces.map { .init($0.key, json($0.limit)) })))
      }
      if evaluation.forwardModels.contains(where: { $0 > 0 }) {
        let sizes = evaluation.effectiveSampleSizes
        members += [
          .init("effectiveSampleSize", .number(CompletionEvaluation.median(sizes))),
          .init("reached", .number(Double(sizes.count { $0 >= samples }) / Double(sizes.count))),
          .init(
            "forwardModels", .number(CompletionEvaluation.median(evaluation.forwardModels.map(Double.init)))),
        ]
      }
      return members
    }
    let method = weighted != nil ? "weighted" : refined != nil ? "refined" : "network"
    let best = results.indices.first { results[$0].method == method } ?? 0
    return .object(
      [.init("space", .string(name.rawValue))] + (members.isEmpty ? [] : members[best])
        + [.init("all", .array(members.map { .object($0) }))])
  }

  private func json(_ trace: TraceLimit) -> JSON {
    .object([
      .init("limit", trace.limit.map { .number($0) } ?? .null),
      .init(
        "bins",
        .array(
          trace.lines.map {
            .object([
              .init("truth", .number($0.truth)), .init("spectra", .integer($0.spectra)),
              .init("within10", .number($0.within10)),
            ])
          })),
    ])
  }
}
