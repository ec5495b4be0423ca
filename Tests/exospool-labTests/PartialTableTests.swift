import FITSFiles
import Foundation
import PosixFiles
import SystemCallRecorder
import TestSupport
import Testing

@testable import exospool_lab

/// A table of 2,500 rows: more than is read back at once.
@Suite("A table of spectra that grows") struct PartialTableTests {
  private let directory: TemporaryDirectory
  private static let rows = 2500

  init() throws { directory = try TemporaryDirectory() }

  private static func column(_ rows: Range<Int>) -> FITSColumn {
    FITSColumn("X", values: .double(rows.map { Double($0) / 3 }))
  }

  private static func stream(_ name: String = "T") -> FITSTableStream {
    FITSTableStream(
      preceding: FITSEncoder.encode([]), name: name, header: FITSHeader(), layout: [column(0..<0)],
      rowCount: rows)
  }

  private var output: String { directory.path("t.fits") }

  /// Appends rows up to `end` and leaves the table as a stopped run does.
  private func write(until end: Int) throws -> Int {
    var stream = Self.stream()
    var table = try PartialTable(output, stream: &stream)
    let found = stream.rowsWritten
    while stream.rowsWritten < end {
      let rows = stream.rowsWritten..<min(stream.rowsWritten + 700, end)
      try table.append(stream.append([Self.column(rows)], rows: rows.count))
    }
    if end == Self.rows { try table.finish(stream) } else { try table.close() }
    return found
  }

  @Test("stopped anywhere, cut amid a row, and gone on with, it is the table written whole") func resumes()
    throws
  {
    #expect(try write(until: 1900) == 0)
    let part = output + ".part"
    let bytes = try Data(contentsOf: URL(filePath: part))
    try bytes.dropLast(3).write(to: URL(filePath: part))
    #expect(try write(until: 2000) == 1899)
    let recorder = SystemCallRecorder()
    #expect(try recorder.watch { try write(until: Self.rows) } == 2000)
    let whole = FITSEncoder.encode([
      .table(FITSTable(name: "T", rowCount: Self.rows, columns: [Self.column(0..<Self.rows)]))
    ])
    #expect(try Data(contentsOf: URL(filePath: output)) == Data(whole))
    #expect(try directory.names() == ["t.fits"])
    #expect(
      recorder.calls.filter(\.changesTheDisk).suffix(4).map(\.name) == [
        .fsync, .close, .rename, .synchronizeDirectory,
      ])
  }

  @Test("one begun otherwise is left alone") func other() throws {
    _ = try write(until: 10)
    let before = try Data(contentsOf: URL(filePath: output + ".part"))
    var stream = Self.stream("OTHER")
    #expect(throws: (any Error).self) { _ = try PartialTable(output, stream: &stream) }
    #expect(try Data(contentsOf: URL(filePath: output + ".part")) == before)
  }
}
