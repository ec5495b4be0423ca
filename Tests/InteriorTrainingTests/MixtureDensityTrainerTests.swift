import Glibc
import InteriorTraining
import NeuralNetworks
import NumericalMethods
import Tensors
import Testing
import TrainingRuns

/// y = A x + e, x ~ N(0, 1) in two dimensions, e ~ N(0, S): the exact p(y | x) is N(A x, S).
private enum LinearGaussian {
  // A = [[1, 0.5], [-0.3, 0.8]]; e = (0.4 n1, 0.2 n1 + 0.3 n2).
  static func data(rows: Int, seed: UInt64) -> TrainingData {
    var random = SeededRandom(seed: seed)
    var inputs: [Float] = []
    var targets: [Float] = []
    for _ in 0..<rows {
      let x = (random.normal(), random.normal())
      let n = (random.normal(), random.normal())
      inputs += [Float(x.0), Float(x.1)]
      targets += [
        Float(x.0 + 0.5 * x.1 + 0.4 * n.0), Float(-0.3 * x.0 + 0.8 * x.1 + 0.2 * n.0 + 0.3 * n.1),
      ]
    }
    return TrainingData(inputs: inputs, inputWidth: 2, targets: targets, targetWidth: 2)
  }

  /// Entropy of e: ln(2 pi e) + ln(0.4 x 0.3).
  static let entropy = log(2 * Double.pi) + 1 + log(0.4 * 0.3)

  static func options(epochs: Int) -> MixtureDensityOptions {
    var options = MixtureDensityOptions()
    options.hidden = [16]
    options.batchSize = 128
    options.epochs = epochs
    options.peakRate = 0.01
    options.warmUpSteps = 10
    options.weightDecay = 0
    options.seed = 3
    return options
  }

  static let density = MixtureDensity(components: 2, dimensions: 2, covariance: .full)

  static func trainer(epochs: Int) -> MixtureDensityTrainer {
    MixtureDensityTrainer(
      density: density, training: data(rows: 4096, seed: 1), validation: data(rows: 1024, seed: 2),
      options: options(epochs: epochs))
  }
}

@Suite("Mixture density trainer")
struct MixtureDensityTrainerTests {
  /// The loss cannot fall below the entropy but by chance (1,024 rows: sd of the mean 1/sqrt(1024) = 0.03, as the sum of two
  /// half squared normals has variance 1), and should come near it.
  @Test("learns a linear Gaussian to its entropy, and its intervals cover as they say")
  func exactPosterior() {
    var trainer = LinearGaussian.trainer(epochs: 12)
    while !trainer.isFinished { trainer.step() }
    #expect(trainer.state.skippedBatches == 0)
    #expect(trainer.state.bestValidation > LinearGaussian.entropy - 0.1)
    #expect(trainer.state.bestValidation < LinearGaussian.entropy + 0.1)

    // Held-out rows: the truth's rank among the draws is uniform. 1,500 rows: coverage of 68 % scatters by 1.2 points,
    // of 95 % by 0.56; four sigma allowed, and a point for a network this small.
    let held = LinearGaussian.data(rows: 1500, seed: 9)
    let outputs = trainer.best(Matrix(rows: held.rows, columns: 2, elements: held.inputs))
    var random = SeededRandom(seed: 10)
    for coordinate in 0..<2 {
      var inside68 = 0.0
      var inside95 = 0.0
      for row in 0..<held.rows {
        let truth = Double(held.targets[2 * row + coordinate])
        let below = (0..<200).count { _ in
          LinearGaussian.density.draw(output: outputs.row(row), random: &random)[coordinate] < truth
        }
        let rank = Double(below) / 200
        if abs(rank - 0.5) < 0.34 { inside68 += 1 }
        if abs(rank - 0.5) < 0.475 { inside95 += 1 }
      }
      #expect(abs(inside68 / 1500 - 0.68) < 0.058)
      #expect(abs(inside95 / 1500 - 0.95) < 0.033)
    }
    // The exact mean at x = (1, -1) is (0.5, -1.1); errors of an estimate from 4,096 rows are some 0.01.
    let mixture = GaussianMixture(
      LinearGaussian.density, output: trainer.best(Matrix(rows: 1, columns: 2, elements: [1, -1])).row(0))
    for (coordinate, exact) in [0.5, -1.1].enumerated() {
      let mean = mixture.components.reduce(0) { $0 + $1.weight * $1.mean[coordinate] }
      #expect(abs(mean - exact) < 0.1)
    }
  }

  @Test("the same seed gives the same bytes, another seed others")
  func repeats() {
    func train(_ seed: UInt64) -> TrainingState {
      var options = LinearGaussian.options(epochs: 2)
      options.seed = seed
      var trainer = MixtureDensityTrainer(
        density: LinearGaussian.density, training: LinearGaussian.data(rows: 512, seed: 1),
        validation: LinearGaussian.data(rows: 100, seed: 2), options: options)
      while !trainer.isFinished { trainer.step() }
      return trainer.state
    }
    #expect(train(1) == train(1))
    #expect(train(1).groups != train(2).groups)
  }

  /// Stopped before the first batch, amid an epoch, at its end and after the last batch.
  @Test("resumes from its checkpoint bit for bit", arguments: [0, 7, 32, 64, 95, 96])
  func resumes(batches: Int) throws {
    var whole = LinearGaussian.trainer(epochs: 3)
    while !whole.isFinished { whole.step() }

    var first = LinearGaussian.trainer(epochs: 3)
    for _ in 0..<batches { first.step() }
    let path = "/tmp/exospool-checkpoint-\(batches)-\(UInt64.random(in: 0 ... .max))"
    defer { unlink(path) }
    let checkpoint = Checkpoint(path: path, settings: first.options.summary)
    try checkpoint.write(first.state, seconds: 12.5)
    var second = LinearGaussian.trainer(epochs: 3)
    var run = TrainingRun(checkpoint: checkpoint)
    try run.resume(&second)
    #expect(second.state == first.state && run.seconds == 12.5)
    while !second.isFinished { second.step() }
    #expect(second.state == whole.state && second.best == whole.best)
  }

  @Test("stops when validation no longer improves, and keeps the best")
  func earlyStopping() {
    // 64 examples: the network soon learns them by heart and the validation loss rises again.
    var options = LinearGaussian.options(epochs: 500)
    options.batchSize = 32
    options.patience = 5
    options.hidden = [32]
    var trainer = MixtureDensityTrainer(
      density: LinearGaussian.density, training: LinearGaussian.data(rows: 64, seed: 1),
      validation: LinearGaussian.data(rows: 500, seed: 2), options: options)
    while !trainer.isFinished { trainer.step() }
    let history = trainer.state.history
    #expect(history.count < 500)
    #expect(history.count == trainer.state.bestEpoch + 5)
    #expect(trainer.state.bestValidation == history.map(\.validation).min())
    #expect(trainer.state.best("network") != trainer.state.parameters("network"))
  }
}
