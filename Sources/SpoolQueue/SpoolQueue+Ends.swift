package import PosixFiles
package import SystemPackage

/// How a claimed job ends or is put off.
extension SpoolQueue {
  package enum Commit: Sendable {
    /// The result stands in `results/`; the job is now in state committed.
    case committed(Job)
    /// Another job has the result of the same content and models.
    case known(JobID)
  }

  /// The job that has the result for this content and these models, or nil. Only a result that is still
  /// there counts: an earlier failure, or a result removed since, blocks nobody.
  package func holder(contentHash: String, modelSetHash: String) throws(SpoolError) -> JobID? {
    let folder = ResultFolder(contentHash: contentHash, modelSetHash: modelSetHash)
    guard
      let bytes = try FileSystem.read(indexDirectory.appending(folder.indexName)),
      let lines = String(validating: bytes, as: UTF8.self)?.split(separator: "\n"), lines.count == 2,
      let id = JobID(lines[0]),
      case .same = try folder.occupant(of: path(.results).appending(String(lines[1])))
    else { return nil }
    return id
  }

  /// An empty directory for the worker of a claimed job.
  package func makeWorkDirectory(for job: Job) throws(SpoolError) -> FilePath {
    let work = workPath(of: job)
    try FileSystem.removeTree(work)
    try FileSystem.makeDirectory(work)
    return work
  }

  package func removeWorkDirectory(of job: Job) throws(SpoolError) {
    try FileSystem.removeTree(workPath(of: job))
  }

  /// Makes the work directory of a claimed job its result.
  ///
  /// The worker has synced its files. The transition is the rename of the directory into `results/`; its
  /// name is made of the input's name, content and models, so a repeat gives the same name.
  /// - Parameter input: the input as the worker read it.
  package func commit(
    _ job: Job, contentHash: String, modelSetHash: String, logLines: [String], jsonLines: [String],
    input: FileStamp? = nil, now: Timestamp = .now()
  ) throws(SpoolError) -> Commit {
    precondition(job.state == .claimed, "only a claimed job is committed")
    if let holder = try holder(contentHash: contentHash, modelSetHash: modelSetHash), holder != job.id {
      return .known(holder)
    }
    let folder = ResultFolder(contentHash: contentHash, modelSetHash: modelSetHash)
    let (directory, isRepeated) = try place(folder, for: job)
    var next = job
    next.state = .committed
    next.record.lastChanged = now
    next.record.result = CommittedResult(
      directory: directory, contentHash: contentHash, modelSetHash: modelSetHash, logLines: logLines,
      jsonLines: jsonLines, input: input)
    if isRepeated {
      try removeWorkDirectory(of: job)
    } else {
      try folder.writeHashes(in: workPath(of: job))
      try FileSystem.synchronizeDirectory(workPath(of: job))
    }
    try FileSystem.write(next.record.encoded, to: path(.active).appending(next.recordName))
    try FileSystem.synchronizeDirectory(path(.active))
    try FileSystem.makeDirectory(indexDirectory)
    try FileSystem.write(
      Array("\(job.id.text)\n\(directory)\n".utf8), to: indexDirectory.appending(folder.indexName))
    try FileSystem.synchronizeDirectory(indexDirectory)
    if !isRepeated, try !FileSystem.rename(workPath(of: job), path(.results).appending(directory)) {
      throw SpoolError(.gone, at: job.id.text, "the result of job \(job.id) is no longer in \(path(.active))")
    }
    try FileSystem.synchronizeDirectory(path(.results))
    return .committed(next)
  }

  /// The name of the folder for a result, and whether that very result is there already, though its index is lost or names
  /// one gone since.
  private func place(
    _ folder: ResultFolder, for job: Job
  ) throws(SpoolError) -> (name: String, isRepeated: Bool) {
    for name in folder.names(for: job.record.originalName) {
      switch try folder.occupant(of: path(.results).appending(name)) {
      case .nobody: return (name, false)
      case .same: return (name, true)
      case .another: continue
      }
    }
    throw SpoolError(
      .wrongState, at: path(.results).string,
      "something else stands in \(path(.results).string) under every name that the result of job \(job.id) can have; "
        + "move it away")
  }

  /// Takes the result of a committed job, whose lines are in no log yet, out of `results/` again.
  ///
  /// The transition is the rename of the directory back to `active/`: the job is claimed, as before its commit.
  package func withdraw(_ job: Job) throws(SpoolError) -> Job {
    precondition(job.state == .committed, "only a committed job is withdrawn")
    try removeWorkDirectory(of: job)
    if let result = resultPath(of: job) {
      _ = try FileSystem.rename(result, workPath(of: job))
      try FileSystem.synchronizeDirectory(path(.results))
    }
    var next = job
    next.state = .claimed
    next.record.result = nil
    return next
  }

  /// Moves the input of a committed job, whose lines are in the logs, to the archive.
  @discardableResult
  package func retire(_ job: Job, now: Timestamp = .now()) throws(SpoolError) -> Job {
    precondition(job.state == .committed, "only a committed job is retired")
    return try move(job, to: .done, changing: job, now: now)
  }

  /// Moves an input whose result another job has to the archive.
  @discardableResult
  package func retire(_ job: Job, asDuplicateOf holder: JobID, now: Timestamp = .now()) throws(SpoolError)
    -> Job
  {
    try removeWorkDirectory(of: job)
    var next = job
    next.record.duplicateOf = holder
    next.record.result = nil
    next.record.reason = "the same content was analysed with the same models by job \(holder)"
    return try move(job, to: .duplicate, changing: next, now: now)
  }

  /// Puts a claimed job off until `notBefore`. An excused claim does not count as an attempt.
  @discardableResult
  package func `defer`(
    _ job: Job, until notBefore: Timestamp, because reason: String, excused: Bool, interrupted: Bool = false,
    isGrowing: Bool = false, now: Timestamp = .now()
  ) throws(SpoolError) -> Job {
    try removeWorkDirectory(of: job)
    var next = job
    next.record.notBefore = notBefore
    next.record.isGrowing = isGrowing
    next.record.reason = reason
    next.record.result = nil
    if excused { next.record.excusedClaims += 1 }
    if interrupted { next.record.interruptions += 1 }
    return try move(job, to: .deferred, changing: next, now: now)
  }

  /// Ends a claimed job as `corrupt` (the input's fault) or `failed` (ours), with a reason beside it.
  @discardableResult
  package func reject(_ job: Job, as state: JobState, because reason: String, now: Timestamp = .now())
    throws(SpoolError) -> Job
  {
    precondition(state == .corrupt || state == .failed, "a job is rejected as corrupt or failed")
    try removeWorkDirectory(of: job)
    var next = job
    next.record.reason = reason
    next.record.result = nil
    return try move(job, to: state, changing: next, now: now)
  }

  private var indexDirectory: FilePath { path(.results).appending(".index") }
}

extension Job {
  /// The `.reason` file: for the person who finds the input.
  func reasonText(_ now: Timestamp) -> String {
    let verdict =
      state == .corrupt
      ? "corrupt: the fault is in the file" : "failed: the fault is ours, or no attempt succeeded"
    let cure =
      state == .corrupt
      ? "Correct the file and drop it into the inbox again."
      : "When the cause is gone, `exospool retry \(id)` tries the same file again."
    return """
      File:     \(record.originalName.display)
      Verdict:  \(verdict)
      Reason:   \(record.reason ?? "none was given")
      Job:      \(id), attempt \(countedAttempts)
      When:     \(now.iso8601)
      What now: \(cure)

      """
  }
}
