import Glibc
import PosixFiles
import SystemPackage

/// The folder into which one worker writes, as the supervisor sees it. Nothing in it is believed.
///
/// It stays the same folder as long as the worker lives, for the worker is confined to it.
struct WorkerScratch: Sendable, Hashable {
  let path: FilePath

  /// Why the products of a worker were not taken over.
  enum Fault: Error {
    /// What the worker left is not what it may leave; a sentence.
    case refused(String)
    /// The disk's or our own fault.
    case hindered(FileError)
  }

  private static let mostProducts = 32
  private static let piece = 1 << 20

  /// A new, empty folder.
  func make() throws(FileError) {
    try PosixFiles.removeTree(path)
    try PosixFiles.makeDirectory(path, mode: [.ownerReadWriteExecute])
  }

  func empty() throws(FileError) {
    for name in try PosixFiles.names(in: path) { try PosixFiles.removeTree(path.appending(name)) }
  }

  /// Whether more can be written beside what the worker left: it says that nothing can.
  func hasRoom() -> Bool {
    let trial = path.appending(".room")
    defer { try? PosixFiles.unlink(trial) }
    do {
      try PosixFiles.create(trial) { (file: borrowing OpenFile) throws(FileError) in
        try file.write([UInt8](repeating: 0, count: Self.piece))
      }
      return true
    } catch {
      return false
    }
  }

  /// Copies the named products, durably, into a folder that no worker can reach: exactly these, each a plain file of one
  /// name, ours, and no larger than the limit.
  ///
  /// Each is looked at and read by one descriptor: what the worker does to the name, or to the file, afterwards has no
  /// effect.
  /// - Parameter limit: bytes of each.
  func handOver(_ names: [String], to directory: FilePath, limit: UInt64) throws(Fault) {
    guard (1...Self.mostProducts).contains(names.count), Set(names).count == names.count,
      names.allSatisfy(Self.isProductName)
    else { throw .refused("the worker named products that are none") }
    let found: Set<String>
    do {
      found = Set(try PosixFiles.names(in: path, limit: Self.mostProducts).map(\.string))
    } catch {
      throw .hindered(error)
    }
    guard found == Set(names) else { throw .refused("the worker left other files than it named") }
    for name in names { try copy(name, to: directory, limit: limit) }
  }

  /// Letters, digits, `.`, `_` and `-`; never hidden, never an option.
  private static func isProductName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
      return false
    }
    return name.utf8.count <= 64
      && name.unicodeScalars.allSatisfy { character in
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
        default: false
        }
      }
  }

  private func copy(_ name: String, to directory: FilePath, limit: UInt64) throws(Fault) {
    let product = try open(name)
    let size = try size(of: product, name, limit: limit)
    var copied: Int64 = 0
    do {
      try PosixFiles.create(directory.appending(name)) { (copy: borrowing OpenFile) throws(FileError) in
        while copied < size {
          let bytes = try product.read(upTo: min(Self.piece, Int(size - copied)), at: copied)
          if bytes.isEmpty { break }
          try copy.write(bytes)
          copied += Int64(bytes.count)
        }
      }
    } catch {
      throw .hindered(error)
    }
    if copied < size { throw .refused("\(name) shrank while it was read") }
  }

  private func open(_ name: String) throws(Fault) -> OpenFile {
    do {
      return try OpenFile(path.appending(name), .reading(followingLinks: false))
    } catch {
      throw .refused("\(name) cannot be opened: \(error.reason)")
    }
  }

  /// Bytes of a file that is a product.
  private func size(of product: borrowing OpenFile, _ name: String, limit: UInt64) throws(Fault) -> Int64 {
    let status: FileStatus
    do {
      status = try product.status()
    } catch {
      throw .hindered(error)
    }
    if let why = Self.objection(to: status, limit: limit) { throw .refused("\(name) \(why)") }
    return status.size
  }

  /// Why a file is no product, or nil.
  private static func objection(to status: FileStatus, limit: UInt64) -> String? {
    if status.kind != .regular { return "is not a regular file" }
    if status.links != 1 { return "has \(status.links) names" }
    if status.owner != geteuid() { return "belongs to user \(status.owner)" }
    if status.size > limit { return "is larger than result_size_megabytes allows" }
    return nil
  }
}
