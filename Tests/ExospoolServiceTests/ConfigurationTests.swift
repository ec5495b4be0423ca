import DirectoryEvents
import Glibc
import PosixFiles
import SpoolQueue
import SystemPackage
import Testing

@testable import ExospoolService

@Suite struct ConfigurationTests {
  private func read(
    _ settings: [String] = [], _ environment: [String: String] = [:], file: String? = nil
  ) throws(ConfigurationError) -> Configuration {
    guard let file else {
      return try ConfigurationReader.read(file: nil, environment: environment, settings: settings)
    }
    let path = FilePath("/tmp/exospool-toml-\(UInt64.random(in: 0...UInt64.max))")
    defer { unlink(path.string) }
    do {
      try PosixFiles.create(path) { (open: borrowing OpenFile) throws(FileError) in
        try open.write(Array(file.utf8))
      }
    } catch {
      throw ConfigurationError(faults: [error.sentence])
    }
    return try ConfigurationReader.read(file: path, environment: environment, settings: settings)
  }

  @Test func theShippedFileSaysWhatTheCodeDoes() throws {
    let path =
      String(#filePath).split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Etc/exospool.toml"
    let bytes = try PosixFiles.read(FilePath(path), limit: 1 << 20)
    #expect(String(decoding: bytes, as: UTF8.self) == ConfigurationKey.file)
    let shipped = try ConfigurationReader.read(file: FilePath(path), environment: [:], settings: [])
    #expect(shipped == (try read()))
  }

  @Test func everyDefaultTakenLiterallyIsTheDefault() throws {
    let explicit = ConfigurationKey.all.map { "\($0.name) = \($0.defaultText)" }.joined(separator: "\n")
    #expect(try read(file: explicit) == (try read()))
  }

  @Test func flagGoesBeforeEnvironmentBeforeFile() throws {
    let environment = ["EXOSPOOL_WORKERS": "3", "EXOSPOOL_ATTEMPTS": "7"]
    let configuration = try read(["workers=4"], environment, file: "workers = 2\nattempts = 5\nseed = 9")
    #expect(configuration.workers == 4)
    #expect(configuration.attempts == 7)
    #expect(configuration.seed == 9)
  }

  @Test func anEmptyCatalogueMeansNoneAndAnEmptySpoolIsAFault() throws {
    #expect(try read().catalogueDirectory == nil)
    #expect(try read(["catalogue_directory="], file: "catalogue_directory = \"a\"").catalogueDirectory == nil)
    #expect(try read(file: "catalogue_directory = \"a\"").catalogueDirectory == "a")
    #expect(throws: ConfigurationError.self) { try read(["spool_directory="]) }
  }

  @Test func allFaultsAreReportedAtOnceWithHints() throws {
    let error = try #require(
      #expect(throws: ConfigurationError.self) {
        try read(
          ["workers", "attempts=0"], ["EXOSPOOL_SEED": "many"],
          file: "workres = 2\nsettle_seconds = \"long\"\nlog_level = \"loud\"")
      })
    #expect(error.faults.count == 6)
    let all = error.description
    #expect(all.contains("workres"))
    #expect(all.contains("workers"), "the nearest key is named")
    for part in ["settle_seconds", "loud", "many", "attempts", "key=value"] { #expect(all.contains(part)) }
  }

  @Test func aFileThatIsNoTOMLIsRefusedWithItsPlace() throws {
    let error = try #require(
      #expect(throws: ConfigurationError.self) { try read(file: "workers = = 2") })
    #expect(error.description.contains("1"), "the line is named")
  }

  @Test func delaysDoubleUpToTheLimit() throws {
    let configuration = try read(["retry_delay_seconds=30", "retry_delay_limit_seconds=200"])
    #expect((1...5).map { configuration.retryDelay(afterAttempt: $0) } == [30, 60, 120, 200, 200])
    #expect(configuration.retryDelay(afterAttempt: 0) == 30)
    #expect(configuration.retryDelay(afterAttempt: .max) == 200)
  }
}

@Suite struct SettlingTests {
  private func entry(_ size: Int64, changed: Int64 = 1000) -> InboxEntry {
    InboxEntry(
      name: FileName("a"), size: size, modified: Timestamp(seconds: changed),
      changed: Timestamp(seconds: changed),
      inode: 1)
  }

  @Test func aFileIsTakenWhenItHasStoodStill() {
    var settling = Settling()
    let now = Timestamp(seconds: 1001)
    #expect(settling.settled([entry(5)], seconds: 2, now: now, monotonic: 10).isEmpty)
    #expect(settling.settled([entry(5)], seconds: 2, now: now, monotonic: 11.9).isEmpty)
    #expect(settling.settled([entry(5)], seconds: 2, now: now, monotonic: 12).count == 1)
    #expect(settling.settled([entry(6)], seconds: 2, now: now, monotonic: 13).isEmpty, "it grew")
    #expect(settling.settled([], seconds: 2, now: now, monotonic: 14).isEmpty)
    #expect(!settling.isWaiting)
  }

  @Test func aFileServersClockDoesNotMatter() {
    var settling = Settling()
    // The server is an hour ahead: by the wall clock the file would be taken an hour late.
    let ahead = entry(5, changed: 4600)
    #expect(settling.settled([ahead], seconds: 2, now: Timestamp(seconds: 1000), monotonic: 10).isEmpty)
    #expect(settling.settled([ahead], seconds: 2, now: Timestamp(seconds: 1002), monotonic: 12).count == 1)
  }

  @Test func aFileThatSomebodyWritesToWaitsAndOneThatCameWholeDoesNot() {
    var settling = Settling()
    let (now, name) = (Timestamp(seconds: 5000), FileName("a"))
    func settled(_ mark: Arrivals.Mark?, changed: Int64) -> [InboxEntry] {
      settling.settled(
        [entry(5, changed: changed)], marks: mark.map { [name: $0] } ?? [:], seconds: 2, youngSeconds: 120,
        now: now, monotonic: 10)
    }
    #expect(settled(.open, changed: 1000).isEmpty)
    #expect(settled(.closed, changed: 4999).isEmpty)
    #expect(settled(.whole, changed: 4999).map(\.isWhole) == [true])
    #expect(settled(nil, changed: 4900).map(\.isWhole) == [false])
    #expect(settled(nil, changed: 4800).map(\.isWhole) == [true])
  }

  @Test func marksGoWithTheirFiles() {
    let arrivals = Arrivals()
    func hear(_ kind: NameEvent.Kind, _ name: String, _ time: Double) {
      arrivals.hear(NameEvent(kind, directory: "inbox", name: Array(name.utf8)), monotonic: time)
    }
    func marks(_ names: [String], _ time: Double) -> [FileName: Arrivals.Mark] {
      arrivals.marks(of: names.map { FileName($0) }, seenAt: time, patience: 100)
    }
    hear(.movedIn, "a", 1)
    hear(.written, "b", 1)
    #expect(marks(["a", "b", "c"], 2) == [FileName("a"): .whole, FileName("b"): .open])
    hear(.written, "a", 3)
    hear(.closed, "b", 3)
    #expect(marks(["a", "b"], 4) == [FileName("a"): .open, FileName("b"): .closed])
    // Cut to another length by its name: nobody ever closes it.
    #expect(marks(["a"], 104) == [FileName("a"): .closed])
    #expect(marks(["b"], 105) == [:])
    // Heard after the look began: not yet in it.
    hear(.movedIn, "d", 106)
    #expect(marks([], 105.9) == [:])
    #expect(marks(["d"], 107) == [FileName("d"): .whole])
    arrivals.forget()
    #expect(marks(["d"], 108) == [:])
  }

  @Test func whatLayThereBeforeUsIsTakenAtOnce() {
    var settling = Settling()
    #expect(settling.settled([entry(5)], seconds: 2, now: Timestamp(seconds: 5000), monotonic: 10).count == 1)
  }
}

@Suite struct InputFileTests {
  private func temporary() throws -> String {
    var template = Array("/tmp/exospool-input-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test func aPipeOrALinkIsRefusedWithoutWaiting() throws {
    let directory = try temporary()
    mkfifo(directory + "/pipe", 0o644)
    symlink("/etc/hostname", directory + "/link")
    defer {
      unlink(directory + "/pipe")
      unlink(directory + "/link")
      rmdir(directory)
    }
    for (name, word) in [("pipe", "not a regular file"), ("link", "symbolic link")] {
      guard
        case .corrupt(let reason) = InputFile.read(FilePath(directory + "/" + name), name: name, limit: 100)
      else {
        Issue.record("\(name) was read")
        continue
      }
      #expect(reason.contains(word))
    }
    guard case .corrupt = InputFile.read(FilePath(directory), name: "directory", limit: 100) else {
      Issue.record("a directory was read")
      return
    }
  }

  @Test func aFileThatChangesWhileItIsReadIsUnsettled() throws {
    let directory = try temporary()
    let path = directory + "/grows"
    let size = 64 << 20
    let descriptor = open(path, O_RDWR | O_CREAT, 0o644)
    ftruncate(descriptor, off_t(size))
    defer {
      close(descriptor)
      unlink(path)
      rmdir(directory)
    }
    var thread = pthread_t()
    let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    flag.pointee = descriptor
    pthread_create(
      &thread, nil,
      { context in
        guard let descriptor = context?.load(as: Int32.self) else { return nil }
        for _ in 0..<20_000 {
          lseek(descriptor, 0, SEEK_END)
          var byte: UInt8 = 65
          if write(descriptor, &byte, 1) < 0 { break }
          usleep(20)
        }
        return nil
      }, flag)
    guard case .unsettled(let reason) = InputFile.read(FilePath(path), name: "grows", limit: 1 << 30) else {
      Issue.record("a growing file was taken for whole")
      return
    }
    #expect(reason.contains("changed while it was read"))
    pthread_join(thread, nil)
    flag.deallocate()
  }
}
