import PosixFiles

/// `<name>.reason` in the inbox: why a file is not taken, for the person who dropped it.
extension SpoolQueue {
  private static let firstLine = "exospool cannot take this file."
  /// Bytes; ours are some hundreds.
  private static let longest = 4096

  /// Writes it, unless there is something by its name already.
  package func explain(_ entry: InboxEntry, because why: String) throws(SpoolError) {
    let name = entry.name.explanation
    guard name.bytes.count <= 255 else { return }
    let text = """
      \(Self.firstLine)
      File:     \(entry.name.display)
      Reason:   it \(why)
      What now: this note goes when the file is taken.

      """
    do {
      try PosixFiles.create(path(.inbox).appending(name)) { (file: borrowing OpenFile) throws(FileError) in
        try file.write(Array(text.utf8))
      }
    } catch {
      if error.code != .exists { throw SpoolError(error) }
    }
  }

  /// Takes it away. What somebody else wrote stays.
  package func withdrawExplanation(of name: FileName) throws(SpoolError) {
    let path = path(.inbox).appending(name.explanation)
    guard let bytes = try? PosixFiles.read(path, limit: Self.longest), bytes.starts(with: Self.firstLine.utf8)
    else { return }
    try FileSystem.unlink(path)
  }

  /// The files of which an earlier daemon may have said why they are not taken.
  package func explainedFiles() throws(SpoolError) -> Set<FileName> {
    Set(try FileSystem.names(in: path(.inbox)).compactMap(\.explained))
  }
}

extension FileName {
  private static let suffix = Array(".reason".utf8)

  /// The name of the note on this file.
  var explanation: FileName { FileName(bytes: bytes + Self.suffix) }

  /// The file that a note of this name is about; nil for other names.
  var explained: FileName? {
    bytes.count > Self.suffix.count && bytes.hasSuffix(Self.suffix)
      ? FileName(bytes: Array(bytes.dropLast(Self.suffix.count))) : nil
  }
}
