import Atmospheres
import FITSFiles
import Foundation
import OpacityFiles
import Testing
import TrainingSets
import Units

@Suite("Tables of spectra")
struct SpectrumTableTests {
  private static func model() throws -> SpectrumModel {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Etc/opacity").standardizedFileURL
    return try OpacityLibrary(directory: folder.path).model(.exoGAN2018)
  }

  private static func table(_ columns: [FITSColumn], rows: Int) -> [UInt8] {
    FITSEncoder.encode([.table(FITSTable(name: "SPECTRA", rowCount: rows, columns: columns))])
  }

  private static let planets: [FITSColumn] = [
    FITSColumn("Mp", unit: "kg", values: .double([1.9e27, 1.9e27, 3e27])),
    FITSColumn("Rp", unit: "m", values: .double([7.1e7, 7.1e7, 9e7])),
    FITSColumn("T", unit: "K", values: .double([1200, -5, 1500])),
    FITSColumn("logH2O", values: .double([-4, -4, -2])),
    FITSColumn("logCO", values: .float([-3, -3, -5])),
    FITSColumn("NAME", values: .text(["a", "b", "c"])),
  ]

  /// The whole file, put together as the command does.
  private static func file(
    _ table: SpectrumTable, _ model: SpectrumModel, quantity: SpectrumTable.Quantity = .transitDepth,
    threads: Int
  ) -> (bytes: [UInt8], failures: [(row: Int, reason: String)]) {
    var stream = table.stream(model, quantity: quantity)
    var bytes = stream.head
    var failures: [(row: Int, reason: String)] = []
    while stream.rowsWritten < stream.rowCount {
      let part = table.simulate(model, quantity: quantity, stream: &stream, threads: threads)
      bytes += part.bytes
      failures += part.failures
    }
    bytes += stream.padding
    bytes.replaceSubrange(
      stream.headerOffset..<stream.headerOffset + stream.header.count, with: stream.header)
    return (bytes, failures)
  }

  @Test("Rows written one by one are the same file as a table written whole")
  func stream() {
    // Rows of 17 bytes: blocks end between words of the checksum.
    let names = (0..<700).map { String("abcdefgh".prefix($0 % 9)) }
    let whole = FITSTable(
      name: "T", rowCount: 700,
      columns: [
        FITSColumn("X", values: .double((0..<700).map { Double($0) / 3 })),
        FITSColumn("NAME", values: .text(names)),
        FITSColumn("OK", values: .logical(names.map { $0.isEmpty })),
      ])
    var stream = FITSTableStream(
      preceding: FITSEncoder.encode([]), name: "T", header: FITSHeader(), layout: whole.columns, rowCount: 700
    )
    var bytes = stream.head
    for start in stride(from: 0, to: 700, by: 3) {
      let rows = start..<min(start + 3, 700)
      bytes += stream.append(
        [
          FITSColumn("X", values: .double(rows.map { Double($0) / 3 })),
          FITSColumn("NAME", values: .text(Array(names[rows]))),
          FITSColumn("OK", values: .logical(names[rows].map { $0.isEmpty })),
        ], rows: rows.count)
    }
    bytes += stream.padding
    bytes.replaceSubrange(
      stream.headerOffset..<stream.headerOffset + stream.header.count, with: stream.header)
    #expect(bytes == FITSEncoder.encode([.table(whole)]))
  }

  @Test("Eclipse depths of irradiated planets, each with its own star")
  func eclipse() throws {
    let columns =
      Self.planets + [
        FITSColumn("Ts", values: .double([5000, 5000, 6000])),
        FITSColumn("logGamma", values: .double([-0.4, -0.4, 0.3])),
      ]
    let table = try SpectrumTable(
      Self.table(columns, rows: 3), name: "p.fits", stellarRadius: Length(solarRadii: 1))
    let model = try Self.model()
    let depths = try #require(
      try FITSFile(Self.file(table, model, quantity: .eclipseDepth, threads: 1).bytes).table("SPECTRA")[
        "FP_FS"]?
        .doubles)
    let last = try model.emission(
      table.planet(2), star: .blackBody(Temperature(kelvins: 6000))
    ).eclipseDepth
    #expect(Array(depths[800..<1200]) == last.reversed())
    guard case .guillot(let profile) = table.planet(2).temperature else {
      Issue.record("the profile is not irradiated")
      return
    }
    #expect(abs(profile.visibleToThermalOpacity - 1.995) < 1e-3 && profile.thermalOpacity == 1e-3)
  }

  @Test("The table comes back with spectra, from long to short wavelengths")
  func roundTrip() throws {
    let star = ModelConfiguration.exoGAN2018StellarRadius
    let table = try SpectrumTable(Self.table(Self.planets, rows: 3), name: "p.fits", stellarRadius: star)
    let model = try Self.model()
    let result = Self.file(table, model, threads: 2)
    #expect(result.failures.map(\.row) == [2])
    #expect(result.failures[0].reason.contains("temperature"))

    let file = try FITSFile(result.bytes)
    let spectra = try file.table("SPECTRA")
    let depths = try #require(spectra["DEPTH"]?.doubles)
    let wavelengths = try #require(try file.table("GRID")["WAVELENGTH"]?.doubles)
    #expect(spectra["NAME"]?.strings == ["a", "b", "c"] && spectra["T"]?.doubles == [1200, -5, 1500])
    #expect(depths.count == 1200 && depths[400..<800].allSatisfy(\.isNaN))
    #expect(zip(wavelengths, wavelengths.dropFirst()).allSatisfy { $0 > $1 })
    let first = PlanetAtmosphere(
      mass: Mass(kilograms: 1.9e27), radius: Length(meters: 7.1e7), stellarRadius: star,
      temperature: .isothermal(Temperature(kelvins: 1200)),
      gases: [TraceGas(.water, 1e-4), TraceGas(.carbonMonoxide, 1e-3)])
    #expect(
      zip(depths[..<400], try model.transitDepth(first).reversed()).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    #expect(result.bytes == Self.file(table, model, threads: 1).bytes)
  }

  @Test("What is no table of planets is refused with its reason")
  func refusals() throws {
    func reason(_ columns: [FITSColumn], rows: Int) -> String {
      do {
        _ = try SpectrumTable(
          Self.table(columns, rows: rows), name: "p.fits", stellarRadius: Length(solarRadii: 1))
        return ""
      } catch { return "\(error)" }
    }
    #expect(reason(Array(Self.planets.dropFirst()), rows: 3).contains("Mp"))
    #expect(
      reason(Self.planets + [FITSColumn("logXyz", values: .double([0, 0, 0]))], rows: 3).contains("Xyz"))
    #expect(
      reason(Self.planets + [FITSColumn("logCO2", width: 2, values: .double([0, 0, 0, 0, 0, 0]))], rows: 3)
        .contains("logCO2"))
    #expect(throws: SpectrumTableError.self) {
      try SpectrumTable([1, 2, 3], name: "p.fits", stellarRadius: Length(solarRadii: 1))
    }
  }
}
