import ArgumentParser
import Atmospheres
import JSONText
import NumericalMethods
import OpacityFiles
import Retrieval
import RetrievalTraining
import SpectralPrior
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
      uniform. Masses, radii and temperatures are judged by their logarithms, but for exogan-2018.

      Methods: components alone; the network by itself; with --weighted its proposals weighted by the forward model. With --set, components \
      alone, fitted to the set's training part and judged on its test part: no network is asked.

      A table of --spectra has columns DEPTH (400, in the order of a table GRID, from long to short wavelengths; NaN where a bin is absent), Mp \
      (kg), Rp (m), T (K), log<formula>; its stars have 6.955e8 m. Bins that GRID marks ANCHORED are left out.

        exospool-lab evaluate completion exogan-2018 --spectra taurex2_exogan_spectra.fits --noise 20 --repeats 5 --json
        exospool-lab evaluate completion physical --noise 50 --coverage PRISM WFC3 --weighted 8000 --count 200
        exospool-lab evaluate completion exogan-2018 --set exospool-sets --noise 50
        exospool-lab evaluate completion transmission --set exospool-sets --residuals
      """)

  @Argument(help: "exogan-2018, transmission (or physical), eclipse.", transform: Self.space)
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

  private static func space(_ name: String) throws -> AtmosphereSpace.Name {
    if name == "physical" { return .transmission }
    guard let space = AtmosphereSpace.Name(rawValue: name) else {
      throw ValidationError("There is no \"\(name)\": exogan-2018, transmission (or physical), eclipse.")
    }
    return space
  }

  func validate() throws {
    guard noise > 0 || (noise == 0 && spectra != nil), (count ?? 1) > 0, repeats > 0, (weighted ?? 1) > 0,
      (1..<400).contains(components), (1...256).contains(threads), mass.map({ $0 > 0 && $0 < 1 }) ?? true
    else {
      throw ValidationError(
        """
        --noise, --count, --repeats and --weighted are positive (--noise may be 0 with --spectra), --mass is between 0 and 1, \
        --components 1 to 399, --threads 1 to 256.
        """)
    }
    guard set == nil || (spectra == nil && weighted == nil) else {
      throw ValidationError("--set judges components alone: without --spectra and --weighted.")
    }
    guard !residuals || set != nil else { throw ValidationError("--residuals are those of a --set.") }
    _ = try cells
  }

  // MARK: What is observed

  private struct Cell {
    var label: String
    var coverage: Coverage
    /// Of the coverage's points.
    var share = 1.0
  }

  private var cells: [Cell] {
    get throws {
      let names = coverage.isEmpty ? Coverage.Name.allCases.map(\.rawValue) + ["half"] : coverage
      return try names.map { name in
        if name == "half" { return Cell(label: "random half", coverage: Coverage(.full), share: 0.5) }
        guard
          let known = Coverage.Name.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
        else { throw ValidationError("There is no coverage \"\(name)\".") }
        return Cell(label: known.rawValue, coverage: Coverage(known))
      }
    }
  }

  /// Planets of the test part of a set, or new ones, as a cell observes them.
  private func known(_ planets: RetrievalTrainingSet, rows: Range<Int>, _ cell: Cell) -> [KnownSpectrum] {
    rows.map { row in
      var random = SeededRandom(seed: seed, stream: UInt64(row))
      var coverage = cell.coverage
      coverage.points.removeAll { _ in random.uniform() >= cell.share }
      let plan = ObservationPlan(
        coverage: coverage, noise: .depth(noise * 1e-6),
        context: .init(
          mass: mass.map { .to($0) } ?? .unknown, temperature: .unknown, starRadius: .to(0.01)),
        offsetDeviation: 0)
      return KnownSpectrum(planets, row: row, plan: plan, &random)
    }
  }

  // MARK: Runs

  func run() throws {
    BLAS.useThreads(1)
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
          known(set, rows: rows, cell), cell.label, "components", ComponentsEstimator(frontEnd: frontEnd),
          hasParameters: false))
    }
    show(results)
  }

  private func judgeModel() throws {
    let directory = try location.directory()
    guard let (model, _) = try CompletionModelSet.loadOne(name, directory: directory) else {
      throw ValidationError(
        """
        There is no network \"\(CompletionModel.name(name))\" in \(directory): train it with exospool-lab train completion, or judge \
        components alone with --set.
        """)
    }
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
        results += judge(known(planets, rows: 0..<planets.count, cell), cell.label, model, forward)
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
  }

  private func judge(
    _ known: [KnownSpectrum], _ label: String, _ model: CompletionModel, _ forward: SpectrumModel
  ) -> [Result] {
    var results = [
      judge(known, label, "components", ComponentsEstimator(frontEnd: model.frontEnd), hasParameters: false),
      judge(known, label, "network", NetworkEstimator(model: model)),
    ]
    if let weighted {
      let settings = RetrievalSettings(spectra: weighted, inflatesErrors: inflateErrors)
      results.append(
        judge(
          known, label, "weighted",
          WeightedEstimator(engine: RetrievalEngine(model: model, forward: forward), settings: settings)))
    }
    return results
  }

  private func judge(
    _ known: [KnownSpectrum], _ label: String, _ method: String, _ estimator: some CompletionEstimator,
    hasParameters: Bool = true
  ) -> Result {
    defer { note("", end: "\u{1B}[K") }
    return Result(
      label: label, method: method,
      evaluation: CompletionEvaluation(
        known, scales: hasParameters ? ParameterScale.all(AtmosphereSpace(name)) : [], by: estimator,
        seed: seed,
        threads: threads, finished: { note("\(label) \(method) \($0)/\(known.count)", end: "\u{1B}[K\r") }))
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
        "effective samples: median \(fixed(CompletionEvaluation.median(sizes), 0)), 500 or more in "
          + "\(fixed(Double(sizes.count { $0 >= 500 }) / Double(sizes.count), 2)); forward models: median "
          + "\(fixed(CompletionEvaluation.median(evaluation.forwardModels.map(Double.init)), 0))")
    }
    print(column("", 22, isLeft: true) + "within a tenth     r2  rms of range  68 %  95 %   ranks")
    for (key, score) in evaluation.scores {
      print(
        column(key, 22, isLeft: true) + column(fixed(score.within10, 3), 14) + column(fixed(score.r2, 2), 7)
          + column(fixed(score.rms, 3), 14) + column(fixed(score.coverage68, 3), 6)
          + column(fixed(score.coverage95, 3), 6) + column(fixed(score.rankDistance, 3), 8))
    }
  }

  /// The members of the best method's first result, and all results.
  private func json(_ results: [Result]) -> JSON {
    let members = results.map { result -> [JSON.Member] in
      let evaluation = result.evaluation
      let parameters = evaluation.scores.map { key, score in
        JSON.Member(
          key,
          .object([
            .init("within10", .number(score.within10)), .init("r2", .number(score.r2)),
            .init("rms", .number(score.rms)),
            .init("coverage68", .number(score.coverage68)), .init("coverage95", .number(score.coverage95)),
            .init("rankDistance", .number(score.rankDistance)),
          ]))
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
      }
      if evaluation.forwardModels.contains(where: { $0 > 0 }) {
        let sizes = evaluation.effectiveSampleSizes
        members += [
          .init("effectiveSampleSize", .number(CompletionEvaluation.median(sizes))),
          .init("reached500", .number(Double(sizes.count { $0 >= 500 }) / Double(sizes.count))),
          .init(
            "forwardModels", .number(CompletionEvaluation.median(evaluation.forwardModels.map(Double.init)))),
        ]
      }
      return members
    }
    let best = results.indices.first { results[$0].method == (weighted == nil ? "network" : "weighted") } ?? 0
    return .object(
      [.init("space", .string(name.rawValue))] + (members.isEmpty ? [] : members[best])
        + [.init("all", .array(members.map { .object($0) }))])
  }
}
