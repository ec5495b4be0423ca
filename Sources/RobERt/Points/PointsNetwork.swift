package import NeuralNetworks
package import Observations
package import Retrieval
package import SpectralPrior
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// A network that says which molecules an observation shows from what the front end makes of its points, so that any coverage has the same
/// meaning: one logit a molecule, and one for the features of something else.
package struct PointsNetwork: Sendable {
  /// Of whose spectra the components are.
  package let space: AtmosphereSpace.Name
  package let molecules: [String]
  package let frontEnd: SpectralFrontEnd
  /// Standardised features to logits, the last for something else.
  package let network: Sequential<Float>
  /// Mean and standard deviation of each feature over the training's observations.
  package let featureMeans: [Float]
  package let featureDeviations: [Float]
  /// p = sigmoid(slope x logit + offset), one an output.
  package let slopes: [Double]
  package let offsets: [Double]
  package let thresholds: RobERtModel.Thresholds
  /// Of `distance`: one training observation in 200 exceeds it.
  package let largestDistance: Double

  /// Besides all such verdicts together each one has to be this probable by itself.
  package static let leastSure = 0.9
  /// Without the points of broad filters a molecule has to be this probable to be called seen with them.
  package static let likely = 0.5
  /// From which on features of something else leave no molecule seen.
  package static let muchElse = 0.5

  package init(
    space: AtmosphereSpace.Name, molecules: [String], frontEnd: SpectralFrontEnd,
    network: Sequential<Float>, featureMeans: [Float], featureDeviations: [Float], slopes: [Double],
    offsets: [Double], thresholds: RobERtModel.Thresholds, largestDistance: Double
  ) {
    precondition(network.inputs == frontEnd.featureCount && network.outputs == molecules.count + 1)
    precondition(featureMeans.count == network.inputs && featureDeviations.count == network.inputs)
    precondition(slopes.count == network.outputs && offsets.count == network.outputs)
    precondition(thresholds.seenFrom.count == molecules.count)
    self.space = space
    self.molecules = molecules
    self.frontEnd = frontEnd
    self.network = network
    self.featureMeans = featureMeans
    self.featureDeviations = featureDeviations
    self.slopes = slopes
    self.offsets = offsets
    self.thresholds = thresholds
    self.largestDistance = largestDistance
  }

  package static func name(_ space: AtmosphereSpace.Name) -> String { "robert-points-\(space.rawValue)" }

  package var name: String { Self.name(space) }
  package var kind: SpectrumKind { frontEnd.kind }

  /// The layers of a network that is to be trained.
  package static func layers(
    features: Int, width: Int, depth: Int, molecules: Int
  ) -> [any Layer] {
    ProposalNetwork.layers(features: features, width: width, depth: depth, outputs: molecules + 1)
  }

  /// What the network says of one observation.
  package struct Answer: Sendable, Hashable {
    /// Of each molecule.
    package let probabilities: [Double]
    /// That there are features of a gas without an outlet.
    package let somethingElse: Double
    package let distance: Double
  }

  /// - Returns: nil where the front end makes nothing of the observation.
  package func answer(_ observation: SpectralObservation) -> Answer? {
    guard let reading = frontEnd.reading(of: observation) else { return nil }
    let inputs = ProposalNetwork.standardised(
      frontEnd.recognitionFeatures(reading, observation), means: featureMeans, deviations: featureDeviations)
    let probabilities = probabilities(Matrix(rows: 1, columns: inputs.count, elements: inputs))[0]
    return Answer(
      probabilities: Array(probabilities.dropLast()), somethingElse: probabilities.last ?? 0,
      distance: Self.distance(reading))
  }

  /// By row of standardised features, one an output.
  package func probabilities(_ inputs: Matrix<Float>) -> [[Double]] {
    let logits = network(inputs)
    return (0..<logits.rows).map { row in
      logits.row(row).enumerated().map { 1 / (1 + exp(-(slopes[$0] * Double($1) + offsets[$0]))) }
    }
  }

  /// How far an observation lies from what simulated spectra have in common: chi-squared of its points over what three deviations of chance
  /// leave of it.
  package static func distance(_ reading: SpectralReading) -> Double {
    let count = Double(max(reading.pointCount, 1))
    return reading.distance / (count + 3 * (2 * count).squareRoot())
  }
}
