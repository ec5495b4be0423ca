import Analyses
import FITSFiles
import Foundation
import InteriorMDN
import Observations
import Pipeline
import SpectrumReading
import TestSupport
import Testing

@Suite("Spectra in the pipeline")
struct SpectrumIntakeTests {
  let pipeline: AnalysisPipeline

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    pipeline = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
  }

  static let text = """
    # OBJECT = HD 1 b
    wavelength (um),transit_depth (ppm),err
    """ + (0..<30).map { "\n\(1.1 + 0.02 * Double($0)),\(14500 + $0),40" }.joined() + "\n"

  static let fits: [UInt8] = {
    let wave = (0..<30).map { 1.1 + 0.02 * Double($0) }
    let header = FITSHeader([FITSCard("EXOKIND", .text("transmission")), FITSCard("OBJECT", .text("HD 1 b"))])
    return FITSEncoder.encode(
      primary: header,
      [
        .table(
          FITSTable(
            name: "DEPTHS", rowCount: 30,
            columns: [
              FITSColumn("WAVELENGTH", unit: "um", values: .double(wave)),
              FITSColumn("DEPTH", unit: "ppm", values: .double((0..<30).map { 14500 + Double($0) })),
              FITSColumn("DEPTH_ERR", unit: "ppm", values: .double(wave.map { _ in 40 })),
            ]))
      ])
  }()

  @Test("FITS and text give the same spectrum, a readable result and one log line", arguments: [true, false])
  func results(isFITS: Bool) throws {
    let bytes = isFITS ? Self.fits : Array(Self.text.utf8)
    guard case .done(let products) = pipeline.analyze(bytes: bytes, inputName: "x", isYoung: true) else {
      Issue.record("not done")
      return
    }
    #expect(products.result.products.map(\.name) == ["result.fits", "summary.json", "report.html"])
    #expect(products.result.logLines.count == 1 && products.result.jsonLines.count == 1)
    let spectrum = try #require(products.spectrum?.spectrum)
    #expect(spectrum.object == "HD 1 b" && spectrum.kind == .transmission && spectrum.count == 30)
    #expect(abs(spectrum.value[29] - 14529e-6) < 1e-15)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(products.result.products[1].bytes)) as? [String: Any])
    let fields = try #require(json["spectrum"] as? [String: Any])
    for key in [
      "object", "kind", "layout", "points", "wavelengthMin", "wavelengthMax", "fluxUnit", "errorSource",
      "coverage",
      "assumptions", "flags",
    ] { #expect(fields[key] != nil, "\(key)") }
    #expect(fields["points"] as? Int == 30)
    #expect(abs((fields["wavelengthMin"] as? Double ?? 0) - 1.1) < 1e-12)
    #expect(try SpectrumReader.read(products.result.products[0].bytes).value == spectrum.value)
    #expect(String(decoding: products.result.products[2].bytes, as: UTF8.self).contains("<svg"))
  }

  @Test("a cut FITS file waits while it is young and is corrupt when old, with the length it must have")
  func truncated() {
    for length in [20, 100, 3000, Self.fits.count - 2880] {
      let bytes = Array(Self.fits.prefix(length))
      guard case .unsettled = pipeline.analyze(bytes: bytes, inputName: "x.fits", isYoung: true) else {
        Issue.record("\(length): not unsettled")
        continue
      }
      guard case .corrupt(let reason) = pipeline.analyze(bytes: bytes, inputName: "x.fits", isYoung: false)
      else {
        Issue.record("\(length): not corrupt")
        continue
      }
      #expect(reason.hasPrefix("x.fits: ") && reason.contains("truncated") && reason.contains("bytes"))
    }
  }

  @Test("names in the extended syntax of cfitsio are names and nothing else")
  func extendedNames() {
    for name in ["x.fits[1]", "|cmd", "shm://1", "x.fits+1", "http://host/x.fits"] {
      guard case .done = pipeline.analyze(bytes: Self.fits, inputName: name, isYoung: false) else {
        Issue.record("\(name): not done")
        continue
      }
    }
  }
}
