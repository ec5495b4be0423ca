import Analyses
import ArgumentParser
import Atmospheres
import NumericalMethods
import Observations
import OpacityFiles
import Retrieval
import RetrievalTraining
import RobERt
import SpectralPrior
import Tensors
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

struct EvaluateVerdicts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdicts", abstract: "Judge what is said of molecules on spectra whose gases are known.",
    discussion: """
      Observes spectra of a table (columns as evaluate completion has them) with several coverages and one error in every bin of the grid, \
      broad photometry with one error a point, star and planet as a catalogue would have them. A gas shows where the \
      spectrum with it and the same with its lines silent differ by 3 standard deviations, level, slope and offsets free. Says, in per cent: \
      molecules that are not in the table at all and are called seen; water that shows and is called seen; water of 10 standard deviations called \
      not seen; any gas of 5 called not seen; any gas below 3 called seen; and how often what is said with a probability holds. The network by \
      itself, for all planets and for those of 1400 to 1600 K; with --weighted also verdicts by the posterior of atmospheres. \
      Control-C judges what is done so far; a second one ends the program.

        exospool-lab evaluate verdicts taurex2_exogan_spectra.fits --count 300
        exospool-lab evaluate verdicts taurex2_exogan_spectra.fits --count 40 --coverage WFC3+Spitzer --weighted 4000
      """)

  @Argument(help: "FITS table of transmission spectra with Mp, Rp, T, logH2O, logCO2, logCH4, logCO.")
  var table: String

  @OptionGroup var models: ModelsLocation

  @OptionGroup var opacity: OpacityLocation

  @Option(help: "Standard deviation of the noise in every bin, ppm.")
  var noise = 50.0

  @Option(
    parsing: .upToNextOption,
    help: "\(Coverage.ofVerdicts.map(\.name).joined(separator: ", ")). Default: all.")
  var coverage: [String] = []

  @Option(help: "Spectra of each coverage.")
  var count = 300

  @Option(help: ArgumentHelp(EvidenceByPosterior.help))
  var weighted: Int?

  @Option(help: "Atmospheres of the posterior: exogan-2018 or transmission.", transform: CompletionCell.space)
  var space: AtmosphereSpace.Name = .exoGAN2018

  @Option(help: "Effective samples to stop at.")
  var samples = 200.0

  @ArgumentParser.Flag(help: "Also how much probabilities change where 2, 4 and 8 points are averaged.")
  var averaged = false

  @Option(
    help:
      "Of so many spectra compare ln B, by Savage and Dickey, with the evidence of a second run without the gas; exogan-2018 alone."
  )
  var without: Int?

  @Option(help: "Seed of noise and samples.")
  var seed: UInt64 = 5

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard noise > 0, count > 0, (weighted ?? 1) > 0, samples >= 1, (1...256).contains(threads),
      space != .eclipse
    else {
      throw ValidationError(
        "--noise, --count, --weighted and --samples are positive, --threads 1 to 256, --space is one of transits."
      )
    }
    _ = try coverages
  }

  private var coverages: [(name: String, make: @Sendable (inout SeededRandom) -> Coverage)] {
    get throws {
      guard !coverage.isEmpty else { return Coverage.ofVerdicts }
      return try coverage.map { name in
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
    let labelled = try LabelledSpectra(Files.read(table), name: Files.name(table))
    let networks = try RobERtModelSet.load(directory: models.directory())
    let library = try OpacityLibrary(directory: opacity.directory())
    let forward = try library.model(AtmosphereSpace(.exoGAN2018).configuration)
    let engine = try weighted.map { _ in
      let model = try CompletionCell.model(space, models)
      return RetrievalEngine(model: model, forward: try library.model(model.space.configuration))
    }
    let taken = min(count, labelled.count)
    let rows = (0..<taken).map { $0 * labelled.count / taken }
    print(VerdictTally.heading)
    for (name, make) in try coverages {
      guard !Interruption.isRequested else { break }
      let known = concurrentMap(rows, threads: threads) { row -> KnownGases? in
        var random = SeededRandom(seed: seed, stream: UInt64(row))
        let coverage = make(&random)
        return KnownGases(
          labelled, row: row, coverage: coverage, noise: noise * 1e-6, forward: forward, &random)
      }.compactMap(\.self)
      judge(known, name, networks, engine)
      if let without { compareFactors(Array(known.prefix(without)), name, forward) }
      guard !Interruption.isRequested else { break }
      if averaged { judgeAveraged(rows, labelled, name, make, networks, forward) }
    }
  }

  private func judge(
    _ known: [KnownGases], _ name: String, _ networks: RobERtModelSet, _ engine: RetrievalEngine?
  ) {
    let alone = known.map { recognition($0, networks) }
    var (all, middle, outside) = (VerdictTally(), VerdictTally(), 0)
    for (known, recognition) in zip(known, alone) {
      guard let recognition else { continue }
      if !recognition.inDomain { outside += 1 }
      all.add(recognition.molecules, known.significances)
      if (1400...1600).contains(known.temperature) {
        middle.add(recognition.molecules, known.significances)
      }
    }
    defer { fflush(nil) }
    print(all.line(name, by: "network"))
    print(middle.line("", by: "  1400 to 1600 K"))
    print("    outside its training: \(outside); \(all.calibration)")
    guard let engine else { return }
    let taken = known.indices.filter { space == .exoGAN2018 || (1400...1600).contains(known[$0].temperature) }
    let settings = RetrievalSettings(
      spectra: weighted ?? 0, leastEffectiveSamples: samples, inflatesErrors: space != .exoGAN2018,
      gasSamples: 64)
    let evidence = EvidenceByPosterior(engine: engine, settings: settings, seed: seed, threads: threads)
    var (weighed, without) = (VerdictTally(), 0)
    for (place, evidence) in evidence(taken.map { ($0, known[$0].observation) }, label: name) {
      guard let recognition = alone[place], let evidence else {
        without += 1
        continue
      }
      guard evidence.isExplained else {
        weighed.silenced += 1
        continue
      }
      weighed.add(
        recognition.weighed(by: evidence).molecules, known[place].significances, isWeighed: true)
    }
    print(weighed.line(name, by: "posterior"))
    print("    without a posterior to be trusted: \(without); \(weighed.calibration)")
  }

  /// Each gas' ln B beside the difference of evidences, both by runs that learn nothing: from the prior, by the forward model.
  private func compareFactors(_ known: [KnownGases], _ name: String, _ forward: SpectrumModel) {
    let space = AtmosphereSpace(.exoGAN2018)
    let gases = space.gases.map(\.formula)
    let range = space.variables[3].range
    let settings = RetrievalSettings(
      spectra: 20_000, leastEffectiveSamples: 4 * samples, inflatesErrors: false, gasSamples: 0)
    @Sendable func evidence(_ known: KnownGases, _ only: Set<String>) -> RetrievedPosterior? {
      try? RetrievalEngine(space: AtmosphereSpace(.exoGAN2018, only: only), forward: forward).retrieve(
        known.observation, settings: settings, seed: seed)
    }
    let found = concurrentMap(known, threads: threads) { known -> [(Double, Double, Double)] in
      guard !Interruption.isRequested, let all = evidence(known, Set(gases)) else { return [] }
      let ratios = gases.compactMap { all.keys.firstIndex(of: "log10\($0)") }
      return zip(gases, ratios).compactMap { gas, column -> (Double, Double, Double)? in
        guard !Interruption.isRequested, let less = evidence(known, Set(gases).subtracting([gas])) else {
          return nil
        }
        let trace = GasWeighing.trace(
          all.rows.map { $0[column] }, all.weights, range, all.effectiveSampleSize)
        let error = hypot(all.logEvidenceError, less.logEvidenceError)
        return trace.isLeast ? nil : (trace.logBayesFactor, all.logEvidence - less.logEvidence, error)
      }
    }
    for (row, factors) in found.enumerated() {
      for (dickey, difference, error) in factors {
        print(
          column(name, 20, isLeft: true) + column("\(row)", 5) + column(fixed(dickey, 2), 9)
            + column(fixed(difference, 2), 9) + column(fixed(error, 2), 7))
      }
    }
    fflush(nil)
  }

  private func recognition(_ known: KnownGases, _ networks: RobERtModelSet) -> MoleculeRecognition? {
    networks.recognition(
      of: known.spectrum, resampled: known.spectrum.resampled(),
      context: RecognitionContext(of: known.context), observation: known.observation)
  }

  /// Of the network alone: the same spectra with the same noise, so many neighbouring points averaged.
  private func judgeAveraged(
    _ rows: [Int], _ table: LabelledSpectra, _ name: String,
    _ make: @Sendable (inout SeededRandom) -> Coverage, _ networks: RobERtModelSet, _ forward: SpectrumModel
  ) {
    for width in [2, 4, 8] {
      let changes = concurrentMap(rows, threads: threads) { row -> [Double] in
        var random = SeededRandom(seed: seed, stream: UInt64(row))
        let coverage = make(&random)
        guard
          let fine = KnownGases(
            table, row: row, coverage: coverage, noise: noise * 1e-6, forward: forward, &random),
          let coarse = fine.averaged(width), let first = recognition(fine, networks),
          let second = recognition(coarse, networks)
        else { return [] }
        let before = Dictionary(uniqueKeysWithValues: first.molecules.map { ($0.name, $0.probability) })
        return second.molecules.compactMap { molecule in
          // Averages of eight lose what narrow features tell.
          if width == 8, let significance = fine.significances[molecule.name],
            abs((coarse.significances[molecule.name] ?? 0) / max(significance, 1e-9) - 1) > 0.05
          {
            return nil
          }
          return before[molecule.name].map { abs($0 - molecule.probability) }
        }
      }.flatMap(\.self)
      let small = changes.count { $0 <= 0.1 }
      print(
        "    averaged by \(width): probability changes by 0.1 or less in "
          + "\(fixed(100 * Double(small) / Double(max(changes.count, 1)), 1)) % of \(changes.count)")
    }
  }
}
