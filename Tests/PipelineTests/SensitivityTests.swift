import Analyses
import FITSFiles
import Foundation
import JSONText
import JobContract
import TestSupport
import Testing

@testable import Pipeline

@Suite("Answers traced in the pipeline")
struct SensitivityTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try TinyInteriorModels.write(to: folder.path)
  }

  private func pipeline(isOn: Bool = true, spectra: Int = 0) throws -> AnalysisPipeline {
    try AnalysisPipeline(
      MethodResources(
        modelsDirectory: folder.path, opacityDirectory: CompletionTests.opacities,
        retrieval: RetrievalChoices(spectra: spectra, seconds: 600, mode: .posterior),
        tracesSensitivity: isOn))
  }

  @Test("without the networks, and turned off, every byte is as if there were no such method")
  func off() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let none = try CompletionTests.products(try pipeline()).result.products.map(\.bytes)
    // The networks see by the completion's components, and are nothing without them.
    try TinySensitivity.write(to: folder.path)
    #expect(try CompletionTests.products(try pipeline()).result.products.map(\.bytes) == none)
    try TinyCompletion.write(to: folder.path)
    #expect(try CompletionTests.products(try pipeline(isOn: false)).result.products.map(\.bytes) == none)
    #expect(try CompletionTests.products(try pipeline()).result.products.map(\.bytes) != none)
  }

  @Test("a transit's answers are traced in JSON, FITS and report, and to the same bytes again")
  func on() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    try TinySensitivity.write(to: folder.path)
    let pipeline = try pipeline()
    let products = try CompletionTests.products(pipeline)
    let summary = try JSON(parsing: products.result.products[1].bytes)
    let spectrum = try #require(summary["spectrum"])
    #expect(spectrum["sensitivity"]?["model"]?.string == "sensitivity-transmission-mlp")
    #expect(spectrum["sensitivityRetrievals"]?.elements?.count == 27)
    #expect(spectrum["sensitivityMaps"]?.elements?.count == 54)
    let groups = try #require(spectrum["sensitivityGroups"]?.elements)
    #expect(groups.reduce(0) { $0 + ($1["points"]?.number ?? 0) } == 12)
    let map = try #require(spectrum["sensitivityMaps"]?.elements?.first)
    #expect(map["values"]?.elements?.count == groups.count && map["errors"]?.elements?.count == groups.count)
    let again = try CompletionTests.products(pipeline)
    #expect(again.result.products.map(\.bytes) == products.result.products.map(\.bytes))
    let fits = try #require(products.result.products.first { $0.name == "result.fits" })
    let text = String(decoding: fits.bytes.filter { $0 < 0x80 }, as: UTF8.self)
    for name in ["SENSITIVITY", "SENSRETR", "SENSGRP", "SENSMAPS", "SENSBINS"] {
      #expect(text.contains("EXTNAME = '\(name)"), "\(name)")
    }
    #expect(text.contains("CTYPE2  = 'PARAMETER'") && text.contains("EXOROW9 = 'cloudTop"))
    let report = try #require(products.result.products.first { $0.name == "report.html" })
    #expect(String(decoding: report.bytes, as: UTF8.self).contains("What the answers rest on"))
  }

  @Test("eclipses are declined in a sentence")
  func eclipse() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    try TinySensitivity.write(to: folder.path)
    let products = try CompletionTests.products(try pipeline(), "eclipse")
    #expect(products.flags.contains { $0.name == "sensitivity-not-traced" })
    let summary = try JSON(parsing: products.result.products[1].bytes)
    #expect(summary["spectrum"]?["sensitivityMaps"]?.elements?.isEmpty == true)
  }

  @Test("networks of another front end are refused with the cure")
  func otherFrontEnd() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    var file = TinySensitivity.model(.cnn).file
    file.metadata["frontEnd"] = "0"
    try ModelWriting.write(file, name: "sensitivity-transmission-cnn", to: folder.path)
    do {
      _ = try pipeline()
      Issue.record("it was taken")
    } catch {
      #expect("\(error)".contains("train it anew with: exospool-lab train sensitivity --network cnn"))
    }
  }
}
