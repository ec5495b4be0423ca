import Foundation
import TestSupport
import Testing

@Suite struct CommandLineTests {
  static let commands = ["analyze", "submit", "status", "tail", "show", "retry", "hold", "release"]

  @Test(arguments: commands) func everyCommandExplainsItselfWithExamples(command: String) throws {
    let run = try Tool.run([command, "--help"])
    #expect(run.status == 0)
    #expect(run.output.contains("Examples:\n  exospool \(command)"))
    // The parser wraps everything but the line of usage.
    let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func theVersionIsThePackages() throws {
    let run = try Tool.run(["--version"])
    #expect(run.status == 0)
    #expect(run.output.firstMatch(of: #/^\d+\.\d+\.\d+\n$/#) != nil)
  }

  @Test func wrongUsageIsStatus64() throws {
    for arguments in [["analyze"], ["nonsense"], ["tail", "--lines", "-1"], ["retry"], ["show"]] {
      let run = try Tool.run(arguments)
      #expect(run.status == 64, "\(arguments): \(run.complaint)")
      #expect(run.complaint.contains("Usage: exospool"))
    }
  }

  @Test(arguments: [("analyse", "analyze"), ("sumbit", "submit")])
  func aMistypedCommandIsAnsweredWithTheOneThatIsMeant(word: String, meant: String) throws {
    let run = try Tool.run([word, "x.xml"])
    #expect(run.status == 64)
    #expect(run.complaint == "exospool: there is no command '\(word)'; did you mean '\(meant)'?\n")
    #expect(try Tool.run(["status", "--spol", "x"]).complaint.contains("Did you mean '--spool'"))
  }

  @Test func helpNamesMolecules() throws {
    #expect(try Tool.run(["--help"]).output.contains("molecules"))
  }

  @Test func tailPrintsTheLastLines() throws {
    let spool = try TemporaryDirectory()
    try spool.write("log/results.log", "one\ntwo\nthree\n")
    try spool.write("log/results.jsonl", "{}\n")
    #expect(try Tool.run(["tail", "-n", "2", "--spool", spool.path]).output == "two\nthree\n")
    #expect(try Tool.run(["tail", "--json", "--spool", spool.path]).output == "{}\n")
  }

  @Test func tailWithoutALogSaysSo() throws {
    let spool = try TemporaryDirectory()
    let run = try Tool.run(["tail", "--spool", spool.path])
    #expect(run.status == 66)
    #expect(run.complaint.contains("results.log"))
  }

  /// `exospool tail | head -1`: the reader goes, the tool goes quietly.
  @Test func aClosedPipeEndsTheToolWithoutAWord() throws {
    let spool = try TemporaryDirectory()
    try spool.write("log/results.log", String(repeating: "a line\n", count: 200_000))
    let run = try Tool.shell(
      "$exospool tail -n 200000 --spool '\(spool.path)' | head -n 1; echo ${PIPESTATUS[0]}")
    #expect(run.output == "a line\n141\n")
    #expect(run.complaint == "")
  }

  @Test func aFullDiskBehindARedirectionIsAnError() throws {
    let spool = try TemporaryDirectory()
    try spool.write("log/results.log", "a line\n")
    let run = try Tool.shell("$exospool tail --spool '\(spool.path)' > /dev/full")
    #expect(run.status == 74)
    #expect(run.complaint.contains("standard output"))
  }

  @Test(.timeLimit(.minutes(10))) func interruptEndsAFollowingTail() throws {
    let spool = try TemporaryDirectory()
    try spool.write("log/results.log", "first\n")
    try spool.write("out", "")
    let process = Process()
    process.executableURL = URL(filePath: Tool.path)
    process.arguments = ["tail", "-f", "--spool", spool.path]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: spool.path("out")))
    try process.run()
    defer { process.terminate() }
    func wait(for text: String) throws {
      let end = ContinuousClock.now + .seconds(30)
      while try String(contentsOfFile: spool.path("out"), encoding: .utf8) != text {
        try #require(ContinuousClock.now < end, "\(text) is not printed")
        usleep(20_000)
      }
    }
    try wait(for: "first\n")
    try spool.append("log/results.log", "second\n")
    try wait(for: "first\nsecond\n")
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
  }
}
