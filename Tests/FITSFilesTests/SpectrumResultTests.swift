import FITSFiles
import Foundation
import Observations
import Testing

@Suite struct SpectrumResults {
  static func analysis() throws -> SpectrumAnalysis {
    let wave = (0..<120).map { 1.1 + 0.005 * Double($0) }
    var source = SpectrumSource(
      layout: "test",
      columns: [
        SpectrumColumn("WAVELENGTH", unit: "um", wave),
        SpectrumColumn("DEPTH", unit: "ppm", wave.map { 14500 + 100 * $0 }),
        SpectrumColumn("ERR_UP", unit: "ppm", wave.map { _ in 40 }),
        SpectrumColumn("ERR_LOW", unit: "ppm", wave.map { _ in -50 }),
      ], keys: ["EXOKIND": "transmission", "OBJECT": "HD 209458 b", "RSTAR": "1.155"])
    source.instruments = wave.map { $0 < 1.4 ? "WFC3 G102" : "WFC3 G141" }
    let provenance = Provenance(
      inputName: "it's a \u{e9} name.fits" + String(repeating: " long", count: 20),
      inputSHA256: String(repeating: "0f", count: 32),
      exospoolVersion: "1.0",
      modelHashes: ["rocky-A": String(repeating: "ab", count: 32)], seed: UInt64.max)
    return SpectrumAnalysis(of: try SpectrumAssembly.spectrum(of: source), provenance: provenance)
  }

  @Test func pointsAndGridComeBack() throws {
    let analysis = try Self.analysis()
    let bytes = SpectrumResult.fits(for: analysis)
    let file = try FITSFile(bytes)
    let points = try file.table("SPECTRUM")
    let grid = try file.table("RESAMPLED")
    let keys = file.units[0].header
    try file.close()
    #expect(points["DEPTH"]?.doubles == analysis.spectrum.value)
    #expect(points["ERROR_LOW"]?.doubles == analysis.spectrum.lowerError)
    #expect(grid.rowCount == 400)
    #expect(grid["OBSERVED"]?.values == .logical(analysis.resampled.isObserved))
    #expect(grid["COVERAGE"]?.doubles == analysis.resampled.coverage)
    #expect(keys.text("EXOKIND") == "transmission")
    #expect(keys.text("EXOSHA") == analysis.provenance.inputSHA256)
    #expect(keys.text("EXOINPUT") == "it's a ? name.fits" + String(repeating: " long", count: 20))
    #expect(keys.number("RSTAR") == 1.155)
    #expect(SpectrumResult.fits(for: analysis) == bytes)
  }

  @Test func resultIsItselfASpectrum() throws {
    let analysis = try Self.analysis()
    let again = try SpectrumFile.spectrum(SpectrumResult.fits(for: analysis))
    #expect(again.kind == .transmission)
    #expect(again.object == "HD 209458 b")
    #expect(again.count == analysis.spectrum.count)
    #expect(again.value == analysis.spectrum.value)
    #expect(again.lowerError == analysis.spectrum.lowerError)
    #expect(again.instruments == analysis.spectrum.instruments)
  }

  /// The standard's own judge, where it is installed.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fitsverify"), "needs fitsverify"))
  func fitsverifyFindsNothing() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString).fits")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(SpectrumResult.fits(for: try Self.analysis())).write(to: file)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/fitsverify")
    process.arguments = [file.path]
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(output.contains("Verification found 0 warning(s) and 0 error(s)"), "\(output)")
  }
}
