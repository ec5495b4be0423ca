import Analyses
import Foundation
import InteriorMDN
import Pipeline
import TestSupport
import Testing

@Suite("Files that are neither record nor spectrum")
struct DeclinedFormatsTests {
  let pipeline: AnalysisPipeline

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyInteriorModels.write(to: folder.path)
    pipeline = try AnalysisPipeline(MethodResources(modelsDirectory: folder.path, interiors: .networksAlone))
  }

  @Test(
    "each is named for what it is, and the cure names both kinds of input",
    arguments: [
      (Array("%PDF-1.4".utf8), "PDF"), (Array("{\"a\": 1}".utf8), "JSON"),
      (Array("#ASDF 1.0.0\n1 2".utf8), "ASDF"),
      ([0x89, 0x48, 0x44, 0x46, 0x0D], "HDF5"), ([0x93] + Array("NUMPY".utf8), "NumPy"),
      (Array("CDF".utf8) + [1, 0], "netCDF"), ([0x80, 4, 0x95], "pickle"),
    ] as [([UInt8], String)])
  func sentences(bytes: [UInt8], word: String) {
    guard case .corrupt(let reason) = pipeline.analyze(bytes: bytes, inputName: "x", isYoung: false) else {
      Issue.record("not corrupt")
      return
    }
    #expect(reason.hasPrefix("x") && reason.contains(word), "\(reason)")
    #expect(reason.contains("record") && reason.lowercased().contains("spectr"), "\(reason)")
  }
}
