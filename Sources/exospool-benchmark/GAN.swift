import ArgumentParser
import ExoGAN
import ExoGANTraining
import NeuralNetworks
import NumericalMethods
import Observations
import Tensors
import TrainingSets

struct GAN: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "ExoGAN at full size: a training step and a completion of 64 starts.",
    discussion: """
      Training: one step of the discriminator and two of the generator, batch 64, as published. Completion: masked absolute \
      difference and a tenth of the discriminator's word, Adam. Networks are untrained, spectra made up: what a step takes does \
      not depend on them.
      """)

  @Option(help: "Threads.")
  var threads = 2

  @Option(help: "Training steps to measure.")
  var steps = 20

  @Option(help: "Completion's steps to measure.")
  var completionSteps = 1000

  func validate() throws {
    guard (1...256).contains(threads), steps > 0, completionSteps > 0 else {
      throw ValidationError("Threads and steps are at least 1.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    print("kernels \(BLAS.kernels), threads \(threads)")
    var options = ExoGANOptions()
    options.stabilisers = nil
    var random = SeededRandom(seed: 1)
    let planets = 256
    let set = ExoGANTrainingSet(
      depth: (0..<planets * SpectralGrid.standard.count).map { _ in Float(random.uniform(0.01, 0.02)) },
      parameters: (0..<planets).flatMap { _ in ExoGANPrior.draw(&random) })
    var trainer = ExoGANTrainer(
      set: set, rows: 0..<192, validation: 192..<256, options: options, threads: threads)
    let clock = ContinuousClock()
    trainer.step()
    let seconds = (0..<steps).map { _ in clock.measure { trainer.step() } / .seconds(1) }.sorted()
    print(
      "training step: median \(fixed(quantile(ofSorted: seconds, 0.5) * 1e3, 0)) ms, 16 to 84 % "
        + "\(fixed(quantile(ofSorted: seconds, 0.16) * 1e3, 0)) to \(fixed(quantile(ofSorted: seconds, 0.84) * 1e3, 0)) ms, "
        + "least \(fixed((seconds.first ?? .nan) * 1e3, 0)); peak memory \(peakMebibytes()) MiB")
    try complete(trainer, set)
  }

  private func complete(_ trainer: ExoGANTrainer, _ set: ExoGANTrainingSet) throws {
    let file = trainer.model(name: "benchmark").file
    let model = try ExoGANModel(file: file, path: "benchmark")
    let bins = SpectralGrid.standard.count
    var options = ExoGANCompletion.Options()
    options.steps = completionSteps
    let observation = ASPAObservation(
      depth: set.picture(0).depth, error: [Double](repeating: 2e-5, count: bins),
      isObserved: [Bool](repeating: true, count: bins))
    let seconds =
      ContinuousClock().measure {
        _ = ExoGANCompletion(model, options: options, threads: threads).complete(observation)
      }
      / .seconds(1)
    print(
      "completion, 64 starts x \(completionSteps) steps: \(fixed(seconds, 1)) s, "
        + "\(fixed(seconds / Double(completionSteps) * 1e3, 1)) ms a step; peak memory \(peakMebibytes()) MiB"
    )
  }
}
