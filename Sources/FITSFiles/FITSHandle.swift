import CFITSIO
import Synchronization

/// The one lock around cfitsio, whose table of open files and stack of messages belong to the process.
private let library = Mutex(())

/// An open FITS file in memory: the only thing here that touches cfitsio.
///
/// It is given bytes that `FITSStructure` has accepted, never a file name, so cfitsio's extended file-name
/// syntax (filters, network, pipes, shared memory) is out of reach.
struct FITSHandle: ~Copyable {
  private let file: UnsafeMutablePointer<fitsfile>
  /// cfitsio keeps the addresses of these two until the file is closed; they are freed after that.
  private let buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let size: UnsafeMutablePointer<Int>
  /// Where each HDU begins. No array, which `close` could not give up.
  private let starts: UnsafeMutableBufferPointer<Int>

  /// Copies the bytes, filled up to whole blocks.
  init(_ bytes: [UInt8], _ structure: FITSStructure) throws(FITSError) {
    let length = structure.length
    let buffer = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    let size = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(length, 1), alignment: 16)
    let copied = min(bytes.count, length)
    bytes.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: copied)
    }
    memory.advanced(by: copied).initializeMemory(as: UInt8.self, repeating: 0, count: length - copied)
    buffer.initialize(to: memory)
    size.initialize(to: length)

    var opened: UnsafeMutablePointer<fitsfile>?
    let status = library.withLock { _ -> Int32 in
      var status: Int32 = 0
      ffcmsg()
      // A fixed name: it would be parsed for filters and protocols.
      _ = ffomem(&opened, "memory", READONLY, buffer, size, 0, nil, &status)
      return status
    }
    guard status == 0, let opened else {
      memory.deallocate()
      buffer.deallocate()
      size.deallocate()
      throw FITSHandle.error(status, hdu: 1, key: nil)
    }
    (file, self.buffer, self.size) = (opened, buffer, size)
    starts = .allocate(capacity: structure.units.count)
    _ = starts.initialize(from: structure.units.map(\.headerStart))
  }

  deinit {
    starts.deallocate()
    _ = FITSHandle.release(file, buffer, size)
  }

  /// Closes the file and says how it went.
  consuming func close() throws(FITSError) {
    starts.deallocate()
    let status = FITSHandle.release(file, buffer, size)
    discard self
    guard status == 0 else { throw FITSHandle.error(status, hdu: nil, key: nil) }
  }

  private static func release(
    _ file: UnsafeMutablePointer<fitsfile>, _ buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    _ size: UnsafeMutablePointer<Int>
  ) -> Int32 {
    let status = library.withLock { _ -> Int32 in
      var status: Int32 = 0
      return ffclos(file, &status)
    }
    // "ffomem: the application must free the memory after the file is closed" (CFITSIO guide, 5.3).
    buffer.pointee?.deallocate()
    buffer.deallocate()
    size.deallocate()
    return status
  }

  /// Runs calls on one HDU, or one column of it, under the lock and turns cfitsio's status and messages into our
  /// error. Nothing runs where cfitsio takes the HDU for another than it is.
  private func onUnit(
    _ unit: FITSStructure.Unit, column: FITSColumnForm? = nil,
    _ body: (UnsafeMutablePointer<fitsfile>, inout Int32) -> Void
  ) throws(FITSError) {
    let failure = library.withLock { _ -> FITSError? in
      var status: Int32 = 0
      ffcmsg()
      if let difference = move(to: unit.number, &status) { return difference }
      if status == 0 {
        if let difference = LibraryView(file).difference(from: unit, column: column) {
          return FITSError(.malformed, difference.detail, hdu: unit.number, key: difference.key)
        }
        body(file, &status)
      }
      return status == 0 ? nil : FITSHandle.describe(status, hdu: unit.number, key: column?.label)
    }
    if let failure { throw failure }
  }

  /// Makes an HDU the current one. Under the lock only.
  ///
  /// What cfitsio 4.2 knows of quantization is cleared first: it would take quantized pixels for others if the compressed
  /// image before had none.
  /// - Returns: an error where a header lies elsewhere for cfitsio; its own failures are in `status`.
  private func move(to number: Int, _ status: inout Int32) -> FITSError? {
    let view = file.pointee.Fptr
    guard let view, Int(view.pointee.curhdu) + 1 != number else { return nil }
    // One by one, so that it never takes for a header what we have not checked as one.
    while status == 0, Int(view.pointee.maxhdu) + 1 < number {
      let next = Int(view.pointee.maxhdu) + 1
      guard view.pointee.headstart[next] == starts[next] else {
        return FITSError(
          .malformed,
          "the header can be read in two ways: the data end where the next HDU begins or elsewhere",
          hdu: next)
      }
      view.pointee.quantize_level = 0
      _ = ffmahd(file, Int32(next + 1), nil, &status)
    }
    guard status == 0, Int(view.pointee.curhdu) + 1 != number else { return nil }
    view.pointee.quantize_level = 0
    _ = ffmahd(file, Int32(number), nil, &status)
    return nil
  }

  private static func error(_ status: Int32, hdu: Int?, key: String?) -> FITSError {
    library.withLock { _ in describe(status, hdu: hdu, key: key) }
  }

  /// The status' own text and the oldest message of the stack, which names the cause. Under the lock only.
  private static func describe(_ status: Int32, hdu: Int?, key: String?) -> FITSError {
    var text = [CChar](repeating: 0, count: Int(FLEN_STATUS))
    ffgerr(status, &text)
    var message = [CChar](repeating: 0, count: Int(FLEN_ERRMSG))
    let hasMessage = ffgmsg(&message) != 0
    ffcmsg()
    let cause = hasMessage ? " (\(string(message)))" : ""
    return FITSError(
      .library(status: Int(status)), "cfitsio says: \(string(text))\(cause)", hdu: hdu, key: key)
  }

  private static func string(_ characters: [CChar]) -> String {
    let bytes = characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return HeaderParser.text(bytes[...]).trimmingBlanks
  }

  /// The file's bytes, for what needs no library.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: buffer.pointee, count: size.pointee))
  }

  /// An image's pixels as doubles, scaled; blank pixels are NaN.
  func pixels(_ unit: FITSStructure.Unit, count: Int) throws(FITSError) -> [Double] {
    var pixels = [Double](repeating: .nan, count: count)
    try onUnit(unit) { file, status in
      var anyBlank: Int32 = 0
      _ = ffgpvd(file, 0, 1, LONGLONG(count), .nan, &pixels, &anyBlank, &status)
    }
    return pixels
  }

  /// Cells of a numeric column from a row (counted from 1), as doubles, scaled; nulls are NaN.
  func doubles(_ unit: FITSStructure.Unit, column: FITSColumnForm, row: Int, count: Int) throws(FITSError)
    -> [Double]
  {
    var values = [Double](repeating: .nan, count: count)
    guard count > 0 else { return values }
    try onUnit(unit, column: column) { file, status in
      var anyNull: Int32 = 0
      _ = ffgcvd(
        file, Int32(column.number), LONGLONG(row), 1, LONGLONG(count), .nan, &values, &anyNull, &status)
    }
    return values
  }

  func floats(_ unit: FITSStructure.Unit, column: FITSColumnForm, row: Int, count: Int) throws(FITSError)
    -> [Float]
  {
    var values = [Float](repeating: .nan, count: count)
    guard count > 0 else { return values }
    try onUnit(unit, column: column) { file, status in
      var anyNull: Int32 = 0
      _ = ffgcve(
        file, Int32(column.number), LONGLONG(row), 1, LONGLONG(count), .nan, &values, &anyNull, &status)
    }
    return values
  }

  func integers(_ unit: FITSStructure.Unit, column: FITSColumnForm, row: Int, count: Int) throws(FITSError)
    -> [Int]
  {
    var values = [LONGLONG](repeating: 0, count: count)
    guard count > 0 else { return [] }
    try onUnit(unit, column: column) { file, status in
      var anyNull: Int32 = 0
      _ = ffgcvjj(
        file, Int32(column.number), LONGLONG(row), 1, LONGLONG(count), 0, &values, &anyNull, &status)
    }
    return values.map { Int($0) }
  }

  func logicals(_ unit: FITSStructure.Unit, column: FITSColumnForm, row: Int, count: Int) throws(FITSError)
    -> [Bool]
  {
    var values = [CChar](repeating: 0, count: count)
    guard count > 0 else { return [] }
    try onUnit(unit, column: column) { file, status in
      var anyNull: Int32 = 0
      _ = ffgcvl(
        file, Int32(column.number), LONGLONG(row), 1, LONGLONG(count), 0, &values, &anyNull, &status)
    }
    return values.map { $0 != 0 }
  }

  /// Length of a variable-length cell.
  func extent(_ unit: FITSStructure.Unit, column: FITSColumnForm, row: Int) throws(FITSError) -> Int {
    var length: LONGLONG = 0
    try onUnit(unit, column: column) { file, status in
      var offset: LONGLONG = 0
      _ = ffgdesll(file, Int32(column.number), LONGLONG(row), &length, &offset, &status)
    }
    return Int(length)
  }
}

extension FITSColumnForm {
  /// What errors call the column.
  var label: String { name.isEmpty ? "TFORM\(number)" : name }
}
