import PosixFiles
import SystemPackage

/// What a user says of a file that waits in the inbox: a hidden file beside it, `.<inode>.statement`, until the claim takes it
/// into the job's record.
///
/// It is named by the inode, which stays when the file is renamed, and holds time and size of the file it belongs to: a
/// later file that gets the same inode is not mistaken for it.
struct SubmittedStatement {
  let path: FilePath
  private let owner: String

  init(of status: FileStatus, in inbox: FilePath) {
    path = inbox.appending(".\(status.inode)\(Self.suffix)")
    owner = "\(status.modified) \(status.size)"
  }

  static let suffix = ".statement"

  /// Durable before the file it belongs to has its name.
  func write(_ lines: [String]) throws(FileError) {
    let text = ([owner] + lines).map {
      String(decoding: JobRecord.escape(Array($0.utf8)), as: UTF8.self) + "\n"
    }
    try PosixFiles.replace(
      path, with: Array(text.joined().utf8), mode: [.ownerReadWrite, .groupReadWrite, .otherRead],
      synchronizingDirectory: true)
  }

  /// Empty where there is none, or another file's.
  func lines() throws(SpoolError) -> [String] {
    guard let bytes = try FileSystem.read(path) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: JobRecord.unescape($0), as: UTF8.self)
    }
    return lines.first == owner ? Array(lines.dropFirst()) : []
  }
}
