import NeuralNetworks
import NumericalMethods
import Observations
package import Retrieval
import SpectralPrior
import Tensors

/// A completion model with four smooth components and networks that say nothing: right in form, of little use.
package enum TinyCompletion {
  package static func model(_ name: AtmosphereSpace.Name = .transmission) -> CompletionModel {
    let space = AtmosphereSpace(name)
    let bins = SpectralGrid.standard.count
    let waves = (1...4).flatMap { k in (0..<bins).map { 0.8 * cos(Double(k * $0) / 60) } }
    let components = SpectralComponents(
      mean: [Double](repeating: 0, count: bins), loadings: Matrix(rows: 4, columns: bins, elements: waves),
      residualVariance: [Double](repeating: 0.5, count: bins))
    let frontEnd = SpectralFrontEnd(space, components: components, level: NormalLaw(mean: 12, deviation: 4))
    let emulator = SpectrumEmulator(
      space: space, components: components, network: .perceptron(widths: [space.count, 3, 5]), meanLevel: 12,
      deviation: [Double](repeating: 1, count: bins), levelDeviation: 3)
    let density = AutoregressiveDensity(dimensions: ProposalCoordinates(space).count, bins: 4)
    let features = frontEnd.featureCount
    let proposals = ProposalNetwork(
      density: density,
      network: Sequential(
        ProposalNetwork.layers(features: features, width: 4, depth: 1, outputs: density.width)),
      featureMeans: [Float](repeating: 0, count: features),
      featureDeviations: [Float](repeating: 1, count: features))
    return CompletionModel(
      space: space, frontEnd: frontEnd, emulator: emulator, proposals: proposals, trainingSetVersion: "1")
  }

  /// Writes the model of a space with its card into `directory`, which exists.
  package static func write(_ name: AtmosphereSpace.Name = .transmission, to directory: String) throws {
    let model = model(name)
    try ModelWriting.write(model.file, name: model.name, to: directory)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
