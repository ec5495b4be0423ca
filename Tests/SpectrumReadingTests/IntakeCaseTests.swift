import Foundation
import Observations
import SpectrumReading
import Testing

/// One file of `Tests/IntakeCases` and what it must become; `check.py` there compares what the program makes of it.
private struct Case: Sendable, CustomTestStringConvertible {
  var folder: URL
  var fields: [String: String]

  subscript(_ name: String) -> String { fields[name] ?? "" }
  var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: folder.appending(path: self["file"]))) } }
  var testDescription: String { self["file"] }

  /// The other outcome that is right as well: `read` or `refuse`, and a flag or words that it must show.
  var alternative: (outcome: String, word: String) {
    let parts = self["alternative"].split(separator: ":", maxSplits: 1).map(String.init)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
  }

  static let all: [Case] = ["", "more"].flatMap { name in
    let folder = URL(filePath: #filePath).appending(path: "../../IntakeCases").appending(path: name)
      .standardizedFileURL
    guard let text = try? String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8) else {
      return [Case]()
    }
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return lines.dropFirst().map { cells in
      // The last field, a sentence, may be quoted; none before it is.
      Case(folder: folder, fields: Dictionary(zip(lines[0].map(String.init), cells.map(String.init))) { $1 })
    }
  }
}

@Suite struct IntakeCases {
  @Test func casesAreThere() { #expect(Case.all.count > 100) }

  @Test(arguments: Case.all) fileprivate func isRightOrRefused(_ one: Case) throws {
    let bytes = try one.bytes
    let spectrum: Spectrum
    do {
      spectrum = try SpectrumReader.read(bytes)
    } catch {
      #expect(
        one["outcome"] == "refuse"
          || one.alternative.outcome == "refuse" && error.description.contains(one.alternative.word),
        "\(error.description)")
      // What is no spectrum at all is named by the pipeline.
      guard one["outcome"] == "refuse", SpectrumReader.recognizes(bytes) else { return }
      for word in one["words"].split(separator: "|") {
        let isAbsent = word.hasPrefix("!")
        #expect(
          error.description.contains(isAbsent ? word.dropFirst() : word) != isAbsent, "\(error.description)")
      }
      return
    }
    guard one["outcome"] == "read" else {
      let word = one.alternative.word
      #expect(
        one.alternative.outcome == "read"
          && (spectrum.flags.names + spectrum.assumptions).contains { $0.contains(word) })
      return
    }
    try check(spectrum, against: one)
  }

  private func check(_ spectrum: Spectrum, against one: Case) throws {
    func agrees(_ value: Double, _ field: String, within tolerance: Double) -> Bool {
      guard let expected = Double(one[field]) else { return true }
      return abs(value - expected) <= tolerance * max(abs(value), abs(expected), 1e-300)
    }
    #expect(spectrum.kind.rawValue == one["kind"])
    #expect(agrees(spectrum.wavelength[0] * 1e6, "wavelength_min_um", within: 2e-3))
    #expect(agrees(spectrum.wavelength[spectrum.count - 1] * 1e6, "wavelength_max_um", within: 2e-3))
    #expect("\(spectrum.count)" == one["points"])
    #expect(agrees(spectrum.value[0], "first_value", within: 2e-3))
    #expect(agrees(spectrum.upperError?[0] ?? 0, "first_error_up", within: 2e-2))
    #expect(agrees(spectrum.lowerEdge[0] * 1e6, "first_bin_min_um", within: 1e-3))
    #expect(agrees(spectrum.upperEdge[0] * 1e6, "first_bin_max_um", within: 1e-3))
    for flag in one["flags"].split(separator: "|") { #expect(spectrum.flags.names.contains(String(flag))) }
    if !one["object"].isEmpty { #expect(spectrum.object == one["object"]) }
    if let radius = Double(one["rstar"]) { #expect(spectrum.starRadius == radius) }
  }
}
