import Atmospheres
import FITSFiles
import MolecularBands
import Testing

@testable import OpacityFiles

@Suite struct OpacityFileWriterTests {
  static let grid = SamplingGrid(firstEdge: 1, ratio: 1.01, binCount: 3, pointsPerBin: 1)
  static let table = OpacityTable(
    species: "HCN", temperatures: [300, 1000], pressures: [1, 10], grid: grid,
    logCrossSections: (0..<2 * 2 * 3 * 8).map { -60 + Float($0) / 10 })
  static let provenance = OpacityProvenance(
    method: "a method", sources: ["Somebody 2000, a journal with quite a long name, 1, 2, and more of it"],
    fidelity: "none")

  @Test func comesBackAsWritten() throws {
    let anchors = [
      BandAnchor(lowerEdge: 0.5, upperEdge: 2, points: [(500, 1.254)]),
      BandAnchor(lowerEdge: 20, upperEdge: 300, points: [(500, 7)]),
    ]
    let bytes = OpacityFile.bytes(
      Self.table, provenance: Self.provenance, anchors: anchors, command: "exospool-lab opacity make HCN")
    let read = try OpacityFile.table(bytes, name: "a")
    #expect(read.species == "HCN")
    #expect(read.temperatures == Self.table.temperatures && read.pressures == Self.table.pressures)
    #expect(read.logCrossSections == Self.table.logCrossSections)
    #expect(read.grid.binCount == 3 && abs(read.grid.edge(3) - Self.grid.edge(3)) < 1e-12)
    let comments = try FITSFile(bytes).units[0].header.lines("COMMENT")
    let text = comments.joined(separator: " ")
    #expect(text.contains("Somebody 2000, a journal with quite a long name, 1, 2, and more of it."))
    #expect(text.contains("0.50-2.00 um: 500 K 1.25") && !text.contains("20.00-300.00"))
    #expect(text.contains("exospool-lab opacity make HCN"))
  }

  @Test func errorsStandInATableOfTheirOwn() throws {
    let errors = [
      StatedError(wavelengths: 0.85...1.32, temperatures: 300...600, logOfMean: 0.1, meanOfLog: 0.2),
      StatedError(wavelengths: 1.32...2.02, temperatures: 600...3000, logOfMean: 0.3, meanOfLog: 0.4),
    ]
    let bytes = OpacityFile.bytes(
      Self.table, provenance: Self.provenance, anchors: nil, errors: errors, command: "")
    let table = try FITSFile(bytes).table("ERROR")
    let expected: [(String, [Double])] = [
      ("LOW", [0.85, 1.32]), ("HIGH", [1.32, 2.02]), ("TLOW", [300, 600]), ("THIGH", [600, 3000]),
      ("LNMEAN", [0.1, 0.3]), ("MEANLN", [0.2, 0.4]),
    ]
    for (name, values) in expected { #expect(table[name]?.doubles == values) }
    let without = OpacityFile.bytes(Self.table, provenance: Self.provenance, anchors: nil, command: "")
    #expect(throws: FITSError.self) { try FITSFile(without).table("ERROR") }
  }

  @Test func otherFilesAreRefused() throws {
    let collisions = OpacityFile.bytes(
      collisionPair: "H2-He", temperatures: [500], logCoefficients: [-110, -111, -112], grid: Self.grid,
      provenance: Self.provenance, command: "")
    #expect(throws: OpacityFileError.self) { try OpacityFile.table(collisions, name: "a") }
    #expect(throws: OpacityFileError.self) { try OpacityFile.table(Array("no FITS".utf8), name: "a") }
    let image = try #require(FITSFile(collisions).units.first { $0.name == "LNKAPPA" })
    #expect(try FITSFile(collisions).image(image).axes == [3, 1])
    let bytes = OpacityFile.bytes(
      Self.table, provenance: Self.provenance, anchors: [], command: "")
    #expect(throws: OpacityFileError.self) {
      try OpacityFile.table(Array(bytes.prefix(bytes.count - 2880)), name: "a")
    }
  }

  /// What is written here is what the forward model reads.
  @Test func forwardModelTakesIt() throws {
    let grid = SamplingGrid.networks(pointsPerBin: 1)
    let table = OpacityTable(
      species: "TiO", temperatures: [300, 1000], pressures: [1, 10], grid: grid,
      logCrossSections: [Float](repeating: -60, count: 2 * 2 * 400 * 8))
    let bytes = OpacityFile.bytes(table, provenance: Self.provenance, anchors: [], command: "")
    let content = try OpacityFileContent(bytes, name: "TiO.fits", grid: .standard)
    guard case .distribution(let distribution) = content else {
      Issue.record("a table of k-distributions was read as something else")
      return
    }
    #expect(distribution.species == .titaniumOxide)
    let collisions = OpacityFile.bytes(
      collisionPair: "H2-He", temperatures: [300, 1000],
      logCoefficients: CollisionPair.hydrogenHelium.logTable(temperatures: [300, 1000], grid: grid),
      grid: grid,
      provenance: Self.provenance, command: "")
    guard case .collisions(let pair) = try OpacityFileContent(collisions, name: "x", grid: .standard) else {
      Issue.record("collision-induced absorption was read as something else")
      return
    }
    #expect(pair.pair?.0 == .hydrogen && pair.pair?.1 == .helium)
  }
}
