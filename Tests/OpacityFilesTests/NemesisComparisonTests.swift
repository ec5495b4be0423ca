import Atmospheres
import FITSFiles
import Foundation
import MolecularBands
import OpacityFiles
import Testing

@Suite("Comparison with k-tables of NEMESIS") struct NemesisComparisonTests {
  /// Two bins, two pressures, three temperatures, two points: k = 1e-20 cm2 x value(bin, pressure, temperature).
  static func table(
    wavelengths: [Float] = [1.2, 1.4], value: (Int, Int, Int) -> Float,
    words: (inout [UInt32]) -> Void = { _ in }
  ) -> [UInt8] {
    func real(_ value: Float) -> UInt32 { value.bitPattern }
    let bins = wavelengths.count
    var content: [UInt32] = [
      0, UInt32(bins), real(wavelengths[0]), real(-1), real(0), 2, 3, 2, 1, 0, real(0.25), real(0.75),
      real(0.5),
      real(0.5), 0, 0, real(0.01), real(1), real(500), real(1000), real(2000),
    ]
    content += wavelengths.map(real)
    content += [0, 0, 0]  // a gap before the first k
    content[0] = UInt32(content.count + 1)
    for bin in 0..<bins {
      for p in 0..<2 {
        for t in 0..<3 { content += [real(0.5 * value(bin, p, t)), real(1.5 * value(bin, p, t))] }
      }
    }
    words(&content)
    return content.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
  }

  @Test("Axes and means are read as they are laid out")
  func means() throws {
    let table = try NemesisTable(
      Self.table { Float(1 + $0) * Float(1 + 10 * $1) * Float(1 + 100 * $2) }, name: "a")
    #expect(table.temperatures == [500, 1000, 2000])
    #expect(zip(table.wavelengths, [1.2, 1.4]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(table.pressures, [1013.25, 101_325]).allSatisfy { abs($0 / $1 - 1) < 1e-6 })
    for (pressure, factor) in [(900.0, 1.0), (1e5, 11)] {
      let k = table.crossSections(temperature: 1000, pressure: pressure)[1]
      #expect(abs(k[0] / (1e-24 * factor * 101) - 1) < 1e-6)
      #expect(abs(k[1] / (1e-24 * 3 * factor * 101) - 1) < 1e-6)
    }
    // ln k is linear in 1/T: the middle of 1/1000 and 1/2000.
    let middle = table.crossSections(temperature: 1 / 0.000_75, pressure: 1e5)[0]
    #expect(abs(middle[0] / (1e-24 * 0.5 * 11 * (101.0 * 201).squareRoot()) - 1) < 1e-6)
  }

  @Test("What is cut short or no k-table is refused")
  func refusals() throws {
    let whole = Self.table { _, _, _ in 1 }
    for length in stride(from: 0, to: whole.count, by: 3) {
      #expect(throws: OpacityFileError.self) { try NemesisTable(Array(whole.prefix(length)), name: "a") }
    }
    for (word, value) in [(1, UInt32.max), (5, 0), (7, 1 << 30), (0, 3), (18, Float.nan.bitPattern)] {
      let bytes = Self.table(value: { _, _, _ in 1 }) { $0[word] = value }
      #expect(throws: OpacityFileError.self) { try NemesisTable(bytes, name: "a") }
    }
  }

  /// A table of ln k = ln 1e-24 + 0.3 against one of 1e-24 m2: 0.3 in every bin between 1.1 and 1.7 um.
  @Test("A difference in level is the difference found", arguments: NemesisComparison.Response.allCases)
  func level(response: NemesisComparison.Response) throws {
    let grid = SamplingGrid.networks(pointsPerBin: 1)
    let ours = OpacityFile.bytes(
      OpacityTable(
        species: "H2O", temperatures: [400, 3000], pressures: [1, 1e6], grid: grid,
        logCrossSections: [Float](repeating: Float(log(1e-24)) + 0.3, count: 4 * 400 * 8)),
      provenance: OpacityProvenance(method: "", sources: [], fidelity: ""), anchors: nil, command: "")
    let theirs = try NemesisTable(
      Self.table(wavelengths: [1.2, 1.3, 1.4, 1.5, 3.6]) { bin, _, _ in bin == 2 ? 0 : 1 }, name: "a")
    let comparison = try NemesisComparison(
      ours, name: "H2O.fits", with: theirs, temperature: 1000, pressure: 1e4, response: response)
    #expect(comparison.species == .water && comparison.channels.map(\.isWFC3) == [true, true, true, false])
    #expect(comparison.channels.allSatisfy { abs($0.difference.logOfMean - 0.3) < 1e-4 })
    // Theirs spreads over 0.5 and 1.5, ours not at all.
    let spread = (log(0.5) + log(1.5)) / 2
    #expect(comparison.channels.allSatisfy { abs($0.difference.meanOfLog - 0.3 + spread) < 1e-4 })
    #expect(throws: OpacityFileError.self) {
      try NemesisComparison(
        ours, name: "a", with: theirs, temperature: 300, pressure: 1e4, response: response)
    }
  }
}
