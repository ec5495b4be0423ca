import SpoolQueue

/// Finds the job an operator means.
enum JobSelection {
  /// By the beginning of its id, or by the name it was submitted under, of which the newest counts.
  static func job(_ text: String, in queue: SpoolQueue) throws(ToolError) -> Job {
    do throws(SpoolError) {
      // Ids begin with digits and letters that file names have too: an id is tried first.
      let byID = text.isEmpty ? [] : try queue.find(text)
      if byID.count == 1 { return byID[0] }
      if byID.count > 1 {
        throw SpoolError(
          .wrongState, at: text, "\(byID.count) ids begin with \(text): \(listing(byID)); write more of it")
      }
      if let newest = try named(text, in: queue).last { return newest }
    } catch {
      throw ToolError(error)
    }
    throw ToolError(
      .noInput, "no job has the id or the name \(text); `exospool status` lists those that did not end well")
  }

  static func named(_ name: String, in queue: SpoolQueue) throws(SpoolError) -> [Job] {
    // A name as it is printed, with what cannot be printed escaped, is looked for in every record.
    guard name.contains("\\") else { return try queue.find(submittedAs: FileName(name)) }
    var jobs: [Job] = []
    for directory in [SpoolDirectory.active, .deferred, .hold, .corrupt, .failed, .archive] {
      jobs += try queue.jobs(at: directory).filter { job in
        job.record.originalName == FileName(name) || job.record.originalName.display == name
      }
    }
    return jobs.sorted { $0.id < $1.id }
  }

  private static func listing(_ jobs: [Job]) -> String {
    let shown = jobs.prefix(5).map(\.id.text).joined(separator: ", ")
    return jobs.count > 5 ? shown + ", ..." : shown
  }
}

extension SpoolQueue {
  /// The jobs in a state; errors as the tool reports them.
  func all(_ state: JobState) throws(ToolError) -> [Job] {
    do { return try jobs(in: state) } catch { throw ToolError(error) }
  }
}
