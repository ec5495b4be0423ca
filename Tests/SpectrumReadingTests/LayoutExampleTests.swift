import Foundation
import SpectrumReading
import Testing

/// The table of layouts in `Etc/schema/spectra.md`: each example is read as its row says, and each has a row.
@Suite struct LayoutExamples {
  private static let root = URL(filePath: #filePath).appending(path: "../../../Etc").standardizedFileURL

  /// File, layout, and kind with points, of each row.
  private static let rows: [[String]] = {
    let text = (try? String(contentsOf: root.appending(path: "schema/spectra.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.contains("](../examples/layouts/") }.map { line in
      let cells = line.replacing("\\|", with: "/").split(separator: "|")
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let file = cells[0].split(separator: "]")[0].dropFirst()
      return [String(file), cells[3], cells[4]]
    }
  }()

  @Test func eachExampleHasARow() throws {
    let folder = Self.root.appending(path: "examples/layouts").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(files.count > 30 && files == Self.rows.map { $0[0] }.sorted())
  }

  @Test(arguments: rows) func isReadAsItsRowSays(row: [String]) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.root.appending(path: "examples/layouts/\(row[0])")))
    #expect(SpectrumReader.recognizes(bytes))
    let spectrum = try SpectrumReader.read(bytes)
    #expect(spectrum.layout == row[1] && "\(spectrum.kind.rawValue), \(spectrum.count)" == row[2])
    // The examples of depths hold one planet's disc or one planet's light.
    let value = spectrum.value[0]
    let error = spectrum.error?[0]
    switch spectrum.kind {
    case .transmission: #expect(abs(value - 0.0144) < 1e-6 && abs((error ?? 0) - 3e-5) < 1e-8)
    case .eclipse: #expect(abs(value - 2e-4) < 1e-8 && abs((error ?? 0) - 3e-5) < 1e-8)
    case .stellar: #expect(value == 2 && abs((error ?? 0.1) - 0.1) < 1e-7)
    }
  }
}
