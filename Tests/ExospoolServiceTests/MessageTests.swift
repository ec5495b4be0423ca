import JobContract
import Testing

@testable import ExospoolService

@Suite struct MessageTests {
  private static let text = "two words, a\nline, \"quoted\", Čapek \u{1F30D} \u{0}"

  @Test func aRequestIsReadAsItWasWritten() {
    let request = WorkerRequest(
      path: "/spool/active/\(Self.text)", name: Self.text, scratch: "/x", isYoung: true, mayGrow: false,
      sizeLimit: 1 << 40)
    #expect(!request.line.contains(UInt8(ascii: "\n")))
    #expect(WorkerRequest(line: request.line) == request)
    #expect(WorkerRequest(line: Array("{\"path\":1}".utf8)) == nil)
    #expect(WorkerRequest(line: []) == nil)
  }

  @Test(arguments: [
    JobOutcome.done(JobResult(products: [], logLines: [text, ""], jsonLines: ["{\"a\":\"\(text)\"}"])),
    .corrupt(text), .unsettled(text), .failed(text, mayPass: true), .failed("", mayPass: false),
  ])
  func anOutcomeIsReadAsItWasWritten(outcome: JobOutcome<JobResult>) throws {
    let line = WorkerAnswer(outcome).line
    #expect(!line.contains(UInt8(ascii: "\n")))
    let read = try #require(WorkerAnswer(line: line)).outcome(after: ("abc", "feed"))
    let expected = outcome.map { result in
      WorkerResult(
        contentHash: "abc", modelSetHash: "feed", logLines: result.logLines, jsonLines: result.jsonLines)
    }
    #expect(read == expected)
  }

  @Test func whatIsNoAnswerOnAJobIsNone() {
    #expect(WorkerAnswer(line: Array("{\"kind\":\"nothing\"}".utf8)) == nil)
    let ready = WorkerAnswer(.ready)
    #expect(ready.outcome(after: ("abc", "feed")) == nil)
    let early = WorkerAnswer(.done(JobResult(products: [], logLines: [], jsonLines: [])))
    #expect(early.outcome(after: nil) == nil)
  }
}
