package import NeuralNetworks
import NumericalMethods
package import Retrieval
import Tensors

/// How a proposal network is built and taught.
package struct ProposalOptions: Sendable, Hashable {
  package var width = 256
  package var residualLayers = 3
  package var splineBins = 12
  package var learning = ExampleOptions(
    batchSize: 512, epochs: 16, peakRate: 1e-3, finalRate: 1e-6, warmUpSteps: 500, weightDecay: 1e-4,
    maximumGradientNorm: 5)

  package init() {}

  package var summary: String {
    "proposals \(width) x \(residualLayers) residual, spline \(splineBins) bins, \(learning.summary)"
  }
}

/// Observed spectra as a proposal network learns them: standardised features, and the truths' points in the unit box.
package struct ProposalExamples: Sendable {
  package let examples: Examples
  package let featureMeans: [Float]
  package let featureDeviations: [Float]

  /// - Parameters:
  ///   - features: one row an observation.
  ///   - standardisedOver: the rows whose means and deviations count.
  package init(
    features: [Float], featureCount: Int, points: [Float], dimensions: Int, standardisedOver rows: Range<Int>
  ) {
    let statistics = FeatureStatistics(features, count: featureCount, over: rows)
    featureMeans = statistics.means
    featureDeviations = statistics.deviations
    var inputs = features
    for row in 0..<features.count / featureCount {
      let place = row * featureCount..<(row + 1) * featureCount
      inputs.replaceSubrange(
        place,
        with: ProposalNetwork.standardised(
          features[place], means: featureMeans, deviations: featureDeviations))
    }
    examples = Examples(inputWidth: featureCount, targetWidth: dimensions, inputs: inputs, targets: points)
  }

  package func trainer(division: ObservationDivision, options: ProposalOptions) -> ExampleTrainer<
    AutoregressiveDensity
  > {
    let density = density(options)
    return ExampleTrainer(
      ProposalNetwork.layers(
        features: examples.inputWidth, width: options.width, depth: options.residualLayers,
        outputs: density.width),
      lastBiases: density.initialBiases, loss: density, examples: examples, rows: division.training,
      validation: division.validation, options: options.learning)
  }

  private func density(_ options: ProposalOptions) -> AutoregressiveDensity {
    AutoregressiveDensity(dimensions: examples.targetWidth, bins: options.splineBins)
  }

  /// The network as it will be kept: in half precision.
  package func network(_ trained: Sequential<Float>, options: ProposalOptions) -> ProposalNetwork {
    var halved = trained
    halved.parameters = trained.parameters.map { Float(Float16($0)) }
    return ProposalNetwork(
      density: density(options), network: halved, featureMeans: featureMeans,
      featureDeviations: featureDeviations)
  }
}

/// How well a proposal network knows what it says, on observations of spectra that it has not learnt from.
package struct ProposalEvaluation: Sendable, Hashable {
  package let observations: Int
  /// Mean of -ln density at the truth, in the unit box: 0 where it knows nothing.
  package let negativeLogLikelihood: Double
  /// One a coordinate.
  package let coordinates: [Coordinate]

  package struct Coordinate: Sendable, Hashable {
    package let key: String
    /// The part of the truths inside central intervals of that probability.
    package let coverage68: Double
    package let coverage95: Double
    /// The part of the truths by tenth of the marginal distribution they lie in.
    package let ranks: [Double]
  }

  /// - Parameter samples: of each density, by which the truth is ranked.
  package init(
    _ network: ProposalNetwork, _ examples: Examples, rows: Range<Int>, keys: [String], samples: Int = 400,
    seed: UInt64, threads: Int
  ) {
    let judged = concurrentMap(Array(rows), threads: threads) { row -> (loss: Double, ranks: [Double]) in
      let density = network.density(standardised: examples.input(row))
      let truth = examples.target(row).map { Double($0) }
      var random = SeededRandom(seed: seed, stream: 0xF0_0000_0000 + UInt64(row))
      var below = [Int](repeating: 0, count: truth.count)
      for _ in 0..<samples {
        for (j, value) in density.sample(&random).enumerated() where value < truth[j] { below[j] += 1 }
      }
      return (
        -density.logDensity(truth), below.map { (Double($0) + random.uniform()) / Double(samples + 1) }
      )
    }
    observations = rows.count
    negativeLogLikelihood = judged.reduce(0) { $0 + $1.loss } / Double(rows.count)
    coordinates = keys.enumerated().map { j, key in
      let ranks = judged.map { $0.ranks[j] }
      func inside(_ probability: Double) -> Double {
        Double(ranks.count { abs($0 - 0.5) <= probability / 2 }) / Double(ranks.count)
      }
      return Coordinate(
        key: key, coverage68: inside(0.6827), coverage95: inside(0.95),
        ranks: (0..<10).map { tenth in
          Double(ranks.count { Int(10 * $0) == tenth }) / Double(ranks.count)
        })
    }
  }
}
