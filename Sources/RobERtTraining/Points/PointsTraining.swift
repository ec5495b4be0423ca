package import NeuralNetworks
import NumericalMethods
package import RetrievalTraining
package import RobERt
import SpectralPrior
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// Yes or no, an outlet each.
package struct ShownLoss: ExampleLoss {
  package init() {}

  package func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, rows: Int,
    gradient: UnsafeMutableBufferPointer<Float>?, scale: Double
  ) -> Double {
    var total = 0.0
    for i in outputs.indices {
      let (logit, target) = (Double(outputs[i]), Double(targets[i]))
      total += SigmoidCrossEntropy.softplus(logit) - target * logit
      gradient?[i] = Float(scale * (1 / (1 + exp(-logit)) - target))
    }
    return total
  }
}

/// How a network that reads points is built and taught.
package struct PointsOptions: Sendable, Hashable {
  package var width = 256
  package var residualLayers = 2
  package var learning = ExampleOptions(
    batchSize: 512, epochs: 8, peakRate: 1e-3, finalRate: 1e-6, warmUpSteps: 300, weightDecay: 1e-2,
    maximumGradientNorm: 5)

  package init() {}

  package var summary: String { "\(width) x \(residualLayers) residual, \(learning.summary)" }
}

/// Teaches a network that reads points.
package struct PointsTraining: Sendable {
  package let source: PointsExampleSource
  package let division: PointsDivision
  package let options: PointsOptions
  private let examples: ProposalExamples
  private let significances: [Float]
  private let distances: [Float]
  private var outputs: Int { source.molecules.count + 1 }

  package init(
    _ source: PointsExampleSource, _ arrays: PointsPool.Arrays, division: PointsDivision,
    options: PointsOptions
  ) {
    self.source = source
    self.division = division
    self.options = options
    significances = arrays.significances
    distances = arrays.distances
    let shownFrom = Float(FeatureSignificance.shownFrom)
    examples = ProposalExamples(
      features: arrays.features, featureCount: source.frontEnd.featureCount,
      points: arrays.significances.map { $0 >= shownFrom ? 1 : 0 }, dimensions: source.molecules.count + 1,
      standardisedOver: division.training)
  }

  package var trainer: ExampleTrainer<ShownLoss> {
    ExampleTrainer(
      PointsNetwork.layers(
        features: source.frontEnd.featureCount, width: options.width, depth: options.residualLayers,
        molecules: source.molecules.count),
      lastBiases: nil, loss: ShownLoss(), examples: examples.examples, rows: division.training,
      validation: division.validation, options: options.learning)
  }

  /// The network as it will be kept: probabilities, thresholds and the domain's limit by the observations of validation.
  package func network(_ trained: Sequential<Float>) -> PointsNetwork {
    let rows = division.validation
    let logits = trained(inputs(rows))
    var (slopes, offsets): ([Double], [Double]) = ([], [])
    for output in 0..<outputs {
      let fitted = RecognitionNetwork.Calibration.platt(
        (0..<rows.count).map { Double(logits[$0, output]) }, rows.map { isShown($0, output) ? 1 : 0 })
      slopes.append(fitted.slope)
      offsets.append(fitted.offset)
    }
    let molecules = source.molecules.count
    func network(_ thresholds: RobERtModel.Thresholds) -> PointsNetwork {
      PointsNetwork(
        space: source.set.space.name, molecules: source.molecules, frontEnd: source.frontEnd,
        network: trained, featureMeans: examples.featureMeans, featureDeviations: examples.featureDeviations,
        slopes: slopes, offsets: offsets, thresholds: thresholds,
        largestDistance: quantile(ofSorted: distances[rows].map { Double($0) }.sorted(), 0.995))
    }
    let never = [Double](repeating: 0.5, count: molecules)
    let probabilities = network(.init(seenFrom: never, notSeenUpTo: never)).probabilities(inputs(rows))
    return network(
      .init(
        probabilities: probabilities,
        significances: rows.map { row in (0..<outputs).map { significance(row, $0) } },
        shownFrom: Float(FeatureSignificance.shownFrom)))
  }

  private func inputs(_ rows: Range<Int>) -> Matrix<Float> {
    let width = examples.examples.inputWidth
    return Matrix(
      rows: rows.count, columns: width,
      elements: Array(examples.examples.inputs[rows.lowerBound * width..<rows.upperBound * width]))
  }

  private func significance(_ row: Int, _ output: Int) -> Float { significances[row * outputs + output] }

  private func isShown(_ row: Int, _ output: Int) -> Bool {
    Double(significance(row, output)) >= FeatureSignificance.shownFrom
  }

  /// How right an outlet is, on observations that it was neither taught nor calibrated by.
  package struct HeldOut: Sendable, Hashable {
    package let name: String
    package let shown: Int
    /// Of those that show it, the part called seen; of those called seen, the part that shows it; and of those called not seen the part that
    /// does not.
    package let recall: Double
    package let precision: Double
    package let precisionOfNotSeen: Double
    /// Of those without any sign of it, the part called seen; of those of 5 standard deviations, the part called not seen.
    package let seenWithout: Double
    package let notSeenOfStrong: Double
    /// Of those without any sign of it that show a gas without an outlet, the part called seen.
    package let seenForForeign: Double
  }

  package func heldOut(_ network: PointsNetwork) -> [HeldOut] {
    let rows = division.test
    let probabilities = network.probabilities(inputs(rows))
    return network.molecules.indices.map { m in
      let (from, to) = (
        max(network.thresholds.seenFrom[m], PointsNetwork.leastSure),
        min(network.thresholds.notSeenUpTo[m], 1 - PointsNetwork.leastSure)
      )
      let last = outputs - 1
      let all = rows.enumerated().map { place, row in
        let (p, isStrange) = (
          probabilities[place][m], probabilities[place][last] >= PointsNetwork.muchElse
        )
        return Judged(
          significance: significance(row, m), isSeen: p >= from && !isStrange, isNotSeen: p <= to,
          hasForeign: isShown(row, last))
      }
      func share(_ chosen: (Judged) -> Bool, _ wanted: (Judged) -> Bool) -> Double {
        let chosen = all.filter(chosen)
        return Double(chosen.count(where: wanted)) / Double(max(chosen.count, 1))
      }
      let shownFrom = Float(FeatureSignificance.shownFrom)
      let shows = { (judged: Judged) in judged.significance >= shownFrom }
      return HeldOut(
        name: network.molecules[m], shown: all.count(where: shows), recall: share(shows, \.isSeen),
        precision: share(\.isSeen, shows),
        precisionOfNotSeen: share(\.isNotSeen, { $0.significance < shownFrom }),
        seenWithout: share({ $0.significance < 1 }, \.isSeen),
        notSeenOfStrong: share({ $0.significance >= 5 }, \.isNotSeen),
        seenForForeign: share({ $0.significance < 1 && $0.hasForeign }, \.isSeen))
    }
  }

  /// What is said of one molecule in one observation.
  private struct Judged {
    let significance: Float
    let isSeen: Bool
    let isNotSeen: Bool
    let hasForeign: Bool
  }
}
