import Analyses
import Foundation
import JSONText
import JobContract
import Observations
import RobERt
import SpectrumCompleting
import TestSupport
import Testing

@testable import Pipeline

@Suite("Spectra completed in the pipeline")
struct CompletionTests {
  /// Holds a completion model for transmission, and none for anything else.
  let folder: URL
  static let opacities =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Etc/opacity").path

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try TinyInteriorModels.write(to: folder.path)
  }

  private func pipeline(
    spectra: Int = 300, seconds: Double = 600, mode: RetrievalChoices.Mode = .posterior, threads: Int = 1,
    opacities: String? = opacities
  ) throws -> AnalysisPipeline {
    try AnalysisPipeline(
      MethodResources(
        modelsDirectory: folder.path, opacityDirectory: opacities,
        retrieval: RetrievalChoices(spectra: spectra, seconds: seconds, mode: mode), threads: threads))
  }

  static func input(_ kind: String) -> [UInt8] {
    Array(
      ("# EXOKIND = \(kind)\n# RSTAR = 1.0\nwavelength (um),depth (ppm),err\n"
        + (0..<12).map { "\(1.1 + 0.05 * Double($0)),\(14500 + 40 * ($0 % 5)),60\n" }.joined()).utf8)
  }

  static func products(_ pipeline: AnalysisPipeline, _ kind: String = "transmission") throws
    -> AnalysisProducts
  {
    guard
      case .done(let products) = pipeline.analyze(bytes: input(kind), inputName: "x", isYoung: false)
    else { throw NotDone() }
    return products
  }

  struct NotDone: Error {}

  @Test("without a model, and with a budget of nothing, every byte is as if there were no such method")
  func off() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let without = try Self.products(try pipeline()).result
    try TinyCompletion.write(to: folder.path)
    for off in [try pipeline(spectra: 0), try pipeline(seconds: 0), try pipeline(spectra: 0, opacities: nil)]
    {
      let result = try Self.products(off).result
      #expect(result.products.map(\.bytes) == without.products.map(\.bytes))
      #expect(result.logLines == without.logLines && result.jsonLines == without.jsonLines)
      #expect(
        modelSetHash(of: Self.input("transmission"), off)
          == modelSetHash(of: Self.input("transmission"), try pipeline(spectra: 0)))
    }
    #expect(!without.jsonLines[0].contains("completion") && !without.logLines[0].contains("retrieved"))
  }

  @Test(
    "a transit is completed: the same bytes again and with other threads; the budget decides what is a duplicate"
  )
  func on() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    let pipeline = try pipeline()
    #expect(pipeline.modelNames.contains("completion-transmission"))
    let products = try Self.products(pipeline)
    let summary = try JSON(parsing: products.result.products[1].bytes)
    let completion = try #require(summary["spectrum"]?["completion"])
    #expect(completion["model"]?.string == "completion-transmission")
    #expect(completion["pointCount"]?.number == 12 && completion["space"]?.string == "transmission")
    #expect((completion["forwardModels"]?.number ?? 0) > 0)
    #expect((completion["forwardModels"]?.number ?? .infinity) <= 300)
    #expect(summary["provenance"]?["modelHashes"]?["completion-transmission"]?.string?.count == 64)
    #expect(completion["opacities"]?.string?.count == 64)
    let again = try Self.products(try self.pipeline(threads: 2))
    #expect(again.result.products.map(\.bytes) == products.result.products.map(\.bytes))
    let hash = modelSetHash(of: Self.input("transmission"), pipeline)
    #expect(hash == modelSetHash(of: Self.input("transmission"), try self.pipeline(threads: 2)))
    #expect(hash != modelSetHash(of: Self.input("transmission"), try self.pipeline(spectra: 301)))
    #expect(hash != modelSetHash(of: Self.input("transmission"), try self.pipeline(spectra: 0)))
    // The safety net decides nothing but where it cuts, which the result says.
    #expect(hash == modelSetHash(of: Self.input("transmission"), try self.pipeline(seconds: 500)))
  }

  @Test("molecules are decided by the posterior where its samples are to be trusted, else by the network")
  func verdicts() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyRobERt.write(to: folder.path)
    struct Certain: SpectrumMethod {
      static let description = CompletionMethod.description
      let networks: [NetworkIdentity] = []
      init(_ resources: MethodResources) throws {}
      func finding(on subject: PreparedSpectrum, after earlier: [Finding], seed: UInt64) -> Finding? {
        var atmosphere = Samples.completion()
        atmosphere.evidence = AtmosphericEvidence(
          network: "x", isExplained: true,
          molecules: TinyRobERt.molecules.map {
            .init(
              formula: $0, probability: 0.99, significance: 9, logBayesFactor: 8, isLeastBayesFactor: true,
              logUpperLimit: -1, logDetectionLimit: -5, logDetectionLimitAbove: -4)
          })
        return Finding(atmosphere, isObserved: subject.resampled.isObserved)
      }
    }
    let resources = MethodResources(modelsDirectory: folder.path)
    let alone = AnalysisPipeline(planetMethods: [], spectrumMethods: [try RecognitionMethod(resources)])
    let both = AnalysisPipeline(
      planetMethods: [], spectrumMethods: [try RecognitionMethod(resources), try Certain(resources)])
    func molecules(_ pipeline: AnalysisPipeline) throws -> [JSON] {
      let summary = try JSON(parsing: try Self.products(pipeline).result.products[1].bytes)
      return try #require(summary["spectrum"]?["molecules"]?.elements)
    }
    #expect(try molecules(alone).allSatisfy { $0["basis"]?.string == "network" })
    #expect(
      try molecules(both).allSatisfy { $0["basis"]?.string == "posterior" && $0["verdict"]?.string == "seen" }
    )
  }

  @Test("what time cuts short says so")
  func stopped() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    #expect(
      try Self.products(try pipeline(spectra: 600, seconds: 1e-6)).flags.names.contains("stopped-by-time"))
    #expect(!(try Self.products(try pipeline()).flags.names.contains("stopped-by-time")))
  }

  @Test("of what no model reads nothing is retrieved, and that shows")
  func silence() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try TinyCompletion.write(to: folder.path)
    for kind in ["eclipse", "stellar"] {
      let products = try Self.products(try pipeline(), kind)
      let summary = try JSON(parsing: products.result.products[1].bytes)
      #expect(summary["spectrum"]?["completion"] == .null && summary["spectrum"]?["samples"] == .array([]))
      #expect(products.result.logLines[0].contains("  retrieved -  "))
    }
  }

  @Test("a model without opacity tables is a fault that names the cure; without the model it is none")
  func opacities() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: Never.self) { try pipeline(opacities: nil) }
    try TinyCompletion.write(to: folder.path)
    let error = #expect(throws: (any Error).self) { try pipeline(opacities: nil) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("opacity_directory"))
    #expect(throws: (any Error).self) { try pipeline(opacities: folder.path + "/none") }
  }
}
