import ArgumentParser
import JobContract
import PlainText
import SpoolQueue

/// Something done to each of several jobs: one line each, the first fault gives the exit status.
enum Operation {
  static func perform(
    named names: [String], found: [Job], in queue: SpoolQueue, word: String,
    _ operation: (Job) throws -> Void
  ) throws {
    var failures: [ExitStatus] = []
    func attempt(_ body: () throws -> Job) throws {
      do {
        let job = try body()
        try Console.write("\(job.id) \(PlainText.line(job.record.originalName.display)): \(word)\n")
      } catch let error as SpoolError {
        let error = ToolError(error)
        Console.complain(error.sentence)
        failures.append(error.code)
      } catch let error as ToolError where error.code != .inputOutput {
        Console.complain(error.sentence)
        failures.append(error.code)
      }
    }
    for name in names {
      try attempt {
        let job = try JobSelection.job(name, in: queue)
        try operation(job)
        return job
      }
    }
    for job in found {
      try attempt {
        try operation(job)
        return job
      }
    }
    if let first = failures.first { throw ExitCode(first.rawValue) }
  }
}
