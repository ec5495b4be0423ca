import Atmospheres
import FITSFiles
import Foundation
import MolecularBands
import Observations
import ReferenceData
import Testing

@testable import OpacityFiles

@Suite("Tables recovered of the ExoGAN training set") struct RecoveredOpacityTests {
  static let grid = SpectralGrid.standard

  /// Quantiles to go with the points; any that are as their negatives will do.
  static let quantiles = [-2.06, -1.27, -0.72, -0.23, 0.23, 0.72, 1.27, 2.06]
  /// ln of the mean of e^q.
  static let logMean = log(zip(KQuadrature.weights, quantiles).reduce(0.0) { $0 + $1.0 * exp($1.1) })

  /// A level ln k = -50 - bin/100 + q in cm2, bins counted from the red end; that of CH4 by 3 lower in `hole`.
  static func level(bins: Int = 400, hole: Range<Int> = 0..<0) -> [UInt8] {
    func column(_ name: String, _ value: (Int) -> Double) -> FITSColumn {
      FITSColumn(name, values: .double((0..<bins).map(value)))
    }
    func table(_ name: String, _ columns: [FITSColumn]) -> FITSEncoder.Unit {
      .table(FITSTable(name: name, rowCount: columns[0].values.count, columns: columns))
    }
    func gas(_ hole: Range<Int>) -> [FITSColumn] {
      [
        column("C0_0") { -50 - Double($0) / 100 - (hole.contains($0) ? 3 : 0) }, column("C1_0") { _ in 1 },
        column("C2_0") { _ in 0 },
      ]
    }
    return FITSEncoder.encode(
      [
        table(
          "QUADRATURE",
          [
            FITSColumn("G", values: .double(KQuadrature.abscissae)),
            FITSColumn("WEIGHT", values: .double(KQuadrature.weights)),
            FITSColumn("Q", values: .double(quantiles)),
          ]), table("GRID", [column("WAVELENGTH") { grid.wavelengths[399 - $0] * 1e6 }]),
      ] + RecoveredOpacity.gases.map { table($0, gas($0 == "CH4" ? hole : 0..<0)) } + [
        table("CIA", [column("CIA_K") { -100 - Double($0) }, column("CIA_C0") { _ in 0.5 }])
      ])
  }

  /// Laws on 500, 1500, 2500 K and two pressures that are nothing at 1500 K; at 500 K the level is 0.2 higher, and y by
  /// 1 at 1 um, 2 from 4 um on.
  static func shapes(without missing: String = "") -> [UInt8] {
    func table(_ name: String, _ columns: [(String, [Double])]) -> FITSEncoder.Unit {
      .table(
        FITSTable(
          name: name, rowCount: columns[0].1.count,
          columns: columns.map { FITSColumn($0.0, values: .double($0.1)) }))
    }
    var units = [
      table("TEMPERATURE", [("TEMPERATURE", [500, 1500, 2500])]),
      table("PRESSURE", [("PRESSURE", [1, 1e5])]),
    ]
    for gas in RecoveredOpacity.lawfulGases {
      units += [
        table("\(gas)_BINS", [("LNMEAN", (0..<400).map { logMean - 50 - Double(399 - $0) / 100 })]),
        table("\(gas)_KNOTS", [("WAVELENGTH", [1, 4])]),
        table(
          "\(gas)_ERROR",
          [
            ("LOW", [1]), ("HIGH", [2]), ("TLOW", [300]), ("THIGH", [600]), ("LNMEAN", [0.1]),
            ("MEANLN", [0.2]),
          ]),
      ]
      let images: [(String, [Int], [Double])] = [
        ("LEVEL", [400, 3], (0..<1200).map { $0 < 400 ? 0.2 : 0 }),
        ("WIDTH", [2, 2, 3], [1, 2, 1, 2, 0, 0, 0, 0, -1, -1, -1, -1]),
        ("COUPLING", [2, 3], [Double](repeating: 0, count: 6)),
        ("SKEW", [2, 3], [0.1, 0.1, 0, 0, 0, 0]),
      ]
      for (name, axes, pixels) in images where name != missing {
        units.append(
          .image(FITSImage(name: "\(gas)_\(name)", axes: axes, pixels: pixels, precision: .double)))
      }
    }
    return FITSEncoder.encode(units)
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

  static func recovered(
    level: [UInt8] = level(), law: [UInt8] = law(), shapes: [UInt8] = shapes()
  ) throws -> RecoveredOpacity {
    try RecoveredOpacity(
      level: level, named: "level.fits", law: law, named: "law.fits", shapes: shapes, named: "shapes.fits")
  }

  static func distribution(_ bytes: [UInt8]) throws -> KDistribution {
    guard case .distribution(let table) = try OpacityFileContent(bytes, name: "a", grid: grid),
      case .tangentTable = table.form
    else { throw OpacityFileError(.badTable, file: "a", "not a distribution of numbers along chords") }
    return table
  }

  /// ln of the mean less mean of ln in a bin.
  static func deficit(_ table: KDistribution, _ bin: Int, temperature: Double) throws -> Double {
    let logs = try table.logCrossSections(temperature: temperature, pressure: 1e3)
    let points = table.weights.indices.map { logs[$0 * 400 + bin] }
    #expect(zip(points, points.dropFirst()).allSatisfy { $0 < $1 })
    let mean = try table.means(temperature: temperature, pressure: 1e3)[bin]
    return log(mean) - zip(table.weights, points).reduce(0.0) { $0 + $1.0 * $1.1 }
  }

  @Test("Level, law and shape come out by rising wavelength, in m2")
  func turned() throws {
    let bytes = try Self.recovered().table("H2O", command: "a command")
    #expect(try Self.recovered().table("H2O", command: "a command") == bytes)
    let table = try Self.distribution(bytes)
    for (temperature, factor, level) in [(500.0, -1.0, 0.2), (1500, 0, 0), (2500, 1, 0)] {
      let means = try table.means(temperature: temperature, pressure: 1e3)
      for bin in [0, 123, 399] {
        let fromRed = Double(399 - bin)
        let expected = log(1e-4) + Self.logMean - 50 - fromRed / 100 + factor * (1 + fromRed / 400) + level
        #expect(abs(log(means[bin]) - expected) < 1e-5)
      }
    }
    // At 1500 K both means are as recovered; elsewhere ln(e^d - 1) has moved by as much as the laws say.
    let micrometers = Self.grid.wavelengths.map { $0 * 1e6 }
    for bin in [0, 200, 399] {
      #expect(abs(try Self.deficit(table, bin, temperature: 1500) - Self.logMean) < 1e-5)
      let part = min(max(log(micrometers[bin]) / log(4), 0), 1)
      for (temperature, added) in [(500.0, 1 + part), (2500, -1)] {
        let expected = log(1 + (exp(Self.logMean) - 1) * exp(added))
        #expect(abs(try Self.deficit(table, bin, temperature: temperature) - expected) < 1e-4)
      }
    }
    let bins = try FITSFile(bytes).table("BINS")
    #expect(bins["SOURCE"]?.integers?.suffix(11) == [1] + [Int](repeating: 3, count: 10))
    #expect(bins["NEGLIGIBLE"]?.doubles?.suffix(6) == [0, 1, 1, 1, 1, 1])
    #expect(try FITSFile(bytes).table("ERROR")["MEANLN"]?.doubles == [0.2])
    #expect(try FITSFile(bytes).units[0].header.lines("COMMENT").joined(separator: " ").contains("a command"))
  }

  /// In CH4 bins 352 and 353 are bridged, and no others, and in no other gas.
  @Test("The hole in the level of CH4 is bridged")
  func hole() throws {
    let red = 399 - 353..<400 - 352
    let recovered = try Self.recovered(level: Self.level(hole: red))
    let table = try Self.distribution(recovered.table("CH4", command: ""))
    let around = try Self.deficit(table, 351, temperature: 1500)
    for bin in 352...353 {
      #expect(abs(try Self.deficit(table, bin, temperature: 1500) - around) < 1e-4)
    }
    let elsewhere = try Self.recovered(level: Self.level(hole: 100..<101))
    let deeper = try Self.distribution(elsewhere.table("CH4", command: ""))
    #expect(try abs(Self.deficit(deeper, 299, temperature: 1500) - around - 3) < 1e-4)
    // exogan-2018 keeps it.
    guard
      case .exoGAN2018(let kept) = try OpacityFileContent(
        recovered.exoGAN2018Table("CH4", command: ""), name: "a", grid: Self.grid)
    else {
      Issue.record("the table was read as something else")
      return
    }
    let logs = try kept.logCrossSections(temperature: 1500, pressure: 1)
    #expect(abs(logs[352] - logs[351] + 2.99) < 1e-3)
  }

  @Test("The configuration exogan-2018 has its own at 1500 K")
  func exoGAN2018() throws {
    let recovered = try Self.recovered()
    let bytes = try recovered.exoGAN2018Table("CO", command: "")
    guard case .exoGAN2018(let table) = try OpacityFileContent(bytes, name: "a", grid: Self.grid) else {
      Issue.record("the table was read as something else")
      return
    }
    #expect(
      abs(log(try table.means(temperature: 1500, pressure: 1)[399]) - log(1e-4) - Self.logMean + 50) < 1e-5)
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
      try Self.recovered(level: Self.level(bins: 399))
    } throws: { "\($0)".contains("level.fits: GRID") }
    #expect {
      try Self.recovered(level: Array("none".utf8))
    } throws: { "\($0)".contains("level.fits") }
    #expect {
      try Self.recovered(law: Self.law(without: "CO2_SOURCE")).table("CO2", command: "")
    } throws: { "\($0)".contains("law.fits: there is no image CO2_SOURCE") }
    #expect {
      try Self.recovered(shapes: Self.shapes(without: "WIDTH")).table("CO2", command: "")
    } throws: { "\($0)".contains("shapes.fits: there is no image CO2_WIDTH") }
  }

  @Test("The shipped tables are what the recovered files give", .needsReference("opacity_1500K.fits"))
  func shipped() throws {
    func bytes(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: #require(ReferenceData.url(name))))
    }
    let recovered = try RecoveredOpacity(
      level: bytes("opacity_1500K.fits"), named: "opacity_1500K.fits", law: bytes("temperature_law.fits"),
      named: "temperature_law.fits",
      shapes: [UInt8](
        try Data(contentsOf: OpacityLibraryTests.folder.appendingPathComponent("laws/shapes.fits"))),
      named: "shapes.fits")
    let command = "exospool-lab opacity recover --level opacity_1500K.fits --law temperature_law.fits"
    func shipped(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: OpacityLibraryTests.folder.appendingPathComponent(name)))
    }
    for gas in RecoveredOpacity.lawfulGases {
      #expect(try recovered.table(gas, command: "\(command) --shapes shapes.fits") == shipped("\(gas).fits"))
    }
    for gas in RecoveredOpacity.gases {
      #expect(try recovered.exoGAN2018Table(gas, command: command) == shipped("\(gas)-exogan-2018.fits"))
    }
    #expect(try recovered.collisions(command: command) == shipped("CIA-exogan-2018.fits"))
  }
}
