import PosixFiles
import SystemPackage

/// The folder of a result: its name, and the whole hashes of what it is the result of, which it keeps in `.hashes`.
///
/// A name has few digits of each hash, and two contents can be found that agree in those: the name proposes, the hashes
/// decide.
struct ResultFolder: Sendable, Hashable {
  let contentHash: String
  let modelSetHash: String

  private static let hashesName = ".hashes"
  /// Digits of content and models in the names that are tried one after the other.
  private static let lengths = [(12, 8), (24, 16), (64, 64)]

  /// `<stem>-<12 digits of the content>-<8 digits of the models>`, then longer ones: no clock, no counter.
  func names(for input: FileName) -> [String] {
    Self.lengths.map { content, models in
      "\(input.safeStem())-\(Self.digits(contentHash, content))-\(Self.digits(modelSetHash, models))"
    }
  }

  /// The name under which these hashes are looked up.
  var indexName: String { "\(Self.digits(contentHash, 64))-\(Self.digits(modelSetHash, 64))" }

  private static func digits(_ hash: String, _ count: Int) -> String {
    String(FileName(hash).safe().prefix(count))
  }

  private var hashes: [UInt8] { Array("content \(contentHash)\nmodels \(modelSetHash)\n".utf8) }

  /// Says in `directory` what it is the result of. The directory is not yet synced.
  func writeHashes(in directory: FilePath) throws(SpoolError) {
    try spool { () throws(FileError) in
      try PosixFiles.create(directory.appending(Self.hashesName)) {
        (file: borrowing OpenFile) throws(FileError) in
        try file.write(hashes)
      }
    }
  }

  enum Occupant {
    case nobody
    /// The result of the same content and models.
    case same
    /// That of others, or of nobody knows what: a folder of an older build, or a stranger's.
    case another
  }

  /// What stands at `path`.
  func occupant(of path: FilePath) throws(SpoolError) -> Occupant {
    guard try FileSystem.status(path) != nil else { return .nobody }
    return try FileSystem.read(path.appending(Self.hashesName)) == hashes ? .same : .another
  }
}
