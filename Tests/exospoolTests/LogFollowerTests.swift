import Foundation
import TestSupport
import Testing

@testable import exospool

@Suite struct LogFollowerTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    (0, ""), (1, "line 9\n"), (3, "line 7\nline 8\nline 9\n"),
    (100, (0..<10).map { "line \($0)\n" }.joined()),
  ])
  func beginsWithTheLastLines(count: Int, expected: String) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("log", (0..<10).map { "line \($0)\n" }.joined())
    var follower = LogFollower(path: path)
    let exists = try follower.seekToLast(lines: count)
    #expect(exists)
    #expect(text(try follower.read()) == expected)
  }

  @Test func countsALastLineThatIsNotEndedYet() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("log", "a\nb\nc")
    var follower = LogFollower(path: path)
    _ = try follower.seekToLast(lines: 2)
    #expect(text(try follower.read()) == "b\nc")
  }

  /// The search backwards crosses blocks.
  @Test func findsLinesLongerThanABlock() throws {
    let directory = try TemporaryDirectory()
    let long = String(repeating: "x", count: 150_000)
    let path = try directory.write("log", "a\n\(long)\nb\n")
    var follower = LogFollower(path: path)
    _ = try follower.seekToLast(lines: 2)
    #expect(text(try follower.read()) == "\(long)\nb\n")
  }

  @Test func followsThroughRotationWithoutLosingALine() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("log", "1\n")
    var follower = LogFollower(path: path)
    _ = try follower.seekToLast(lines: 0)
    try directory.append("log", "2\n")
    #expect(text(try follower.read()) == "2\n")
    try directory.append("log", "3\n")
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    #expect(text(try follower.read()) == "3\n")
    try directory.append("log.1", "4\n")
    try directory.write("log", "5\n")
    #expect(text(try follower.read()) == "4\n5\n")
    #expect(text(try follower.read()) == "")
  }

  @Test func beginsAgainWhenTheLogIsTruncated() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("log", "one\ntwo\n")
    var follower = LogFollower(path: path)
    _ = try follower.seekToLast(lines: 0)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data("new\n".utf8))
    try handle.close()
    #expect(text(try follower.read()) == "new\n")
  }

  @Test func waitsForALogThatIsNotThereYet() throws {
    let directory = try TemporaryDirectory()
    var follower = LogFollower(path: directory.path("log"))
    let exists = try follower.seekToLast(lines: 5)
    #expect(!exists)
    #expect(text(try follower.read()) == "")
    try directory.write("log", "first\n")
    #expect(text(try follower.read()) == "first\n")
  }

  @Test func refusesWhatIsNoFile() throws {
    let directory = try TemporaryDirectory()
    var follower = LogFollower(path: directory.path)
    do {
      _ = try follower.seekToLast(lines: 5)
      Issue.record("a directory was followed")
    } catch {
      #expect(error.code == .noInput)
    }
  }
}
