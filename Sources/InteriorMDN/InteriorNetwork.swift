package import NeuralNetworks
package import NumericalMethods
package import Tensors

/// A trained mixture density network for interiors, with all that it takes to use it: scaling and domain.
package struct InteriorNetwork: Sendable, Hashable {
  /// Mean and standard deviation that standardise one coordinate.
  package struct Scaling: Sendable, Hashable {
    package var mean: [Double]
    package var sd: [Double]

    package init(mean: [Double], sd: [Double]) {
      precondition(mean.count == sd.count && sd.allSatisfy { $0 > 0 })
      self.mean = mean
      self.sd = sd
    }
  }

  package let name: String
  package let features: InteriorFeatures
  package let outputs: InteriorOutputs
  package let density: MixtureDensity
  package let perceptron: MultilayerPerceptron<Float>
  package let inputScaling: Scaling
  package let outputScaling: Scaling
  package let domain: InteriorDomain
  /// The range of each standardised coordinate among the training planets (log-ratios: three times as wide). Draws beyond
  /// are drawn again: the far tail of a Gaussian is an extrapolation, too.
  package let outputRange: [ClosedRange<Double>]
  /// Learnt on validation planets after training; `nil` for a network taken as it is.
  package let recalibration: Recalibration?

  package init(
    name: String, features: InteriorFeatures, outputs: InteriorOutputs, density: MixtureDensity,
    perceptron: MultilayerPerceptron<Float>, inputScaling: Scaling, outputScaling: Scaling,
    domain: InteriorDomain, outputRange: [ClosedRange<Double>], recalibration: Recalibration? = nil
  ) {
    precondition(recalibration == nil || recalibration?.quantiles.count == density.dimensions)
    precondition(perceptron.inputs == features.inputs.count && perceptron.outputs == density.width)
    precondition(density.dimensions == outputs.coordinateNames.count)
    precondition(inputScaling.mean.count == features.inputs.count)
    precondition(outputScaling.mean.count == density.dimensions)
    precondition(domain.axes.count == features.inputs.count)
    self.name = name
    self.features = features
    self.outputs = outputs
    self.density = density
    self.perceptron = perceptron
    self.inputScaling = inputScaling
    self.outputScaling = outputScaling
    precondition(outputRange.count == density.dimensions)
    self.domain = domain
    self.outputRange = outputRange
    self.recalibration = recalibration
  }

  /// The mixtures at several inputs, a row each, in standardised coordinates.
  /// - Parameter features: as `InteriorFeatures` makes them, inside the domain.
  package func mixtures(_ features: [[Double]]) -> Matrix<Float> {
    let count = inputScaling.mean.count
    var x = Matrix<Float>(rows: features.count, columns: count)
    for (i, row) in features.enumerated() {
      for j in 0..<count { x[i, j] = Float((row[j] - inputScaling.mean[j]) / inputScaling.sd[j]) }
    }
    return perceptron(x)
  }

  /// One draw of the mixture that `sampler` has taken up, recalibrated, in standardised coordinates; `nil` where 32 draws in
  /// a row lie beyond what was trained.
  package func draw(_ sampler: borrowing MixtureSampler, random: inout SeededRandom) -> [Double]? {
    for _ in 0..<32 {
      let draw = sampler.draw(recalibration, random: &random)
      if zip(draw, outputRange).allSatisfy({ $1.contains($0) }) { return draw }
    }
    return nil
  }

  /// Physical values, in the order of `outputs.quantities`, from standardised coordinates.
  package func values(_ standardized: [Double], mass: Double, radius: Double) -> [Double] {
    var coordinates = standardized
    for i in coordinates.indices {
      coordinates[i] = outputScaling.mean[i] + outputScaling.sd[i] * coordinates[i]
    }
    return outputs.values(coordinates, mass: mass, radius: radius)
  }
}

// MARK: - File

/// A model file that cannot be used, and why.
package struct InteriorModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case cannotRead, notAModel, hashMismatch, noModels
  }

  package let code: Code
  package let path: String
  package let detail: String
  package let isTemporary: Bool

  package init(_ code: Code, path: String, detail: String, isTemporary: Bool = false) {
    self.code = code
    self.path = path
    self.detail = detail
    self.isTemporary = isTemporary
  }

  package var description: String { "\(path): \(detail)" }
}

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
    for (i, layer) in perceptron.layers.enumerated() {
      file.tensors["layer.\(i).weight"] = .init(
        Array(perceptron.parameters[layer.weights]), shape: [layer.inputs, layer.outputs])
      file.tensors["layer.\(i).bias"] = .init(Array(perceptron.parameters[layer.biases]))
    }
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
    func refuse(_ detail: String) -> InteriorModelError {
      InteriorModelError(.notAModel, path: path, detail: detail)
    }
    func text(_ key: String) throws(InteriorModelError) -> String {
      guard let text = file.metadata[key] else { throw refuse("metadata lacks \"\(key)\"") }
      return text
    }
    func number(_ key: String, _ range: ClosedRange<Int>) throws(InteriorModelError) -> Int {
      guard let number = Int(try text(key)), range.contains(number) else {
        throw refuse("metadata \"\(key)\" is not in \(range)")
      }
      return number
    }
    func doubles(_ name: String, count: Int?) throws(InteriorModelError) -> [Double] {
      guard let values = file.tensors[name]?.doubles, count == nil || values.count == count,
        values.allSatisfy(\.isFinite)
      else { throw refuse("tensor \"\(name)\" is missing or not as expected") }
      return values
    }

    guard try text("format") == Self.format else { throw refuse("it is no interior network") }
    guard try text("formatVersion") == Self.formatVersion else {
      throw refuse(
        "its format is version \(try text("formatVersion")); this exospool reads \(Self.formatVersion)")
    }
    guard try text("activation") == Activation.sigmoidLinear.rawValue else {
      throw refuse("its activation is unknown")
    }
    let inputNames = try text("inputs").split(separator: " ")
    let inputs = inputNames.compactMap { InteriorInput(rawValue: String($0)) }
    guard inputs.count == inputNames.count, inputs.prefix(2) == [.mass, .radius],
      Set(inputs).count == inputs.count
    else { throw refuse("its inputs are unknown: \(try text("inputs"))") }
    guard
      let loveNumberFeature = InteriorFeatures.LoveNumberFeature(rawValue: try text("loveNumberFeature"))
    else { throw refuse("its feature of k2 is unknown") }
    guard let outputs = InteriorOutputs(rawValue: try text("outputs")) else {
      throw refuse("its outputs are unknown: \(try text("outputs"))")
    }
    guard let covariance = MixtureDensity.Covariance(rawValue: try text("covariance")),
      let maximumLogPrecision = Double(try text("maximumLogPrecision")),
      maximumLogPrecision > 0, maximumLogPrecision <= 40
    else { throw refuse("its mixture is of an unknown kind") }
    let density = MixtureDensity(
      components: try number("components", 1...1000), dimensions: outputs.coordinateNames.count,
      covariance: covariance, maximumLogPrecision: maximumLogPrecision)
    let widths = try text("widths").split(separator: " ").compactMap { Int($0) }
    guard (2...20).contains(widths.count), widths.allSatisfy({ (1...20_000).contains($0) }),
      widths.first == inputs.count, widths.last == density.width
    else { throw refuse("its layers' widths do not fit its inputs and outputs") }
    var perceptron = MultilayerPerceptron<Float>(widths: widths)
    for (i, layer) in perceptron.layers.enumerated() {
      guard let weight = file.tensors["layer.\(i).weight"], weight.shape == [layer.inputs, layer.outputs],
        let weights = weight.floats, let biases = file.tensors["layer.\(i).bias"]?.floats,
        biases.count == layer.outputs, weights.allSatisfy(\.isFinite), biases.allSatisfy(\.isFinite)
      else { throw refuse("the weights of layer \(i) are missing or not as expected") }
      perceptron.parameters.replaceSubrange(layer.weights, with: weights)
      perceptron.parameters.replaceSubrange(layer.biases, with: biases)
    }
    func scaling(_ name: String, _ count: Int) throws(InteriorModelError) -> Scaling {
      let sd = try doubles(name + ".sd", count: count)
      guard sd.allSatisfy({ $0 > 0 }) else { throw refuse("tensor \"\(name).sd\" is not positive") }
      return Scaling(mean: try doubles(name + ".mean", count: count), sd: sd)
    }
    let bounds = try doubles("output.range", count: 2 * density.dimensions)
    guard (0..<density.dimensions).allSatisfy({ bounds[2 * $0] < bounds[2 * $0 + 1] }) else {
      throw refuse("tensor \"output.range\" does not ascend")
    }
    let outputRange = (0..<density.dimensions).map { bounds[2 * $0]...bounds[2 * $0 + 1] }
    var recalibration: Recalibration?
    if let table = file.tensors["recalibration"] {
      guard table.shape.count == 2, table.shape[0] == density.dimensions, let values = table.doubles else {
        throw refuse("its recalibration is not as expected")
      }
      let rows = (0..<table.shape[0]).map {
        Array(values[$0 * table.shape[1]..<($0 + 1) * table.shape[1]])
      }
      guard rows.allSatisfy(Recalibration.isValid) else { throw refuse("its recalibration does not ascend") }
      recalibration = Recalibration(quantiles: rows)
    }
    let name = try text("name")
    let inputScaling = try scaling("input", inputs.count)
    let outputScaling = try scaling("output", density.dimensions)
    guard let domain = InteriorDomain(file: file, axes: inputs.count) else {
      throw refuse("its domain is missing or not as expected")
    }
    self.init(
      name: name, features: InteriorFeatures(inputs: inputs, loveNumberFeature: loveNumberFeature),
      outputs: outputs, density: density,
      perceptron: perceptron, inputScaling: inputScaling, outputScaling: outputScaling, domain: domain,
      outputRange: outputRange, recalibration: recalibration)
  }
}

extension InteriorDomain {
  func store(into file: inout SafetensorsFile) {
    file.tensors["domain.axes"] = .init(
      axes.flatMap { [$0.low, $0.high, Double($0.bins)] }, shape: [axes.count, 3])
    file.tensors["domain.nominal"] = .init(
      nominal.flatMap { [$0.lowerBound, $0.upperBound] }, shape: [nominal.count, 2])
    var words = [Int64](repeating: 0, count: (cells.count + 7) / 8)
    for (i, cell) in cells.enumerated() {
      words[i / 8] |= Int64(bitPattern: UInt64(cell) << UInt64(8 * (i % 8)))
    }
    file.tensors["domain.cells"] = .init(words)
    for (name, curve) in [("smallest", smallest), ("largest", largest)] + (iron.map { [("iron", $0)] } ?? [])
    {
      file.tensors["domain.\(name)"] = .init(curve.masses + curve.radii, shape: [2, curve.masses.count])
    }
  }

  init?(file: SafetensorsFile, axes count: Int) {
    guard let table = file.tensors["domain.axes"], table.shape == [count, 3], let numbers = table.doubles,
      let bounds = file.tensors["domain.nominal"], bounds.shape == [count, 2],
      let nominal = bounds.doubles, nominal.allSatisfy(\.isFinite),
      let words = file.tensors["domain.cells"]?.integers
    else { return nil }
    guard (0..<count).allSatisfy({ nominal[2 * $0] < nominal[2 * $0 + 1] }) else { return nil }
    var axes: [Axis] = []
    for i in 0..<count {
      let (low, high, bins) = (numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2])
      guard low.isFinite, high.isFinite, low < high, (1...100_000).contains(bins) else { return nil }
      axes.append(Axis(low: low, high: high, bins: Int(bins)))
    }
    var size = 1
    for axis in axes {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis.bins)
      guard !overflow, product <= 8 * words.count else { return nil }
      size = product
    }
    guard words.count == (size + 7) / 8 else { return nil }
    let cells = (0..<size).map {
      UInt8(truncatingIfNeeded: UInt64(bitPattern: words[$0 / 8]) >> UInt64(8 * ($0 % 8)))
    }
    func curve(_ name: String) -> RadiusCurve? {
      guard let tensor = file.tensors["domain.\(name)"], tensor.shape.count == 2, tensor.shape[0] == 2,
        let values = tensor.doubles, values.count >= 2, values.allSatisfy({ $0.isFinite && $0 > 0 })
      else { return nil }
      let masses = Array(values[..<(values.count / 2)])
      guard zip(masses, masses.dropFirst()).allSatisfy(<) else { return nil }
      return RadiusCurve(masses: masses, radii: Array(values[(values.count / 2)...]))
    }
    guard let smallest = curve("smallest"), let largest = curve("largest") else { return nil }
    self.init(
      axes: axes, nominal: (0..<count).map { nominal[2 * $0]...nominal[2 * $0 + 1] }, cells: cells,
      smallest: smallest, largest: largest, iron: curve("iron"))
  }
}
