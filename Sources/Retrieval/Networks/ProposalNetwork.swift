package import NeuralNetworks
import Tensors

/// In the unit box of `ProposalCoordinates`.
package typealias ProposalDensity = BoxDensity

/// What an observation's features say of the atmosphere: a density in the unit box of `ProposalCoordinates`, from which a
/// retrieval draws its first points.
package struct ProposalNetwork: Sendable {
  package let density: AutoregressiveDensity
  /// Standardised features to the density's numbers.
  package let network: Sequential<Float>
  /// Mean and standard deviation of each feature over the training's observations.
  package let featureMeans: [Float]
  package let featureDeviations: [Float]

  package init(
    density: AutoregressiveDensity, network: Sequential<Float>, featureMeans: [Float],
    featureDeviations: [Float]
  ) {
    precondition(network.inputs == featureMeans.count && network.inputs == featureDeviations.count)
    precondition(network.outputs == density.width && featureDeviations.allSatisfy { $0 > 0 })
    self.density = density
    self.network = network
    self.featureMeans = featureMeans
    self.featureDeviations = featureDeviations
  }

  package var featureCount: Int { network.inputs }

  /// A first layer, so many residual ones, and the density's numbers.
  package static func layers(features: Int, width: Int, depth: Int, outputs: Int) -> [any Layer] {
    [DenseLayer(inputs: features, outputs: width, activation: .sigmoidLinear) as any Layer]
      + (0..<depth).map { _ in ResidualLayer(width: width, hidden: width) }
      + [DenseLayer(inputs: width, outputs: outputs, activation: .identity)]
  }

  /// Features as the network sees them: no further than this from their means, in standard deviations.
  static let farthestFeature: Float = 8

  package static func standardised(
    _ features: some Collection<Float>, means: [Float], deviations: [Float]
  ) -> [Float] {
    zip(features, zip(means, deviations)).map { value, scale in
      min(max((value - scale.0) / scale.1, -farthestFeature), farthestFeature)
    }
  }

  /// - Parameter features: as `SpectralFrontEnd.features` gives them.
  package func density(given features: [Float]) -> ProposalDensity {
    precondition(features.count == featureCount)
    return density(
      standardised: Self.standardised(features, means: featureMeans, deviations: featureDeviations))
  }

  package func density(standardised inputs: some Collection<Float>) -> ProposalDensity {
    let output = network(Matrix(rows: 1, columns: featureCount, elements: Array(inputs)))
    return ProposalDensity(density, output: output.elements[...])
  }
}
