package import PosixFiles
package import SystemPackage

/// The spool: directories on one file system, in which a job's state is the place of its file.
///
/// Every transition is one rename, named in its function; what is written before it is rubbish without it
/// and is cleared away by `recover()`, what comes after it is repeated by `recover()`. An input always has
/// its record beside it (`.<id>.job`); the record for the next directory is written there before the rename.
///
/// Promise: nothing submitted is lost. An input ends in done, duplicate, corrupt or failed, or it waits.
package struct SpoolQueue: Sendable {
  package let root: FilePath

  /// Opens an existing spool.
  /// - Throws: `notASpool` when a directory is missing, `severalFileSystems` when they are not on one.
  package init(root: FilePath) throws(SpoolError) {
    self.root = root
    var device: UInt64?
    for directory in SpoolDirectory.allCases {
      // The log may be a link or a mount of its own: nothing is renamed into it.
      if directory == .log { continue }
      guard let status = try FileSystem.status(path(directory)), status.kind == .directory else {
        throw SpoolError(
          .notASpool, at: root.string,
          "\(root.string) is no spool: \(directory.rawValue)/ is missing; `exospoold check` says what a spool needs, "
            + "`exospoold run --create` makes one")
      }
      if let device, device != status.device {
        throw SpoolError(
          .severalFileSystems, at: path(directory).string,
          "\(path(directory).string) is on another file system than the rest of the spool; "
            + "a transition is one rename, so all directories must be on one")
      }
      device = status.device
    }
  }

  /// Makes the directories that are missing. The inbox belongs to the group, which may write to it.
  package static func create(at root: FilePath) throws(SpoolError) {
    if try FileSystem.status(root) == nil { try FileSystem.makeDirectory(root) }
    for directory in SpoolDirectory.allCases {
      let path = root.appending(directory.rawValue)
      if try FileSystem.makeDirectory(path), directory == .inbox {
        // Members of the group drop files; what they drop belongs to the group, so that we can read it.
        try spool { () throws(FileError) in
          try PosixFiles.setMode(FilePermissions(rawValue: 0o2775), of: path)
        }
      }
    }
    try FileSystem.makeDirectory(root.appending(SpoolDirectory.results.rawValue).appending(".index"))
    try FileSystem.synchronizeDirectory(root)
  }

  package func path(_ directory: SpoolDirectory) -> FilePath { root.appending(directory.rawValue) }

  /// Where a job's input is.
  package func inputPath(of job: Job) -> FilePath { path(job.state.directory).appending(job.fileName) }

  /// What tells whether a job's input is as it was; nil when it is gone.
  package func stamp(of job: Job) throws(SpoolError) -> FileStamp? {
    try FileSystem.status(inputPath(of: job))?.stamp
  }

  /// Where the worker of a claimed job writes; renamed into `results/` as a whole.
  package func workPath(of job: Job) -> FilePath { path(.active).appending(job.workName) }

  /// Where a job's result is, if it has one.
  package func resultPath(of job: Job) -> FilePath? {
    job.record.result.map { path(.results).appending($0.directory) }
  }

  // MARK: - Looking

  /// One look at the inbox. Sub-directories are not entered: the inbox is flat.
  package func scanInbox() throws(SpoolError) -> InboxScan {
    var scan = InboxScan()
    for name in try FileSystem.names(in: path(.inbox)) {
      if name.ignoredBecause != nil {
        scan.ignored += 1
        continue
      }
      let file = path(.inbox).appending(name)
      guard let status = try FileSystem.status(file) else { continue }
      let entry = InboxEntry(
        name: name, size: status.size, modified: Timestamp(nanoseconds: status.modified),
        changed: Timestamp(nanoseconds: status.changed), inode: status.inode)
      if let why = Self.refusal(status, file) {
        scan.refused.append((entry, why))
      } else {
        scan.candidates.append(entry)
      }
    }
    scan.candidates.sort { ($0.changed, $0.inode) < ($1.changed, $1.inode) }
    return scan
  }

  /// Why something in the inbox is left there, or nil when it may be taken. Nothing is opened.
  private static func refusal(_ status: FileStatus, _ path: FilePath) -> String? {
    switch status.kind {
    case .regular:
      // A file we may not read would fail in every worker.
      return PosixFiles.isReadable(path)
        ? nil : "is not readable by this user; make it readable (chmod g+r) and it will be taken"
    case .directory: return "is a directory; the inbox is flat, move the files themselves into it"
    case .link: return "is a symbolic link; links are not followed, copy the file itself"
    case .pipe: return "is a named pipe; only regular files are taken"
    case .socket: return "is a socket; only regular files are taken"
    case .device: return "is a device; only regular files are taken"
    }
  }

  /// All jobs in a state's directory that are in that state, by id. (`submitted` has no ids: `scanInbox`.)
  package func jobs(in state: JobState) throws(SpoolError) -> [Job] {
    try jobs(at: state.directory).filter { $0.state == state }
  }

  /// All jobs whose input is in `directory`, by id, whatever state their record shows.
  package func jobs(at directory: SpoolDirectory) throws(SpoolError) -> [Job] {
    var jobs: [Job] = []
    for name in try FileSystem.names(in: path(directory)) {
      if let job = try job(named: name, in: directory) { jobs.append(job) }
    }
    return jobs.sorted { ($0.id, $0.attempt) < ($1.id, $1.attempt) }
  }

  /// The number of inputs in a directory, without reading any record.
  package func count(in directory: SpoolDirectory) throws(SpoolError) -> Int {
    if directory == .inbox {
      return try FileSystem.names(in: path(.inbox)).count { $0.ignoredBecause == nil }
    }
    return try inputs(in: directory).count
  }

  /// Ids and names of the inputs in a directory, without reading any record.
  func inputs(in directory: SpoolDirectory) throws(SpoolError) -> [(id: JobID, name: FileName)] {
    try FileSystem.names(in: path(directory)).compactMap { name in
      Job.parse(name).flatMap { Self.isReason($0.safeName) ? nil : ($0.id, name) }
    }
  }

  /// The jobs whose id begins with `prefix`, in every directory but the inbox.
  package func find(_ prefix: String) throws(SpoolError) -> [Job] {
    var jobs: [Job] = []
    for directory in [SpoolDirectory.active, .deferred, .hold, .corrupt, .failed, .archive] {
      for name in try FileSystem.names(in: path(directory)) {
        guard let parts = Job.parse(name), parts.id.text.hasPrefix(prefix.lowercased()) else { continue }
        if let job = try job(named: name, in: directory) { jobs.append(job) }
      }
    }
    return jobs.sorted { $0.id < $1.id }
  }

  /// No input ends in `.reason`, so that what does is known to be about another file.
  private static func inputName(_ name: FileName) -> String {
    let safe = name.safe()
    return isReason(safe) ? safe + "_" : safe
  }

  private static func isReason(_ safeName: String) -> Bool { safeName.hasSuffix(".reason") }

  func job(named name: FileName, in directory: SpoolDirectory) throws(SpoolError) -> Job? {
    guard let parts = Job.parse(name) else { return nil }
    if Self.isReason(parts.safeName) { return nil }
    // An input without a readable record (a lost disk block, a file moved by hand) still is a job: the
    // safe name stands in for the original one.
    let record =
      try FileSystem.read(path(directory).appending(".\(parts.id.text).job")).flatMap(
        JobRecord.init(encoded:))
      ?? JobRecord(originalName: FileName(parts.safeName))
    return Job(
      id: parts.id, attempt: parts.attempt, state: try state(in: directory, record), record: record,
      safeName: parts.safeName)
  }

  private func state(in directory: SpoolDirectory, _ record: JobRecord) throws(SpoolError) -> JobState {
    switch directory {
    case .inbox: return .submitted
    case .deferred: return .deferred
    case .hold: return .held
    case .corrupt: return .corrupt
    case .failed: return .failed
    case .archive: return record.duplicateOf == nil ? .done : .duplicate
    case .active, .results, .log:
      guard let result = record.result else { return .claimed }
      return try FileSystem.status(path(.results).appending(result.directory)) == nil ? .claimed : .committed
    }
  }

  // MARK: - Claiming

  /// Takes a file from the inbox: it gets its id and its first attempt. Nil when the file is gone.
  ///
  /// The transition is the rename from `inbox/` to `active/`.
  package func claim(_ entry: InboxEntry, now: Timestamp = .now()) throws(SpoolError) -> Job? {
    try enter(entry.name, as: .claimed, attempt: 1, cameWhole: entry.isWhole, now: now)
  }

  /// Takes a deferred job again. Nil when it is gone: released, held or taken by somebody else.
  package func claim(_ job: Job, now: Timestamp = .now()) throws(SpoolError) -> Job? {
    var next = job
    next.attempt += 1
    next.record.notBefore = nil
    next.record.isGrowing = false
    next.record.result = nil
    do throws(SpoolError) {
      return try move(job, to: .claimed, changing: next, now: now)
    } catch {
      if error.code == .gone { return nil }
      throw error
    }
  }

  /// Gives a file of the inbox its id and moves it to the directory of `state`.
  func enter(
    _ name: FileName, as state: JobState, attempt: Int, cameWhole: Bool = false, now: Timestamp
  ) throws(SpoolError) -> Job? {
    var record = JobRecord(originalName: name)
    record.cameWhole = cameWhole
    record.firstClaimed = state == .claimed ? now : nil
    record.lastChanged = now
    let directory = path(state.directory)
    while true {
      let job = Job(
        id: JobID(claimedAt: now), attempt: attempt, state: state, record: record,
        safeName: Self.inputName(name))
      let recordPath = directory.appending(job.recordName)
      if try FileSystem.status(recordPath) != nil { continue }
      try FileSystem.write(record.encoded, to: recordPath)
      guard try FileSystem.rename(path(.inbox).appending(name), directory.appending(job.fileName)) else {
        try FileSystem.unlink(recordPath)
        return nil
      }
      try FileSystem.synchronizeDirectory(directory)
      try FileSystem.synchronizeDirectory(path(.inbox))
      return job
    }
  }

  // MARK: - Moving

  /// Moves a job to the directory of `state`: the record first, then the input (the transition), then the
  /// old record goes. Throws `gone` when the input is no longer where `job` says.
  func move(_ job: Job, to state: JobState, changing changed: Job, now: Timestamp) throws(SpoolError) -> Job {
    var next = changed
    next.state = state
    next.record.lastChanged = now
    if state == .claimed && next.record.firstClaimed == nil { next.record.firstClaimed = now }
    let source = path(job.state.directory)
    let target = path(state.directory)
    try FileSystem.write(next.record.encoded, to: target.appending(next.recordName))
    if state == .corrupt || state == .failed {
      try FileSystem.write(Array(next.reasonText(now).utf8), to: target.appending(next.reasonName))
    }
    guard try FileSystem.rename(source.appending(job.fileName), target.appending(next.fileName)) else {
      try FileSystem.unlink(target.appending(next.recordName))
      try FileSystem.unlink(target.appending(next.reasonName))
      throw SpoolError(.gone, at: job.id.text, "job \(job.id) is no longer in \(source.string)")
    }
    try FileSystem.synchronizeDirectory(target)
    try FileSystem.unlink(source.appending(job.recordName))
    if job.state == .corrupt || job.state == .failed {
      try FileSystem.unlink(source.appending(job.reasonName))
    }
    try FileSystem.synchronizeDirectory(source)
    return next
  }
}
