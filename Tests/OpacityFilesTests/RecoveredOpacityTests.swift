import Atmospheres
import FITSFiles
import Foundation
import Observations
import OpacityFiles
import ReferenceData
import Testing

@Suite("Tables recovered of the ExoGAN training set") struct RecoveredOpacityTests {
  static let grid = SpectralGrid.standard

  /// A level ln k = -50 - bin/100 + q in cm2, bins counted from the red end.
  static func level(bins: Int = 400) -> [UInt8] {
    func column(_ name: String, _ value: (Int) -> Double) -> FITSColumn {
      FITSColumn(name, values: .double((0..<bins).map(value)))
    }
    func table(_ name: String, _ columns: [FITSColumn]) -> FITSEncoder.Unit {
      .table(FITSTable(name: name, rowCount: columns[0].values.count, columns: columns))
    }
    let gas = [
      column("C0_0") { -50 - Double($0) / 100 }, column("C1_0") { _ in 1 }, column("C2_0") { _ in 0 },
    ]
    return FITSEncoder.encode(
      [
        table(
          "QUADRATURE",
          [
            FITSColumn("G", values: .double([0.2, 0.8])), FITSColumn("WEIGHT", values: .double([0.5, 0.5])),
            FITSColumn("Q", values: .double([-1, 1])),
          ]), table("GRID", [column("WAVELENGTH") { grid.wavelengths[399 - $0] * 1e6 }]),
      ] + RecoveredOpacity.gases.map { table($0, gas) } + [
        table("CIA", [column("CIA_K") { -100 - Double($0) }, column("CIA_C0") { _ in 0.5 }])
      ])
  }

  /// ln r = (T - 1500)/1000 (1 + bin/400).
  static func law(without missing: String = "") -> [UInt8] {
    let temperatures: [Double] = [500, 1500, 2500]
    var units: [FITSEncoder.Unit] = [
      .table(
        FITSTable(
          name: "TEMPERATURE", rowCount: 3,
          columns: [FITSColumn("TEMPERATURE", values: .double(temperatures))])),
      .table(
        FITSTable(
          name: "GRID", rowCount: 400,
          columns: [
            FITSColumn("WAVELENGTH", values: .double((0..<400).map { grid.wavelengths[399 - $0] * 1e6 }))
          ])),
    ]
    for gas in RecoveredOpacity.gases {
      let images: [(String, [Int], [Double])] = [
        (
          gas, [400, 3],
          temperatures.flatMap { t in (0..<400).map { (t - 1500) / 1000 * (1 + Double($0) / 400) } }
        ),
        ("\(gas)_SOURCE", [400], (0..<400).map { $0 < 10 ? 3 : 1 }),
        ("\(gas)_NEGLIGIBLE", [400], (0..<400).map { $0 < 5 ? 1 : 0 }),
      ]
      for (name, axes, pixels) in images where name != missing {
        units.append(.image(FITSImage(name: name, axes: axes, pixels: pixels, precision: .float)))
      }
    }
    return FITSEncoder.encode(units)
  }

  static func recovered(law: [UInt8] = law()) throws -> RecoveredOpacity {
    try RecoveredOpacity(level: level(), named: "level.fits", law: law, named: "law.fits")
  }

  @Test("Level and law come out by rising wavelength, in m2")
  func turned() throws {
    let bytes = try Self.recovered().table("H2O", command: "a command")
    #expect(try Self.recovered().table("H2O", command: "a command") == bytes)
    guard case .distribution(let table) = try OpacityFileContent(bytes, name: "H2O.fits", grid: Self.grid)
    else {
      Issue.record("the table was read as something else")
      return
    }
    for (temperature, factor) in [(500.0, -1.0), (1500, 0), (2500, 1)] {
      let means = try table.means(temperature: temperature, pressure: 1e3)
      for bin in [0, 123, 399] {
        let fromRed = Double(399 - bin)
        let expected = log(1e-4 * cosh(1)) - 50 - fromRed / 100 + factor * (1 + fromRed / 400)
        #expect(abs(log(means[bin]) - expected) < 1e-5)
      }
    }
    let bins = try FITSFile(bytes).table("BINS")
    #expect(bins["SOURCE"]?.integers?.suffix(11) == [1] + [Int](repeating: 3, count: 10))
    #expect(bins["NEGLIGIBLE"]?.doubles?.suffix(6) == [0, 1, 1, 1, 1, 1])
    #expect(try FITSFile(bytes).units[0].header.lines("COMMENT").joined(separator: " ").contains("a command"))
  }

  @Test("The configuration exogan-2018 has its own at 1500 K")
  func exoGAN2018() throws {
    let recovered = try Self.recovered()
    let bytes = try recovered.exoGAN2018Table("CO", command: "")
    guard case .exoGAN2018(let table) = try OpacityFileContent(bytes, name: "a", grid: Self.grid) else {
      Issue.record("the table was read as something else")
      return
    }
    #expect(abs(log(try table.means(temperature: 1500, pressure: 1)[399]) - log(1e-4 * cosh(1)) + 50) < 1e-5)
    #expect(throws: AtmosphereError.self) { try table.means(temperature: 1000, pressure: 1) }
    guard
      case .collisions(let collisions) = try OpacityFileContent(
        recovered.collisions(command: ""), name: "a", grid: Self.grid)
    else {
      Issue.record("collision-induced absorption was read as something else")
      return
    }
    #expect(collisions.pair == nil && abs(log(collisions.coefficients[399]) + 99.5) < 1e-9)
  }

  @Test("A table for exogan-2018 is used there and nowhere else")
  func library() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("opacity-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    try write(Self.recovered().exoGAN2018Table("CO", command: ""), "CO-exogan-2018.fits")
    #expect(try OpacityLibrary(directory: folder.path).model(.physical).species.isEmpty)
    #expect(try OpacityLibrary(directory: folder.path).model(.exoGAN2018).species == [.carbonMonoxide])
    try write(Self.recovered().exoGAN2018Table("CO", command: ""), "CO-again.fits")
    #expect(throws: OpacityFileError.self) { try OpacityLibrary(directory: folder.path) }
  }

  @Test("What does not fit is refused with its reason")
  func refusals() throws {
    #expect {
      try RecoveredOpacity(
        level: Self.level(bins: 399), named: "level.fits", law: Self.law(), named: "law.fits")
    } throws: { "\($0)".contains("level.fits: GRID") }
    #expect {
      try RecoveredOpacity(level: Array("none".utf8), named: "level.fits", law: Self.law(), named: "law.fits")
    } throws: { "\($0)".contains("level.fits") }
    #expect {
      try Self.recovered(law: Self.law(without: "CO2_SOURCE")).table("CO2", command: "")
    } throws: { "\($0)".contains("law.fits: there is no image CO2_SOURCE") }
  }

  @Test("The shipped tables are what the recovered files give", .needsReference("opacity_1500K.fits"))
  func shipped() throws {
    func bytes(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: #require(ReferenceData.url(name))))
    }
    let recovered = try RecoveredOpacity(
      level: bytes("opacity_1500K.fits"), named: "opacity_1500K.fits", law: bytes("temperature_law.fits"),
      named: "temperature_law.fits")
    let command = "exospool-lab opacity recover --level opacity_1500K.fits --law temperature_law.fits"
    func shipped(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: OpacityLibraryTests.folder.appendingPathComponent(name)))
    }
    for gas in RecoveredOpacity.lawfulGases {
      #expect(try recovered.table(gas, command: command) == shipped("\(gas).fits"))
    }
    for gas in RecoveredOpacity.gases {
      #expect(try recovered.exoGAN2018Table(gas, command: command) == shipped("\(gas)-exogan-2018.fits"))
    }
    #expect(try recovered.collisions(command: command) == shipped("CIA-exogan-2018.fits"))
  }
}
