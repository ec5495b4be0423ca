import ExoGAN
import ExoGANTraining
import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import Testing
import TrainingRuns
import TrainingSets

/// Training, on networks of two channels and a set made by hand.
@Suite("Training ExoGAN")
struct ExoGANTrainingTests {
  private static let planets = 40

  private static let set: ExoGANTrainingSet = {
    var random = SeededRandom(seed: 1)
    var depth: [Float] = []
    var parameters: [Double] = []
    for _ in 0..<planets {
      let drawn = ExoGANPrior.draw(&random)
      parameters += drawn
      let level = (drawn[1] / ASPA.stellarRadius) * (drawn[1] / ASPA.stellarRadius)
      depth += (0..<SpectralGrid.standard.count).map { bin in
        Float(level * (1 + 0.02 * sin(Double(bin) / 20) * drawn[2] / 2000))
      }
    }
    return ExoGANTrainingSet(depth: depth, parameters: parameters)
  }()

  private static func options(stabilised: Bool = true) -> ExoGANOptions {
    var options = ExoGANOptions()
    (options.width, options.latent, options.batchSize) = (2, 3, 8)
    (options.steps, options.stepsPerEpoch) = (6, 3)
    options.rate = 2e-3
    if !stabilised { options.stabilisers = nil }
    return options
  }

  private static func trainer(_ options: ExoGANOptions) -> ExoGANTrainer {
    ExoGANTrainer(set: set, rows: 0..<30, validation: 30..<40, options: options, threads: 1)
  }

  private static func checkpoint(_ name: String) -> Checkpoint {
    Checkpoint(path: "/tmp/exospool-\(name)-\(getpid()).checkpoint", settings: "test")
  }

  /// Trains in sittings of so many batches each, from a checkpoint each time, and on to the end.
  private static func train<T: Trainer>(
    stoppingAfter stops: [Int], name: String, _ make: () -> T
  ) throws -> T {
    var trainer = make()
    var run = TrainingRun(checkpoint: checkpoint(name))
    defer { unlink(run.checkpoint.path) }
    for stop in stops {
      var left = stop
      _ = try run.train(
        &trainer,
        isStopping: {
          left -= 1
          return left == 0
        }, show: { _ in })
      trainer = make()
      try run.resume(&trainer)
    }
    _ = try run.train(&trainer, isStopping: { false }, show: { _ in })
    return trainer
  }

  @Test("a run that was stopped ends as one that was not", arguments: [true, false])
  func resume(stabilised: Bool) throws {
    let options = Self.options(stabilised: stabilised)
    let whole = try Self.train(stoppingAfter: [], name: "whole\(stabilised)") { Self.trainer(options) }
    let parts = try Self.train(stoppingAfter: [2, 2], name: "parts\(stabilised)") { Self.trainer(options) }
    // Compared outside of the expectation, which would print every number.
    let (isSame, isSameModel) = (whole.state == parts.state, whole.model(name: "a") == parts.model(name: "a"))
    #expect(isSame && isSameModel)
    #expect(whole.state.history.count == 2 && whole.state.skippedBatches == 0)
  }

  @Test("a run that has ended goes on to more steps as if it had been meant to from the start")
  func longer() throws {
    var options = Self.options()
    options.stabilisers?.noiseSteps = 4
    let noises = (0...5).map { (options.instanceNoise(step: $0) * 1e6).rounded() }
    #expect(noises == [150_000, 112_500, 75_000, 37_500, 0, 0])
    var longer = options
    longer.steps = 9
    #expect(options.schedule == longer.schedule && options.summary != longer.summary)
    var trainer = Self.trainer(options)
    while !trainer.isFinished { trainer.step() }
    var resumed = Self.trainer(longer)
    resumed.resume(trainer.state)
    var whole = Self.trainer(longer)
    while !resumed.isFinished { resumed.step() }
    while !whole.isFinished { whole.step() }
    let isSame = resumed.state == whole.state
    #expect(isSame && resumed.state.history.count == 3)
    options.stabilisers?.noiseSteps = 5
    #expect(options.schedule != longer.schedule)
  }

  @Test("the published way has two generator steps a step, the other one and its switches")
  func schedules() {
    for (stabilised, generatorSteps) in [(true, 1), (false, 2)] {
      let options = Self.options(stabilised: stabilised)
      var trainer = Self.trainer(options)
      trainer.step()
      trainer.step()
      #expect(trainer.state.groups["generator"]?.optimiser.steps == 2 * generatorSteps)
      #expect(trainer.state.groups["discriminator"]?.optimiser.steps == 2)
      #expect(trainer.state.groups["generator"]?.optimiser.decay1 == 0.5)
      #expect(trainer.model(name: "a").architecture.seesDeviation == stabilised)
      #expect(trainer.options.summary.contains(stabilised ? "instance noise" : "no stabilisers"))
    }
  }

  /// Not knowing costs 2 ln 2.
  @Test("the discriminator learns to tell, then the generator to deceive it")
  func contest() {
    var options = Self.options(stabilised: false)
    (options.steps, options.stepsPerEpoch) = (60, 20)
    var trainer = Self.trainer(options)
    while !trainer.isFinished { trainer.step() }
    let losses = trainer.state.history.map(\.training)
    #expect(losses[0] < log(2) && losses[2] > 1.5 * losses[0], "\(losses)")
    #expect(trainer.state.history.allSatisfy { $0.validation > 0 && $0.validation < 2 })
  }

  @Test("the encoder learns, and a stop makes no difference")
  func encoder() throws {
    let architecture = ExoGANArchitecture(width: 2, latent: 3, seesDeviation: false)
    var generator: Sequential<Float> = architecture.generator()
    var random = SeededRandom(seed: 3)
    ExoGANArchitecture.initialize(&generator, random: &random)
    for tensor in generator.tensors where tensor.name.hasSuffix("weight") {
      generator[tensor.name] = generator[tensor.name].map { 20 * $0 }
    }
    let folded = generator.folded
    var options = EncoderOptions()
    (options.width, options.batchSize, options.steps, options.stepsPerEpoch) = (2, 16, 60, 20)
    options.peakRate = 1e-2
    func make() -> EncoderTrainer { EncoderTrainer(generator: folded, options: options, threads: 1) }
    let whole = try Self.train(stoppingAfter: [], name: "encoder", make)
    let parts = try Self.train(stoppingAfter: [30], name: "encoder-parts", make)
    let isSame = whole.state == parts.state
    #expect(isSame)
    let history = whole.state.history.map(\.validation)
    #expect(history[2] < 0.9 * history[0], "\(history)")
  }

  /// With 60 random starts and no step the medians are those of the generator's own planets, whatever the truth is.
  @Test("scores are those of the medians")
  func evaluation() throws {
    var trainer = Self.trainer(Self.options())
    trainer.step()
    var options = ExoGANCompletion.Options()
    (options.starts, options.steps) = (60, 0)
    let model = trainer.model(name: "a")
    let middle = ExoGANCompletion(model, options: options).complete(
      ASPAObservation(
        depth: Self.set.picture(0).depth, error: [Double](repeating: 1e-5, count: 400),
        isObserved: [Bool](repeating: true, count: 400)))
    let truth = Dictionary(
      uniqueKeysWithValues: ASPAParameter.allCases.map { ($0, middle.parameter($0).median) })
    var other = truth
    let mass = ASPAParameter.planetMass.range
    other[.planetMass]? += 0.3 * (mass.upperBound - mass.lowerBound)
    let depth = middle.depth.map(\.median)
    let evaluation = ExoGANEvaluation(
      model, truths: [.init(depth: depth, parameters: truth), .init(depth: depth, parameters: other)],
      noise: 1e-5, options: options)
    #expect(evaluation.spectra == 2 && evaluation.medianDepthError < 1e-9)
    #expect(evaluation.scores[.planetMass]?.within10 == 0.5)
    #expect(abs((evaluation.scores[.planetMass]?.rms ?? 0) - 0.3 / 2.squareRoot()) < 1e-9)
    let monoxide = try #require(evaluation.scores[.log10CO])
    #expect(monoxide.within10 == 1 && monoxide.rms == 0 && monoxide.r2.isNaN)
    #expect(monoxide.coverage68 == 1 && monoxide.coverage95 == 1)
    // One of two truths is met, the other missed by twice the truths' own deviation.
    #expect(abs((evaluation.scores[.planetMass]?.r2 ?? 0) + 1) < 1e-9)
    #expect(evaluation.scores[.planetMass]?.coverage95 == 0.5)
    let stopped = ExoGANEvaluation(
      model, truths: [.init(depth: depth, parameters: truth), .init(depth: depth, parameters: other)],
      noise: 1e-5, options: options, isStopping: { true })
    #expect(stopped.spectra == 1 && stopped.scores[.planetMass]?.within10 == 1)
  }
}
