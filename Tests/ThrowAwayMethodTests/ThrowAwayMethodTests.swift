import Analyses
import FITSFiles
import Foundation
import JSONText
import JobContract
import PlanetXML
import ResultFiles
import TestSupport
import Testing

@testable import Pipeline

@Suite("A method that no writer knows turns up in every output")
struct ThrowAwayMethodTests {
  /// Behind the real methods where `alone` is false, so that it sees their findings.
  static func products(_ text: String, alone: Bool = true) throws -> AnalysisProducts {
    var planets: [any PlanetMethod] = [ThrowAwayPlanetMethod()]
    if !alone {
      let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try TinyInteriorModels.write(to: folder.path)
      planets =
        try Methods.ofPlanets.map {
          try $0.init(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
        } + planets
    }
    let pipeline = AnalysisPipeline(planetMethods: planets, spectrumMethods: [ThrowAwaySpectrumMethod()])
    guard case .done(let products) = pipeline.analyze(bytes: Array(text.utf8), inputName: "x", isYoung: false)
    else { throw NotDone() }
    return products
  }

  struct NotDone: Error {}

  static let record =
    "<system><star><planet><name>b</name><mass>0.003</mass><radius>0.09</radius></planet></star></system>"

  static func spectrum(_ kind: String) -> String {
    "# EXOKIND = \(kind)\nwavelength (um),depth (ppm),err\n"
      + (0..<40).map { "\(1.1 + 0.02 * Double($0)),14500,40\n" }.joined()
  }

  static func text(_ place: Int, _ products: AnalysisProducts) -> String {
    String(decoding: products.result.products[place].bytes, as: UTF8.self)
  }

  @Test("planets: XML that its own schema accepts, JSON, page, text, lines of both logs")
  func planets() throws {
    let products = try Self.products(Self.record)
    let xml = Self.text(0, products)
    for part in [
      "<divination>", "<model name=\"delphi-1\" sha256=\"dede", "<remark>The oracle was hoarse.</remark>",
      "<value quantity=\"certainty\" unit=\"dB\" value=\"6.25\"/>",
      "quantity=\"fortune\" unit=\"K\" mean=\"301.0\"",
      "<entrails beast=\"goat\">",
      "<organ name=\"liver\" mass=\"812.5\" isWhole=\"true\" axes=\"1.0 2.0 3.0\"/>",
      "<organ name=\"spleen\" isWhole=\"false\"",
    ] { #expect(xml.contains(part), "\(part)") }
    let schema = ResultSchema(planetMethods: [ThrowAwayMethod.description], spectrumMethods: [])
    let xsd = try XMLSchema(try #require(schema.files.first { $0.name == "result.xsd" }).text)
    #expect(xsd.faults(in: xml) == [])

    let json = try JSON(parsing: Array(Self.text(1, products).utf8))
    let model = try #require(json["planets"]?.elements?[0]["divination"]?["models"]?.elements?[0])
    #expect(model["certainty"]?.number == 6.25 && model["oracle"]?.string == "Pythia")
    #expect(model["isSober"]?.bool == true && model["omens"] == .strings(["owl", "eagle"]))
    #expect(model["outputs"]?["fortune"]?["p84"]?.number == 311)
    #expect(model["entrailsBeast"]?.string == "goat")
    #expect(model["entrails"]?.elements?[1]["axes"]?.numbers == [4, 5, 6])
    #expect(model["flags"] == .strings(["sky-cloudy"]))

    let page = Self.text(2, products)
    for part in [
      "<h3>Divination: <code>delphi-1</code></h3>", "Certainty of the oracle", "Pythia", "Fortune to come",
      "Mass of it", "812.5",
      "The oracle was hoarse.", "The birds could not be seen.",
    ] { #expect(page.contains(part), "\(part)") }
    for part in ["delphi-1", "Fortune, K", "Certainty of the oracle 6.25 dB", "liver", "[sky-cloudy]"] {
      #expect(products.text.contains(part), "\(part)\n\(products.text)")
    }
    #expect(products.result.logLines[0].contains("  omen fair  "))
    #expect(products.result.logLines[0].hasSuffix("sky-cloudy"))
    #expect(products.result.jsonLines[0].contains("\"model\":\"delphi-1\""))
    #expect(products.flags.names.contains("sky-cloudy"))
  }

  @Test("behind others it sees their findings and has members of its own")
  func afterOthers() throws {
    let products = try Self.products(Self.record, alone: false)
    let answers = try #require(products.system?.planets.first).answers
    #expect(answers.map(\.method.key) == ["interior", "divination"])
    #expect(answers[1].findings[0].domain.words == "after 6 others")
    #expect(products.result.jsonLines[0].contains("\"divination\":{\"model\":\"delphi-1\""))
  }

  @Test("spectra: HDUs and keys, JSON, page, text, lines of both logs")
  func spectra() throws {
    let products = try Self.products(Self.spectrum("transmission"))
    let file = try FITSFile(products.result.products[0].bytes)
    let table = try file.table("ENTRAILS")
    let posteriors = try file.table("DIVINE")
    try file.close()
    #expect(table["NAME"]?.values == .text(["liver", "spleen"]))
    #expect(table["AXES"]?.width == 3 && table["AXES"]?.doubles == [1, 2, 3, 4, 5, 6])
    #expect(table["WHOLE"]?.values == .logical([true, false]))
    #expect(table.header.number("DIVCERT") == 6.25 && table.header.text("DIVWHO") == "Pythia")
    #expect(table.header.text("DIVBEAST") == "goat" && table.header.text("EXOMODEL") == "delphi-1")
    #expect(posteriors["NAME"]?.values == .text(["fortune"]) && posteriors["P16"]?.doubles == [290])

    let json = try JSON(parsing: Array(Self.text(1, products).utf8))
    let spectrum = try #require(json["spectrum"])
    #expect(spectrum["divination"]?["certainty"]?.number == 6.25)
    #expect(spectrum["divination"]?["outputs"]?["fortune"]?["mean"]?.number == 301)
    #expect(spectrum["entrails"]?.elements?[0]["mass"]?.number == 812.5)
    #expect(spectrum["entrails"]?.elements?[1]["mass"] == .null)
    #expect(spectrum["flags"] == .strings(["sky-cloudy"]))

    let page = Self.text(2, products)
    for part in ["<h2>Divination</h2>", "Pythia", "Mass of it", "Fortune to come", "after 0 others"] {
      #expect(page.contains(part), "\(part)")
    }
    for part in ["entrails by delphi-1, after 0 others:", "liver   812.5", "Oracle Pythia"] {
      #expect(products.text.contains(part), "\(part)\n\(products.text)")
    }
    #expect(products.result.logLines[0].contains("  omen fair  sky-cloudy"))
    #expect(products.result.jsonLines[0].contains("\"divination\":{\"model\":\"delphi-1\""))
  }

  @Test("where it has nothing to say, that shows too")
  func silence() throws {
    let products = try Self.products(Self.spectrum("stellar"))
    let json = try JSON(parsing: Array(Self.text(1, products).utf8))
    #expect(json["spectrum"]?["divination"] == .null && json["spectrum"]?["entrails"] == .array([]))
    #expect(products.result.logLines[0].contains("  omen -  "))
    let file = try FITSFile(products.result.products[0].bytes)
    #expect(file.units.count == 3)
    try file.close()
  }

  @Test("schemas and tables of keys name it")
  func schemas() throws {
    let schema = ResultSchema(planetMethods: [], spectrumMethods: [ThrowAwayMethod.description])
    for file in schema.files where file.name != "result.xsd" {
      for part in ["certainty", "entrails", "fortune", "how sure the oracle is"] {
        #expect(file.text.contains(part), "\(file.name): \(part)")
      }
    }
  }
}
