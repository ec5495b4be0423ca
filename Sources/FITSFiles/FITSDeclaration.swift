/// What one header declares of its data, checked for sense (FITS standard 4.0, section 4.4.1 and chapter 7).
struct FITSDeclaration {
  let header: FITSHeader
  let number: Int
  let limits: FITSLimits
  private(set) var kind = FITSStructure.Unit.Kind.empty
  private(set) var columns: [FITSColumnForm] = []

  init(header: FITSHeader, number: Int, limits: FITSLimits) {
    self.header = header
    self.number = number
    self.limits = limits
  }

  /// Bytes of data under the header; sets `kind` and `columns` on the way.
  mutating func dataLength() throws(FITSError) -> Int {
    let bits = try integer("BITPIX")
    guard [8, 16, 32, 64, -32, -64].contains(bits) else {
      throw fault(.malformed, "BITPIX is \(bits); it must be 8, 16, 32, 64, -32 or -64", "BITPIX")
    }
    let axisCount = try integer("NAXIS")
    guard (0...999).contains(axisCount) else {
      throw fault(.malformed, "NAXIS is \(axisCount); it must lie between 0 and 999", "NAXIS")
    }
    guard axisCount <= limits.axes else {
      throw fault(.unsupported, "the array has \(axisCount) axes", "NAXIS")
    }
    var axes: [Int] = []
    for axis in 0..<axisCount { axes.append(try size("NAXIS\(axis + 1)")) }
    if header.logical("GROUPS") == true, axes.first == 0 {
      throw fault(.unsupported, "random groups are not read; they hold no spectrum", "GROUPS")
    }
    let extra = number == 1 ? 0 : try size("PCOUNT", default: 0)
    let groups = number == 1 ? 1 : try size("GCOUNT", default: 1)
    let array = try product(axes + [abs(bits) / 8], of: "NAXISn")
    let (sum, overflows) = array.addingReportingOverflow(extra)
    guard !overflows else { throw fault(.malformed, "the declared size overflows", "PCOUNT") }
    let length = axes.isEmpty ? 0 : try product([sum, groups], of: "GCOUNT")
    try classify(axes: axes, extra: extra, bits: bits)
    return length
  }

  private mutating func classify(axes: [Int], extra: Int, bits: Int) throws(FITSError) {
    let type = header.text("XTENSION") ?? "IMAGE"
    switch type {
    case "BINTABLE", "A3DTABLE", "TABLE":
      guard axes.count == 2, bits == 8 else {
        throw fault(.malformed, "a table must have BITPIX 8 and two axes", "NAXIS")
      }
      let isBinary = type != "TABLE"
      try readColumns(rowWidth: axes[0], isBinary: isBinary)
      if header.logical("ZIMAGE") == true {
        try classifyCompressed()
      } else {
        kind = .table(rows: axes[1], isBinary: isBinary)
      }
    case "IMAGE", "IUEIMAGE":
      kind = axes.isEmpty || axes.contains(0) ? .empty : .image(axes: axes, isCompressed: false)
    default:
      // An extension of an unknown type may be skipped: its size is known.
      kind = .empty
    }
  }

  /// What cfitsio 4.2 decodes without leaving its buffers. PLIO_1 and HCOMPRESS_1 are not among them: it believes the
  /// lengths inside their streams.
  private static let tileCompressions: Set = ["RICE_1", "RICE_ONE", "GZIP_1", "GZIP_2", "NOCOMPRESS"]

  /// A tile-compressed image (section 10.1): small in the file, so its declared size has a limit of ours.
  private mutating func classifyCompressed() throws(FITSError) {
    let axisCount = try integer("ZNAXIS")
    // cfitsio's MAX_COMPRESS_DIM.
    guard (1...min(limits.axes, 6)).contains(axisCount) else {
      throw fault(.malformed, "ZNAXIS is \(axisCount); it must lie between 1 and 6", "ZNAXIS")
    }
    let bits = try integer("ZBITPIX")
    guard [8, 16, 32, 64, -32, -64].contains(bits) else {
      throw fault(.malformed, "ZBITPIX is \(bits); it must be 8, 16, 32, 64, -32 or -64", "ZBITPIX")
    }
    let method = header.text("ZCMPTYPE")?.uppercased() ?? ""
    guard FITSDeclaration.tileCompressions.contains(method) else {
      throw fault(
        .unsupported,
        "images with tiles compressed by `\(method)` are not read; unpack the file with funpack",
        "ZCMPTYPE")
    }
    var axes: [Int] = []
    var tile: [Int] = []
    for axis in 1...axisCount {
      axes.append(try size("ZNAXIS\(axis)"))
      // A tile may be larger than the image: then it holds fewer pixels.
      tile.append(try size("ZTILE\(axis)", default: axis == 1 ? axes[0] : 1))
      guard axes[axis - 1] > 0, tile[axis - 1] > 0 else {
        throw fault(
          .malformed, "a compressed image's tile of \(tile[axis - 1]) on an axis of \(axes[axis - 1])",
          "ZTILE\(axis)")
      }
    }
    // Decoded to doubles, whatever it was.
    for (shape, what, key) in [(axes, "image", "ZNAXISn"), (tile, "image's tile", "ZTILEn")] {
      guard try product(shape + [8], of: key) <= limits.imageBytes else {
        throw fault(
          .tooLarge, "the compressed \(what) would take more than \(limits.imageBytes >> 20) MiB", key)
      }
    }
    kind = .image(axes: axes, isCompressed: true)
  }

  private mutating func readColumns(rowWidth: Int, isBinary: Bool) throws(FITSError) {
    let count = try integer("TFIELDS")
    guard (0...999).contains(count) else {
      throw fault(.malformed, "TFIELDS is \(count); it must lie between 0 and 999", "TFIELDS")
    }
    var offset = 0
    for number in 0..<count {
      let number = number + 1
      let form = header.text("TFORM\(number)") ?? ""
      let name = header.text("TTYPE\(number)") ?? ""
      let unit = header.text("TUNIT\(number)") ?? ""
      let start = isBinary ? offset : try integer("TBCOL\(number)") - 1
      let column =
        isBinary
        ? FITSColumnForm(binary: form, number: number, name: name, unit: unit, offset: start)
        : FITSColumnForm(ascii: form, number: number, name: name, unit: unit, offset: start)
      guard let column else {
        throw fault(.malformed, "`\(form)` is no column format", "TFORM\(number)")
      }
      let (end, overflows) = start.addingReportingOverflow(column.cellWidth)
      guard !overflows, end <= rowWidth else {
        throw fault(
          .malformed, "the column ends beyond the row, which NAXIS1 makes \(rowWidth) bytes wide",
          "TFORM\(number)")
      }
      offset = end
      columns.append(column)
    }
    guard !isBinary || offset == rowWidth else {
      throw fault(
        .malformed, "the columns take \(offset) bytes a row, NAXIS1 says \(rowWidth)", "NAXIS1")
    }
  }

  private func product(_ factors: [Int], of key: String) throws(FITSError) -> Int {
    var result = 1
    for factor in factors {
      let (next, overflows) = result.multipliedReportingOverflow(by: factor)
      guard !overflows else { throw fault(.malformed, "the declared size overflows", key) }
      result = next
    }
    return result
  }

  private func integer(_ key: String) throws(FITSError) -> Int {
    guard let card = header[key] else { throw fault(.malformed, "the key is missing", key) }
    guard let value = header.integer(key) else {
      throw fault(.malformed, "the key must hold an integer, not \(card.value)", key)
    }
    return value
  }

  private func size(_ key: String, default fallback: Int? = nil) throws(FITSError) -> Int {
    if let fallback, header[key] == nil { return fallback }
    let value = try integer(key)
    guard value >= 0 else { throw fault(.malformed, "\(value) is less than zero", key) }
    return value
  }

  private func fault(_ code: FITSError.Code, _ detail: String, _ key: String) -> FITSError {
    FITSError(code, detail, hdu: number, key: key)
  }
}
