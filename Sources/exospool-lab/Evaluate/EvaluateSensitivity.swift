import ArgumentParser
import NumericalMethods
import OpacityFiles
import Retrieval
import RetrievalTraining
import SensitivityTraining
import SpectralPrior
import SpectralSensitivity
import Tensors
import TrainingRuns
import TrainingSets

struct EvaluateSensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Judge the networks whose answers are traced to wavelengths, and their maps.",
    discussion: """
      Observes planets of a set's test part, which no training saw. Without a further choice it says how well the networks retrieve, for each \
      coverage; with --weighted beside the posterior. --maps compares their maps with what an optimal linear retrieval of the true atmosphere rests on \
      (C J^T S^-1), parameter by parameter, over those planets of which it halves what the prior leaves open. --published says how the published \
      test, which moves half of all other points, too, agrees with itself: the rank correlation of two halves of so many repeats. --timing \
      times one full set of maps, on one thread.

        exospool-lab evaluate sensitivity --set exospool-sets --coverage full WFC3
        exospool-lab evaluate sensitivity --set exospool-sets --maps 60
        exospool-lab evaluate sensitivity --set exospool-sets --published 100 500 1000
        exospool-lab evaluate sensitivity --set exospool-sets --timing
      """)

  @Option(help: "Directory of the shards of retrieval-transmission.")
  var set: String

  @OptionGroup var location: ModelsLocation
  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 50.0

  @Option(
    parsing: .upToNextOption,
    help: "\(Coverage.Name.allCases.map(\.rawValue).joined(separator: ", ")), or half. Default: all.")
  var coverage: [String] = []

  @Option(help: "Relative error with which the planet's mass is known. Default: it is not.")
  var mass: Double?

  @Option(help: "Planets to observe.")
  var count = 500

  @Option(help: "Also judge the posterior, with so many forward models a spectrum at most.")
  var weighted: Int?

  @Option(help: "Judge maps, on so many planets a parameter.")
  var maps: Int?

  @Option(parsing: .upToNextOption, help: "Repeats of the published test.")
  var published: [Int] = []

  @ArgumentParser.Flag(help: "Time the maps of one spectrum.")
  var timing = false

  @Option(help: "Use only so many spectra of the set, in whole shards.")
  var spectra: Int?

  @Option(help: "Seed of noise and perturbations.")
  var seed: UInt64 = 3

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard noise > 0, count > 0, (weighted ?? 1) > 0, (maps ?? 1) > 0, published.allSatisfy({ $0 >= 2 }),
      (1...256).contains(threads), mass.map({ $0 > 0 && $0 < 1 }) ?? true
    else { throw ValidationError("A number is out of its range.") }
    _ = try cells
  }

  private var cells: [CompletionCell] {
    get throws {
      let names = coverage.isEmpty ? Coverage.Name.allCases.map(\.rawValue) : coverage
      return try names.map { try CompletionCell($0, noise: noise, mass: mass) }
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    let completion = try CompletionCell.model(.transmission, location)
    let models = try SensitivityModelSet.load(
      .transmission, directory: location.directory(), frontEnd: completion.frontEnd
    ).models.map(\.model)
    guard !models.isEmpty else {
      throw ValidationError(
        "There is no network of sensitivities: train one with exospool-lab train sensitivity.")
    }
    let set = try RetrievalTrainingSet(completion.space, directory: self.set, limit: spectra ?? .max)
    let test = SetDivision(examples: set.count, validation: 5_000, test: 5_000).test
    if timing {
      try time(models, completion, set, row: test.lowerBound)
    } else if let maps {
      try judgeMaps(models, completion, set, test, count: maps)
    } else if !published.isEmpty {
      try judgePublished(models, completion, set, test)
    } else {
      try judgeRetrievals(models, completion, set, test)
    }
  }

  // MARK: Retrievals

  private func judgeRetrievals(
    _ models: [SensitivityModel], _ completion: CompletionModel, _ set: RetrievalTrainingSet,
    _ test: Range<Int>
  ) throws {
    let keys = Set(SensitivityParameter.all(completion.space).map(\.key))
    let scales = ParameterScale.all(completion.space).filter { keys.contains($0.key) }
    let forward = try weighted.map { _ in
      try OpacityLibrary(directory: opacity.directory()).model(completion.space.configuration)
    }
    for cell in try cells {
      let known = cell.known(set, rows: test.prefix(count), seed: seed)
      for model in models {
        show(
          CompletionEvaluation(
            known, scales: scales, by: SensitivityEstimator(model: model, frontEnd: completion.frontEnd),
            seed: seed, threads: threads, isStopping: { Interruption.isRequested }), cell.label,
          model.architecture.kind.title)
      }
      guard let forward, let weighted else { continue }
      let estimator = WeightedEstimator(
        engine: RetrievalEngine(model: completion, forward: forward),
        settings: RetrievalSettings(spectra: weighted, inflatesErrors: false), refines: false)
      show(
        CompletionEvaluation(
          known, scales: scales, by: estimator, seed: seed, threads: threads,
          isStopping: { Interruption.isRequested }), cell.label, "posterior")
    }
  }

  private func show(_ evaluation: CompletionEvaluation, _ label: String, _ method: String) {
    print(
      "\n\(label), \(method): \(evaluation.answered) spectra, noise \(fixed(noise, 0)) ppm, "
        + "\(fixed(1e3 * CompletionEvaluation.median(evaluation.seconds), 1)) ms each")
    print(column("", 14, isLeft: true) + "    r2  rms of range   68 %   95 %  within a tenth")
    for (key, score) in evaluation.scores {
      print(
        column(key, 14, isLeft: true) + column(fixed(score.r2, 3), 6) + column(fixed(score.rms, 3), 14)
          + column(fixed(score.coverage68, 3), 7) + column(fixed(score.coverage95, 3), 7)
          + column(fixed(score.within10, 3), 16))
    }
  }

  // MARK: Maps

  /// What one set of points is observed with.
  private func plan(_ cell: CompletionCell) -> ObservationPlan {
    ObservationPlan(
      coverage: cell.coverage, noise: .depth(noise * 1e-6),
      context: .init(mass: mass.map { .to($0) } ?? .unknown, temperature: .unknown, starRadius: .to(0.01)),
      offsetDeviation: 0)
  }

  private func judgeMaps(
    _ models: [SensitivityModel], _ completion: CompletionModel, _ set: RetrievalTrainingSet,
    _ test: Range<Int>, count: Int
  ) throws {
    let chosen = coverage.isEmpty ? [try CompletionCell("full", noise: noise, mass: mass)] : try cells
    for cell in chosen {
      let evaluation = MapEvaluation(
        models, completion, set: set, rows: test.prefix(self.count), plan: plan(cell), count: count,
        seed: seed,
        threads: threads, isStopping: { Interruption.isRequested })
      print(
        "\n\(cell.label), noise \(fixed(noise, 0)) ppm: rank correlation with the optimal retrieval's map, by groups and by nine bins"
      )
      print(
        column("", 14, isLeft: true)
          + "network  spectra  of means  single  top tenth  with gradient  bins: of means  single")
      for score in evaluation.scores {
        print(
          column(score.key, 14, isLeft: true) + column(score.network.title, 7)
            + column("\(score.spectra)", 9) + column(fixed(score.ofMeans, 2), 10)
            + column(fixed(score.single, 2), 8) + column(fixed(score.share, 2), 11)
            + column(fixed(score.byGradient, 2), 15) + column(fixed(score.smoothedOfMeans, 2), 16)
            + column(fixed(score.smoothedSingle, 2), 8))
      }
      for (model, difference) in zip(models, evaluation.seedDifference) {
        print(
          "\(model.architecture.kind.title): two seeds differ by \(fixed(difference, 2)) of their standard errors (rms)"
        )
      }
    }
  }

  private func judgePublished(
    _ models: [SensitivityModel], _ completion: CompletionModel, _ set: RetrievalTrainingSet,
    _ test: Range<Int>
  ) throws {
    let parameters = SensitivityParameter.all(completion.space)
    let chosen = coverage.isEmpty ? [try CompletionCell("full", noise: noise, mass: mass)] : try cells
    for cell in chosen {
      print(
        "\n\(cell.label), noise \(fixed(noise, 0)) ppm: split-half rank correlation of the published test")
      print(
        column("network", 9, isLeft: true) + column("repeats", 9)
          + parameters.map { column($0.key.replacing("log10", with: ""), 13) }.joined())
      for repeats in published {
        var sums = models.map { _ in [Double](repeating: 0, count: parameters.count) }
        var done = 0
        for row in test.prefix(count) {
          var random = SeededRandom(seed: seed, stream: UInt64(row))
          let observation = plan(cell).observe(
            set.row(row), set.shape(row), space: set.space, &random
          ).observation
          guard !Interruption.isRequested, let tangent = completion.frontEnd.tangent(of: observation) else {
            continue
          }
          let groups = PointGroups(observation.points)
          let perturbations = Perturbations(
            tangent, errors: observation.points.variances.map { $0.squareRoot() }, groups: groups)
          let found = SensitivityMap.subsets(
            models.map { SensitivityProbe($0, tangent) }, perturbations, groups: groups, repeats: repeats,
            seed: seed)
          for (place, answer) in found.enumerated() {
            for parameter in parameters.indices { sums[place][parameter] += answer.splitHalf[parameter] }
          }
          done += 1
        }
        for (model, sum) in zip(models, sums) {
          print(
            column(model.architecture.kind.title, 9, isLeft: true) + column("\(repeats)", 9)
              + sum.map { column(fixed($0 / Double(max(done, 1)), 3), 13) }.joined())
        }
      }
    }
  }

  // MARK: Time

  private func time(
    _ models: [SensitivityModel], _ completion: CompletionModel, _ set: RetrievalTrainingSet, row: Int
  ) throws {
    let cell = try CompletionCell(coverage.first ?? "full", noise: noise, mass: mass)
    var random = SeededRandom(seed: seed)
    let observation = plan(cell).observe(set.row(row), set.shape(row), space: set.space, &random).observation
    let clock = ContinuousClock()
    func milliseconds(_ body: () -> Void) -> Double {
      (0..<3).map { _ in 1e3 * (clock.measure(body) / .seconds(1)) }.min() ?? .nan
    }
    var traced: SpectralTangent?
    print(
      "tangent of the front end \(fixed(milliseconds { traced = completion.frontEnd.tangent(of: observation) }, 1)) ms"
    )
    guard let tangent = traced else { return }
    let errors = observation.points.variances.map { $0.squareRoot() }
    let groups = PointGroups(observation.points)
    let perturbations = Perturbations(tangent, errors: errors, groups: groups)
    for model in models {
      let probe = SensitivityProbe(model, tangent)
      let gradient = milliseconds { _ = probe.gradients(errors: errors) }
      var random = SeededRandom(seed: seed)
      let moved = perturbations.single(repeats: max(1, 3000 / max(groups.groups.count, 1)), &random)
      let passes = milliseconds { _ = probe.changes(moved) }
      var repeats = 0
      let whole = milliseconds {
        repeats =
          SensitivityMap.single([probe], perturbations, groups: groups, seed: seed).first?.repeats ?? 0
      }
      print(
        "\(model.architecture.kind.title): gradients \(fixed(gradient, 1)) ms; \(moved.rows) passes \(fixed(passes, 1)) ms; "
          + "single-group test \(fixed(whole, 1)) ms (\(repeats) repeats of \(groups.groups.count) groups)")
    }
    let all = SensitivityModelSet(models.map { ($0, "") })
    let together = milliseconds {
      _ = try? SpectrumSensitivity(
        of: observation, by: all, completion: completion, centre: nil, posteriors: [:], seed: seed)
    }
    print("all of it, as the daemon does without a posterior: \(fixed(together, 1)) ms")
  }
}
