import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import RobERt
import TestSupport
import Testing

@Suite("RobERt model")
struct RobERtModelTests {
  private func spectrum(
    kind: SpectrumKind = .transmission, hasErrors: Bool = true, value: (Int) -> Double
  ) -> Spectrum {
    let bins = 60..<180
    let edges = SpectralGrid.edges
    return Spectrum(
      kind: kind, kindSource: "test", layout: "test", wavelength: bins.map { SpectralGrid.centres[$0] },
      lowerEdge: bins.map { edges[$0] }, upperEdge: bins.map { edges[$0 + 1] }, edgesAreGiven: true,
      value: bins.map(value), upperError: hasErrors ? bins.map { _ in 2e-5 } : nil,
      lowerError: hasErrors ? bins.map { _ in 2e-5 } : nil, isMasked: bins.map { _ in false }, unit: "",
      errorSource: "test")
  }

  private func recognition(_ spectrum: Spectrum, _ context: RecognitionContext = .init())
    -> MoleculeRecognition?
  {
    RobERtModelSet([(TinyRobERt.model(), "hash")]).recognition(
      of: spectrum, resampled: spectrum.resampled(), context: context)
  }

  @Test("a model survives its file, and a file that contradicts itself is refused")
  func file() throws {
    let model = TinyRobERt.model()
    #expect(try RobERtModel(file: SafetensorsFile(bytes: model.file.encoded), path: "x") == model)
    for key in model.file.metadata.keys where key != "name" {
      var file = model.file
      file.metadata[key] = "3"
      #expect(throws: RobERtModelError.self, "\(key)") { try RobERtModel(file: file, path: "x") }
    }
    for name in model.file.tensors.keys {
      var file = model.file
      file.tensors[name] = nil
      #expect(throws: RobERtModelError.self, "\(name)") { try RobERtModel(file: file, path: "x") }
    }
    for (name, tensor) in model.file.tensors {
      guard var values = tensor.floats else { continue }
      values[0] = .nan
      var file = model.file
      file.tensors[name] = .init(values, shape: tensor.shape)
      #expect(throws: RobERtModelError.self, "\(name)") { try RobERtModel(file: file, path: "x") }
    }
  }

  @Test("every molecule gets a verdict, the most probable first; no feature in reach means it cannot be told")
  func verdicts() throws {
    let answer = try #require(recognition(spectrum { 0.01 + 5e-5 * sin(Double($0) / 20) }))
    #expect(Set(answer.molecules.map(\.name)) == ["H2O", "Na"])
    #expect(answer.molecules[0].probability >= answer.molecules[1].probability)
    let water = try #require(answer.molecules.first { $0.name == "H2O" })
    #expect(water.isDetectable && water.logDetectionLimit != nil && water.verdict != .cannotTell)
    #expect(answer.model == "robert-transmission" && answer.modelHash == "hash")
    // A thousandth of the usual scale height hides everything.
    let small = try #require(
      recognition(
        spectrum { 0.01 + 5e-5 * sin(Double($0) / 20) }, .init(scaleHeightOverRadius: 6e-6)))
    #expect(small.molecules.allSatisfy { $0.verdict == .cannotTell && !$0.isDetectable })
    #expect(small.remarks.count < answer.remarks.count)
  }

  @Test("a spectrum like none of the training is outside, and nothing is called seen")
  func outside() throws {
    let answer = try #require(recognition(spectrum { $0 % 2 == 0 ? 0.02 : 0.01 }))
    #expect(!answer.inDomain && answer.flags.names.contains("outside-training"))
    #expect(answer.molecules.allSatisfy { $0.verdict == .unclear || $0.verdict == .cannotTell })
  }

  @Test(
    "a known shape is outside where no planet is as deep or has features as large",
    arguments: [(0.01, 0.01, ""), (0.5, 0.01, "is as deep as"), (0.01, 3.0, "has features as large as")])
  func deepOrStrong(level: Double, size: Double, reason: String) throws {
    // The one direction of the tiny network.
    let answer = try #require(recognition(spectrum { level * (1 + size * (Double($0) / 200 - 0.6)) }))
    #expect(answer.inDomain == reason.isEmpty)
    #expect(answer.distance <= answer.distanceLimit)
    #expect(reason.isEmpty || answer.remarks.contains { $0.contains(reason) })
  }

  @Test("errors that a file lacks are taken from the scatter, and said to be")
  func noErrors() throws {
    var random = SeededRandom(seed: 4)
    let answer = try #require(
      recognition(spectrum(hasErrors: false) { _ in 0.01 + 2e-5 * random.normal() }))
    #expect(answer.flags.names.contains("errors-estimated"))
    #expect(!answer.molecules.isEmpty)
  }

  @Test("a star's flux has no network, and two bins no verdict")
  func refused() throws {
    #expect(recognition(spectrum(kind: .stellar) { _ in 1 }) == nil)
    var short = spectrum { _ in 0.01 }
    for i in 2..<short.count { short.isMasked[i] = true }
    let answer = try #require(recognition(short))
    #expect(answer.molecules.isEmpty && answer.flags.names == ["too-few-bins"])
  }

  @Test("the dream has the observed spectrum's level and size where it was observed")
  func dream() throws {
    let answer = try #require(recognition(spectrum { 0.01 + 5e-5 * sin(Double($0) / 20) }))
    let dream = try #require(answer.dream)
    let part = dream.depth[60..<180]
    let mean = part.reduce(0, +) / 120
    let rms = (part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 120).squareRoot()
    #expect(dream.depth.count == SpectralGrid.count)
    // The observed sine is 5e-5 / sqrt 2 = 3.5e-5 in size, over six radians of it.
    #expect(abs(mean - 0.01) < 3e-5 && rms > 2e-5 && rms < 5e-5)
  }
}
