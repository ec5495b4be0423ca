package import InteriorMDN
import NeuralNetworks
import NumericalMethods

/// Interior networks small enough for any test: untrained, but with plausible scales, so that Earth-like inputs get
/// Earth-like numbers. They know nothing; what they say must never be compared with nature.
package enum TinyInteriorModels {
  package static func network(_ name: String) -> InteriorNetwork {
    let isRocky = name.hasPrefix("rocky")
    let isGiant = name.hasPrefix("giant")
    var inputs: [InteriorInput] = [
      .mass, .radius, isRocky ? .ironToMagnesiumSilicon : .equilibriumTemperature,
    ]
    if name.hasSuffix("-B") || name.hasSuffix("-k2") { inputs.append(.loveNumber) }
    let outputs: InteriorOutputs =
      isRocky ? .rocky : !isGiant ? .layered : inputs.count > 3 ? .giantOfLoveNumber : .giant
    let density = MixtureDensity(
      components: 3, dimensions: outputs.coordinateNames.count, covariance: .full)
    var random = SeededRandom(seed: 1)
    var perceptron = Sequential<Float>.perceptron(widths: [inputs.count, 8, density.width])
    perceptron.initialize(random: &random)
    perceptron["1.bias"] = density.initialBiases(random: &random).map { Float($0) }
    let axes = inputs.map { input in
      switch input {
      case .mass:
        InteriorDomain.Axis(low: isGiant ? 1.2 : -1, high: isRocky ? 1 : isGiant ? 3.6 : 1.4, bins: 8)
      case .radius: InteriorDomain.Axis(low: -0.25, high: isRocky ? 0.2 : isGiant ? 0.9 : 0.6, bins: 8)
      case .ironToMagnesiumSilicon: InteriorDomain.Axis(low: -1.377, high: 1.45, bins: 8)
      case .equilibriumTemperature: InteriorDomain.Axis(low: 2, high: 3, bins: 8)
      case .loveNumber: InteriorDomain.Axis(low: 0, high: 1.5, bins: 8)
      }
    }
    let least = isGiant ? 16.0 : 0.1
    let top = isRocky ? 10.0 : isGiant ? 4000 : 25
    let nominal: [ClosedRange<Double>] = inputs.map { input in
      switch input {
      case .mass: least...top
      case .radius: 0.01...100
      case .ironToMagnesiumSilicon: 0.042...28.2
      case .equilibriumTemperature: 100...1000
      case .loveNumber: 0.01...1.5
      }
    }
    return InteriorNetwork(
      name: name, features: InteriorFeatures(inputs: inputs, loveNumberFeature: .linear), outputs: outputs,
      density: density,
      perceptron: perceptron,
      inputScaling: .init(
        mean: axes.map { ($0.low + $0.high) / 2 }, sd: axes.map { ($0.high - $0.low) / 4 }),
      outputScaling: isRocky
        ? .init(mean: [0.19, -5, 0.69, -2.36, 0.96], sd: [0.3, 1, 0.1, 0.2, 0.1])
        : isGiant
          ? .init(
            mean: [-1.5, -2, -2, 1, 0.5] + (outputs == .giant ? [-1] : []) + [-1.4],
            sd: [0.5, 0.5, 0.5, 0.5, 0.3] + (outputs == .giant ? [0.3] : []) + [0.1])
          : .init(mean: [0, -3, -3, 0.6, -4, -8], sd: [0.4, 1, 1, 0.4, 1, 2]),
      domain: InteriorDomain(
        axes: axes, nominal: nominal,
        cells: [UInt8](repeating: InteriorDomain.leastCode, count: axes.reduce(1) { $0 * $1.bins }),
        smallest: .init(masses: [least, top], radii: [0.31, 0.31 * 2.7]),
        largest: .init(masses: [least, top], radii: [0.84, isGiant ? 25 : 0.84 * 3]),
        iron: .init(masses: [0.1, 1, top], radii: [0.38, 0.76, 1.4])),
      outputRange: [ClosedRange<Double>](repeating: -4...4, count: density.dimensions))
  }

  /// Writes all networks with their cards into `directory`, which exists.
  package static func write(to directory: String) throws {
    for name in InteriorModelSet.knownNames {
      try ModelWriting.write(network(name).file, name: name, to: directory)
    }
  }
}
