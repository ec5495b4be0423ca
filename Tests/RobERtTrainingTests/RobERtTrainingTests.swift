import Atmospheres
import Foundation
import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import RobERt
import Testing
import TrainingRuns
import TrainingSets

@testable import RobERtTraining

/// A prior of two planets' worth of made-up opacities would prove little: these sets are written by hand, a bump a molecule.
@Suite("Training RobERt")
struct RobERtTrainingTests {
  private static let bins = SpectralGrid.standard.count

  @Test("what a network calls current is what sets are made as")
  func currentTrainingSets() {
    #expect(SpectrumSetMaker.version == String(RobERtModel.currentTrainingSetVersion))
  }

  /// A shard of spectra of one gas each: gas m raises bins 30 m ..< 30 m + 30.
  private static func shard(_ count: Int, seed: UInt64) -> SafetensorsFile {
    var random = SeededRandom(seed: seed)
    var depth: [Float] = []
    var change: [Float] = []
    var molecule: [Int64] = []
    let molecules = KnownMolecules.names.count
    for planet in 0..<count {
      let gas = planet % molecules
      let size = 1e-4 * (1 + random.uniform())
      let bump = (0..<bins).map { Float(30 * gas..<30 * gas + 30 ~= $0 ? size : 0) }
      depth += bump.map { 0.01 + $0 }
      change += bump
      molecule.append(Int64(gas))
    }
    let ones = [Float](repeating: 0.006, count: count)
    return SafetensorsFile(
      metadata: [
        "set": "transmission", "seed": "1", "prior": "none", "opacities": "none",
        "molecules": KnownMolecules.names.joined(separator: " "),
      ],
      tensors: [
        "depth": .init(depth, shape: [count, bins]), "change": .init(change, shape: [count, bins]),
        "first": .init((0...count).map { Int64($0) }), "molecule": .init(molecule),
        "logMixingRatio": .init(ones), "starTemperature": .init(ones.map { _ in Float(5500) }),
        "temperature": .init(ones.map { _ in Float(1000) }), "scaleHeight": .init(ones),
      ])
  }

  private static func source(
    _ count: Int, kind: SpectrumKind = .transmission, edit: (inout SafetensorsFile) -> Void = { _ in }
  ) throws -> ExampleSource {
    let directory = "/tmp/exospool-robert-\(UUID())"
    mkdir(directory, 0o755)
    var shard = shard(count, seed: 1)
    edit(&shard)
    try shard.write(path: "\(directory)/\(ShardFile.name(set: "transmission", shard: 0))")
    let set = try SpectrumTrainingSet("transmission", kind: kind, directory: directory)
    unlink("\(directory)/\(ShardFile.name(set: "transmission", shard: 0))")
    rmdir(directory)
    return ExampleSource(set: set, plan: .fullGrid(signalToNoise: 2000))
  }

  private static func options(epochs: Int) -> RobERtOptions {
    var options = RobERtOptions()
    options.hidden = [48, 32]
    options.batchSize = 13
    options.pretrainingEpochs = 3
    options.topPretrainingEpochs = 6
    options.epochs = epochs
    options.peakRate = 5e-3
    options.warmUpSteps = 20
    return options
  }

  private static func train(
    _ source: ExampleSource, epochs: Int
  ) -> (RecognitionTrainer, BeliefPretraining) {
    let options = options(epochs: epochs)
    let division = SetDivision(spectra: source.set.count)
    var pretraining = BeliefPretraining(
      source: source, rows: division.training, options: options, threads: 2)
    for index in 0..<pretraining.machines { _ = pretraining.train(index) { _, _ in true } }
    var trainer = RecognitionTrainer(
      belief: pretraining.network, source: source, rows: division.training,
      validation: ExampleBatch(source, rows: Array(division.validation), seed: 1, epoch: 0, threads: 2),
      options: options, threads: 2)
    while !trainer.isFinished { trainer.step() }
    return (trainer, pretraining)
  }

  @Test("a tiny network learns thirteen bumps")
  func learns() throws {
    let source = try Self.source(780)
    let (trainer, pretraining) = Self.train(source, epochs: 25)
    let division = SetDivision(spectra: source.set.count)
    let network = RecognitionNetwork(
      molecules: KnownMolecules.names, perceptron: trainer.best,
      calibration: .identity(KnownMolecules.names.count))
    let evaluation = RobERtEvaluation(
      network, on: ExampleBatch(source, rows: Array(division.test), seed: 2, epoch: 0, threads: 1))
    // Bumps of 20 to 40 sigma: chance would be one in fourteen.
    #expect(evaluation.accuracy > 0.95)
    #expect(pretraining.errors[0].last ?? 1 < pretraining.errors[0].first ?? 0)
  }

  @Test("the same seed trains the same bytes")
  func reproduces() throws {
    let source = try Self.source(130)
    let (one, other) = (Self.train(source, epochs: 2), Self.train(source, epochs: 2))
    #expect(one.0.state == other.0.state && one.1.network == other.1.network)
    #expect(one.0.best != Self.train(source, epochs: 3).0.best)
  }

  @Test("noise and coverage follow from seed, epoch and row, whatever the threads")
  func batches() throws {
    let source = try Self.source(130)
    let one = ExampleBatch(source, rows: Array(0..<40), seed: 1, epoch: 3, threads: 1)
    let two = ExampleBatch(source, rows: Array(0..<40), seed: 1, epoch: 3, threads: 2)
    #expect(one.inputs == two.inputs && one.shown == two.shown && one.singleClass == two.singleClass)
    let other = ExampleBatch(source, rows: Array(0..<40), seed: 1, epoch: 4, threads: 2)
    #expect(one.inputs != other.inputs)
    // One gas each, all shown: class m + 1.
    #expect(one.singleClass == (0..<40).map { Int32($0 % 13 + 1) })
  }

  @Test("what hides below the noise is labelled as not shown")
  func labels() throws {
    let source = ExampleSource(set: try Self.source(130).set, plan: .fullGrid(signalToNoise: 100))
    let batch = ExampleBatch(source, rows: Array(0..<130), seed: 1, epoch: 0, threads: 1)
    #expect(batch.singleClass.allSatisfy { $0 == 0 } && batch.shown.allSatisfy { $0 == 0 })
  }

  @Test("at the line of 3 sigma noise alone decides; far from it never")
  func noiseFloor() throws {
    // Bumps of 1 % in 30 of 400 bins, all alike: the matched filter has 3 sigma x sqrt(30 x (1 - 30/400)).
    var bumps = [Float](repeating: 0, count: 13 * Self.bins)
    for gas in 0..<13 { for bin in 30 * gas..<30 * gas + 30 { bumps[gas * Self.bins + bin] = 1e-4 } }
    let set = try Self.source(13) { shard in
      shard.tensors["depth"] = .init(bumps.map { 0.01 + $0 }, shape: [13, Self.bins])
      shard.tensors["change"] = .init(bumps, shape: [13, Self.bins])
    }.set
    func floor(strength: Double) -> Double {
      ExampleSource(set: set, plan: .fullGrid(signalToNoise: strength * 101)).noiseFloor(
        rows: 0..<13, seed: 1)
    }
    #expect(abs(floor(strength: 3) - 0.5) < 0.01)
    // Phi(-3.15 x 5.268 x (1 - 3/3.15)) = Phi(-0.790)
    #expect(abs(floor(strength: 3.15) - 0.2148) < 0.01)
    #expect(floor(strength: 6) < 1e-9)
  }

  @Test("a dream's spectra are seen whole, whatever the plan")
  func clear() throws {
    let source = ExampleSource(set: try Self.source(26).set, plan: .clear)
    let batch = ExampleBatch(source, rows: Array(0..<26), seed: 1, epoch: 0, threads: 1)
    #expect(batch.isMissing.allSatisfy { !$0 } && batch.singleClass == (0..<26).map { Int32($0 % 13 + 1) })
    let joined = batch.joined(with: batch)
    #expect(joined.rows == 52 && joined.inputs == batch.inputs + batch.inputs)
  }

  @Test("a bin too dark for single precision is one that was not seen")
  func darkness() throws {
    let source = try Self.source(26, kind: .eclipse) { shard in
      var depth = shard.tensors["depth"]?.floats ?? []
      for row in 0..<26 { for bin in 0..<50 { depth[row * Self.bins + bin] = 0 } }
      shard.tensors["depth"] = .init(depth, shape: [26, Self.bins])
    }
    let batch = ExampleBatch(source, rows: Array(0..<26), seed: 1, epoch: 0, threads: 1)
    #expect(batch.inputs.allSatisfy { $0.isFinite })
    for row in 0..<26 {
      let first = row * Self.bins
      #expect(batch.isMissing[first..<first + 50].allSatisfy { $0 })
      #expect(batch.isMissing[first + 50..<first + Self.bins].allSatisfy { !$0 })
    }
  }

  @Test("the loss's gradient is that of central differences")
  func lossGradient() {
    var random = SeededRandom(seed: 8)
    let (rows, molecules) = (3, 4)
    let outputs = (0..<rows * (2 * molecules + 1)).map { _ in 2 * random.normal() }
    let shown = (0..<rows * molecules).map { _ in random.uniform() < 0.5 ? 1.0 : 0 }
    let classes: [Int32] = [2, -1, 0]
    func loss(_ outputs: [Double], _ gradient: UnsafeMutableBufferPointer<Double>?) -> Double {
      outputs.withUnsafeBufferPointer { outputs in
        shown.withUnsafeBufferPointer { shown in
          classes.withUnsafeBufferPointer {
            RecognitionLoss.sum(
              outputs: outputs, shown: shown, singleClass: $0, rows: rows, molecules: molecules,
              gradient: gradient, scale: 0.5)
          }
        }
      }
    }
    var gradient = [Double](repeating: .nan, count: outputs.count)
    gradient.withUnsafeMutableBufferPointer { _ = loss(outputs, $0) }
    let h = 1e-5
    for i in outputs.indices {
      var moved = outputs
      moved[i] += h
      let above = loss(moved, nil)
      moved[i] -= 2 * h
      let difference = 0.5 * (above - loss(moved, nil)) / (2 * h)
      #expect(abs(difference - gradient[i]) < 1e-8, "output \(i)")
    }
  }

  @Test("area under the curve and recall of hand-made lists")
  func measures() {
    let pairs = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.2, false), (0.1, false)]
    // Of nine pairs of one that shows and one that does not, eight are in order.
    #expect(abs(RobERtEvaluation.areaUnderCurve(pairs) - 8.0 / 9) < 1e-12)
    #expect(abs(RobERtEvaluation.recall(pairs, precision: 0.95) - 2.0 / 3) < 1e-12)
    #expect(abs(RobERtEvaluation.recall(pairs, precision: 0.75) - 1) < 1e-12)
    #expect(abs(RobERtEvaluation.areaUnderCurve([(0.5, true), (0.5, false)]) - 0.5) < 1e-12)
  }

  @Test("calibration mends probabilities that are too sure")
  func calibration() {
    var random = SeededRandom(seed: 9)
    var outputs: [[Float]] = []
    var shown: [Float] = []
    var classes: [Int32] = []
    for _ in 0..<20_000 {
      let logit = 2 * random.normal()
      let isShown = random.uniform() < 1 / (1 + exp(-logit))
      // The network says three times the true logit, and half a unit too much.
      outputs.append([0, Float(3 * logit), Float(3 * logit + 0.5)])
      shown.append(isShown ? 1 : 0)
      classes.append(isShown ? 1 : 0)
    }
    let calibration = RecognitionNetwork.Calibration(
      outputs: outputs, shown: shown, singleClass: classes, molecules: 1)
    // 20,000 draws fix a slope to about 2 %.
    #expect(abs(calibration.slopes[0] - 1.0 / 3) < 0.02)
    #expect(abs(calibration.offsets[0] + 0.5 / 3) < 0.06)
    #expect(abs(calibration.temperature - 3) < 0.2)
  }
}
