package import NeuralNetworks
import NumericalMethods
package import Retrieval
package import RetrievalTraining
package import SpectralPrior
package import SpectralSensitivity
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How a sensitivity network is built and taught.
package struct SensitivityOptions: Sendable, Hashable {
  package var architecture: SensitivityArchitecture
  package var learning = ExampleOptions(
    batchSize: 256, epochs: 12, peakRate: 2e-3, finalRate: 1e-5, warmUpSteps: 200, weightDecay: 1e-3,
    maximumGradientNorm: 5)

  package init(_ architecture: SensitivityArchitecture) { self.architecture = architecture }

  package var summary: String { "\(architecture.summary), \(learning.summary)" }
}

/// Teaches one of the three networks.
package struct SensitivityTraining: Sendable {
  package let space: AtmosphereSpace
  package let frontEnd: SpectralFrontEnd
  package let views: ViewExamples
  package let division: ObservationDivision
  package let options: SensitivityOptions

  package init(
    space: AtmosphereSpace, frontEnd: SpectralFrontEnd, views: ViewExamples, division: ObservationDivision,
    options: SensitivityOptions
  ) {
    self.space = space
    self.frontEnd = frontEnd
    self.views = views
    self.division = division
    self.options = options
  }

  package func trainer() -> ExampleTrainer<NormalLoss> {
    ExampleTrainer(
      SensitivityModel.layers(options.architecture, frontEnd, space), lastBiases: nil,
      loss: NormalLoss(parameters: views.examples.targetWidth), examples: views.examples,
      rows: division.training, validation: division.validation, options: options.learning)
  }

  /// The network as it will be kept, its intervals calibrated on the observations of validation.
  package func model(_ trained: Sequential<Float>, trainingSetVersion: String) -> SensitivityModel {
    let network = trained.folded
    let rows = division.validation
    let distances = Self.distances(network, views.examples, rows: rows)
    let known = rows.map { Self.isMassKnown(views.examples, row: $0) }
    func calibrations(isMassKnown: Bool) -> [SensitivityModel.Calibration] {
      // Very few observations may be all of one kind.
      let isOfKind = known.contains(isMassKnown) ? known.map { $0 == isMassKnown } : known.map { _ in true }
      return distances.map { distances in
        let sorted = zip(distances, isOfKind).filter(\.1).map { abs($0.0) }.sorted()
        return .init(
          inner: quantile(ofSorted: sorted, 0.6827), outer: quantile(ofSorted: sorted, 0.95) / 1.959964)
      }
    }
    return SensitivityModel(
      space: space, architecture: options.architecture, network: network,
      featureMeans: views.featureMeans, featureDeviations: views.featureDeviations,
      calibrations: .init(
        massKnown: calibrations(isMassKnown: true), massUnknown: calibrations(isMassKnown: false)),
      frontEndHash: frontEnd.contentHash, trainingSetVersion: trainingSetVersion)
  }

  /// Standardised features of 0 and 1 lie on both sides of their mean.
  static func isMassKnown(_ examples: Examples, row: Int) -> Bool {
    let input = examples.input(row)
    return input[input.endIndex - SpectralFrontEnd.massKnownFromEnd] > 0
  }

  /// By parameter, of each row: truth less mean, in the network's deviations.
  static func distances(
    _ network: Sequential<Float>, _ examples: Examples, rows: Range<Int>
  ) -> [[Double]] {
    let parameters = examples.targetWidth
    let inputs = Matrix(
      rows: rows.count, columns: examples.inputWidth, elements: rows.flatMap { examples.input($0) })
    let outputs = network(inputs)
    let range = SensitivityModel.logDeviations
    return (0..<parameters).map { j in
      rows.enumerated().map { place, row in
        let output = Array(outputs.row(place))
        let held = min(max(output[parameters + j], range.lowerBound), range.upperBound)
        return Double((Array(examples.target(row))[j] - output[j]) / exp(held))
      }
    }
  }
}

/// How well a network retrieves observations of planets that it has not learnt from.
package struct SensitivityEvaluation: Sendable, Hashable {
  package struct Score: Sendable, Hashable {
    package let key: String
    /// Of the coordinates, in which the prior's variance is 1.
    package let r2: Double
    package let rms: Double
    package let coverage68: Double
    package let coverage95: Double
  }

  package let observations: Int
  /// Mean of the loss.
  package let loss: Double
  package let scores: [Score]

  package init(_ model: SensitivityModel, _ examples: Examples, rows: Range<Int>) {
    let distances = SensitivityTraining.distances(model.network, examples, rows: rows)
    let outputs = model.network(
      Matrix(rows: rows.count, columns: examples.inputWidth, elements: rows.flatMap { examples.input($0) }))
    let targets = rows.flatMap { examples.target($0) }
    loss =
      outputs.elements.withUnsafeBufferPointer { outputs in
        targets.withUnsafeBufferPointer {
          NormalLoss(parameters: model.parameters.count).sum(
            outputs: outputs, targets: $0, rows: rows.count, gradient: nil, scale: 1)
        }
      } / Double(rows.count)
    observations = rows.count
    let calibrations = rows.map {
      model.calibrations.each(isMassKnown: SensitivityTraining.isMassKnown(examples, row: $0))
    }
    scores = model.parameters.enumerated().map { j, parameter in
      let truths = rows.indices.map { Double(targets[($0 - rows.lowerBound) * model.parameters.count + j]) }
      let means = (0..<rows.count).map { Double(outputs[$0, j]) }
      let count = Double(rows.count)
      let square = zip(truths, means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / count
      let middle = truths.reduce(0, +) / count
      let variance = truths.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / count
      func coverage(_ end: (SensitivityModel.Calibration) -> Double) -> Double {
        Double(zip(distances[j], calibrations).count { abs($0) <= end($1[j]) }) / count
      }
      return Score(
        key: parameter.key, r2: 1 - square / variance, rms: square.squareRoot(),
        coverage68: coverage(\.inner),
        coverage95: coverage { 1.959964 * $0.outer })
    }
  }
}
