import ArgumentParser
import Installation
import InteriorMDN
import InteriorTraining
import NeuralNetworks
import NumericalMethods
import Tensors

struct Networks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A mixture density network of 3 x 512 units and 20 x 6 Gaussians: inference and training.")

  @Option(help: "BLAS threads.")
  var threads = 1

  @Option(help: "Directory of the networks, for the whole answer to one planet; found as exospool finds it.")
  var models: String?

  func run() throws {
    BLAS.useThreads(threads)
    print("kernels \(BLAS.kernels), threads \(threads)")
    let density = MixtureDensity(components: 20, dimensions: 6, covariance: .diagonal)
    var perceptron = Sequential<Float>.perceptron(widths: [4, 512, 512, 512, density.width])
    var random = SeededRandom(seed: 1)
    perceptron.initialize(random: &random)
    for rows in [1, 1024] {
      let x = Matrix<Float>(
        rows: rows, columns: 4, elements: (0..<rows * 4).map { _ in Float(random.normal()) })
      let seconds = bestSeconds { _ = perceptron(x) }
      print("inference, \(rows) at once: \(fixed(seconds * 1e3, 3)) ms")
    }
    step(density, random: &random)
    if let directory = ResourceFolder.models.path(option: models),
      let set = try? InteriorModelSet.load(directory: directory)
    {
      let seconds = bestSeconds(repeats: 3) { _ = set.posteriors(for: EarthCheck.observation, seed: 1) }
      print(
        "one planet, \(set.names.count) posteriors of \(InteriorNetwork.drawCount) draws: \(fixed(seconds * 1e3, 1)) ms"
      )
    }
  }

  private func step(_ density: MixtureDensity, random: inout SeededRandom) {
    let rows = 20_480
    let data = TrainingData(
      inputs: (0..<rows * 4).map { _ in Float(random.normal()) }, inputWidth: 4,
      targets: (0..<rows * 6).map { _ in Float(random.normal()) }, targetWidth: 6)
    var options = MixtureDensityOptions()
    options.epochs = 10_000
    options.patience = 10_000
    options.batchSize = 1024
    var trainer = MixtureDensityTrainer(
      density: density, training: data,
      validation: TrainingData(
        inputs: [0, 0, 0, 0], inputWidth: 4, targets: [0, 0, 0, 0, 0, 0], targetWidth: 6),
      options: options)
    let seconds = bestSeconds(repeats: 3) { trainer.step() }
    print("training step, 1,024 planets: \(fixed(seconds * 1e3, 1)) ms")
  }
}
