import Gzip

/// Checks that the stream of every tile of a compressed image (FITS standard 4.0, section 10.4) is whole and as long as
/// the tile.
///
/// cfitsio 4.2 enlarges its buffer without end where a gzip stream is cut short (`uncompress2mem_from_mem` takes the end
/// of the input for a want of room), reads beyond a Rice stream, writes uncompressed pixels however many there are, and
/// takes pixels that were not quantized for floating-point ones whatever their width.
struct FITSTileCheck {
  let unit: FITSStructure.Unit
  private let axes: [Int]
  private let tile: [Int]
  private let bitsPerPixel: Int
  private let method: String

  /// - Returns: `nil` for an HDU without tiles.
  init?(unit: FITSStructure.Unit) {
    guard case .image(let axes, isCompressed: true) = unit.kind else { return nil }
    (self.unit, self.axes) = (unit, axes)
    tile = axes.indices.map { unit.header.integer("ZTILE\($0 + 1)") ?? ($0 == 0 ? axes[0] : 1) }
    bitsPerPixel = unit.header.integer("ZBITPIX") ?? 0
    method = unit.header.text("ZCMPTYPE") ?? ""
  }

  func check(_ bytes: [UInt8]) throws(FITSError) {
    let streams = unit.columns.filter { FITSTileCheck.streamNames.contains($0.name.uppercased()) }
    for column in streams {
      guard column.isVariableLength, column.repeatCount == 1 else {
        throw fault("compressed tiles must be cells of variable length", column.label)
      }
      let isPlain = column.name.uppercased() == "UNCOMPRESSED_DATA"
      guard isPlain ? column.isNumeric : column.storage == .byte else {
        throw fault(isPlain ? "pixels must be numbers" : "compressed tiles must be bytes", column.label)
      }
    }
    let counts = zip(axes, tile).map { ($0 - 1) / $1 + 1 }
    var expected = 1
    for count in counts {
      let (next, overflows) = expected.multipliedReportingOverflow(by: count)
      guard !overflows, next <= unit.rowCount else { expected = -1; break }
      expected = next
    }
    guard expected == unit.rowCount else {
      throw fault("the table has \(unit.rowCount) rows, which is not the number of tiles", "NAXIS2")
    }
    for row in 0..<unit.rowCount {
      let pixels = tilePixels(row, counts)
      for column in streams {
        guard let cell = FITSHeapCheck.cell(column, row: row, of: unit, in: bytes), !cell.isEmpty else {
          continue
        }
        try check(bytes[cell], row: row, pixels: pixels, column)
      }
    }
  }

  private func check(
    _ stream: ArraySlice<UInt8>, row: Int, pixels: Int, _ column: FITSColumnForm
  ) throws(FITSError) {
    switch column.name.uppercased() {
    case "UNCOMPRESSED_DATA":
      guard stream.count == pixels * column.storage.width else {
        throw fault("row \(row + 1) does not hold the \(pixels) pixels of its tile", column.label)
      }
    case "COMPRESSED_DATA" where method.hasPrefix("RICE"):
      guard !isLossless else {
        throw fault("tiles of floating-point pixels compressed by RICE_1 need ZSCALE and ZZERO", column.label)
      }
      guard isWholeRice(stream, pixels: pixels) else {
        throw fault("the stream of the tile in row \(row + 1) is damaged or cut short", column.label)
      }
    case "COMPRESSED_DATA" where !method.hasPrefix("GZIP"): break
    case "GZIP_COMPRESSED_DATA": try checkGzip(stream, row: row, pixels: pixels, isLossless: true, column)
    default: try checkGzip(stream, row: row, pixels: pixels, isLossless: isLossless, column)
    }
  }

  private func checkGzip(
    _ stream: ArraySlice<UInt8>, row: Int, pixels: Int, isLossless: Bool, _ column: FITSColumnForm
  ) throws(FITSError) {
    let length: Int
    do {
      length = try Gunzip.content(of: Array(stream), limit: pixels * 8).count
    } catch {
      let fault =
        error.code == .tooLarge(limit: pixels * 8)
        ? "is larger than a tile may be" : "is damaged or cut short"
      throw self.fault("the gzip stream of the tile in row \(row + 1) \(fault)", column.label)
    }
    let widths = isLossless ? [abs(bitsPerPixel) / 8] : [1, 2, 4, 8]
    guard widths.contains(where: { length == pixels * $0 }) else {
      throw fault("row \(row + 1) does not hold the \(pixels) pixels of its tile", column.label)
    }
  }

  /// Floating-point pixels that were not made integers; cfitsio believes it of integers too if ZQUANTIZ says so.
  private var isLossless: Bool {
    let names = unit.columns.map { $0.name.uppercased() }
    return unit.header.text("ZQUANTIZ") == "NONE"
      || bitsPerPixel < 0 && !names.contains("ZSCALE") && !names.contains("ZZERO")
  }

  private func isWholeRice(_ stream: ArraySlice<UInt8>, pixels: Int) -> Bool {
    let header = unit.header
    let isOld = header.text("ZNAME2") == "NOISEBIT"
    var (block, bytes) = (header.integer("ZVAL1") ?? 0, isOld ? 4 : header.integer("ZVAL2") ?? 4)
    // cfitsio's cure for files that name them in the other order.
    if block < 16, bytes > 8 { (block, bytes) = (bytes, block) }
    guard block > 0 else { return false }
    return RiceStream(bytes: stream, bytesPerPixel: bytes < 4 ? bytes : 4, blockSize: block)
      .holds(pixels: pixels)
  }

  private static let streamNames: Set = ["COMPRESSED_DATA", "UNCOMPRESSED_DATA", "GZIP_COMPRESSED_DATA"]

  /// Pixels of the tile in a row; `FITSDeclaration` has checked that the product of a whole tile fits.
  private func tilePixels(_ row: Int, _ counts: [Int]) -> Int {
    var (place, pixels) = (row, 1)
    for axis in axes.indices {
      pixels *= min(tile[axis], axes[axis] - place % counts[axis] * tile[axis])
      place /= counts[axis]
    }
    return pixels
  }

  private func fault(_ detail: String, _ key: String) -> FITSError {
    FITSError(.malformed, detail, hdu: unit.number, key: key)
  }
}
