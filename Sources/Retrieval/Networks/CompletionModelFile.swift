package import NeuralNetworks
import Observations
import SpectralPrior
import Tensors

extension CompletionModel {
  private static let format = "exospool completion"
  private static let formatVersion = "2"

  /// The file that `init(file:path:)` reads. Proposals are kept in half precision: they are tried against the forward model.
  package var file: SafetensorsFile {
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "space": space.name.rawValue,
      "trainingSet": trainingSetVersion,
      "widths": emulator.network.widths.map(String.init).joined(separator: " "),
      "proposals": Self.shape(of: proposals).map(String.init).joined(separator: " "),
    ])
    file.store(frontEnd)
    file.store(emulator.network, as: "emulator")
    file.tensors["emulator.guess"] = .init(
      emulator.guess.elements, shape: [emulator.guess.rows, emulator.guess.columns])
    if let heights = emulator.inputs.heights {
      let (temperatures, bins) = (heights.logTemperatures.count, heights.bins.count)
      file.tensors["heights.bins"] = .init(heights.bins.map { Int64($0) })
      file.tensors["heights.logTemperatures"] = .init(heights.logTemperatures)
      file.tensors["heights.clear"] = .init(heights.clear, shape: [temperatures, bins])
      file.tensors["heights.gases"] = .init(
        heights.gases, shape: [heights.gasCount, temperatures, heights.ratioCount, bins])
      file.tensors["heights.mean"] = .init(emulator.inputs.means)
      file.tensors["heights.deviation"] = .init(emulator.inputs.deviations)
    }
    file.tensors["emulator.deviation"] = .init(emulator.deviation)
    file.tensors["emulator.levelDeviation"] = .init([emulator.levelDeviation])
    file.store(proposals.network, as: "proposals", halved: true)
    file.tensors["features.mean"] = .init(proposals.featureMeans)
    file.tensors["features.deviation"] = .init(proposals.featureDeviations)
    return file
  }

  /// Width, residual layers and bins of the splines.
  private static func shape(of proposals: ProposalNetwork) -> [Int] {
    [proposals.network.layers[0].outputs, proposals.network.layers.count - 2, proposals.density.bins]
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(CompletionModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw CompletionModelError(path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(
      format: Self.format, version: Self.formatVersion, isNone: "it is no model that completes spectra")
    let named = try reader.text("space")
    guard let name = AtmosphereSpace.Name(rawValue: named) else {
      throw .init("its space of atmospheres is unknown: \(named)")
    }
    let space = AtmosphereSpace(name)
    let frontEnd = try SpectralFrontEnd(reader, space)
    self.init(
      space: space, frontEnd: frontEnd,
      emulator: try SpectrumEmulator(
        reader, space, frontEnd.components, meanLevel: frontEnd.ranges.level.mean),
      proposals: try ProposalNetwork(
        reader, features: frontEnd.featureCount, dimensions: ProposalCoordinates(space).count),
      trainingSetVersion: try reader.text("trainingSet"))
  }
}

extension SpectrumEmulator {
  fileprivate init(
    _ reader: TensorReader, _ space: AtmosphereSpace, _ components: SpectralComponents, meanLevel: Double
  ) throws(TensorReader.Refusal) {
    let widths = try reader.widths(largest: 10_000)
    let inputs = try EmulatorInputs(reader, space)
    guard widths.count >= 2, widths.first == inputs.count(space), let last = widths.last, last > 1,
      last <= 1 + components.count
    else { throw .init("its emulator is of another space or of other components") }
    let components = components.first(last - 1)
    var network = Sequential<Float>.perceptron(widths: widths)
    try reader.fill(&network, from: "emulator")
    self.init(
      space: space, components: components, inputs: inputs,
      guess: Matrix(
        rows: widths[0] + 1, columns: last,
        elements: try reader.tensor("emulator.guess", shape: [widths[0] + 1, last])),
      network: network, meanLevel: meanLevel,
      deviation: try reader.tensor("emulator.deviation", shape: [components.binCount]),
      levelDeviation: try reader.number("emulator.levelDeviation"))
  }
}

extension EmulatorInputs {
  fileprivate init(_ reader: TensorReader, _ space: AtmosphereSpace) throws(TensorReader.Refusal) {
    guard reader.has("heights.bins") else {
      self = .rowAlone
      return
    }
    let bins: [Int64] = try reader.tensor("heights.bins", shape: [nil]).elements
    let temperatures: [Double] = try reader.tensor("heights.logTemperatures", shape: [nil]).elements
    let grid = 0..<Int64(SpectralGrid.standard.count)
    guard !bins.isEmpty, bins.allSatisfy(grid.contains), temperatures.count > 1,
      temperatures[0] < temperatures[temperatures.count - 1]
    else { throw .init("the heights of its gases lie in no bins or at no temperatures") }
    let gases: (elements: [Float], shape: [Int]) = try reader.tensor(
      "heights.gases", shape: [nil, temperatures.count, nil, bins.count])
    // Gases stand from the fourth place of a row on.
    guard gases.shape[0] > 0, gases.shape[0] <= space.count - 3, gases.shape[2] > 1 else {
      throw .init("the heights of its gases are not of its space")
    }
    let deviations: [Float] = try reader.tensor("heights.deviation", shape: [1 + bins.count])
    guard deviations.allSatisfy({ $0 > 0 }) else { throw .init("the heights of its gases do not scatter") }
    self.init(
      heights: GasHeights(
        bins: bins.map { Int($0) }, logTemperatures: temperatures, ratioCount: gases.shape[2],
        clear: try reader.tensor("heights.clear", shape: [temperatures.count, bins.count]),
        gases: gases.elements),
      means: try reader.tensor("heights.mean", shape: [1 + bins.count]), deviations: deviations)
  }
}

extension ProposalNetwork {
  fileprivate init(_ reader: TensorReader, features: Int, dimensions: Int) throws(TensorReader.Refusal) {
    let shape = try reader.words("proposals").compactMap { Int($0) }
    guard shape.count == 3, (1...10_000).contains(shape[0]), (0...100).contains(shape[1]),
      (2...100).contains(shape[2])
    else { throw .init("the shape of its proposals is unknown") }
    let density = AutoregressiveDensity(dimensions: dimensions, bins: shape[2])
    var network = Sequential<Float>(
      Self.layers(features: features, width: shape[0], depth: shape[1], outputs: density.width))
    try reader.fill(&network, from: "proposals")
    let deviations: [Float] = try reader.tensor("features.deviation", shape: [features])
    guard deviations.allSatisfy({ $0 > 0 }) else { throw .init("its features do not scatter") }
    self.init(
      density: density, network: network,
      featureMeans: try reader.tensor("features.mean", shape: [features]), featureDeviations: deviations)
  }
}
