import Glibc
import PosixFiles
import SystemPackage

/// What the operator does to jobs, from a process of its own. The renames decide who was first; the daemon
/// and the operator never see a job half moved.
extension SpoolQueue {
  /// Puts bytes into the inbox under `name`, whole or not at all: temporary name, fsync, rename.
  ///
  /// A name that is taken gets a number: `earth.xml`, `earth-2.xml`.
  /// - Parameter statement: what the user says of the file, one `KEY = value` each.
  /// - Returns: the name under which it was submitted.
  /// - Throws: `unusableName` for a name the intake would ignore.
  package func submit(
    _ bytes: [UInt8], as name: FileName, statement: [String] = []
  ) throws(SpoolError) -> FileName {
    if let why = name.ignoredBecause {
      throw SpoolError(
        .unusableName, at: name.display,
        "\(name.display) cannot be submitted: \(why); give it another name")
    }
    if name.bytes.isEmpty || name.bytes.contains(UInt8(ascii: "/")) || name.bytes.contains(0)
      || name.bytes.count > 255
    {
      throw SpoolError(
        .unusableName, at: name.display,
        "\(name.display) is no file name of 1 to 255 bytes without `/`")
    }
    let inbox = path(.inbox)
    let temporary = inbox.appending(".submit-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).part")
    return try spool { () throws(FileError) in
      do throws(FileError) {
        try PosixFiles.create(temporary) { (file: borrowing OpenFile) throws(FileError) in
          try file.write(bytes)
        }
        // Whatever mask the user has: the daemon may be another user, and must be able to read it.
        try PosixFiles.setMode([.ownerReadWrite, .groupReadWrite, .otherRead], of: temporary)
        if !statement.isEmpty, let status = try PosixFiles.status(temporary) {
          try SubmittedStatement(of: status, in: inbox).write(statement)
        }
        var candidate = name
        var number = 2
        while try !PosixFiles.renameWithoutReplacing(temporary, to: inbox.appending(candidate)) {
          candidate = Self.numbered(name, number)
          number += 1
        }
        try PosixFiles.synchronizeDirectory(inbox)
        return candidate
      } catch {
        try? PosixFiles.unlink(temporary)
        throw error
      }
    }
  }

  /// `earth.xml` -> `earth-2.xml`, kept within 255 bytes.
  private static func numbered(_ name: FileName, _ number: Int) -> FileName {
    let dot = name.bytes.lastIndex(of: UInt8(ascii: ".")) ?? name.bytes.endIndex
    let tail = Array("-\(number)".utf8) + name.bytes[dot...]
    return FileName(bytes: name.bytes[..<min(dot, 255 - tail.count)] + tail)
  }

  /// Sets a deferred job aside until `release`.
  @discardableResult
  package func hold(_ job: Job, now: Timestamp = .now()) throws(SpoolError) -> Job {
    guard job.state == .deferred else {
      throw SpoolError(
        .wrongState, at: job.id.text,
        "job \(job.id) is \(job.state.rawValue); only a waiting (deferred) job can be held")
    }
    return try move(job, to: .held, changing: job, now: now)
  }

  /// Sets a file that still waits in the inbox aside; it gets its id now. Nil when it is gone.
  package func hold(_ name: FileName, now: Timestamp = .now()) throws(SpoolError) -> Job? {
    guard let status = try FileSystem.status(path(.inbox).appending(name)), status.kind == .regular else {
      return nil
    }
    return try enter(name, as: .held, attempt: 0, now: now)
  }

  /// Lets a held job run as soon as a worker is free.
  @discardableResult
  package func release(_ job: Job, now: Timestamp = .now()) throws(SpoolError) -> Job {
    guard job.state == .held else {
      throw SpoolError(.wrongState, at: job.id.text, "job \(job.id) is \(job.state.rawValue), not held")
    }
    var next = job
    next.record.notBefore = now
    return try move(job, to: .deferred, changing: next, now: now)
  }

  /// Gives a failed, corrupt or deferred job all its attempts again, from now on.
  @discardableResult
  package func retry(_ job: Job, now: Timestamp = .now()) throws(SpoolError) -> Job {
    guard [.failed, .corrupt, .deferred].contains(job.state) else {
      throw SpoolError(
        .wrongState, at: job.id.text,
        "job \(job.id) is \(job.state.rawValue); only failed, corrupt and deferred jobs can be retried")
    }
    var next = job
    next.record.excusedClaims = job.attempt
    next.record.interruptions = 0
    next.record.isSuspect = false
    next.record.notBefore = now
    next.record.reason = "tried again by the operator"
    if job.state == .deferred {
      // The place stays, so there is nothing to rename: the record alone changes.
      next.record.lastChanged = now
      try FileSystem.write(next.record.encoded, to: path(.deferred).appending(next.recordName))
      try FileSystem.synchronizeDirectory(path(.deferred))
      return next
    }
    return try move(job, to: .deferred, changing: next, now: now)
  }
}
