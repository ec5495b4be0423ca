package import NeuralNetworks

extension InteriorNetwork {
  private static let format = "exospool interior network"
  private static let formatVersion = "1"

  /// The file that `init(file:path:)` reads.
  package var file: SafetensorsFile {
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "name": name,
      "inputs": features.inputs.map(\.rawValue).joined(separator: " "), "outputs": outputs.rawValue,
      "loveNumberFeature": features.loveNumberFeature.rawValue,
      "widths": perceptron.widths.map(String.init).joined(separator: " "),
      "activation": Activation.sigmoidLinear.rawValue, "components": String(density.components),
      "covariance": density.covariance.rawValue,
      "maximumLogPrecision": String(density.maximumLogPrecision),
    ])
    file.store(perceptron, as: "layer")
    file.tensors["input.mean"] = .init(inputScaling.mean)
    file.tensors["input.sd"] = .init(inputScaling.sd)
    file.tensors["output.mean"] = .init(outputScaling.mean)
    file.tensors["output.sd"] = .init(outputScaling.sd)
    domain.store(into: &file)
    file.tensors["output.range"] = .init(
      outputRange.flatMap { [$0.lowerBound, $0.upperBound] }, shape: [density.dimensions, 2])
    if let recalibration {
      file.tensors["recalibration"] = .init(
        recalibration.quantiles.flatMap { $0 }, shape: [density.dimensions, recalibration.quantiles[0].count])
    }
    return file
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(InteriorModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw InteriorModelError(.notAModel, path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(
      format: Self.format, version: Self.formatVersion, isNone: "it is no interior network")
    guard try reader.text("activation") == Activation.sigmoidLinear.rawValue else {
      throw .init("its activation is unknown")
    }
    let features = try InteriorFeatures(reader)
    guard let outputs = InteriorOutputs(rawValue: try reader.text("outputs")) else {
      throw .init("its outputs are unknown: \(try reader.text("outputs"))")
    }
    let density = try MixtureDensity(reader, dimensions: outputs.coordinateNames.count)
    let (inputs, dimensions) = (features.inputs.count, density.dimensions)
    let widths = try reader.widths(largest: 20_000)
    guard (2...20).contains(widths.count), widths.first == inputs, widths.last == density.width else {
      throw .init("its layers' widths do not fit its inputs and outputs")
    }
    var perceptron = Sequential<Float>.perceptron(widths: widths)
    try reader.fill(&perceptron, from: "layer")
    let bounds: [[Double]] = try reader.rows("output.range", shape: [dimensions, 2])
    guard bounds.allSatisfy({ $0[0] < $0[1] }) else {
      throw .init("tensor \"output.range\" does not ascend")
    }
    self.init(
      name: try reader.text("name"), features: features, outputs: outputs, density: density,
      perceptron: perceptron, inputScaling: try Scaling(reader, "input", count: inputs),
      outputScaling: try Scaling(reader, "output", count: dimensions),
      domain: try InteriorDomain(reader, axes: inputs), outputRange: bounds.map { $0[0]...$0[1] },
      recalibration: try Recalibration(reader, dimensions: dimensions))
  }
}

extension InteriorFeatures {
  fileprivate init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    let names = try reader.words("inputs")
    let inputs = names.compactMap { InteriorInput(rawValue: $0) }
    guard inputs.count == names.count, inputs.prefix(2) == [.mass, .radius], Set(inputs).count == inputs.count
    else { throw .init("its inputs are unknown: \(try reader.text("inputs"))") }
    guard let loveNumber = LoveNumberFeature(rawValue: try reader.text("loveNumberFeature")) else {
      throw .init("its feature of k2 is unknown")
    }
    self.init(inputs: inputs, loveNumberFeature: loveNumber)
  }
}

extension MixtureDensity {
  fileprivate init(_ reader: TensorReader, dimensions: Int) throws(TensorReader.Refusal) {
    guard let covariance = Covariance(rawValue: try reader.text("covariance")),
      let maximum = Double(try reader.text("maximumLogPrecision")), maximum > 0, maximum <= 40
    else { throw .init("its mixture is of an unknown kind") }
    self.init(
      components: try reader.integer("components", in: 1...1000), dimensions: dimensions,
      covariance: covariance, maximumLogPrecision: maximum)
  }
}

extension InteriorNetwork.Scaling {
  fileprivate init(_ reader: TensorReader, _ name: String, count: Int) throws(TensorReader.Refusal) {
    let sd: [Double] = try reader.tensor("\(name).sd", shape: [count])
    guard sd.allSatisfy({ $0 > 0 }) else { throw .init("tensor \"\(name).sd\" is not positive") }
    self.init(mean: try reader.tensor("\(name).mean", shape: [count]), sd: sd)
  }
}

extension Recalibration {
  /// `nil` where the file has none.
  fileprivate init?(_ reader: TensorReader, dimensions: Int) throws(TensorReader.Refusal) {
    guard reader.has("recalibration") else { return nil }
    let rows: [[Double]] = try reader.part(refusedAs: "its recalibration is not as expected") {
      () throws(TensorReader.Refusal) in try reader.rows("recalibration", shape: [dimensions, nil])
    }
    guard rows.allSatisfy(Self.isValid) else { throw .init("its recalibration does not ascend") }
    self.init(quantiles: rows)
  }
}
