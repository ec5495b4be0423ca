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
      "trainingSet": String(trainingSetVersion),
    ])
    file.store(perceptron, as: "layer")
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
        count, limits.temperatures.count, limits.logMixingRatios[0].count, SpectralGrid.standard.count,
      ])
    return file
  }

  /// - Throws: where the file is not one of ours, of an unknown version, or contradicts itself.
  package init(file: SafetensorsFile, path: String) throws(RobERtModelError) {
    do throws(TensorReader.Refusal) {
      try self.init(TensorReader(file))
    } catch {
      throw RobERtModelError(path: path, detail: error.detail)
    }
  }

  private init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    try reader.require(format: Self.format, version: Self.formatVersion, isNone: "it is no RobERt")
    guard let kind = SpectrumKind(rawValue: try reader.text("kind")), kind != .stellar else {
      throw .init("its kind of spectra is unknown: \(try reader.text("kind"))")
    }
    let molecules = try reader.words("molecules")
    let (count, bins) = (molecules.count, SpectralGrid.standard.count)
    self.init(
      name: try reader.text("name"), kind: kind,
      recognition: try RecognitionNetwork(reader, molecules: molecules),
      belief: try DeepBeliefNetwork(reader, labels: count),
      dreams: try reader.rows("dreams", shape: [count + 1, 2 * bins]), domain: try TrainingDomain(reader),
      limits: try DetectionLimits(reader, kind: kind, molecules: molecules),
      thresholds: try Thresholds(reader, count: count),
      // Files of the first sets do not say so.
      trainingSetVersion: reader.states("trainingSet")
        ? try reader.integer("trainingSet", in: 1...Self.currentTrainingSetVersion) : 1)
  }
}

extension RecognitionNetwork {
  fileprivate init(_ reader: TensorReader, molecules: [String]) throws(TensorReader.Refusal) {
    let count = molecules.count
    let widths = try reader.widths(largest: 100_000)
    guard count > 0, count < 1000, Set(molecules).count == count, widths.count >= 3,
      widths.first == 2 * SpectralGrid.standard.count, widths.last == 2 * count + 1
    else { throw .init("its widths and molecules do not belong together") }
    var perceptron = Sequential<Float>.perceptron(widths: widths, hidden: .sigmoid)
    try reader.fill(&perceptron, from: "layer")
    self.init(
      molecules: molecules, perceptron: perceptron, calibration: try Calibration(reader, molecules: count))
  }
}

extension RecognitionNetwork.Calibration {
  fileprivate init(_ reader: TensorReader, molecules: Int) throws(TensorReader.Refusal) {
    let lines: [[Double]] = try reader.rows("calibration.molecules", shape: [2, molecules])
    let temperature: Double = try reader.number("calibration.temperature")
    guard temperature > 0 else { throw .init("its calibration is not positive") }
    self.init(temperature: temperature, slopes: lines[0], offsets: lines[1])
  }
}

extension DeepBeliefNetwork {
  fileprivate init(_ reader: TensorReader, labels: Int) throws(TensorReader.Refusal) {
    var machines: [RestrictedBoltzmannMachine<Float>] = []
    let spectrum = 2 * SpectralGrid.standard.count
    while reader.has("machine.\(machines.count).shape") {
      let name = "machine.\(machines.count)"
      let below = machines.last?.hidden ?? spectrum
      let shape: [Int] = try reader.tensor("\(name).shape", shape: [3]).map { (size: Int64) in Int(size) }
      guard shape.allSatisfy({ (0...100_000).contains($0) }), shape[1] > 0,
        shape[0] == below || shape[0] == below + labels, shape[2] <= shape[0]
      else { throw .init("machine \(machines.count) does not fit on the one below") }
      machines.append(
        RestrictedBoltzmannMachine(
          visible: shape[0], hidden: shape[1], gaussianUnits: shape[2],
          parameters: try reader.tensor(name, shape: [shape[0] * shape[1] + shape[0] + shape[1]])))
    }
    guard machines.count >= 2, machines[0].visible == spectrum,
      zip(machines, machines.dropFirst()).enumerated().allSatisfy({ index, pair in
        pair.1.visible == pair.0.hidden + (index == machines.count - 2 ? labels : 0)
      })
    else { throw .init("its Boltzmann machines do not stand on each other") }
    self.init(machines: machines, labels: labels)
  }
}

extension TrainingDomain {
  fileprivate init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    let bins = SpectralGrid.standard.count
    let directions: [[Double]] = try reader.part(
      refusedAs: "its training domain is missing or not as expected"
    ) { () throws(TensorReader.Refusal) in
      let rows: [[Double]] = try reader.rows("domain.directions", shape: [nil, bins])
      guard (1...bins).contains(rows.count) else { throw .init("too many directions") }
      return rows
    }
    let levels: [Double] = try reader.tensor("domain.levels", shape: [2])
    guard levels[0] <= levels[1] else { throw .init("its training domain has no levels") }
    self.init(
      mean: try reader.tensor("domain.mean", shape: [bins]), directions: directions,
      remainder: try reader.tensor("domain.remainder", shape: [bins]),
      limit: try reader.number("domain.limit"), largestContrast: try reader.number("domain.largestContrast"),
      levels: levels[0]...levels[1])
  }
}

extension DetectionLimits {
  fileprivate init(
    _ reader: TensorReader, kind: SpectrumKind, molecules: [String]
  ) throws(TensorReader.Refusal) {
    let (temperatures, ratios): ([Double], [[Double]]) = try reader.part(
      refusedAs: "its detection limits are missing or not as expected"
    ) { () throws(TensorReader.Refusal) in
      let temperatures: [Double] = try reader.tensor("limits.temperatures", shape: [nil]).elements
      let ratios: [[Double]] = try reader.rows("limits.ratios", shape: [molecules.count, nil])
      guard !temperatures.isEmpty, zip(temperatures, temperatures.dropFirst()).allSatisfy(<),
        (1...1000).contains(ratios[0].count)
      else { throw .init("no ascending temperatures, or no mixing ratios") }
      return (temperatures, ratios)
    }
    self.init(
      kind: kind, molecules: molecules, temperatures: temperatures, logMixingRatios: ratios,
      features: try reader.tensor(
        "limits.features",
        shape: [molecules.count, temperatures.count, ratios[0].count, SpectralGrid.standard.count]))
  }
}

extension RobERtModel.Thresholds {
  fileprivate init(_ reader: TensorReader, count: Int) throws(TensorReader.Refusal) {
    let rows: [[Double]] = try reader.rows("thresholds", shape: [2, count])
    self.init(seenFrom: rows[0], notSeenUpTo: rows[1])
  }
}
