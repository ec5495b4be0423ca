import FITSFiles
import Foundation
import Testing

@Suite struct FITSRoundTrip {
  static let header = FITSHeader([
    FITSCard("OBJECT", .text("HD 209458 b's shadow"), "the star's planet"),
    FITSCard("RSTAR", .real(1.155), "[R_sun] radius"),
    FITSCard("NUMBER", .integer(-42), "an integer"),
    FITSCard("TINY", .real(1e-30)),
    FITSCard("FLAG", .logical(true)),
    FITSCard(
      "LONG", .text(String(repeating: "It's long: 'a', b & c. ", count: 12) + "end"), "continued"),
    FITSCard("HISTORY", .text(String(repeating: "history repeats itself; ", count: 8))),
  ])

  static let table = FITSTable(
    name: "MIXED", header: header, rowCount: 3,
    columns: [
      FITSColumn("WAVE", unit: "um", values: .double([1, 2.5, .pi]), comment: "wavelength"),
      FITSColumn("FLUX", unit: "Jy", values: .float([1, .nan, -3e-20])),
      FITSColumn("COUNT", values: .integer([Int.min, 0, Int.max])),
      FITSColumn("GOOD", values: .logical([true, false, true])),
      FITSColumn("NAME", values: .text(["WFC3", "", "NIRISS SOSS"])),
      FITSColumn("SPECTRUM", width: 4, values: .double((0..<12).map { Double($0) / 7 })),
    ])

  @Test func tableComesBackAsWritten() throws {
    let bytes = FITSEncoder.encode(primary: Self.header, [.table(Self.table)])
    let file = try FITSFile(bytes)
    let read = try file.table("mixed")
    #expect(file.structure.warnings.isEmpty)
    try file.close()
    #expect(read.rowCount == 3)
    #expect(read["WAVE"]?.values == .double([1, 2.5, .pi]))
    #expect(read["WAVE"]?.unit == "um")
    #expect(read["FLUX"]?.floats?.map(\.bitPattern) == [Float(1), .nan, -3e-20].map(\.bitPattern))
    #expect(read["count"]?.values == .integer([Int.min, 0, Int.max]))
    #expect(read["GOOD"]?.values == .logical([true, false, true]))
    #expect(read["NAME"]?.strings == ["WFC3", "", "NIRISS SOSS"])
    #expect(read["SPECTRUM"]?.width == 4)
    #expect(read["SPECTRUM"]?.values == Self.table["SPECTRUM"]?.values)
  }

  @Test func headerComesBackAsWritten() throws {
    let structure = try FITSStructure(FITSEncoder.encode(primary: Self.header, [.table(Self.table)]))
    for unit in structure.units {
      for card in Self.header.cards where card.key != "HISTORY" {
        #expect(unit.header[card.key]?.value == card.value)
      }
      #expect(
        unit.header.lines("HISTORY").joined().hasPrefix("history repeats itself; history repeats"))
    }
    #expect(structure.units[1].name == "MIXED")
    #expect(structure.units[0].header["OBJECT"]?.comment == "the star's planet")
  }

  @Test func imageComesBackAsWritten() throws {
    let pixels = (0..<24).map { Double($0) * 0.1 }
    for precision in [FITSImage.Precision.double, .float] {
      let image = FITSImage(name: "DATA", axes: [4, 3, 2], pixels: pixels, precision: precision)
      let file = try FITSFile(FITSEncoder.encode([.image(image)]))
      let read = try file.image(file.units[1])
      try file.close()
      #expect(read.axes == [4, 3, 2])
      #expect(read.pixels == (precision == .double ? pixels : pixels.map { Double(Float($0)) }))
    }
  }

  @Test func sumsOfEveryUnitAreMinusZero() throws {
    // Appendix J: the ones' complement sum of an HDU whose CHECKSUM is set is all ones.
    let bytes = FITSEncoder.encode(primary: Self.header, [.table(Self.table)])
    let structure = try FITSStructure(bytes)
    for unit in structure.units {
      let end = unit.number < structure.units.count ? structure.units[unit.number].headerStart : bytes.count
      var total: UInt64 = 0
      for start in stride(from: unit.headerStart, to: end, by: 4) {
        total += bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt64($1) }
      }
      while total > 0xffff_ffff { total = (total & 0xffff_ffff) + (total >> 32) }
      #expect(total == 0xffff_ffff)
    }
  }

  @Test func sameTablesGiveSameBytes() {
    #expect(
      FITSEncoder.encode(primary: Self.header, [.table(Self.table)])
        == FITSEncoder.encode(primary: Self.header, [.table(Self.table)]))
  }

  @Test func manyReadersAtOnce() async throws {
    let bytes = FITSEncoder.encode([.table(Self.table)])
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          var rows = 0
          for _ in 0..<20 { rows += try FITSFile(bytes).table("MIXED").rowCount }
          return rows
        }
      }
      for try await rows in group { #expect(rows == 60) }
    }
  }
}
