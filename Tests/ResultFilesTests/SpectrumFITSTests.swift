import Analyses
import FITSFiles
import Foundation
import Observations
import ResultFiles
import RobERt
import SpectrumReading
import TestSupport
import Testing
import Units

@Suite struct SpectrumResults {
  static func analysis(_ recognition: MoleculeRecognition? = nil) throws -> SpectrumAnalysis {
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
      networks: [NetworkIdentity(name: "rocky-A", sha256: String(repeating: "ab", count: 32))],
      seed: UInt64.max)
    return Samples.spectrum(
      try SpectrumAssembly.spectrum(of: source), recognition: recognition, provenance: provenance)
  }

  /// With molecules: one that can be seen, one that cannot; or none, where too little was observed.
  static func recognized(tooFewBins: Bool = false) throws -> SpectrumAnalysis {
    let molecules: [MoleculeVerdict] = [
      .init(name: "H2O", probability: 0.99, isDetectable: true, logDetectionLimit: -5.25, verdict: .seen),
      .init(name: "Na", probability: 0.3, isDetectable: false, logDetectionLimit: nil, verdict: .cannotTell),
    ]
    return try analysis(
      MoleculeRecognition(
        model: "robert-transmission", modelHash: String(repeating: "cd", count: 32),
        molecules: tooFewBins ? [] : molecules, inDomain: !tooFewBins, distance: tooFewBins ? .nan : 1.25,
        distanceLimit: 3, dream: nil, flags: [], remarks: []))
  }

  @Test func moleculesComeBack() throws {
    let file = try FITSFile(SpectrumFITS.bytes(for: Self.recognized()))
    let table = try file.table("MOLECULES")
    try file.close()
    #expect(table["NAME"]?.values == .text(["H2O", "Na"]))
    #expect(table["PROBABILITY"]?.doubles == [0.99, 0.3])
    #expect(table["DETECTABLE"]?.values == .logical([true, false]))
    let limits = try #require(table["LOG_LIMIT"]?.doubles)
    #expect(limits.count == 2 && limits[0] == -5.25 && limits[1].isNaN)
    #expect(table["VERDICT"]?.values == .text(["seen", "cannot-tell"]))
    #expect(table.header.text("EXOMODEL") == "robert-transmission")
    #expect(table.header.text("EXOMSHA") == String(repeating: "cd", count: 32))
    #expect(table.header.number("EXODIST") == 1.25 && table.header.number("EXODLIM") == 3)
    #expect(table.header["EXOINDOM"]?.value == .logical(true))
  }

  @Test func noMoleculesNoTable() throws {
    let file = try FITSFile(SpectrumFITS.bytes(for: Self.analysis()))
    #expect(file.units.count == 3)
    try file.close()
    let empty = try FITSFile(SpectrumFITS.bytes(for: Self.recognized(tooFewBins: true)))
    let table = try empty.table("MOLECULES")
    #expect(table.rowCount == 0 && table.columns.count == 14)
    #expect(table.header["EXODIST"] == nil && table.header.number("EXODLIM") == 3)
    try empty.close()
  }

  @Test func pointsAndGridComeBack() throws {
    let analysis = try Self.analysis()
    let bytes = SpectrumFITS.bytes(for: analysis)
    let file = try FITSFile(bytes)
    let points = try file.table("SPECTRUM")
    let grid = try file.table("RESAMPLED")
    let keys = file.units[0].header
    try file.close()
    #expect(points["DEPTH"]?.doubles == analysis.spectrum.value)
    #expect(points["ERROR_LOW"]?.doubles == analysis.spectrum.lowerError)
    #expect(grid.rowCount == 400)
    #expect(grid["OBSERVED"]?.values == .logical(analysis.subject.resampled.isObserved))
    #expect(grid["COVERAGE"]?.doubles == analysis.subject.resampled.coverage)
    #expect(keys.text("EXOKIND") == "transmission")
    #expect(keys.text("EXOSHA") == analysis.provenance.inputSHA256)
    #expect(keys.text("EXOINPUT") == "it's a ? name.fits" + String(repeating: " long", count: 20))
    #expect(keys.number("RSTAR") == 1.155)
    #expect(SpectrumFITS.bytes(for: analysis) == bytes)
  }

  @Test func resultIsItselfASpectrum() throws {
    let analysis = try Self.recognized()
    let again = try SpectrumReader.read(SpectrumFITS.bytes(for: analysis))
    #expect(again.kind == .transmission)
    #expect(again.object == "HD 209458 b")
    #expect(again.count == analysis.spectrum.count)
    #expect(again.value == analysis.spectrum.value)
    #expect(again.lowerError == analysis.spectrum.lowerError)
    #expect(again.instruments == analysis.spectrum.instruments)
    #expect(again.layout == "exospool result" && again.unit == "fraction" && again.assumptions.isEmpty)
  }

  /// What the file said of star, planet and points that are not to be used it says again of itself.
  @Test func starAndPlanetAreReadBack() throws {
    let wave = (0..<40).map { 1.1 + 0.01 * Double($0) }
    let source = SpectrumSource(
      layout: "test",
      columns: [
        SpectrumColumn("WAVELENGTH", unit: "um", wave), SpectrumColumn("RP_RS", wave.map { _ in 0.12 }),
        SpectrumColumn("ERR", wave.map { _ in 1e-4 }),
        SpectrumColumn("DQ", wave.indices.map { $0 % 9 == 4 ? 1 : 0 }),
      ],
      keys: [
        "RSTAR": "1.155", "TSTAR": "6071 +- 50 K", "MPLAN": "0.69 Mjup", "RPLAN": "1.36 Rjup",
        "TPLAN": "1450",
      ])
    let spectrum = try SpectrumAssembly.spectrum(of: source)
    #expect(abs((spectrum.stated.planetMass?.value?.jupiterMasses ?? 0) - 0.69) < 1e-12)
    let analysis = Samples.spectrum(
      spectrum, recognition: nil,
      provenance: Provenance(
        inputName: "x", inputSHA256: String(repeating: "0f", count: 32), exospoolVersion: "1.0", networks: [],
        seed: 1))
    let again = try SpectrumReader.read(SpectrumFITS.bytes(for: analysis))
    #expect(again.starRadius == 1.155)
    #expect(again.isMasked.contains(true) && again.isMasked == spectrum.isMasked)
    #expect(again.stated.starTemperature == spectrum.stated.starTemperature)
    #expect(again.stated.planetTemperature == spectrum.stated.planetTemperature)
    func agree<D>(_ a: Observations.Measurement<D>?, _ b: Observations.Measurement<D>?) -> Bool {
      guard let a = a?.value?.si, let b = b?.value?.si else { return false }
      return abs(a / b - 1) < 1e-12
    }
    #expect(agree(again.stated.planetMass, spectrum.stated.planetMass))
    #expect(agree(again.stated.planetRadius, spectrum.stated.planetRadius))
  }

  /// The standard's own judge, where it is installed.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fitsverify"), "needs fitsverify"),
    arguments: [nil, false, true])
  func fitsverifyFindsNothing(tooFewBins: Bool?) throws {
    let analysis = try tooFewBins.map { try Self.recognized(tooFewBins: $0) } ?? Self.analysis()
    let file = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString).fits")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(SpectrumFITS.bytes(for: analysis)).write(to: file)
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
