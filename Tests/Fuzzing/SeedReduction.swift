import FITSFiles

/// Makes a small file of a large one with the same headers, for a fuzzer tries small files more often.
enum SeedReduction {
  /// Points kept of an image's first axis, rows of a table, elements of a vector cell.
  private static let most = 48

  /// - Returns: `bytes` themselves where they are no FITS file or hold a table with a heap.
  static func reduced(_ bytes: [UInt8]) -> [UInt8] {
    guard let structure = try? FITSStructure(bytes) else { return bytes }
    return structure.units.flatMap { unit -> [UInt8] in
      switch unit.kind {
      case .empty: return unit.bytes(of: bytes)
      case .image(let axes, let isCompressed):
        guard !isCompressed, let bits = unit.header.integer("BITPIX") else { return unit.bytes(of: bytes) }
        return image(unit, bytes, axes: axes, width: abs(bits) / 8)
      case .table(let rows, let isBinary):
        guard isBinary, unit.columns.allSatisfy({ !$0.isVariableLength }) else {
          return unit.bytes(of: bytes)
        }
        return table(unit, bytes, rows: rows)
      }
    }
  }

  private static func image(
    _ unit: FITSStructure.Unit, _ bytes: [UInt8], axes: [Int], width: Int
  ) -> [UInt8] {
    let count = min(axes[0], most)
    let rows = axes.dropFirst().reduce(1, *)
    let data = (0..<rows).flatMap { row in
      let start = unit.dataStart + row * axes[0] * width
      return bytes[start..<start + count * width]
    }
    return header(unit, bytes, ["NAXIS1": "\(count)"]) + SeedFiles.filled(data, with: 0)
  }

  private static func table(_ unit: FITSStructure.Unit, _ bytes: [UInt8], rows: Int) -> [UInt8] {
    let count = min(rows, most)
    var changes = ["NAXIS2": "\(count)", "PCOUNT": "0"]
    var cells: [Range<Int>] = []
    var place = 0
    for (number, form) in unit.columns.enumerated() {
      let text = unit.header.text("TFORM\(number + 1)") ?? ""
      let repeats = max(form.repeatCount, 1)
      let end = number + 1 < unit.columns.count ? nil : unit.header.integer("NAXIS1")
      let width = form.isNumeric ? elementWidth(form.storage) * repeats : (end ?? place) - place
      guard form.isNumeric, repeats > most, let letter = text.last(where: \.isLetter) else {
        // Widths of other cells are not ours to guess: leave the table as it is.
        guard form.isNumeric else { return unit.bytes(of: bytes) }
        cells.append(place..<place + width)
        place += width
        continue
      }
      changes["TFORM\(number + 1)"] = "'\(most)\(letter)'"
      cells.append(place..<place + most * elementWidth(form.storage))
      place += width
    }
    let rowWidth = unit.header.integer("NAXIS1") ?? place
    changes["NAXIS1"] = "\(cells.reduce(0) { $0 + $1.count })"
    let data = (0..<count).flatMap { row in
      cells.flatMap { cell in
        let start = unit.dataStart + row * rowWidth
        return bytes[start + cell.lowerBound..<start + cell.upperBound]
      }
    }
    return header(unit, bytes, changes) + SeedFiles.filled(data, with: 0)
  }

  private static func elementWidth(_ storage: FITSColumnForm.Storage) -> Int {
    switch storage {
    case .short: 2
    case .int, .float: 4
    case .long, .double: 8
    default: 1
    }
  }

  /// The unit's header with some values replaced.
  private static func header(
    _ unit: FITSStructure.Unit, _ bytes: [UInt8], _ changes: [String: String]
  ) -> [UInt8] {
    var header = Array(bytes[unit.headerStart..<unit.dataStart])
    for start in stride(from: 0, to: header.count, by: 80) {
      let key = String(decoding: header[start..<start + 8], as: UTF8.self).trimmingBlanks
      guard let value = changes[key] else { continue }
      let card = key + String(repeating: " ", count: 8 - key.utf8.count) + "= " + value
      let blanks = String(repeating: " ", count: 80 - card.utf8.count)
      header.replaceSubrange(start..<start + 80, with: Array((card + blanks).utf8))
    }
    return header
  }
}

extension FITSStructure.Unit {
  fileprivate func bytes(of file: [UInt8]) -> [UInt8] {
    SeedFiles.filled(Array(file[headerStart..<min(file.count, dataStart + dataLength)]), with: 0)
  }
}
