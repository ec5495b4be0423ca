import Glibc
import PosixFiles
import SystemCallRecorder
import SystemPackage
import Testing

@Suite struct PosixFilesTests {
  let directory: TemporaryDirectory
  init() throws { directory = try TemporaryDirectory() }

  private func changes(_ recorder: SystemCallRecorder) -> [String] {
    recorder.changes(below: directory.path) { line in
      // `.writing-<process>-<number>`
      line.split(separator: " ").map { word in
        word.hasPrefix(PosixFiles.temporaryPrefix) ? "TEMPORARY" : String(word)
      }.joined(separator: " ")
    }
  }

  @Test func aReplacementIsDurableBeforeItHasTheName() throws {
    let path = directory.path.appending("a")
    let recorder = SystemCallRecorder()
    try recorder.watch { try PosixFiles.replace(path, with: Array("new".utf8)) }
    #expect(
      changes(recorder) == [
        "create TEMPORARY", "write TEMPORARY", "fsync TEMPORARY", "close TEMPORARY", "rename TEMPORARY -> a",
        "synchronizeDirectory \(directory.path.string)",
      ])
    #expect(try PosixFiles.read(path, limit: 3) == Array("new".utf8))
  }

  @Test(arguments: [
    SystemCall.Name.create, .write, .fsync, .close, .rename,
  ])
  func aReplacementThatFailsLeavesTheOldFileAndNothingElse(name: SystemCall.Name) throws {
    let path = directory.path.appending("a")
    try PosixFiles.replace(path, with: Array("old".utf8))
    let recorder = SystemCallRecorder(.nth(1, name, .noSpace))
    let error = #expect(throws: FileError.self) {
      try recorder.watch { try PosixFiles.replace(path, with: Array("new".utf8)) }
    }
    #expect(error?.cause == .noSpace)
    #expect(error?.mayPass == true)
    #expect(try PosixFiles.names(in: directory.path) == ["a"])
    #expect(try PosixFiles.read(path, limit: 3) == Array("old".utf8))
  }

  /// Whatever fails, no descriptor stays open.
  @Test(arguments: [SystemCall.Name.write, .fsync, .close, .rename])
  func whatFailsLeavesNothingOpen(name: SystemCall.Name) throws {
    for _ in 0..<10 {
      #expect(throws: FileError.self) {
        try SystemCallRecorder(.nth(1, name, .noSpace)).watch {
          try PosixFiles.replace(directory.path.appending("a"), with: Array("new".utf8))
        }
      }
    }
    let open = try PosixFiles.names(in: "/proc/self/fd").compactMap { name in
      var target = [CChar](repeating: 0, count: 4096)
      return readlink("/proc/self/fd/\(name.string)", &target, 4095) > 0
        ? String(decoding: target.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
    #expect(open.filter { $0.hasPrefix(directory.path.string) } == [])
  }

  @Test func aFileIsMovedInByOneRename() throws {
    let (from, to) = (directory.path.appending("a"), directory.path.appending("b"))
    try PosixFiles.replace(from, with: [1])
    let recorder = SystemCallRecorder()
    #expect(try recorder.watch { try PosixFiles.renameWithoutReplacing(from, to: to) })
    #expect(changes(recorder) == ["rename a -> b"])
    try PosixFiles.replace(from, with: [2])
    #expect(try !PosixFiles.renameWithoutReplacing(from, to: to))
    // Where the file system cannot do that, by a link.
    let refusing = SystemCallRecorder(.nth(1, .rename, .invalidArgument))
    try PosixFiles.unlink(to)
    #expect(try refusing.watch { try PosixFiles.renameWithoutReplacing(from, to: to) })
    #expect(changes(refusing) == ["link a -> b", "unlink a"])
    #expect(try PosixFiles.read(to, limit: 3) == [2])
  }

  @Test func aDirectoryThatIsNotDurableIsAnError() throws {
    let recorder = SystemCallRecorder(.nth(1, .synchronizeDirectory, .ioError))
    #expect(throws: FileError.self) {
      try recorder.watch { try PosixFiles.replace(directory.path.appending("a"), with: [1]) }
    }
  }

  @Test func aWriteOrReadInPartsIsWhole() throws {
    let path = directory.path.appending("large")
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try PosixFiles.replace(path) { (file: borrowing OpenFile) throws(FileError) in
      try file.write(bytes[..<100_000])
      try file.write(bytes[100_000...])
    }
    #expect(try PosixFiles.read(path, limit: 300_000) == bytes)
    let file = try OpenFile(path, .reading(followingLinks: false))
    #expect(try file.read(upTo: 5) == Array(bytes[..<5]))
    #expect(try file.read(upTo: 5, at: 299_998) == Array(bytes[299_998...]))
    #expect(try file.readToEnd(limit: 300_000) == Array(bytes[5...]))
    #expect(try file.read(upTo: 5).isEmpty)
  }

  @Test func whatIsTooLargeOrNoFileIsRefused() throws {
    let path = directory.path.appending("a")
    try PosixFiles.replace(path, with: [1, 2, 3])
    #expect(try PosixFiles.read(path, limit: 3) == [1, 2, 3])
    func code(_ name: String, limit: Int = 10, followingLinks: Bool = false) -> FileError.Code? {
      do {
        _ = try PosixFiles.read(directory.path.appending(name), limit: limit, followingLinks: followingLinks)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code("a", limit: 2) == .tooLarge(size: 3))
    #expect(code("none") == .missing)
    symlink("a", directory.path.appending("link").string)
    #expect(code("link") == .isLink)
    #expect(code("link", followingLinks: true) == nil)
    mkfifo(directory.path.appending("pipe").string, 0o644)
    #expect(code("pipe") == .notRegular)
    #expect(code(".") == .notRegular)
  }

  @Test func aStreamIsReadToItsEndOrRefusedWhole() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    try PosixFiles.writeStream([1, 2, 3], to: FileDescriptor(rawValue: ends[1]), named: "a pipe")
    close(ends[1])
    let error = #expect(throws: FileError.self) {
      try PosixFiles.readStream(FileDescriptor(rawValue: ends[0]), named: "a pipe", limit: 2)
    }
    #expect(error?.code == .tooLarge(size: 3))
    close(ends[0])
  }

  @Test func aNameThatIsTakenIsNotReplaced() throws {
    try PosixFiles.replace(directory.path.appending("a"), with: [1])
    try PosixFiles.replace(directory.path.appending("b"), with: [2])
    let (a, b) = (directory.path.appending("a"), directory.path.appending("b"))
    #expect(try !PosixFiles.renameWithoutReplacing(a, to: b))
    #expect(try PosixFiles.renameWithoutReplacing(a, to: directory.path.appending("c")))
    #expect(try Set(PosixFiles.names(in: directory.path)) == ["b", "c"])
    #expect(throws: FileError.self) { try PosixFiles.create(b) { (_: borrowing OpenFile) in } }
    #expect(try PosixFiles.read(b, limit: 1) == [2])
  }

  @Test func treesAreMadeAndRemoved() throws {
    let deep = directory.path.appending("one/two/three")
    try PosixFiles.makeDirectories(deep)
    try PosixFiles.makeDirectories(deep)
    #expect(try PosixFiles.status(deep)?.kind == .directory)
    symlink("/etc", deep.appending("link").string)
    try PosixFiles.removeTree(directory.path.appending("one"))
    #expect(try PosixFiles.names(in: directory.path).isEmpty)
    #expect(try PosixFiles.status(FilePath("/etc"))?.kind == .directory)
    #expect(try PosixFiles.status(deep) == nil)
  }

  @Test func oneOpenFileHasTheLock() throws {
    let path = directory.path.appending("lock")
    do {
      let first = try OpenFile(path, .updating(.sharedForReading))
      let second = try OpenFile(path, .updating(.sharedForReading))
      #expect(try first.lock())
      #expect(try !second.lock())
      try first.close()
      #expect(try second.lock())
    }
  }
}

/// A directory in memory where there is such a place, gone when the value is.
final class TemporaryDirectory {
  let path: FilePath

  init() throws {
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/exospool-files-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = FilePath(platformString: template)
  }

  deinit { try? PosixFiles.removeTree(path) }
}
