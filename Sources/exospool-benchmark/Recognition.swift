import ArgumentParser
import NeuralNetworks
import NumericalMethods
import Observations
import RobERt
import Tensors

struct Recognition: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robert",
    abstract:
      "RobERt, of bins 800-500-200-50-27 and of points 244-256-256-256-14: recognition of one spectrum and of many, and a dream."
  )

  @Option(help: "BLAS threads.")
  var threads = 1

  func run() throws {
    BLAS.useThreads(threads)
    print("kernels \(BLAS.kernels), threads \(threads)")
    let bins = SpectralGrid.standard.count
    var perceptron = Sequential<Float>.perceptron(widths: [2 * bins, 500, 200, 50, 27], hidden: .sigmoid)
    var random = SeededRandom(seed: 1)
    perceptron.initialize(random: &random)
    for rows in [1, 1024] {
      let x = Matrix<Float>(
        rows: rows, columns: 2 * bins,
        elements: (0..<rows * 2 * bins).map { _ in Float(random.normal()) })
      report("network, \(rows) at once", seconds: samples { _ = perceptron(x) })
    }
    var ofPoints = Sequential<Float>(PointsNetwork.layers(features: 244, width: 256, depth: 2, molecules: 13))
    ofPoints.initialize(random: &random)
    for rows in [1, 1024] {
      let x = Matrix<Float>(
        rows: rows, columns: ofPoints.inputs,
        elements: (0..<rows * ofPoints.inputs).map { _ in Float(random.normal()) })
      report("network of points, \(rows) at once", seconds: samples { _ = ofPoints(x) })
    }
    let encoder = SpectrumEncoder()
    let depth = (0..<bins).map { 1e-3 * (1 + 0.1 * sin(Double($0) / 15)) }
    let errors = depth.map { $0 / 20 }
    let observed = [Bool](repeating: true, count: bins)
    for kind in [SpectrumKind.transmission, .eclipse] {
      report(
        "\(kind.rawValue) spectrum brought to unit size, 400 bins",
        seconds: samples {
          _ = encoder.encode(depth: depth, error: errors, isObserved: observed, kind: kind)?.inputs
        })
    }
    let belief = DeepBeliefNetwork(
      widths: [2 * bins, 500, 200, 50], gaussianUnits: bins, labels: 13, random: &random)
    report("dream, 256 chains of 20,000 steps", seconds: samples(7) { _ = belief.dream(of: 0) })
    print("peak memory: \(peakMebibytes()) MiB")
  }

  /// Seconds of single runs, each sample a mean over at least 20 ms.
  private func samples(_ count: Int = 21, _ body: () -> Void) -> [Double] {
    let clock = ContinuousClock()
    body()
    let once = Double(clock.measure(body) / .nanoseconds(1)) * 1e-9
    let repeats = max(1, Int(0.02 / max(once, 1e-9)))
    return (0..<count).map { _ in
      Double(clock.measure { for _ in 0..<repeats { body() } } / .nanoseconds(1)) * 1e-9 / Double(repeats)
    }.sorted()
  }

  private func report(_ name: String, seconds: [Double]) {
    func milliseconds(_ probability: Double) -> String {
      fixed(quantile(ofSorted: seconds, probability) * 1e3, 3)
    }
    print(
      "\(name): median \(milliseconds(0.5)) ms, 16 to 84 % \(milliseconds(0.16)) to \(milliseconds(0.84)) ms")
  }
}

#if canImport(Glibc)
  import Glibc
#endif
