import FITSFiles
import Foundation
import Observations
import ReferenceData
import SpectrumReading
import Testing

/// Ten real spectra of nine instruments beside what each is known to hold. They lie outside the repository.
private let folder = ReferenceData.url("fits")

private func bytes(_ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: #require(folder).appending(path: name)))
}

private struct Expected: Sendable, CustomTestStringConvertible {
  var file: String
  var layout: String
  var range: ClosedRange<Double>?
  var points: Int
  var unit: String
  var errorSource: String
  var testDescription: String { file }
}

private let expected: [Expected] = {
  guard let folder,
    let text = try? String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8)
  else {
    return []
  }
  return text.split(separator: "\n").dropFirst().map { line in
    // Every field is quoted.
    let fields = line.dropFirst().dropLast().components(separatedBy: "\",\"")
    let range = Double(fields[2]).flatMap { low in Double(fields[3]).map { low...$0 } }
    return Expected(
      file: fields[0], layout: fields[1], range: range, points: Int(fields[4]) ?? 0, unit: fields[5],
      errorSource: fields[6])
  }
}()

@Suite(.needsReference("fits"))
struct ReferenceSpectra {
  @Test(arguments: expected) fileprivate func isReadAsExpected(_ expected: Expected) throws {
    let bytes = try bytes(expected.file)
    guard let range = expected.range else {
      let error = #expect(throws: SpectrumError.self) { try SpectrumReader.read(bytes) }
      #expect(error?.code == .noWavelength)
      #expect(error?.sentence.contains("looked for") == true)
      return
    }
    let spectrum = try SpectrumReader.read(bytes)
    #expect(spectrum.count == expected.points)
    // The expected limits are given to five digits.
    #expect(abs(spectrum.wavelength[0] * 1e6 - range.lowerBound) < 1e-4 * range.lowerBound)
    #expect(abs(spectrum.wavelength[spectrum.count - 1] * 1e6 - range.upperBound) < 1e-4 * range.upperBound)
    #expect(spectrum.kind == .stellar)
    let units = ["none given": "", "assumed": ""]
    #expect(spectrum.unit == units[expected.unit] ?? expected.unit)
    let sources = ["column noise (cnts)": "column noise (cnts)", "HDU ERR": "HDU ERR"]
    if expected.errorSource.hasPrefix("none") || expected.errorSource.hasPrefix("this is") {
      #expect(spectrum.error == nil)
      #expect(spectrum.flags.names.contains("errors-absent"))
    } else {
      #expect(spectrum.errorSource.hasPrefix(sources[expected.errorSource] ?? expected.errorSource))
    }
    #expect(
      spectrum.layout.lowercased().hasPrefix(
        expected.layout.replacingOccurrences(of: "units inside TTYPE", with: "table with units inside TTYPE")
          .lowercased()))
  }
}
