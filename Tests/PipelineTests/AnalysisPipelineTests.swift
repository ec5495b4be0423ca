import Analyses
import ContentHash
import Foundation
import InteriorMDN
import Observations
import Pipeline
import PlanetXML
import ReferenceData
import TestSupport
import Testing

/// With networks small enough for any test: the numbers mean nothing, their way through the pipeline does.
@Suite("Pipeline")
struct AnalysisPipelineTests {
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let pipeline: AnalysisPipeline
  /// The same models, another seed.
  let other: AnalysisPipeline
  let schema: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    pipeline = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
    other = try AnalysisPipeline(
      MethodResources(modelsDirectory: folder.path, interiors: .networksAlone), seed: 1)
    schema = try String(
      contentsOf: Self.repository.appending(path: "Etc/schema/result.xsd"), encoding: .utf8)
  }

  static func example(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: repository.appending(path: "Etc/examples/\(name)")))
  }

  func products(_ bytes: [UInt8], name: String) throws -> AnalysisProducts {
    guard case .done(let products) = pipeline.analyze(bytes: bytes, inputName: name, isYoung: false) else {
      throw UnexpectedOutcome()
    }
    return products
  }

  struct UnexpectedOutcome: Error {}

  func text(_ name: String, of products: AnalysisProducts) throws -> String {
    let file = try #require(products.result.products.first { $0.name == name })
    return String(decoding: file.bytes, as: UTF8.self)
  }

  @Test(
    "every example gives valid result XML, JSON, a report and a line a planet",
    arguments: [
      ("Earth.xml", 1), ("Mars.xml", 1), ("TRAPPIST-1-like.xml", 7), ("hot-sub-Neptune.xml", 1),
    ])
  func examples(name: String, planets: Int) throws {
    let products = try products(Self.example(name), name: name)
    #expect(products.result.products.map(\.name) == ["result.xml", "summary.json", "report.html"])
    #expect(products.result.logLines.count == planets && products.result.jsonLines.count == planets)
    let schema = try XMLSchema(schema)
    #expect(schema.faults(in: try text("result.xml", of: products)) == [])
    for json in [try text("summary.json", of: products)] + products.result.jsonLines {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
    }
    #expect(
      try #require(products.system).planets.allSatisfy {
        $0.answers[0].findings.map(\.network.name) == pipeline.modelNames
      })
    #expect(try text("report.html", of: products).hasPrefix("<!DOCTYPE html>"))
  }

  @Test("XML and JSON say the same of Earth")
  func sameNumbers() throws {
    let products = try products(Self.example("Earth.xml"), name: "Earth.xml")
    let posterior = try #require(
      products.system?.planets[0].answers[0].findings[0].posteriors.first {
        $0.description.name == "coreRadiusFraction"
      }?.posterior)
    let xml = try text("result.xml", of: products)
    let json = try text("summary.json", of: products)
    #expect(xml.contains("quantity=\"coreRadiusFraction\" mean=\"\(posterior.mean)\" sd=\"\(posterior.sd)\""))
    #expect(json.contains("\"mean\": \(posterior.mean), \"sd\": \(posterior.sd)"))
    for text in ["From mass and radius", "Solar System"] {
      #expect(xml.contains(text) && json.contains(text))
    }
    #expect(xml.contains("inputSHA256=\"\(SHA256Digest(of: try Self.example("Earth.xml")).hexadecimal)\""))
  }

  @Test("the same bytes give the same result, another seed another one")
  func repeats() throws {
    let bytes = try Self.example("hot-sub-Neptune.xml")
    let first = try products(bytes, name: "a.xml")
    #expect(first.result.products == (try products(bytes, name: "a.xml")).result.products)
    guard case .done(let second) = other.analyze(bytes: bytes, inputName: "a.xml", isYoung: false) else {
      throw UnexpectedOutcome()
    }
    #expect(
      first.system?.planets[0].answers[0].findings[2].fields
        != second.system?.planets[0].answers[0].findings[2].fields)
    #expect(modelSetHash(of: bytes, pipeline) != modelSetHash(of: bytes, other))
    #expect(modelSetHash(of: bytes, pipeline)?.count == 64)
  }

  @Test("equal planets of one record are drawn with different random numbers")
  func equalPlanets() throws {
    let planet =
      "<planet><name>b</name><mass errorplus='0.1' errorminus='0.1'>0.0031</mass>"
      + "<radius errorplus='0.01' errorminus='0.01'>0.089</radius><temperature>300</temperature></planet>"
    let record = "<system><star>\(planet)\(planet)</star></system>"
    let lines = try products(Array(record.utf8), name: "twins.xml").result.jsonLines
    #expect(lines.count == 2 && lines[0].contains("\"p50\""))
    #expect(lines[0] != lines[1])
  }

  @Test("flags say what is missing, derived and doubtful")
  func flags() throws {
    func flags(_ children: String) throws -> [String] {
      let record = "<system><star><planet><name>b</name>\(children)</planet></star></system>"
      return try #require(
        try products(Array(record.utf8), name: "b.xml").system
      ).planets[0].subject.flags.names
    }
    #expect(try flags("") == ["mass-missing", "radius-missing", "temperature-unknown"])
    #expect(
      try flags("<mass upperlimit='1'/><radius lowerlimit='1'/><temperature>300</temperature>")
        == ["mass-is-limit", "radius-is-limit"])
    #expect(
      try flags(
        "<mass type='msini'>1</mass><radius>1</radius><temperature>300</temperature><list>Controversial</list>"
      )
        == ["mass-is-minimum", "planet-controversial"])
    let derived = try products(Self.example("Mars.xml"), name: "Mars.xml").system?.planets[0]
    #expect(derived?.subject.flags.names == ["temperature-derived"])
  }

  @Test("a record without planets gives results with none, and says so")
  func noPlanets() throws {
    let products = try products(Array("<system><name>S</name></system>".utf8), name: "s.xml")
    let schema = try XMLSchema(schema)
    let xml = try text("result.xml", of: products)
    #expect(schema.faults(in: xml) == [])
    #expect(xml.contains("<remark>The record holds no planet.</remark>"))
    #expect(products.result.logLines.isEmpty)
  }

  @Test("bad input is corrupt with a sentence that names file, line and cure")
  func corrupt() throws {
    guard
      case .corrupt(let reason) = pipeline.analyze(
        bytes: try Self.example("broken.xml"), inputName: "broken.xml", isYoung: true)
    else { throw UnexpectedOutcome() }
    #expect(reason.hasPrefix("broken.xml, line 8: this is not well-formed XML: "))
    #expect(reason.hasSuffix("Correct that line, or fetch the record anew."))
  }

  @Test("a young file that is cut off is not settled; an old one is corrupt")
  func truncated() throws {
    let bytes = Array(try Self.example("Earth.xml").prefix(500))
    for isYoung in [true, false] {
      for input in [bytes, [], [UInt8](repeating: 0, count: 100)] {
        switch pipeline.analyze(bytes: input, inputName: "a.xml", isYoung: isYoung) {
        case .unsettled: #expect(isYoung)
        case .corrupt(let reason):
          #expect(!isYoung)
          if input == bytes {
            #expect(
              reason.hasSuffix(
                "the record ends in the middle. Was it copied completely? Submit it again whole."))
          }
        default: Issue.record("neither unsettled nor corrupt")
        }
      }
    }
  }

  @Test(
    "other formats are named",
    arguments: [
      (Array("SIMPLE  =                    T".utf8), "FITS"), ([0x1F, 0x8B, 0x08], "gzip"),
      (Array("{\"a\": 1}".utf8), "JSON"), (Array("PK\u{3}\u{4}".utf8), "zip"),
      (Array("a b c".utf8), "not XML"),
    ])
  func otherFormats(bytes: [UInt8], word: String) throws {
    guard case .corrupt(let reason) = pipeline.analyze(bytes: bytes, inputName: "x", isYoung: false) else {
      throw UnexpectedOutcome()
    }
    #expect(reason.contains(word) && reason.hasPrefix("x"))
  }

  @Test("a packed record gives the numbers of the plain one; packed twice, cut or damaged it is explained")
  func packedRecords() throws {
    let plain = try Self.example("Mars.xml")
    let packed = StoredGzip.packed(plain)
    let products = try products(packed, name: "Mars.xml.gz")
    #expect(
      products.system?.planets[0].planet == (try self.products(plain, name: "m").system?.planets[0].planet))
    #expect(products.system?.provenance.inputSHA256 == SHA256Digest(of: packed).hexadecimal)

    func reason(_ bytes: [UInt8]) -> String {
      if case .corrupt(let reason) = pipeline.analyze(bytes: bytes, inputName: "a.gz", isYoung: false) {
        reason
      } else {
        "not corrupt"
      }
    }
    #expect(reason(StoredGzip.packed(packed)).contains("packed with gzip twice"))
    #expect(reason(Array(packed.dropLast(4))).contains("ends in the middle"))
    var damaged = packed
    damaged[40] ^= 1
    #expect(reason(damaged).contains("damaged"))
    guard
      case .unsettled = pipeline.analyze(
        bytes: Array(packed.dropLast(4)), inputName: "a.gz", isYoung: true)
    else { throw UnexpectedOutcome() }
  }

  @Test("hostile names stay inside their places in every product")
  func hostileNames() throws {
    let record =
      "<system><star><planet><name>&lt;script&gt;\"'&amp;</name><mass>1</mass></planet></star></system>"
    let products = try products(Array(record.utf8), name: "\u{1}\n\"<&>.xml")
    let schema = try XMLSchema(schema)
    #expect(schema.faults(in: try text("result.xml", of: products)) == [])
    #expect(!(try text("report.html", of: products).contains("<script")))
    #expect(products.result.logLines.allSatisfy { !$0.contains("\n") })
  }

  /// The expected numbers come from `PlanetXMLTests/Golden/count-records.py`.
  @Test(
    "all real records end in results, with as many of each flag as there are", .needsReference("planets"))
  func wholeCatalogue() throws {
    let folder = try #require(ReferenceData.url("planets"))
    let schema = try XMLSchema(schema)
    var flags: [String: Int] = [:]
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "xml" }
    #expect(files.count == 510)
    for file in files {
      let products = try products(Array(Data(contentsOf: file)), name: file.lastPathComponent)
      for flag in products.system?.planets.flatMap(\.subject.flags.names) ?? [] {
        flags[flag, default: 0] += 1
      }
      #expect(schema.faults(in: try text("result.xml", of: products)) == [], "\(file.lastPathComponent)")
    }
    struct Golden: Decodable { var flags: [String: Int] }
    let golden = Self.repository.appending(path: "Tests/PlanetXMLTests/Golden/record-counts.json")
    let expected = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: golden)).flags
    #expect(flags == expected.filter { $0.value > 0 })
  }
}
