import NeuralNetworks
import NumericalMethods
package import Observations
package import RobERt

/// A RobERt of two molecules with random weights: right in form, of no use.
package enum TinyRobERt {
  package static let molecules = ["H2O", "Na"]

  package static func model(kind: SpectrumKind = .transmission, name: String = "robert-transmission")
    -> RobERtModel
  {
    var random = SeededRandom(seed: 5)
    let bins = SpectralGrid.standard.count
    var perceptron = Sequential<Float>.perceptron(widths: [2 * bins, 6, 5, 4, 5], hidden: .sigmoid)
    perceptron.initialize(random: &random)
    let belief = DeepBeliefNetwork(
      widths: [2 * bins, 6, 5, 4], gaussianUnits: bins, labels: 2, random: &random)
    return RobERtModel(
      name: name, kind: kind,
      recognition: RecognitionNetwork(
        molecules: molecules, perceptron: perceptron,
        calibration: .init(temperature: 1.5, slopes: [1, 0.5], offsets: [0, -1])),
      belief: belief,
      dreams: (0...2).map { belief.dream(of: $0 < 2 ? $0 : nil, chains: 4, steps: 3).visible },
      domain: TrainingDomain(
        mean: [Double](repeating: 0, count: bins),
        directions: [(0..<bins).map { Double($0) / 200 - 1 }],
        remainder: [Double](repeating: 0.5, count: bins), limit: 3, largestContrast: 0.3, levels: 1e-6...0.2),
      limits: limits(kind: kind), thresholds: .init(seenFrom: [0.9, 0.8], notSeenUpTo: [0.1, 0.2]))
  }

  /// Water in every hundredth bin, sodium in bin 67 alone; features grow with the mixing ratio.
  package static func limits(kind: SpectrumKind = .transmission) -> DetectionLimits {
    let bins = SpectralGrid.standard.count
    var features: [Float] = []
    for molecule in 0..<2 {
      for temperature in [1.0, 2] {
        for ratio in 0..<3 {
          features += (0..<bins).map { bin in
            let isThere = molecule == 0 ? bin % 100 == 0 : bin == 67
            return isThere ? Float(temperature * [0.1, 1, 10][ratio]) : 0
          }
        }
      }
    }
    return DetectionLimits(
      kind: kind, molecules: molecules, temperatures: [1000, 2000],
      logMixingRatios: [[-6, -4, -2], [-8, -6, -4]], features: features)
  }

  /// Writes both networks with their cards into `directory`, which exists.
  package static func write(to directory: String) throws {
    for (kind, name) in [(SpectrumKind.transmission, "robert-transmission"), (.eclipse, "robert-emission")] {
      try ModelWriting.write(model(kind: kind, name: name).file, name: name, to: directory)
    }
  }
}
