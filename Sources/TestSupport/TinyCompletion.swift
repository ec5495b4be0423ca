import NeuralNetworks
import NumericalMethods
import Observations
package import Retrieval
package import SpectralPrior
import Tensors

/// A completion model with random weights: right in form, of no use.
package enum TinyCompletion {
  package static func model(_ name: AtmosphereSpace.Name = .transmission) -> CompletionModel {
    let space = AtmosphereSpace(name)
    let components = components
    // An eclipse has no level.
    let level = name == .eclipse ? NormalLaw(mean: 0, deviation: 0) : NormalLaw(mean: 7, deviation: 3)
    let frontEnd = SpectralFrontEnd(space, components: components, level: level)
    var random = SeededRandom(seed: 6)
    let inputs = name == .transmission ? inputs : .rowAlone
    let width = inputs.count(space)
    var emulator = Sequential<Float>.perceptron(widths: [width, 5, 4, 1 + components.count])
    emulator.initialize(random: &random)
    let guess = Matrix<Float>(
      rows: width + 1, columns: 1 + components.count,
      elements: (0..<(width + 1) * (1 + components.count)).map { _ in Float(0.1 * random.normal()) })
    let density = AutoregressiveDensity(dimensions: ProposalCoordinates(space).count, bins: 4)
    var proposals = Sequential<Float>(
      ProposalNetwork.layers(features: frontEnd.featureCount, width: 4, depth: 1, outputs: density.width))
    proposals.initialize(random: &random)
    proposals["2.bias"] = density.initialBiases.map { Float($0) }
    // As files keep them.
    proposals.parameters = proposals.parameters.map { Float(Float16($0)) }
    return CompletionModel(
      space: space, frontEnd: frontEnd,
      emulator: SpectrumEmulator(
        space: space, components: components, inputs: inputs, guess: guess, network: emulator,
        meanLevel: level.mean,
        deviation: [Double](repeating: 0.05, count: components.binCount), levelDeviation: 0.1),
      proposals: ProposalNetwork(
        density: density, network: proposals,
        featureMeans: [Float](repeating: 0.5, count: frontEnd.featureCount),
        featureDeviations: [Float](repeating: 2, count: frontEnd.featureCount)),
      trainingSetVersion: "1")
  }

  /// Two gases that darken three bins each in its own way.
  private static var inputs: EmulatorInputs {
    let (temperatures, ratios, bins) = (2, 3, 3)
    let gases = (0..<2 * temperatures * ratios * bins).map { Float($0 % 7) }
    return EmulatorInputs(
      heights: GasHeights(
        bins: [3, 100, 250], logTemperatures: [5, 8], ratioCount: ratios,
        clear: [Float](repeating: 1, count: temperatures * bins), gases: gases),
      means: [7, 0, 0, 0], deviations: [3, 1, 1, 1])
  }

  /// Waves along the grid, ever shorter and weaker.
  package static var components: SpectralComponents {
    let (bins, count) = (SpectralGrid.standard.count, 6)
    let loadings = (1...count).flatMap { k in
      (0..<bins).map { bin in cos(Double.pi * Double(k) * (Double(bin) + 0.5) / Double(bins)) / Double(k) }
    }
    return SpectralComponents(
      mean: (0..<bins).map { Double($0) / Double(bins) - 0.5 },
      loadings: Matrix(rows: count, columns: bins, elements: loadings),
      residualVariance: [Double](repeating: 1e-3, count: bins))
  }

  /// Writes a model with its card into `directory`, which exists.
  /// - Parameter other: under the name of that space's.
  package static func write(
    _ name: AtmosphereSpace.Name = .transmission, to directory: String, as other: AtmosphereSpace.Name? = nil
  ) throws {
    try ModelWriting.write(model(name).file, name: CompletionModel.name(other ?? name), to: directory)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
