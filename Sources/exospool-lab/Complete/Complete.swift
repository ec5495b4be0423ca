import ArgumentParser
import JSONText
import Observations
import Retrieval
import SpectralPrior
import Tensors

struct Complete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: "Complete an observed spectrum and its planet's parameters.",
    discussion: """
      Posterior of the atmospheres that explain the spectrum: the network proposes, the forward model decides. Says each \
      parameter's median with its 68 % interval and the 95 % interval, how many independent samples the weights are worth, \
      the evidence, and whether the model explains the data.

        exospool-lab complete HD209458b.txt --mass 0.69:0.02 --star-radius 1.155:0.016 --from 1.1 --to 1.7
        exospool-lab complete WASP-43b.dat --mass 2.05:0.05 --radius 1.04:0.02 --star-radius 0.667:0.01 \
      --star-temperature 4520
        exospool-lab complete spectrum.txt --space exogan-2018 --errors-as-given --json
      """)

  @OptionGroup var options: RetrievalOptions

  @Option(
    help:
      "Forward models to compute at most. Default: 8000 where a network proposes; from the prior alone a million."
  )
  var spectra: Int?

  @Option(help: "Stop after so many seconds, whatever is reached; 0: never.")
  var seconds = 0.0

  @Option(help: "Effective number of samples to stop at.")
  var samples = 500.0

  @OptionGroup var models: ModelsLocation

  @ArgumentParser.Flag(help: "Use no network: particles start from the prior and move by the forward model.")
  var exact = false

  @Option(help: "Threads: no result depends on it.")
  var threads = 2

  @Option(help: "Seed: the same seed gives the same posterior.")
  var seed: UInt64 = 1

  @Option(help: "File for the weighted samples and the completed spectrum, JSON.")
  var output: String?

  @ArgumentParser.Flag(help: "Say on standard error how sampling goes.")
  var verbose = false

  @ArgumentParser.Flag(help: "Print JSON instead of text.")
  var json = false

  func validate() throws {
    guard spectra ?? 1 >= 1, seconds >= 0, samples >= 1, (1...256).contains(threads) else {
      throw ValidationError("--spectra and --samples are 1 or more, --seconds 0 or more, --threads 1 to 256.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let observation = try options.observation()
    let space = options.atmospheres(observation)
    var engine = try engine(space)
    if verbose { engine.progress = { note($0) } }
    let settings = RetrievalSettings(
      spectra: spectra ?? (engine.hasModel ? 8000 : 1_000_000), seconds: seconds, threads: threads,
      leastEffectiveSamples: samples, inflatesErrors: options.inflatesErrors, held: try options.held(space),
      gasSamples: Self.gasSamples)
    let posterior: RetrievedPosterior
    do {
      posterior = try engine.retrieve(observation, settings: settings, seed: seed)
    } catch {
      throw ValidationError("\(options.file): \(error)")
    }
    let report = PosteriorReport(
      name: Files.name(options.file), space: space, posterior: posterior,
      assumptions: observation.assumptions,
      seed: seed)
    print(json ? report.json.text(.document) : report.text, terminator: "")
    if let output { try Files.write(report.full.text(.compact) + "\n", to: output) }
  }

  /// By which molecules are judged.
  private static let gasSamples = 64

  private func engine(_ space: AtmosphereSpace) throws -> RetrievalEngine {
    let forward = try options.forward(space)
    if !exact, space.isWhole {
      if let found = try CompletionModelSet.loadOne(space.name, directory: models.directory()) {
        return RetrievalEngine(model: found.model, forward: forward)
      }
      note(
        "no network for \(space.name.rawValue) is there: particles start from the prior and move by the forward model"
      )
    }
    return RetrievalEngine(space: space, forward: forward)
  }
}
