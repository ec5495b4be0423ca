import FITSFiles
import Foundation
import Pipeline

/// The whole pipeline on one input, and what must hold of its answer whatever the input was.
struct ReaderUnderTest: Sendable {
  static let shared = ReaderUnderTest()
  /// Without networks: those see numbers, never bytes, and they would take most of the time.
  private let pipeline = AnalysisPipeline(planetMethods: [], spectrumMethods: [])

  /// Analyses the bytes as an old file; stops the program where the answer breaks a promise.
  /// - Returns: how the old file ended, in a line.
  @discardableResult
  func check(_ bytes: [UInt8]) -> String {
    switch pipeline.analyze(bytes: bytes, inputName: "input", isYoung: false) {
    case .done(let products):
      check(products)
      return "done: \(products.result.logLines.first ?? "no planets")"
    case .corrupt(let reason):
      check(reason: reason)
      return "corrupt: \(reason)"
    case .unsettled(let reason): fatalError("an old file is unsettled: \(reason)")
    case .failed(let reason, _): fatalError("the input's fault is called ours: \(reason)")
    }
  }

  /// One line that a person can read and a log can hold.
  private func check(reason: String) {
    require(reason.hasPrefix("input"), "the reason does not name the file: \(reason)")
    require(reason.hasSuffix(".") || reason.hasSuffix("?"), "the reason is no sentence: \(reason)")
    require(reason.utf8.count < 4000, "the reason has \(reason.utf8.count) bytes")
    require(isPrintable(reason), "control characters: \(reason.debugDescription)")
  }

  private func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// `precondition` would not say what it found in a build for release.
  private func require(_ condition: Bool, _ finding: @autoclosure () -> String) {
    if !condition { fatalError(finding()) }
  }

  private func check(_ products: AnalysisProducts) {
    for line in products.result.logLines + products.result.jsonLines {
      require(isPrintable(line), "control characters in a log line: \(line.debugDescription)")
    }
    for file in products.result.products {
      switch file.name.split(separator: ".").last {
      case "json":
        require(
          (try? JSONSerialization.jsonObject(with: Data(file.bytes))) != nil, "\(file.name) is no JSON")
      case "fits":
        do {
          let warnings = try FITSStructure(file.bytes).warnings
          require(warnings.isEmpty, "\(file.name): \(warnings)")
        } catch {
          fatalError("\(file.name): \(error)")
        }
      default: require(!file.bytes.isEmpty, "\(file.name) is empty")
      }
    }
  }
}
