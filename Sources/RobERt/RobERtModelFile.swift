package import NeuralNetworks
import Observations

extension RobERtModel {
  private static let format = "exospool RobERt"
  private static let formatVersion = "2"

  /// The file that `init(file:path:)` reads.
  package var file: SafetensorsFile {
    let perceptron = recognition.perceptron
    var file = SafetensorsFile(metadata: [
      "format": Self.format, "formatVersion": Self.formatVersion, "name": name, "kind": kind.rawValue,
      "molecules": molecules.joined(separator: " "),
      "widths": perceptron.widths.map(String.init).joined(separator: " "),
    ])
    for (i, layer) in perceptron.layers.enumerated() {
      file.tensors["layer.\(i).weight"] = .init(
        Array(perceptron.parameters[layer.weights]), shape: [layer.inputs, layer.outputs])
      file.tensors["layer.\(i).bias"] = .init(Array(perceptron.parameters[layer.biases]))
    }
    for (i, machine) in belief.machines.enumerated() {
      file.tensors["machine.\(i)"] = .init(machine.parameters)
      file.tensors["machine.\(i).shape"] = .init(
        [machine.visible, machine.hidden, machine.gaussianUnits].map { Int64($0) })
    }
    let count = molecules.count
    let calibration = recognition.calibration
    file.tensors["calibration.temperature"] = .init([calibration.temperature])
    file.tensors["calibration.molecules"] = .init(
      calibration.slopes + calibration.offsets, shape: [2, count])
    file.tensors["thresholds"] = .init(thresholds.seenFrom + thresholds.notSeenUpTo, shape: [2, count])
    file.tensors["dreams"] = .init(dreams.flatMap { $0 }, shape: [dreams.count, dreams[0].count])
    file.tensors["domain.mean"] = .init(domain.mean)
    file.tensors["domain.directions"] = .init(
      domain.directions.flatMap { $0 }, shape: [domain.directions.count, domain.mean.count])
    file.tensors["domain.remainder"] = .init(domain.remainder)
    file.tensors["domain.limit"] = .init([domain.limit])
    file.tensors["domain.largestContrast"] = .init([domain.largestContrast])
    file.tensors["domain.levels"] = .init([domain.levels.lowerBound, domain.levels.upperBound])
    file.tensors["limits.temperatures"] = .init(limits.temperatures)
    file.tensors["limits.ratios"] = .init(
      limits.logMixingRatios.flatMap { $0 }, shape: [count, limits.logMixingRatios[0].count])
    file.tensors["limits.features"] = .init(
      limits.features,
      shape: [
        count, limits.temperatures.count, limits.logMixingRatios[0].count, SpectralGrid.count,
      ])
    return file
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(RobERtModelError) {
    func refuse(_ detail: String) -> RobERtModelError { RobERtModelError(path: path, detail: detail) }
    func text(_ key: String) throws(RobERtModelError) -> String {
      guard let text = file.metadata[key] else { throw refuse("metadata lacks \"\(key)\"") }
      return text
    }
    func floats(_ name: String, _ shape: [Int]) throws(RobERtModelError) -> [Float] {
      guard let tensor = file.tensors[name], tensor.shape == shape, let values = tensor.floats,
        values.allSatisfy(\.isFinite)
      else { throw refuse("tensor \"\(name)\" is missing or not as expected") }
      return values
    }
    func doubles(_ name: String, _ shape: [Int]) throws(RobERtModelError) -> [Double] {
      guard let tensor = file.tensors[name], tensor.shape == shape, let values = tensor.doubles,
        values.allSatisfy(\.isFinite)
      else { throw refuse("tensor \"\(name)\" is missing or not as expected") }
      return values
    }
    guard try text("format") == Self.format else { throw refuse("it is no RobERt") }
    guard try text("formatVersion") == Self.formatVersion else {
      throw refuse(
        "its format is version \(try text("formatVersion")); this exospool reads \(Self.formatVersion)")
    }
    guard let kind = SpectrumKind(rawValue: try text("kind")), kind != .stellar else {
      throw refuse("its kind of spectra is unknown: \(try text("kind"))")
    }
    let molecules = try text("molecules").split(separator: " ").map(String.init)
    let count = molecules.count
    let bins = SpectralGrid.count
    let widths = try text("widths").split(separator: " ").compactMap { Int($0) }
    guard count > 0, count < 1000, Set(molecules).count == count, widths.count >= 3,
      widths.allSatisfy({ (1...100_000).contains($0) }), widths[0] == 2 * bins,
      widths[widths.count - 1] == 2 * count + 1
    else { throw refuse("its widths and molecules do not belong together") }

    var parameters: [Float] = []
    for (i, pair) in zip(widths, widths.dropFirst()).enumerated() {
      parameters += try floats("layer.\(i).weight", [pair.0, pair.1])
      parameters += try floats("layer.\(i).bias", [pair.1])
    }
    var machines: [RestrictedBoltzmannMachine<Float>] = []
    while let shape = file.tensors["machine.\(machines.count).shape"]?.integers {
      let below = machines.last?.hidden ?? 2 * bins
      guard shape.count == 3, shape.allSatisfy({ (0...100_000).contains($0) }), shape[1] > 0,
        shape[0] == below || shape[0] == below + count, shape[2] <= shape[0]
      else { throw refuse("machine \(machines.count) does not fit on the one below") }
      let (visible, hidden) = (Int(shape[0]), Int(shape[1]))
      machines.append(
        RestrictedBoltzmannMachine(
          visible: visible, hidden: hidden, gaussianUnits: Int(shape[2]),
          parameters: try floats(
            "machine.\(machines.count)", [visible * hidden + visible + hidden])))
    }
    guard machines.count >= 2, machines[0].visible == 2 * bins,
      zip(machines, machines.dropFirst()).enumerated().allSatisfy({ index, pair in
        pair.1.visible == pair.0.hidden + (index == machines.count - 2 ? count : 0)
      })
    else { throw refuse("its Boltzmann machines do not stand on each other") }

    guard let temperatures = file.tensors["limits.temperatures"]?.doubles, !temperatures.isEmpty,
      zip(temperatures, temperatures.dropFirst()).allSatisfy(<),
      let ratioShape = file.tensors["limits.ratios"]?.shape, ratioShape.count == 2, ratioShape[0] == count,
      (1...1000).contains(ratioShape[1])
    else { throw refuse("its detection limits are missing or not as expected") }
    let ratios = try doubles("limits.ratios", ratioShape)
    guard let directionShape = file.tensors["domain.directions"]?.shape, directionShape.count == 2,
      directionShape[1] == bins, (1...bins).contains(directionShape[0])
    else { throw refuse("its training domain is missing or not as expected") }
    let directions = try doubles("domain.directions", directionShape)
    let calibration = try doubles("calibration.molecules", [2, count])
    let thresholds = try doubles("thresholds", [2, count])
    let temperature = try doubles("calibration.temperature", [1])[0]
    guard temperature > 0 else { throw refuse("its calibration is not positive") }
    let levels = try doubles("domain.levels", [2])
    guard levels[0] <= levels[1] else { throw refuse("its training domain has no levels") }
    let dreams = try floats("dreams", [count + 1, 2 * bins])
    self.init(
      name: try text("name"), kind: kind,
      recognition: RecognitionNetwork(
        molecules: molecules,
        perceptron: MultilayerPerceptron(widths: widths, hidden: .sigmoid, parameters: parameters),
        calibration: .init(
          temperature: temperature, slopes: Array(calibration[..<count]),
          offsets: Array(calibration[count...]))),
      belief: DeepBeliefNetwork(machines: machines, labels: count),
      dreams: (0...count).map { Array(dreams[$0 * 2 * bins..<($0 + 1) * 2 * bins]) },
      domain: TrainingDomain(
        mean: try doubles("domain.mean", [bins]),
        directions: (0..<directionShape[0]).map { Array(directions[$0 * bins..<($0 + 1) * bins]) },
        remainder: try doubles("domain.remainder", [bins]), limit: try doubles("domain.limit", [1])[0],
        largestContrast: try doubles("domain.largestContrast", [1])[0], levels: levels[0]...levels[1]),
      limits: DetectionLimits(
        kind: kind, molecules: molecules, temperatures: temperatures,
        logMixingRatios: (0..<count).map {
          Array(ratios[$0 * ratioShape[1]..<($0 + 1) * ratioShape[1]])
        },
        features: try floats("limits.features", [count, temperatures.count, ratioShape[1], bins])),
      thresholds: .init(
        seenFrom: Array(thresholds[..<count]), notSeenUpTo: Array(thresholds[count...])))
  }
}
