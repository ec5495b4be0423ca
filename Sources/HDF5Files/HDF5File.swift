import CHDF5
import Synchronization

/// The one lock around the HDF5 library, which need not be built for threads.
private let library = Mutex(())

/// An HDF5 file open for reading.
///
/// ```
/// let file = try HDF5File(path: "H2O.h5")
/// let temperatures = try file.numbers("t", limit: 1000)
/// let row = try file.row("xsecarr", at: [0, 3])
/// ```
package struct HDF5File: ~Copyable {
  private let file: hid_t
  /// For messages.
  package let name: String

  /// - Parameter path: of a file; HDF5's drivers for other storage are not asked.
  package init(path: String) throws(HDF5Error) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let opened = library.withLock { _ -> Result<hid_t, HDF5Error> in
      HDF5File.silence()
      let found = H5Fis_hdf5(path)
      if found == 0 {
        return .failure(
          HDF5Error(
            code: .notHDF5, file: name, object: nil,
            detail: "is no HDF5 file (it does not begin with the signature)"))
      }
      // 0 is H5F_ACC_RDONLY, a macro that Swift does not import.
      let file = found > 0 ? H5Fopen(path, 0, 0) : -1
      guard file >= 0 else {
        let detail =
          found > 0
          ? "is an HDF5 file, but cannot be opened: it may be cut short or open for writing elsewhere"
          : "cannot be opened: is the path right, and may you read it?"
        return .failure(
          HDF5Error(code: found > 0 ? .damaged : .unreadable, file: name, object: nil, detail: detail))
      }
      return .success(file)
    }
    file = try opened.get()
    self.name = name
  }

  deinit { _ = library.withLock { _ in H5Fclose(file) } }

  /// The library would print its stack of messages to standard error.
  private static func silence() { _ = H5Eset_auto2(0, nil, nil) }

  private func fail(_ code: HDF5Error.Code, _ object: String, _ detail: String) -> HDF5Error {
    HDF5Error(code: code, file: name, object: object, detail: detail)
  }

  // MARK: Datasets

  package func contains(_ dataset: String) -> Bool {
    library.withLock { _ in
      HDF5File.silence()
      return H5Lexists(file, dataset, 0) > 0
    }
  }

  /// Lengths of a dataset's axes, the slowest first; none for a single value.
  package func shape(_ dataset: String) throws(HDF5Error) -> [Int] {
    try withDataset(dataset) { id throws(HDF5Error) in try shape(of: id, dataset) }
  }

  /// All numbers of a dataset, the last axis running fastest.
  /// - Parameter limit: more than so many are refused before any is read.
  package func numbers(_ dataset: String, limit: Int) throws(HDF5Error) -> [Double] {
    try withDataset(dataset) { id throws(HDF5Error) in
      try checkNumeric(id, dataset)
      let count = try shape(of: id, dataset).reduce(1, *)
      guard count <= limit else {
        throw fail(.tooLarge, dataset, "holds \(count) numbers; no more than \(limit) are taken")
      }
      var values = [Double](repeating: 0, count: count)
      guard count == 0 || H5Dread(id, exo_native_double(), 0, 0, 0, &values) >= 0 else {
        throw unread(dataset)
      }
      return values
    }
  }

  /// One row along the last axis, so that memory holds a row and not the dataset.
  /// - Parameter indices: of the other axes.
  /// - Precondition: as many indices as axes but one, each within its axis.
  package func row(_ dataset: String, at indices: [Int]) throws(HDF5Error) -> [Double] {
    try withDataset(dataset) { id throws(HDF5Error) in
      try checkNumeric(id, dataset)
      let shape = try shape(of: id, dataset)
      precondition(
        indices.count == shape.count - 1 && zip(indices, shape).allSatisfy { (0..<$1).contains($0) })
      let space = H5Dget_space(id)
      defer { H5Sclose(space) }
      let start = indices.map { hsize_t($0) } + [0]
      let count = indices.map { _ in hsize_t(1) } + [hsize_t(shape[shape.count - 1])]
      guard H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nil, count, nil) >= 0 else {
        throw unread(dataset)
      }
      var length = count[count.count - 1]
      let memory = H5Screate_simple(1, &length, nil)
      defer { H5Sclose(memory) }
      var values = [Double](repeating: 0, count: Int(length))
      guard H5Dread(id, exo_native_double(), memory, space, 0, &values) >= 0 else { throw unread(dataset) }
      return values
    }
  }

  /// The first string of a dataset of strings, blanks and NULs at its end taken off.
  package func text(_ dataset: String) throws(HDF5Error) -> String {
    try withDataset(dataset) { id throws(HDF5Error) in
      let type = H5Dget_type(id)
      defer { H5Tclose(type) }
      let space = H5Dget_space(id)
      defer { H5Sclose(space) }
      let count = H5Sget_simple_extent_npoints(space)
      return try text(of: type, count: Int(count), dataset) { memory, buffer in
        H5Dread(id, memory, 0, 0, 0, buffer)
      }
    }
  }

  /// A text attribute of a dataset; nil where there is none of that name.
  package func attribute(_ attribute: String, of dataset: String) throws(HDF5Error) -> String? {
    try withDataset(dataset) { id throws(HDF5Error) -> String? in
      guard H5Aexists(id, attribute) > 0 else { return nil }
      let handle = H5Aopen(id, attribute, 0)
      guard handle >= 0 else { throw unread(attribute) }
      defer { H5Aclose(handle) }
      let type = H5Aget_type(handle)
      defer { H5Tclose(type) }
      let space = H5Aget_space(handle)
      defer { H5Sclose(space) }
      let count = H5Sget_simple_extent_npoints(space)
      return try text(of: type, count: Int(count), "\(dataset), attribute \(attribute)") { memory, buffer in
        H5Aread(handle, memory, buffer)
      }
    }
  }

  // MARK: Parts

  /// Chunks a row passes through stay in memory for the next row, up to this much.
  private static let chunkCacheBytes = 64 << 20
  /// Numbers in one chunk: the library holds a whole chunk while it reads any part of it.
  private static let largestChunk = 32 << 20

  private func withDataset<Result>(
    _ dataset: String, _ body: (hid_t) throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    let outcome = library.withLock { _ -> Swift.Result<Result, HDF5Error> in
      HDF5File.silence()
      let access = H5Pcreate(exo_dataset_access())
      defer { H5Pclose(access) }
      _ = H5Pset_chunk_cache(access, 12_421, HDF5File.chunkCacheBytes, 1)
      guard H5Lexists(file, dataset, 0) > 0 else {
        return .failure(fail(.missing, dataset, "there is no dataset of this name"))
      }
      let id = H5Dopen2(file, dataset, access)
      guard id >= 0 else {
        return .failure(
          fail(
            .unexpected, dataset,
            "is no dataset, or is stored in a way newer than this HDF5 library; h5repack can rewrite it"))
      }
      defer { H5Dclose(id) }
      do throws(HDF5Error) {
        try checkChunks(id, dataset)
        return .success(try body(id))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func checkChunks(_ id: hid_t, _ dataset: String) throws(HDF5Error) {
    let creation = H5Dget_create_plist(id)
    defer { H5Pclose(creation) }
    guard H5Pget_layout(creation) == H5D_CHUNKED else { return }
    var lengths = [hsize_t](repeating: 1, count: 32)
    let rank = H5Pget_chunk(creation, 32, &lengths)
    var size: UInt64 = 1
    for length in lengths.prefix(Int(max(rank, 0))) {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      size = overflow ? .max : product
    }
    guard size <= HDF5File.largestChunk else {
      throw fail(
        .tooLarge, dataset,
        "is stored in chunks of \(size) numbers, too many to hold; h5repack can make them smaller"
      )
    }
  }

  private func shape(of id: hid_t, _ dataset: String) throws(HDF5Error) -> [Int] {
    let space = H5Dget_space(id)
    defer { H5Sclose(space) }
    let rank = H5Sget_simple_extent_ndims(space)
    guard rank >= 0, rank <= 32 else { throw unread(dataset) }
    var lengths = [hsize_t](repeating: 0, count: max(1, Int(rank)))
    guard H5Sget_simple_extent_dims(space, &lengths, nil) >= 0 else { throw unread(dataset) }
    var count: UInt64 = 1
    for length in lengths.prefix(Int(rank)) {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product < 1 << 48 else { throw fail(.tooLarge, dataset, "its axes are absurdly long") }
      count = product
    }
    return lengths.prefix(Int(rank)).map { Int($0) }
  }

  private func checkNumeric(_ id: hid_t, _ dataset: String) throws(HDF5Error) {
    let type = H5Dget_type(id)
    defer { H5Tclose(type) }
    let kind = H5Tget_class(type)
    guard kind == H5T_FLOAT || kind == H5T_INTEGER else {
      throw fail(.unexpected, dataset, "does not hold numbers")
    }
  }

  /// Reads the first of `count` strings, of fixed or variable length.
  private func text(
    of type: hid_t, count: Int, _ object: String, read: (hid_t, UnsafeMutableRawPointer) -> herr_t
  ) throws(HDF5Error) -> String {
    guard H5Tget_class(type) == H5T_STRING, count >= 1 else {
      throw fail(.unexpected, object, "does not hold text")
    }
    guard count <= 1000 else { throw fail(.tooLarge, object, "holds \(count) strings") }
    let memory = H5Tcopy(exo_c_string())
    defer { H5Tclose(memory) }
    _ = H5Tset_cset(memory, H5Tget_cset(type))
    if H5Tis_variable_str(type) > 0 {
      // H5T_VARIABLE is a macro: the greatest size_t.
      _ = H5Tset_size(memory, -1)
      var strings = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      let status = strings.withUnsafeMutableBytes { read(memory, $0.baseAddress!) }
      // "the application is responsible for freeing" what variable-length reads allocate (HDF5 guide, 6.5.3.2).
      defer { for string in strings { H5free_memory(string) } }
      guard status >= 0 else { throw unread(object) }
      guard let first = strings[0] else { return "" }
      var bytes: [UInt8] = []
      while bytes.count < 1000, first[bytes.count] != 0 {
        bytes.append(UInt8(bitPattern: first[bytes.count]))
      }
      return HDF5File.trimmed(bytes[...])
    }
    let size = H5Tget_size(type)
    guard size <= 1 << 16 else { throw fail(.tooLarge, object, "holds a string of \(size) bytes") }
    _ = H5Tset_size(memory, size + 1)
    var bytes = [UInt8](repeating: 0, count: count * (size + 1))
    guard bytes.withUnsafeMutableBytes({ read(memory, $0.baseAddress!) }) >= 0 else { throw unread(object) }
    return HDF5File.trimmed(bytes.prefix(size))
  }

  private func unread(_ object: String) -> HDF5Error {
    fail(
      .damaged, object,
      "cannot be read: the file may be cut short or damaged, or compressed by a filter this HDF5 library lacks"
    )
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    while text.last == " " { text.removeLast() }
    return text
  }
}
