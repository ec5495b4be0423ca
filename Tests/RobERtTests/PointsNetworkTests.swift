import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import Retrieval
import SpectralPrior
import Tensors
import TestSupport
import Testing

@testable import RobERt

@Suite("A RobERt that reads points") struct PointsNetworkTests {
  private static let molecules = ["H2O", "Na"]
  private static let bins = SpectralGrid.standard.count

  /// Four waves as components; all logits zero, so that probabilities are those of the offsets.
  private static func network(
    probabilities: [Double] = [0.97, 0.02, 0.1], largestDistance: Double = 3,
    seenFrom: [Double] = [0.5, 0.5], random seed: UInt64? = nil
  ) -> PointsNetwork {
    let frontEnd = SpectralFrontEnd(
      AtmosphereSpace(.transmission),
      components: SpectralComponents(
        mean: [Double](repeating: 0, count: bins),
        loadings: Matrix(
          rows: 4, columns: bins,
          elements: (0..<4 * bins).map { cos(Double($0 / bins + 1) * Double($0 % bins) / 60) }),
        residualVariance: [Double](repeating: 0.01, count: bins)),
      level: NormalLaw(mean: 8, deviation: 3))
    let features = frontEnd.featureCount
    var network = Sequential<Float>(
      PointsNetwork.layers(features: features, width: 6, depth: 1, molecules: molecules.count))
    if let seed {
      var random = SeededRandom(seed: seed)
      network.initialize(random: &random)
    }
    return PointsNetwork(
      space: .transmission, molecules: molecules, frontEnd: frontEnd, network: network,
      featureMeans: (0..<features).map { Float($0) / 100 },
      featureDeviations: [Float](repeating: 2, count: features), slopes: [1, 0.5, 2],
      offsets: probabilities.map { log($0 / (1 - $0)) },
      thresholds: .init(seenFrom: seenFrom, notSeenUpTo: [0.4, 0.4]), largestDistance: largestDistance)
  }

  /// Every third bin of a stretch that is no instrument's.
  private static func spectrum(error: Double = 2e-5, value: (Int) -> Double) -> Spectrum {
    let (grid, bins) = (SpectralGrid.standard, Array(stride(from: 61, to: 200, by: 3)))
    return Spectrum(
      kind: .transmission, kindSource: "test", layout: "test", wavelength: bins.map { grid.wavelengths[$0] },
      lowerEdge: bins.map { grid.edges[$0] }, upperEdge: bins.map { grid.edges[$0 + 1] }, edgesAreGiven: true,
      value: bins.map(value), upperError: bins.map { _ in error }, lowerError: bins.map { _ in error },
      isMasked: bins.map { _ in false }, unit: "", errorSource: "test")
  }

  private static func recognition(_ network: PointsNetwork?, _ spectrum: Spectrum) throws
    -> MoleculeRecognition
  {
    let set = RobERtModelSet(
      [(TinyRobERt.model(), "bins")], ofPoints: network.map { [($0, "points")] } ?? [])
    return try #require(
      set.recognition(
        of: spectrum, resampled: spectrum.resampled(), context: .init(),
        observation: try SpectralObservation(spectrum, context: .init())))
  }

  private static func wave(_ bin: Int) -> Double { 0.01 + 1e-4 * cos(Double(bin) / 60) }

  private static func verdict(_ recognition: MoleculeRecognition, _ name: String) -> MoleculeVerdict? {
    recognition.molecules.first { $0.name == name }
  }

  @Test("it survives its file, and a file that contradicts itself is refused")
  func file() throws {
    let network = Self.network(random: 3)
    let read = try PointsNetwork(file: SafetensorsFile(bytes: network.file.encoded), path: "x")
    let observation = try SpectralObservation(Self.spectrum(value: Self.wave), context: .init())
    #expect(read.answer(observation) == network.answer(observation))
    #expect(read.thresholds == network.thresholds && read.name == "robert-points-transmission")
    for key in network.file.metadata.keys where key != "molecules" {
      var file = network.file
      file.metadata[key] = "3"
      #expect(throws: RobERtModelError.self, "\(key)") { try PointsNetwork(file: file, path: "x") }
    }
    for name in network.file.tensors.keys {
      var file = network.file
      file.tensors[name] = nil
      #expect(throws: RobERtModelError.self, "\(name)") { try PointsNetwork(file: file, path: "x") }
    }
  }

  @Test("what it says stands in the place of what a network of bins says, whatever the coverage")
  func told() throws {
    let spectrum = Self.spectrum(value: Self.wave)
    let (bins, points) = (
      try Self.recognition(nil, spectrum), try Self.recognition(Self.network(), spectrum)
    )
    #expect(!bins.inDomain && bins.model == "robert-transmission")
    #expect(points.inDomain && points.model == "robert-points-transmission" && points.modelHash == "points")
    #expect(!points.flags.contains(.outsideTraining) && points.dream == bins.dream)
    let water = try #require(Self.verdict(points, "H2O"))
    #expect(abs(water.probability - 0.97) < 1e-9 && water.verdict == .seen && water.isDetectable)
    let sodium = try #require(Self.verdict(points, "Na"))
    #expect(sodium.verdict == (sodium.isDetectable ? .notSeen : .cannotTell))
    // Less sure than any verdict may be, and less than its threshold.
    let unsure = try Self.recognition(Self.network(probabilities: [0.89, 0.11, 0.1]), spectrum)
    #expect(unsure.molecules.allSatisfy { $0.verdict == .unclear || !$0.isDetectable })
    let strict = try Self.recognition(Self.network(seenFrom: [0.98, 0.5]), spectrum)
    #expect(Self.verdict(strict, "H2O")?.verdict == .unclear)
  }

  @Test("what broad filters alone tell is not called seen")
  func filters() throws {
    let spectrum = Self.spectrum(value: Self.wave)
    let (bins, network) = (try Self.recognition(nil, spectrum), Self.network())
    let observation = try SpectralObservation(spectrum, context: .init())
    let answer = try #require(network.answer(observation))
    func water(_ resolved: [Double]?) -> (MoleculeVerdict.Verdict?, isRemarked: Bool) {
      let told = bins.told(by: .init(network: network, hash: "", answer: answer, resolved: resolved))
      return (
        Self.verdict(told, "H2O")?.verdict, told.remarks.contains { $0.hasPrefix("Of H2O broad filters") }
      )
    }
    #expect(water(nil) == (.seen, false) && water([0.5, 0]) == (.seen, false))
    #expect(water([0.49, 0]) == (.unclear, true) && water([]) == (.unclear, true))
    // Points of an instrument, and none but one as wide as Spitzer's.
    var broad = spectrum
    #expect(try Self.recognition(network, broad).molecules.first?.verdict == .seen)
    broad.isMasked = spectrum.isMasked.indices.map { $0 > 0 }
    (broad.lowerEdge[0], broad.upperEdge[0]) = (4e-6, 5e-6)
    #expect(observation.resolved() == nil)
    let filter = try SpectralObservation(broad, context: .init())
    #expect(filter.resolved()?.points.count == 0)
    #expect(try Self.recognition(network, broad).molecules.allSatisfy { $0.verdict != .seen })
  }

  @Test("features of something else leave nothing seen, and a spectrum like none leaves nothing decided")
  func somethingElse() throws {
    let spectrum = Self.spectrum(value: Self.wave)
    let strange = try Self.recognition(Self.network(probabilities: [0.97, 0.02, 0.6]), spectrum)
    #expect(Self.verdict(strange, "H2O")?.verdict == .unclear && strange.flags.contains(.somethingElse))
    #expect(strange.inDomain && strange.flags.contains(.noMoleculeSeen))
    let zigzag = Self.spectrum { 0.01 + ($0.isMultiple(of: 2) ? 1e-3 : -1e-3) }
    let far = try Self.recognition(Self.network(), zigzag)
    #expect(!far.inDomain && far.distance > far.distanceLimit && far.flags.contains(.outsideTraining))
    #expect(far.molecules.allSatisfy { $0.verdict == .unclear || $0.verdict == .cannotTell })
    #expect(far.remarks.contains { $0.contains("further from all simulated spectra") })
  }
}
