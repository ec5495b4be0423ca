import Glibc
import JobContract
import Testing

@testable import ExospoolService

@Suite struct MessageTests {
  private static let text = "two words, a\nline, \"quoted\", Čapek \u{1F30D} \u{0}"

  /// A worker that ends before it is spoken to: no signal ends the process that speaks.
  @Test func whoHasGoneHearsNothing() {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    let channel = LineChannel(input: dup(ends[1]), output: ends[1])
    close(ends[0])
    let isHeard = channel.write([1])
    #expect(!isHeard)
  }

  @Test func aRequestIsReadAsItWasWritten() {
    let request = WorkerRequest(
      path: "/spool/active/\(Self.text)", name: Self.text, isYoung: true, mayGrow: false, sizeLimit: 1 << 40,
      statement: UserStatement(["OBJECT": "a = b, \"c\"", "RSTAR": "1 Rsun"]))
    #expect(!request.line.contains(UInt8(ascii: "\n")))
    #expect(WorkerRequest(line: request.line) == request)
    #expect(WorkerRequest(line: Array("{\"path\":1}".utf8)) == nil)
    #expect(WorkerRequest(line: []) == nil)
  }

  @Test func aSetupIsReadAsItWasWritten() {
    let setup = WorkerSetup(inputs: "/spool/active/\(Self.text)", scratch: "/spool/.work/1")
    #expect(!setup.line.contains(UInt8(ascii: "\n")))
    #expect(WorkerSetup(line: setup.line) == setup)
    #expect(WorkerSetup(line: Array("{\"inputs\":\"/x\"}".utf8)) == nil)
  }

  private static let hashes = WorkerHashes(
    content: String(repeating: "0a", count: 32), modelSet: String(repeating: "f9", count: 32))

  @Test(arguments: [
    JobOutcome.done(
      JobResult(
        products: [JobProduct(name: "result.xml", bytes: [])], logLines: ["two words, Čapek \u{1F30D}", ""],
        jsonLines: ["{\"a\":\"two words, Čapek \u{1F30D}\"}"])),
    .corrupt("two words, a\u{301}, \"quoted\""), .unsettled("Čapek"), .failed("\u{1F30D}", mayPass: true),
    .failed("", mayPass: false),
  ])
  func anOutcomeIsReadAsItWasWritten(outcome: JobOutcome<JobResult>) throws {
    let line = WorkerAnswer(outcome).line
    #expect(!line.contains(UInt8(ascii: "\n")))
    let hashes = try #require(Self.hashes)
    let read = try #require(WorkerAnswer(line: line)).outcome(after: hashes)
    let expected = outcome.map { result in
      WorkerResult(
        hashes: hashes, products: result.products.map(\.name), logLines: result.logLines,
        jsonLines: result.jsonLines)
    }
    #expect(read == expected)
  }

  @Test func aReasonIsOneLineOfPlainText() throws {
    let line = WorkerAnswer(JobOutcome<JobResult>.corrupt(Self.text)).line
    guard case .corrupt(let reason) = try #require(WorkerAnswer(line: line)).outcome(after: nil) else {
      Issue.record("no outcome")
      return
    }
    #expect(reason == "two words, a?line, \"quoted\", Čapek \u{1F30D} ?")
  }

  @Test(arguments: [
    "", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
    String(repeating: "0", count: 65), "../" + String(repeating: "0", count: 61),
  ])
  func whatIsNoHashIsNone(text: String) {
    let hash = String(repeating: "0", count: 64)
    #expect(WorkerHashes(content: hash, modelSet: hash) != nil)
    #expect(WorkerHashes(content: text, modelSet: hash) == nil)
    #expect(WorkerHashes(content: hash, modelSet: text) == nil)
  }

  /// What would forge a line, or reach a terminal.
  @Test(
    arguments: [
      (["a\nb"], []), (["\u{1B}[2J"], []), (["\u{9B}2J"], []), (["\u{202E}"], []),
      ([], ["{\"a\":1}\n{\"a\":1}"]), ([], ["{\"a\":\"\u{9B}\"}"]), ([], ["[1]"]), ([], ["{\"a\":"]),
      ([], [""]),
      ([], ["{\"job\":\"x\"}"]), ([], ["{\"time\":\"x\"}"]), ([], ["{\"result\":\"x\"}"]),
      (Array(repeating: "a", count: 10_001), []),
    ] as [([String], [String])])
  func linesThatAreNoneAreNoResult(logLines: [String], jsonLines: [String]) throws {
    let products = [JobProduct(name: "result.xml", bytes: [])]
    let outcome = JobOutcome.done(JobResult(products: products, logLines: logLines, jsonLines: jsonLines))
    #expect(WorkerAnswer(outcome).outcome(after: try #require(Self.hashes)) == nil)
  }

  @Test func whatIsNoAnswerOnAJobIsNone() {
    #expect(WorkerAnswer(line: Array("{\"kind\":\"nothing\"}".utf8)) == nil)
    let ready = WorkerAnswer(.ready)
    #expect(ready.outcome(after: Self.hashes) == nil)
    let early = WorkerAnswer(.done(JobResult(products: [], logLines: [], jsonLines: [])))
    #expect(early.outcome(after: nil) == nil)
  }
}
