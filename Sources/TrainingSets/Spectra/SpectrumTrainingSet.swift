import NeuralNetworks
package import Observations
package import TrainingRuns

/// Simulated spectra read from the shards of a directory, in the shards' order.
package struct SpectrumTrainingSet: Sendable {
  package let name: String
  package let kind: SpectrumKind
  package private(set) var shards = ShardFile.Set()
  /// (spectra, 400), without noise.
  package private(set) var depth: [Float] = []
  /// Where each spectrum's gases begin: one more than there are spectra.
  package private(set) var first: [Int] = [0]
  /// One a gas: its place among `KnownMolecules`.
  package private(set) var molecule: [Int] = []
  /// (gases, 400): the spectrum without a gas, over the whole one (eclipse) or less the whole one (transmission).
  package private(set) var muted: [Float] = []
  package private(set) var starTemperature: [Float] = []
  package private(set) var temperature: [Float] = []
  /// H / R_p
  package private(set) var scaleHeight: [Float] = []

  package var count: Int { starTemperature.count }

  /// - Parameter limit: how many spectra to read at least, in whole shards.
  package init(
    _ name: String, kind: SpectrumKind, directory: String, limit: Int = .max
  ) throws(TrainingError) {
    var set = SpectrumTrainingSet(name: name, kind: kind)
    var first: [String: String] = [:]
    let shards = try ShardFile.readSet(
      name, directory: directory, madeBy: "simulate set \(name)", until: { set.count >= limit }
    ) { file, path throws(TrainingError) in
      if first.isEmpty { first = file.metadata }
      guard ["seed", "prior", "opacities"].allSatisfy({ file.metadata[$0] == first[$0] }) else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "it is of another set than shard 0: move one of them away")
      }
      try set.append(file, path: path)
    }
    set.shards = shards
    self = set
  }

  private init(name: String, kind: SpectrumKind) {
    self.name = name
    self.kind = kind
  }

  private mutating func append(_ part: SafetensorsFile, path: String) throws(TrainingError) {
    func floats(_ name: String, _ count: Int?) throws(TrainingError) -> [Float] {
      guard let values = part.tensors[name]?.floats, count == nil || values.count == count else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "the array \"\(name)\" is missing or of the wrong size")
      }
      return values
    }
    let stars = try floats("starTemperature", nil)
    let rows = stars.count
    guard let gases = part.tensors["molecule"]?.integers, let starts = part.tensors["first"]?.integers,
      starts.count == rows + 1, starts.first == 0, starts.last == Int64(gases.count),
      zip(starts, starts.dropFirst()).allSatisfy(<=),
      gases.allSatisfy({ (0..<Int64(KnownMolecules.names.count)).contains($0) }),
      part.metadata["molecules"] == KnownMolecules.names.joined(separator: " ")
    else {
      throw TrainingError(
        .badTrainingSet, path: path, detail: "its gases are not those of this version: make the set anew")
    }
    let bins = SpectralGrid.standard.count
    let base = molecule.count
    depth += try floats("depth", rows * bins)
    let change = try floats("change", gases.count * bins)
    muted += kind == .eclipse ? change.map { exp(-$0) } : change.map { -$0 }
    starTemperature += stars
    temperature += try floats("temperature", rows)
    scaleHeight += try floats("scaleHeight", rows)
    molecule += gases.map { Int($0) }
    first += starts.dropFirst().map { base + Int($0) }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
