import FITSFiles
import MolecularBands
import Testing

@testable import OpacityFiles

@Suite struct OpacityFileTests {
  static let grid = SpectralGrid(firstEdge: 1, ratio: 1.01, binCount: 3, pointsPerBin: 1)
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
    let read = try OpacityFile.table(bytes)
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

  @Test func otherFilesAreRefused() throws {
    let collisions = OpacityFile.bytes(
      collisionPair: "H2-He", temperatures: [500], logCoefficients: [-110, -111, -112], grid: Self.grid,
      provenance: Self.provenance, command: "")
    #expect(throws: OpacityFileError.self) { try OpacityFile.table(collisions) }
    #expect(throws: OpacityFileError.self) { try OpacityFile.table(Array("no FITS".utf8)) }
    let image = try #require(FITSFile(collisions).units.first { $0.name == "LNKAPPA" })
    #expect(try FITSFile(collisions).image(image).axes == [3, 1])
    let bytes = OpacityFile.bytes(
      Self.table, provenance: Self.provenance, anchors: [], command: "")
    #expect(throws: OpacityFileError.self) { try OpacityFile.table(Array(bytes.prefix(bytes.count - 2880))) }
  }
}
