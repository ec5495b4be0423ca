import Analyses
import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import TestSupport
import Testing
import Units

@testable import RobERt

@Suite("RobERt model")
struct RobERtModelTests {
  private func spectrum(
    kind: SpectrumKind = .transmission, hasErrors: Bool = true, bins: Range<Int> = 60..<180,
    value: (Int) -> Double
  ) -> Spectrum {
    let edges = SpectralGrid.standard.edges
    return Spectrum(
      kind: kind, kindSource: "test", layout: "test",
      wavelength: bins.map { SpectralGrid.standard.wavelengths[$0] },
      lowerEdge: bins.map { edges[$0] }, upperEdge: bins.map { edges[$0 + 1] }, edgesAreGiven: true,
      value: bins.map(value), upperError: hasErrors ? bins.map { _ in 2e-5 } : nil,
      lowerError: hasErrors ? bins.map { _ in 2e-5 } : nil, isMasked: bins.map { _ in false }, unit: "",
      errorSource: "test")
  }

  /// Those that NIRISS SOSS sees.
  private var niriss: Range<Int> {
    let seen = SpectralGrid.standard.wavelengths.indices.filter {
      (0.63e-6...2.81e-6).contains(SpectralGrid.standard.wavelengths[$0])
    }
    return seen[0]..<seen[seen.count - 1] + 1
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

  @Test("a network that learnt from sets of an earlier version says so in its flags")
  func earlierTrainingSet() throws {
    var file = TinyRobERt.model().file
    file.metadata["trainingSet"] = nil
    let old = try RobERtModel(file: file, path: "x")
    #expect(old.trainingSetVersion == 1)
    let seen = spectrum { 0.01 + 5e-5 * sin(Double($0) / 20) }
    let answer = RobERtModelSet([(old, "hash")]).recognition(
      of: seen, resampled: seen.resampled(), context: .init())
    #expect(answer?.flags.names.contains("opacities-superseded") == true)
    #expect(answer.map { Finding($0).flags.names.contains("opacities-superseded") } == true)
    #expect(recognition(seen)?.flags.names.contains("opacities-superseded") == false)
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

  @Test(
    "no verdict rests on a probability below 0.9, whatever the thresholds allow",
    arguments: [
      (0.89, MoleculeVerdict.Verdict.unclear), (0.91, .seen), (0.11, .unclear), (0.09, .notSeen),
    ])
  func leastSure(probability: Double, expected: MoleculeVerdict.Verdict) throws {
    let tiny = TinyRobERt.model()
    let offset = log(probability / (1 - probability))
    let model = RobERtModel(
      name: tiny.name, kind: tiny.kind,
      recognition: RecognitionNetwork(
        molecules: tiny.molecules, perceptron: tiny.recognition.perceptron,
        calibration: .init(temperature: 1, slopes: [0, 0], offsets: [offset, offset])),
      belief: tiny.belief, dreams: tiny.dreams, domain: tiny.domain, limits: tiny.limits,
      thresholds: .init(seenFrom: [0.5, 0.5], notSeenUpTo: [0.5, 0.5]))
    let spectrum = spectrum(bins: niriss) { 0.01 + 5e-5 * sin(Double($0) / 20) }
    let answer = try #require(
      RobERtModelSet([(model, "hash")]).recognition(
        of: spectrum, resampled: spectrum.resampled(), context: .init()))
    let water = try #require(answer.molecules.first { $0.name == "H2O" })
    #expect(abs(water.probability - probability) < 1e-12)
    #expect(water.verdict == expected)
  }

  /// Neighbours at +-a have second differences of 4 a. Of white noise they are normal with sqrt(1 + 4 + 1) sigma, and
  /// half of a normal's values lie within 0.674 490 sigma.
  @Test("the scatter between neighbours is one standard deviation of white noise")
  func scatter() {
    let zigzag = spectrum(hasErrors: false) { 0.01 + ($0.isMultiple(of: 2) ? 1e-5 : -1e-5) }
    let prepared = SpectrumForRecognition(zigzag, resampled: zigzag.resampled())
    let expected = 4e-5 / (0.674_489_750_2 * 6.0.squareRoot())
    #expect(prepared.errorsAreEstimated)
    for bin in 60..<180 { #expect(abs(prepared.error[bin] / expected - 1) < 1.5e-4) }
  }

  /// H / R = k T R / (mu u G M), with a Jupiter at 1200 K.
  @Test("the scale height is that of the constants, to 1e-9")
  func scaleHeight() throws {
    let mass = Mass(jupiterMasses: 1).kilograms
    let radius = Length(jupiterRadii: 1).meters
    let gravity = Constants.gravitational * mass / (radius * radius)
    let expected = Constants.boltzmann * 1200 / (2.33 * Constants.atomicMass * gravity) / radius
    let ratio = try #require(
      DerivedProperties.scaleHeightOverRadius(mass: mass, radius: radius, temperature: 1200))
    #expect(abs(ratio / expected - 1) < 1e-9)
    #expect(abs(ratio - 0.002_416) < 1e-6)
  }

  /// d ln B / d ln T = x / (1 - exp(-x)), x = h c / (lambda k T).
  @Test(
    "the slope of Planck's law is that of the constants, to 1e-9", arguments: [(2e-6, 1500.0), (1e-5, 700)])
  func planckSlope(wavelength: Double, temperature: Double) {
    let x = Constants.planck * Constants.speedOfLight / (wavelength * Constants.boltzmann * temperature)
    let slope = SpectrumEncoder.slope(wavelength: wavelength, temperature: temperature)
    #expect(abs(slope / (x / (1 - exp(-x))) - 1) < 1e-9)
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
    let answer = try #require(
      recognition(spectrum(bins: niriss) { level * (1 + size * (Double($0) / 200 - 0.6)) }))
    #expect(answer.inDomain == reason.isEmpty)
    #expect(answer.distance <= answer.distanceLimit)
    #expect(reason.isEmpty || answer.remarks.contains { $0.contains(reason) })
  }

  @Test("coverage that no single instrument has is outside, whatever the shape")
  func coverage() throws {
    let whole = spectrum(bins: niriss) { 0.01 + 5e-5 * sin(Double($0) / 20) }
    #expect(recognition(whole)?.inDomain == true)
    var holes = whole
    for point in stride(from: 0, to: holes.count, by: 2) { holes.isMasked[point] = true }
    for strange in [holes, spectrum { 0.01 + 5e-5 * sin(Double($0) / 20) }] {
      let answer = try #require(recognition(strange))
      #expect(!answer.inDomain && answer.flags.contains(.outsideTraining))
      #expect(answer.molecules.allSatisfy { $0.verdict == .unclear || $0.verdict == .cannotTell })
      #expect(answer.remarks.contains { $0.contains("one instrument") })
    }
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
    #expect(dream.depth.count == SpectralGrid.standard.count)
    // The observed sine is 5e-5 / sqrt 2 = 3.5e-5 in size, over six radians of it.
    #expect(abs(mean - 0.01) < 3e-5 && rms > 2e-5 && rms < 5e-5)
  }
}
