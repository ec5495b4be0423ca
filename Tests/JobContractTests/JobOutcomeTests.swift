import JobContract
import Testing

@Suite struct JobOutcomeTests {
  private struct Fault: InputFault {
    var mayStillGrow = false
    var isOurs = false
  }

  @Test func aFaultOfTheMachineIsNoFaultOfTheFile() {
    let fault = Fault(mayStillGrow: true, isOurs: true)
    for isYoung in [true, false] {
      #expect(JobOutcome<Int>(fault, "no memory", isYoung: isYoung) == .failed("no memory", mayPass: true))
    }
  }

  @Test func onlyAYoungFileMayStillGrow() {
    let fault = Fault(mayStillGrow: true)
    #expect(JobOutcome<Int>(fault, "cut off", isYoung: true) == .unsettled("cut off"))
    #expect(JobOutcome<Int>(fault, "cut off", isYoung: false) == .corrupt("cut off"))
    #expect(JobOutcome<Int>(Fault(), "no planet", isYoung: true) == .corrupt("no planet"))
  }

  @Test func anotherFormOfTheResultChangesNothingElse() {
    #expect(JobOutcome.done(2).map { $0 + 1 } == .done(3))
    #expect(JobOutcome<Int>.failed("no", mayPass: false).map { "\($0)" } == .failed("no", mayPass: false))
  }
}
