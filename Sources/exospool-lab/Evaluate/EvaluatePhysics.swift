import Analyses
import ArgumentParser
import Atmospheres
import NumericalMethods
import OpacityFiles
import Retrieval
import RetrievalTraining
import RobERt
import SpectralPrior
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

struct EvaluatePhysics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "physics", abstract: "Judge what is said of molecules in spectra of other physics.",
    discussion: """
      phosphine: hot giants with PH3 of 1e-6 to 1e-4, water, carbon monoxide and hydrogen sulphide, without CO2 and SO2. cyanide: with \
      HCN and without water, opacities off by a tenth of a decade and by waves of half that. One error in every bin, coverages as \
      evaluate verdicts has them. Says how many are called what, by the network and, with --weighted, by the posterior. Control-C judges \
      what is done so far; a second one ends the program.

        exospool-lab evaluate physics phosphine --count 300
      """)

  @Argument(help: "phosphine or cyanide.", transform: Self.physics)
  var physics: OtherPhysics

  @OptionGroup var models: ModelsLocation

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 50.0

  @Option(parsing: .upToNextOption, help: "\(Coverage.ofVerdicts.map(\.name).joined(separator: ", ")).")
  var coverage = ["NIRISS", "PRISM", "WFC3+Spitzer", "PRISM+MIRI"]

  @Option(help: "Spectra of each coverage.")
  var count = 300

  @Option(help: ArgumentHelp(EvidenceByPosterior.help))
  var weighted: Int?

  @Option(help: "Effective samples to stop at.")
  var samples = 200.0

  @Option(help: "Seed of planets, noise and samples.")
  var seed: UInt64 = 7

  @Option(help: "Threads.")
  var threads = 2

  private static func physics(_ name: String) throws -> OtherPhysics {
    guard let physics = OtherPhysics(rawValue: name) else {
      throw ValidationError("There are phosphine and cyanide, not \"\(name)\".")
    }
    return physics
  }

  func validate() throws {
    guard noise > 0, count > 0, (weighted ?? 1) > 0, samples >= 1, (1...256).contains(threads) else {
      throw ValidationError("--noise, --count, --weighted and --samples are positive, --threads 1 to 256.")
    }
    _ = try coverages
  }

  private var coverages: [(name: String, make: @Sendable (inout SeededRandom) -> Coverage)] {
    get throws {
      try coverage.map { name in
        guard let found = Coverage.ofVerdicts.first(where: { $0.name == name }) else {
          throw ValidationError("There is no coverage \"\(name)\".")
        }
        return found
      }
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    let networks = try RobERtModelSet.load(directory: models.directory())
    let model = try CompletionCell.model(.transmission, models)
    let forward = try OpacityLibrary(directory: opacity.directory()).model(model.space.configuration)
    print(
      column("coverage", 20, isLeft: true) + column("by", 11, isLeft: true) + column("gas", 9, isLeft: true)
        + " spectra  shows  seen  not seen  unclear  cannot tell")
    for (name, make) in try coverages {
      guard !Interruption.isRequested else { break }
      let planets = Array(0..<count)
      let spectra = concurrentMap(planets, threads: threads) { planet -> StrangeSpectrum? in
        var random = SeededRandom(seed: seed, stream: UInt64(planet))
        return StrangeSpectrum(
          physics, coverage: make(&random), noise: noise * 1e-6, model: model, forward: forward, &random)
      }.compactMap(\.self)
      let alone = concurrentMap(spectra, threads: threads) { strange in
        networks.recognition(
          of: strange.spectrum, resampled: strange.spectrum.resampled(),
          context: RecognitionContext(of: strange.context), observation: strange.observation)
      }
      tell(name, "network", physics, spectra, alone)
      guard let weighted else { continue }
      let evidence = EvidenceByPosterior(
        engine: RetrievalEngine(model: model, forward: forward),
        settings: RetrievalSettings(spectra: weighted, leastEffectiveSamples: samples, gasSamples: 64),
        seed: seed, threads: threads)
      var found = [MoleculeRecognition?](repeating: nil, count: spectra.count)
      for (place, evidence) in evidence(spectra.enumerated().map { ($0, $1.observation) }, label: name) {
        found[place] = evidence.flatMap { alone[place]?.weighed(by: $0) }
      }
      tell(name, "posterior", physics, spectra, found)
    }
  }

  private func tell(
    _ coverage: String, _ by: String, _ physics: OtherPhysics, _ spectra: [StrangeSpectrum],
    _ answers: [MoleculeRecognition?]
  ) {
    let formulas = answers.compactMap { $0 }.first.map { $0.molecules.map(\.name).sorted() } ?? []
    for formula in physics.absent + formulas.filter({ !physics.absent.contains($0) }) {
      var counts: [MoleculeVerdict.Verdict: Int] = [:]
      var (judged, shown) = (0, 0)
      for (spectrum, answer) in zip(spectra, answers) {
        guard let verdict = answer?.molecules.first(where: { $0.name == formula })?.verdict else { continue }
        judged += 1
        counts[verdict, default: 0] += 1
        if (spectrum.significances[formula] ?? 0) >= FeatureSignificance.shownFrom { shown += 1 }
      }
      print(
        column(coverage, 20, isLeft: true) + column(by, 11, isLeft: true) + column(formula, 9, isLeft: true)
          + column("\(judged)", 8) + column("\(shown)", 7) + column("\(counts[.seen] ?? 0)", 6)
          + column("\(counts[.notSeen] ?? 0)", 10) + column("\(counts[.unclear] ?? 0)", 9)
          + column("\(counts[.cannotTell] ?? 0)", 13))
    }
    fflush(nil)
  }
}
