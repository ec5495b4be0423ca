import Analyses
import FITSFiles
import Foundation
import JobContract
import Observations
import Pipeline
import PlanetCatalogue
import TestSupport
import Testing
import Units

@Suite("Star and planet of a spectrum")
struct SpectrumContextTests {
  let bare: AnalysisPipeline
  let informed: AnalysisPipeline
  let catalogue: PlanetCatalogue

  static let record = """
    <system><name>HD 1</name><star><name>HD 1</name><mass>1</mass>
    <radius errorplus="0.02" errorminus="0.03">1.2</radius><temperature errorplus="50" errorminus="50">6000</temperature>
    <planet><name>HD 1 b</name><list>Confirmed planets</list><mass errorplus="0.1" errorminus="0.1">1.5</mass>
    <radius>1.1</radius><semimajoraxis>0.05</semimajoraxis></planet></star></system>
    """

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    let records = folder.appending(path: "catalogue")
    try FileManager.default.createDirectory(at: records, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    try Data(Self.record.utf8).write(to: records.appending(path: "HD 1.xml"))
    catalogue = try PlanetCatalogue(directory: records.path)
    bare = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
    informed = try AnalysisPipeline(
      MethodResources(modelsDirectory: folder.path, interiors: .networksAlone), catalogue: catalogue)
  }

  static func text(object: String?, _ lines: String...) -> [UInt8] {
    let head = lines.map { "# \($0)\n" }.joined() + (object.map { "# OBJECT = \($0)\n" } ?? "")
    return Array(
      (head + "wavelength (um),transit_depth (ppm),err\n"
        + (0..<30).map { "\(1.1 + 0.02 * Double($0)),\(14500 + $0),40\n" }.joined()).utf8)
  }

  static func products(_ bytes: [UInt8], _ pipeline: AnalysisPipeline) throws -> AnalysisProducts {
    guard case .done(let products) = pipeline.analyze(bytes: bytes, inputName: "x.csv", isYoung: false) else {
      throw NotDone()
    }
    return products
  }

  struct NotDone: Error {}

  @Test("the catalogue decides what is a duplicate, and stands in the provenance of a spectrum")
  func hashes() throws {
    let bytes = Self.text(object: "HD 1 b")
    #expect(modelSetHash(of: bytes, bare) != modelSetHash(of: bytes, informed))
    // A planet record is not looked up anywhere: a changed catalogue makes no record new.
    let record = Array(Self.record.utf8)
    #expect(modelSetHash(of: record, bare) == modelSetHash(of: record, informed))
    #expect(try Self.products(bytes, informed).spectrum?.provenance.catalogueHash == catalogue.hash)
    #expect(try Self.products(bytes, bare).spectrum?.provenance.catalogueHash == nil)
    let file = try FITSFile(try Self.products(bytes, informed).result.products[0].bytes)
    #expect(file.units[0].header.text("EXOCAT") == catalogue.hash)
    try file.close()
  }

  @Test("what the user says goes before file and catalogue, and makes another input")
  func user() throws {
    let bytes = Self.text(object: "nobody", "RSTAR = 2", "TSTAR = 5000")
    let statement = UserStatement([
      "OBJECT": "HD 1 b", "RSTAR": "0.93 +- 0.02 Rsun", "MPLAN": "26 Mearth", "EXOKIND": "transmission",
    ])
    var hash: String?
    _ = informed.analyze(bytes: bytes, inputName: "x", statement: statement, isYoung: false) {
      hash = $0
      return false
    }
    #expect(hash != nil && hash != modelSetHash(of: bytes, informed))
    guard
      case .done(let products) = informed.analyze(
        bytes: bytes, inputName: "x.csv", statement: statement, isYoung: false)
    else { throw NotDone() }
    let analysis = try #require(products.spectrum)
    let context = analysis.subject.context
    #expect(context.starRadius?.source == .user && context.planetMass?.source == .user)
    #expect(context.starTemperature?.source == .input && context.planetRadius?.source == .catalogue)
    #expect(abs((context.starRadius?.measurement.value?.solarRadii ?? 0) - 0.93) < 1e-12)
    #expect(abs((context.starRadius?.measurement.upperError?.solarRadii ?? 0) - 0.02) < 1e-12)
    #expect(analysis.spectrum.object == "HD 1 b" && analysis.spectrum.kindSource == "the user")
    #expect(
      analysis.spectrum.assumptions.contains {
        $0.hasPrefix("the user says EXOKIND = transmission, MPLAN = 26 Mearth, OBJECT = HD 1 b, RSTAR = 0.93")
          && $0.hasSuffix("the file's own OBJECT = nobody, RSTAR = 2 not used")
      }, "\(analysis.spectrum.assumptions)")
    let json = String(decoding: products.result.products[1].bytes, as: UTF8.self)
    #expect(json.contains("\"source\": \"user\""))
    let file = try FITSFile(products.result.products[0].bytes)
    #expect(file.units[0].header["RSTAR"]?.comment.contains("user") == true)
    try file.close()
  }

  @Test("values, errors and sources in summary.json, result.fits, report and text")
  func products() throws {
    let products = try Self.products(Self.text(object: "hd-1 B"), informed)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(products.result.products[1].bytes)) as? [String: Any])
    let spectrum = try #require(json["spectrum"] as? [String: Any])
    let context = try #require(spectrum["context"] as? [String: Any])
    func value(_ key: String, _ field: String = "value") throws -> Double {
      try #require((context[key] as? [String: Any])?[field] as? Double, "\(key) \(field)")
    }
    #expect(abs(try value("starRadius") - 1.2) < 1e-12)
    #expect(abs(try value("starRadius", "lowerError") - 0.03) < 1e-12)
    #expect(abs(try value("starTemperature") - 6000) < 1e-9)
    let earthMasses = 1.5 * Constants.jupiterMass / Constants.earthMass
    #expect(abs(try value("planetMass") - earthMasses) < 1e-12 * earthMasses)
    #expect(abs(try value("planetRadius") - 1.1 * Constants.jupiterRadius / Constants.earthRadius) < 1e-11)
    // T_star sqrt(R_star / (2 a)), to rounding.
    let temperature =
      6000 * (1.2 * Constants.solarRadius / (2 * 0.05 * Constants.astronomicalUnit)).squareRoot()
    #expect(abs(try value("planetTemperature") - temperature) < 1e-9 * temperature)
    #expect((context["planetTemperature"] as? [String: Any])?["source"] as? String == "derived")
    #expect((context["starRadius"] as? [String: Any])?["source"] as? String == "catalogue")
    let record = try #require(context["record"] as? [String: Any])
    #expect(record["file"] as? String == "HD 1.xml" && record["matchedName"] as? String == "HD 1 b")
    #expect(record["star"] as? String == "HD 1" && record["planet"] as? String == "HD 1 b")

    let file = try FITSFile(products.result.products[0].bytes)
    let keys = file.units[0].header
    try file.close()
    #expect(keys.number("RSTAR") == 1.2 && keys.number("TSTAR") == 6000 && keys.number("TSTAR_UP") == 50)
    #expect(abs((keys.number("TPLAN") ?? 0) - temperature) < 1e-9 * temperature)
    #expect(keys.text("EXOCATF") == "HD 1.xml" && keys.text("EXOCATP") == "HD 1 b")
    #expect(String(decoding: products.result.products[2].bytes, as: UTF8.self).contains("Star and planet"))
  }

  @Test("RSTAR of the file goes before the catalogue, and both are said")
  func starRadiusOfInput() throws {
    let context = try #require(
      try Self.products(Self.text(object: "HD 1 b", "RSTAR = 1.155"), informed).spectrum?.subject.context)
    #expect(
      context.starRadius?.source == .input && context.starRadius?.measurement.value?.solarRadii == 1.155)
    #expect(context.overruledStarRadius?.value?.solarRadii == 1.2)
    #expect(
      context.remarks.contains(
        "The star's radius is 1.155 solar radii, as the file says (RSTAR); HD 1.xml has 1.2, which was not used."
      ))
    #expect(context.planetMass != nil)
    let alone = try #require(
      try Self.products(Self.text(object: "HD 1 b", "RSTAR = 1.155"), bare).spectrum?.subject.context)
    #expect(alone.starRadius?.source == .input && alone.remarks.isEmpty && alone.record == nil)
  }

  @Test("a name that is not there, or none, is a remark")
  func nothingFound() throws {
    let unknown = try Self.products(Self.text(object: "Vulcan"), informed)
    #expect(unknown.spectrum?.remarks.contains { $0.hasPrefix("\"Vulcan\" is no name") } == true)
    #expect(String(decoding: unknown.result.products[1].bytes, as: UTF8.self).contains("\"context\": null"))
    let unnamed = try Self.products(Self.text(object: nil), informed)
    #expect(unnamed.spectrum?.remarks.contains { $0.contains("names no object") } == true)
    #expect(try Self.products(Self.text(object: "Vulcan"), bare).spectrum?.remarks.isEmpty == true)
  }

  @Test("a planet record is analysed as without a catalogue")
  func planetRecord() throws {
    let with = try Self.products(Array(Self.record.utf8), informed)
    #expect(with.result.products == (try Self.products(Array(Self.record.utf8), bare)).result.products)
  }
}
