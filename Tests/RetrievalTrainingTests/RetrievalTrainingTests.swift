import Glibc
import JSONText
import NeuralNetworks
import NumericalMethods
import Observations
import Retrieval
import SpectralPrior
import Tensors
import TestSupport
import Testing
import TrainingRuns
import TrainingSets

@testable import RetrievalTraining

/// Spectra that are simple functions of their rows: a wave a number of the row.
@Suite("Training completion models")
struct RetrievalTrainingTests {
  private static let space = AtmosphereSpace(.exoGAN2018)

  private static func set(_ count: Int) -> RetrievalTrainingSet {
    let components = TinyCompletion.components
    var random = SeededRandom(seed: 1)
    var (rows, levels, shapes): ([Double], [Float], [Float]) = ([], [], [])
    for _ in 0..<count {
      let row = space.draw(&random)
      let inputs = EmulatorInputs.scaled(row, space).map { Double($0) }
      rows += row
      levels.append(Float(8 + 2 * inputs[3]))
      // A little noise, so that the covariance has full rank.
      shapes += components.spectrum((0..<components.count).map { inputs[$0 + 1] }).map {
        Float($0 + 1e-3 * random.normal())
      }
    }
    return RetrievalTrainingSet(space, rows: rows, levels: levels, shapes: shapes)
  }

  private static var emulatorOptions: EmulatorOptions {
    var options = EmulatorOptions()
    options.width = 16
    options.hiddenLayers = 2
    options.learning.batchSize = 64
    options.learning.epochs = 30
    options.learning.warmUpSteps = 10
    options.learning.peakRate = 5e-3
    return options
  }

  private static func training(
    _ set: RetrievalTrainingSet, _ components: SpectralComponents, heights: GasHeights? = nil
  ) -> EmulatorTraining {
    EmulatorTraining(
      set, components: components, meanLevel: 8, heights: heights, rows: 0..<set.count * 8 / 10)
  }

  private static func emulatorTrainer(
    _ set: RetrievalTrainingSet, _ components: SpectralComponents, _ division: SetDivision
  ) -> ExampleTrainer<SquareLoss> {
    training(set, components).trainer(division: division, options: emulatorOptions)
  }

  @Test("an emulator's targets are its outputs for the true spectra")
  func targets() {
    let set = Self.set(40)
    let components = TinyCompletion.components.first(5)
    let examples = Self.training(set, components).examples
    let scales = SpectrumEmulator.scales(components)
    for row in [0, 17, 39] {
      let target = examples.target(row).map { Double($0) }
      #expect(abs(target[0] + 8 - Double(set.levels[row])) < 1e-5)
      let shape = components.spectrum(zip(target.dropFirst(), scales).map { $0 / $1 })
      // Five components leave the sixth wave, of amplitude 1/6 and less, and rounding.
      let error = zip(shape, set.shape(row).values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect((error / Double(shape.count)).squareRoot() < 0.15)
    }
  }

  @Test("an emulator learns spectra, and is judged on others")
  func emulator() {
    let set = Self.set(3000)
    let division = SetDivision(examples: set.count, validation: 200, test: 200)
    let components = SpectralFrontEnd(fittedTo: set, rows: division.training, components: 8).components
    let training = Self.training(set, components)
    var trainer = training.trainer(division: division, options: Self.emulatorOptions)
    while !trainer.isFinished { trainer.step() }
    func evaluation(_ network: Sequential<Float>) -> EmulatorEvaluation {
      EmulatorEvaluation(training.emulator(network), set, rows: division.test)
    }
    let learnt = evaluation(trainer.best)
    // Knowing nothing: all outputs 0, the mean spectrum.
    let ignorant = evaluation(Sequential(trainer.best.layers))
    #expect(learnt.shape.median < 0.1 * ignorant.shape.median)
    #expect(learnt.levelDeviation < 0.1 * ignorant.levelDeviation)
    #expect(learnt.spectra == 200 && learnt.shape.ninetieth >= learnt.shape.median)
    #expect(zip(learnt.deviation, ignorant.deviation).allSatisfy { $0 < $1 })
  }

  /// Level and waves that are linear in what one gas' heights say are guessed without any training.
  @Test("what is linear in the heights' guess is not left to the network")
  func guess() throws {
    let space = AtmosphereSpace(.transmission)
    let heights = try #require(TinyCompletion.model().emulator.inputs.heights)
    let components = TinyCompletion.components
    let plain = EmulatorInputs(
      heights: heights, means: [Float](repeating: 0, count: heights.guessCount),
      deviations: [Float](repeating: 1, count: heights.guessCount))
    var random = SeededRandom(seed: 5)
    var (rows, levels, shapes): ([Double], [Float], [Float]) = ([], [], [])
    for _ in 0..<400 {
      let row = space.draw(&random)
      let seen = plain(Matrix(rows: 1, columns: row.count, elements: row), space).elements.suffix(4)
      let (level, wave) = (seen[seen.startIndex], seen[seen.startIndex + 1])
      rows += row
      levels.append(3 + 2 * level)
      shapes += components.spectrum([Double(wave), 0, 0, 0, 0, 0]).map { Float($0) }
    }
    let set = RetrievalTrainingSet(space, rows: rows, levels: levels, shapes: shapes)
    let training = Self.training(set, components, heights: heights)
    let ignorant = Sequential<Float>.perceptron(widths: [training.examples.inputWidth, 7])
    let guessed = EmulatorEvaluation(training.emulator(ignorant), set, rows: 320..<400)
    // The ridge draws the guess a ten-thousandth towards nothing.
    #expect(guessed.level.ninetieth < 0.02 && guessed.shape.ninetieth < 0.005)
    #expect(training.examples.targets.allSatisfy { abs($0) < 0.05 })
  }

  @Test("a trainer that is stopped and goes on ends with the same bytes")
  func resumption() {
    let set = Self.set(400)
    let division = SetDivision(examples: 400, validation: 40, test: 40)
    let components = TinyCompletion.components.first(4)
    var undisturbed = Self.emulatorTrainer(set, components, division)
    for _ in 0..<12 { undisturbed.step() }
    var first = Self.emulatorTrainer(set, components, division)
    for _ in 0..<7 { first.step() }
    var second = Self.emulatorTrainer(set, components, division)
    second.resume(first.state)
    for _ in 0..<5 { second.step() }
    #expect(second.state == undisturbed.state)
  }

  @Test("every planet is observed in turn; those kept are met in no training")
  func division() {
    let planets = SetDivision(examples: 100, validation: 10, test: 10)
    let division = ObservationDivision(planets: planets, count: 200)
    #expect(division.count == 220)
    #expect(division.training.map(division.planet).filter { $0 == 5 }.count == 3)
    #expect(division.training.allSatisfy { planets.training.contains(division.planet($0)) })
    #expect(division.validation.map(division.planet) == Array(planets.validation))
    #expect(division.test.map(division.planet) == Array(planets.test))
  }

  @Test("observations do not depend on threads, stay in shards, and are made once")
  func pool() throws {
    let set = Self.set(120)
    let division = ObservationDivision(
      planets: SetDivision(examples: 120, validation: 10, test: 10), count: 150)
    let frontEnd = SpectralFrontEnd(
      Self.space, components: TinyCompletion.components, level: NormalLaw(mean: 8, deviation: 1))
    let pool = ObservationPool(set: set, frontEnd: frontEnd, division: division, seed: 1, settings: "test")
    let (one, two) = (try TemporaryDirectory(), try TemporaryDirectory())
    func examples(_ directory: TemporaryDirectory, threads: Int, stops: Bool = false) throws
      -> ProposalExamples?
    {
      try pool.examples(
        directory: directory.path, threads: threads, isStopping: { stops }, progress: { _ in })
    }
    #expect(try examples(one, threads: 1, stops: true) == nil)
    let first = try #require(try examples(one, threads: 1))
    let second = try #require(try examples(two, threads: 2))
    #expect(
      first.examples.inputs == second.examples.inputs && first.examples.targets == second.examples.targets)
    #expect(try one.names() == ["observations-exogan-2018-0000.safetensors"])
    // Read, not made: nobody asks whether to stop.
    let third = try #require(try examples(one, threads: 1, stops: true))
    #expect(third.examples.inputs == first.examples.inputs)
    #expect(first.examples.count == 170 && first.examples.inputWidth == frontEnd.featureCount)
    let other = ObservationPool(set: set, frontEnd: frontEnd, division: division, seed: 2, settings: "test")
    #expect(throws: TrainingError.self) {
      try other.examples(directory: one.path, threads: 1, isStopping: { false }, progress: { _ in })
    }
    // The truth's points lie where the coordinates put them.
    let row = set.row(division.planet(3))
    let point = ProposalCoordinates(Self.space).point(row: row, level: 0)
    for j in point.indices where j != 2 {
      #expect(abs(point[j] - Double(first.examples.targets[3 * point.count + j])) < 1e-6)
    }
  }

  @Test("a proposal network learns from observations more than the prior knows")
  func proposals() throws {
    // Three numbers of normal noise, of which the first two tell two coordinates.
    var random = SeededRandom(seed: 4)
    var (features, points): ([Float], [Float]) = ([], [])
    let planets = SetDivision(examples: 4400, validation: 200, test: 200)
    let division = ObservationDivision(planets: planets, count: 4000)
    for _ in 0..<division.count {
      let truth = [random.uniform(), random.uniform()]
      points += truth.map { Float($0) }
      features += [
        Float(10 + truth[0] + 0.05 * random.normal()), Float(truth[0] - truth[1] + 0.05 * random.normal()),
        Float(random.normal()),
      ]
    }
    let examples = ProposalExamples(
      features: features, featureCount: 3, points: points, dimensions: 2, standardisedOver: division.training)
    var options = ProposalOptions()
    options.width = 24
    options.residualLayers = 1
    options.splineBins = 4
    options.learning.batchSize = 100
    options.learning.epochs = 15
    options.learning.peakRate = 5e-3
    options.learning.warmUpSteps = 20
    var trainer = examples.trainer(division: division, options: options)
    while !trainer.isFinished { trainer.step() }
    let evaluation = ProposalEvaluation(
      examples.network(trainer.best, options: options), examples.examples, rows: division.test,
      keys: ["a", "b"], samples: 200, seed: 1, threads: 1)
    // The best possible: a normal law of standard deviation 0.05 for each, the second given the first: ln(0.05 sqrt(2 pi e)) = -1.58,
    // less a little where the box cuts it off; +-0.07 by the 200 draws.
    #expect(evaluation.negativeLogLikelihood < -2.8 && evaluation.negativeLogLikelihood > -3.4)
    #expect(evaluation.coordinates.map(\.key) == ["a", "b"] && evaluation.observations == 200)
    // Four standard deviations of 200 draws: 0.13 and 0.06.
    for coordinate in evaluation.coordinates {
      #expect(abs(coordinate.coverage68 - 0.6827) < 0.13 && abs(coordinate.coverage95 - 0.95) < 0.06)
      #expect(abs(coordinate.ranks.reduce(0, +) - 1) < 1e-9)
    }
  }

  @Test("coverage tells a density that is too sure")
  func calibration() {
    let density = AutoregressiveDensity(dimensions: 1, bins: 4)
    var biases = density.initialBiases
    (biases[0], biases[1]) = (0.5, log(0.02))
    var network = Sequential<Float>(
      ProposalNetwork.layers(features: 1, width: 2, depth: 0, outputs: density.width))
    network["1.bias"] = biases.map { Float($0) }
    let proposals = ProposalNetwork(
      density: density, network: network, featureMeans: [0], featureDeviations: [1])
    func evaluation(factor: Double) -> ProposalEvaluation {
      var random = SeededRandom(seed: 3)
      let box = BoxDensity(density, output: biases[...])
      let points = (0..<600).map { _ in Float(0.5 + factor * (box.sample(&random)[0] - 0.5)) }
      return ProposalEvaluation(
        proposals,
        Examples(inputWidth: 1, targetWidth: 1, inputs: points.map { _ in Float(0) }, targets: points),
        rows: 0..<600, keys: ["u"], samples: 300, seed: 1, threads: 1)
    }
    // Four standard deviations of 600 draws: 0.08 and 0.04.
    let right = evaluation(factor: 1).coordinates[0]
    #expect(abs(right.coverage68 - 0.6827) < 0.08 && abs(right.coverage95 - 0.95) < 0.04)
    let wide = evaluation(factor: 2).coordinates[0]
    #expect(wide.coverage68 < 0.5 && wide.ranks[0] > 0.15 && wide.ranks[9] > 0.15)
  }

  @Test("the card says how a model was made and how well it does")
  func card() throws {
    let set = Self.set(200)
    let planets = SetDivision(examples: 200, validation: 20, test: 20)
    let model = TinyCompletion.model(.exoGAN2018)
    let run = ModelCard.Run(
      Self.emulatorTrainer(set, TinyCompletion.components, planets), command: "exospool-lab train completion",
      kernels: "none", threads: 1, seconds: 12)
    let division = ObservationDivision(planets: planets, count: 100)
    let examples = Examples(
      inputWidth: model.proposals.featureCount, targetWidth: 7,
      inputs: [Float](repeating: 0, count: 20 * model.proposals.featureCount),
      targets: [Float](repeating: 0.5, count: 140))
    let card = CompletionCard.trained(
      model, set: set, division: planets, observations: division,
      emulator: (Self.emulatorOptions, run, EmulatorEvaluation(model.emulator, set, rows: planets.test)),
      proposals: (
        ProposalOptions(), run,
        ProposalEvaluation(
          model.proposals, examples, rows: 0..<20, keys: ProposalCoordinates(Self.space).keys, samples: 20,
          seed: 1, threads: 1)
      ), sha256: "abc", bytes: 5)
    #expect(card["weights"]?["sha256"]?.string == "abc")
    #expect(card["network"]?["space"]?.string == "exogan-2018")
    #expect(card["emulator"]?["learning"]?["wallSeconds"]?.number == 12)
    #expect(card["emulator"]?["heldOut"]?["shapePpm"]?["p90"]?.number ?? 0 > 0)
    #expect(card["proposals"]?["heldOut"]?["calibration"]?["log10CO"]?["coverage95"]?.number != nil)
    #expect(card["proposals"]?["training"]?.number == 100)
  }
}
