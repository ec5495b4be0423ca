import Analyses
import FITSFiles
import Foundation
import InteriorMDN
import Observations
import RobERt
import TestSupport
import Testing
import Units

@testable import Pipeline

@Suite("Molecules of a spectrum in the pipeline")
struct MoleculesTests {
  let folder: URL
  let without: AnalysisPipeline
  let with: AnalysisPipeline

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    without = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
    try TinyRobERt.write(to: folder.path)
    with = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
  }

  static func text(kind: String, points: Int = 60, step: Double = 0.02) -> [UInt8] {
    Array(
      ("# EXOKIND = \(kind)\nwavelength (um),depth (ppm),err\n"
        + (0..<points).map { "\(1.1 + step * Double($0)),\(14500 + 60 * sin(Double($0) / 9)),40\n" }.joined())
        .utf8)
  }

  static func products(_ bytes: [UInt8], _ pipeline: AnalysisPipeline) throws -> AnalysisProducts {
    guard case .done(let products) = pipeline.analyze(bytes: bytes, inputName: "x.csv", isYoung: false) else {
      throw NotDone()
    }
    return products
  }

  struct NotDone: Error {}

  static func recognition(_ products: AnalysisProducts) -> MoleculeRecognition? {
    products.spectrum?.answers[0].speaking?.detail as? MoleculeRecognition
  }

  static func fields(_ products: AnalysisProducts) throws -> [String: Any] {
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(products.result.products[1].bytes)) as? [String: Any])
    return try #require(json["spectrum"] as? [String: Any])
  }

  @Test("the networks are named, and decide what is a duplicate")
  func models() throws {
    #expect(without.modelNames == InteriorModelSet.knownNames)
    #expect(with.modelNames == InteriorModelSet.knownNames + RobERtModelSet.knownNames)
    let spectrum = Self.text(kind: "transmission")
    #expect(modelSetHash(of: spectrum, with) != modelSetHash(of: spectrum, without))
    let record = Array(SpectrumContextTests.record.utf8)
    #expect(modelSetHash(of: record, with) == modelSetHash(of: record, without))
  }

  @Test("a spectrum's result lists the networks that read spectra, a record's those that read planets")
  func provenance() throws {
    let spectrum = try #require(Self.products(Self.text(kind: "stellar"), with).spectrum).provenance
    #expect(spectrum.networks.map(\.name) == RobERtModelSet.knownNames.sorted())
    let record = try #require(Self.products(Array(SpectrumContextTests.record.utf8), with).system).provenance
    #expect(record.networks.map(\.name) == InteriorModelSet.knownNames.sorted())
  }

  @Test("what is not wanted is not analysed, and what no method sees is not asked for")
  func unwanted() throws {
    let spectrum = Self.text(kind: "transmission")
    #expect(with.analyze(bytes: spectrum, inputName: "x", isYoung: false, isWanted: { _ in false }) == nil)
    #expect(modelSetHash(of: Array("PK\u{3}\u{4}".utf8), with) == nil)
  }

  @Test(
    "depths get the molecules of their kind's network, in every result",
    arguments: [("transmission", "robert-transmission"), ("eclipse", "robert-emission")])
  func molecules(kind: String, network: String) throws {
    let products = try Self.products(Self.text(kind: kind), with)
    let found = try #require(Self.recognition(products))
    #expect(found.model == network && Set(found.molecules.map(\.name)) == Set(TinyRobERt.molecules))
    #expect(
      products.spectrum?.provenance.networks.contains(
        NetworkIdentity(name: network, sha256: found.modelHash)) == true)
    #expect(Set(products.flags).isSuperset(of: found.flags))
    let remarks = try #require(products.spectrum).remarks
    #expect(Set(remarks).isSuperset(of: found.remarks))

    let fields = try Self.fields(products)
    let listed = try #require(fields["molecules"] as? [[String: Any]])
    #expect(listed.compactMap { $0["name"] as? String } == found.molecules.map(\.name))
    // Foundation reads a decimal to a few units of the last place.
    func isClose(_ field: Any?, _ expected: Double) -> Bool {
      (field as? Double).map { abs($0 - expected) <= 1e-14 * abs(expected) } ?? false
    }
    for (entry, molecule) in zip(listed, found.molecules) {
      #expect(isClose(entry["probability"], molecule.probability))
      #expect(entry["detectable"] as? Bool == molecule.isDetectable)
      #expect(
        molecule.logDetectionLimit.map { isClose(entry["logDetectionLimit"], $0) }
          ?? (entry["logDetectionLimit"] is NSNull))
      #expect(entry["verdict"] as? String == molecule.verdict.rawValue)
    }
    let recognition = try #require(fields["recognition"] as? [String: Any])
    #expect(recognition["model"] as? String == network)
    #expect(recognition["inDomain"] as? Bool == found.inDomain)
    #expect(isClose(recognition["distance"], found.distance))
    #expect(isClose(recognition["distanceLimit"], found.distanceLimit))

    let file = try FITSFile(products.result.products[0].bytes)
    #expect(try file.table("MOLECULES").rowCount == found.molecules.count)
    try file.close()
    #expect(String(decoding: products.result.products[2].bytes, as: UTF8.self).contains("<h2>Molecules</h2>"))
    #expect(products.result.logLines[0].contains("  seen "))
    #expect(products.result.jsonLines[0].contains("\"recognition\":{\"model\":\"\(network)\""))
    #expect(try Self.products(Self.text(kind: kind), with).result.products == products.result.products)
  }

  @Test("a star's flux gets none, and a remark why")
  func star() throws {
    let products = try Self.products(Self.text(kind: "stellar"), with)
    #expect(Self.recognition(products) == nil)
    #expect((products.spectrum?.remarks ?? []).contains { $0.contains("no molecules are inferred") })
    let fields = try Self.fields(products)
    #expect(fields["recognition"] is NSNull && (fields["molecules"] as? [Any])?.isEmpty == true)
  }

  @Test("without networks a depth is analysed all the same, without molecules")
  func noNetworks() throws {
    let products = try Self.products(Self.text(kind: "transmission"), without)
    #expect(Self.recognition(products) == nil && products.spectrum?.remarks.isEmpty == true)
    #expect(try Self.fields(products)["recognition"] is NSNull)
    let file = try FITSFile(products.result.products[0].bytes)
    #expect(file.units.count == 3)
    try file.close()
    #expect(
      !String(decoding: products.result.products[2].bytes, as: UTF8.self).contains("<h2>Molecules</h2>"))
  }

  @Test("two points are too few, which is said and no failure")
  func tooFew() throws {
    let products = try Self.products(Self.text(kind: "transmission", points: 2, step: 0.008), with)
    #expect(products.flags.names.contains("too-few-bins"))
    #expect(Self.recognition(products)?.molecules.isEmpty == true)
    #expect(try Self.fields(products)["recognition"] is [String: Any])
    let file = try FITSFile(products.result.products[0].bytes)
    #expect(try file.table("MOLECULES").rowCount == 0)
    try file.close()
  }

  @Test("a planet record is analysed as without RobERt")
  func planetRecord() throws {
    let bytes = Array(SpectrumContextTests.record.utf8)
    #expect(try Self.products(bytes, with).result.products == Self.products(bytes, without).result.products)
  }

  @Test("a network that cannot be used is an error that names it")
  func brokenNetwork() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    try Data("no weights".utf8).write(to: folder.appending(path: "robert-emission.safetensors"))
    let error = #expect(throws: RobERtModelError.self) {
      try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
    }
    #expect(error?.path.hasPrefix(folder.path + "/robert-emission.") == true)
  }

  @Test("scale height and temperatures come from the context; what is not known stays unknown")
  func context() throws {
    #expect(RecognitionContext(of: SpectrumContext()) == RecognitionContext())
    var planet = Planet(names: ["A b"])
    planet.mass = Measurement(value: Mass(jupiterMasses: 0.69))
    planet.radius = Measurement(value: Length(jupiterRadii: 1.38))
    planet.temperature = Measurement(value: Temperature(kelvins: 1450))
    var star = Star(names: ["A"])
    star.temperature = Measurement(value: Temperature(kelvins: 6065))
    var context = SpectrumContext()
    context.take(planet: planet, host: .star(star))
    let known = RecognitionContext(of: context)
    #expect(known.temperature == 1450 && known.starTemperature == 6065)
    // H = k T R^2 / (2.33 u G M) of HD 209458 b, by hand 5.82e-3 R; the constants of that have four digits.
    let byHand =
      1.3806e-23 * 1450 * 1.38 * 7.1492e7 / (2.33 * 1.6605e-27 * 6.6743e-11 * 0.69 * 1.8982e27)
    #expect(abs((known.scaleHeightOverRadius ?? 0) / byHand - 1) < 1e-3)
    planet.mass = nil
    context = SpectrumContext()
    context.take(planet: planet, host: .none)
    #expect(RecognitionContext(of: context) == RecognitionContext(temperature: 1450))
  }
}
