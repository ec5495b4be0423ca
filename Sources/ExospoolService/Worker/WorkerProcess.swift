import CProcess
import Glibc

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// How to start a worker.
package struct WorkerCommand: Sendable, Hashable {
  package var executable: String
  package var arguments: [String]

  package init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }
}

/// What one job may use.
struct JobLimits: Sendable, Hashable {
  var wallSeconds: Double
  var cpuSeconds: Int
  var memoryBytes: UInt64
  var resultBytes: UInt64
}

/// A running worker, seen from the supervisor. Every call blocks: `WorkerSlot` gives it a thread.
struct WorkerProcess: ~Copyable {
  enum Result {
    case answer(WorkerAnswer, contentHash: String?)
    /// The supervisor decided that the content needs no analysis.
    case skipped(contentHash: String)
    /// The process has ended, by itself or by our hand; a sentence.
    case ended(String)
  }

  let identifier: pid_t
  let modelSetHash: String
  private var channel: LineChannel

  private init(identifier: pid_t, modelSetHash: String, channel: consuming LineChannel) {
    self.identifier = identifier
    self.modelSetHash = modelSetHash
    self.channel = channel
  }

  /// Starts a process and waits until it is ready, so that loading models is no part of any job.
  /// - Parameter limits: hold for the loading too, as if it were a job.
  /// - Throws: a sentence, when it does not start or ends at once.
  static func start(
    _ command: WorkerCommand, limits: JobLimits, within seconds: Double = 60
  ) throws(WorkerStartError) -> WorkerProcess {
    var toWorker: [Int32] = [-1, -1]
    var fromWorker: [Int32] = [-1, -1]
    guard exospool_pipe(&toWorker) == 0 else {
      throw WorkerStartError("no pipe: \(String(cString: strerror(errno)))")
    }
    guard exospool_pipe(&fromWorker) == 0 else {
      let reason = String(cString: strerror(errno))
      close(toWorker[0])
      close(toWorker[1])
      throw WorkerStartError("no pipe: \(reason)")
    }
    let (status, pid) = spawn(command, input: toWorker[0], output: fromWorker[1])
    close(toWorker[0])
    close(fromWorker[1])
    var channel = LineChannel(input: fromWorker[0], output: toWorker[1])
    guard status == 0 else {
      throw WorkerStartError("\(command.executable) cannot be started: \(String(cString: strerror(status)))")
    }
    apply(limits, to: pid)
    guard case .line(let line) = channel.read(deadline: monotonicSeconds() + seconds),
      let answer = try? JSONDecoder().decode(WorkerAnswer.self, from: Data(line)), answer.kind == .ready
    else {
      throw WorkerStartError("the worker did not come up: \(reap(pid, killing: true).sentence)")
    }
    return WorkerProcess(identifier: pid, modelSetHash: answer.modelSetHash ?? "", channel: channel)
  }

  /// Does one job. After `.ended` this value is of no more use.
  /// - Parameter decide: whether content with this hash is to be analysed.
  mutating func perform(
    _ request: WorkerRequest, limits: JobLimits,
    decide: (_ contentHash: String, _ modelSetHash: String) -> WorkerDecision
  ) -> Result {
    Self.apply(limits, to: identifier)
    let deadline = monotonicSeconds() + limits.wallSeconds
    guard let data = try? JSONEncoder().encode(request), channel.write(Array(data)) else {
      return .ended(Self.reap(identifier, killing: true).sentence)
    }
    var contentHash: String?
    while true {
      switch channel.read(deadline: deadline) {
      case .line(let line):
        guard let answer = try? JSONDecoder().decode(WorkerAnswer.self, from: Data(line)) else {
          _ = Self.reap(identifier, killing: true)
          return .ended("the worker's answer could not be understood")
        }
        guard answer.kind == .hash, let hash = answer.contentHash, contentHash == nil else {
          return .answer(answer, contentHash: contentHash)
        }
        contentHash = hash
        let decision = decide(hash, modelSetHash)
        guard channel.write(Array(decision.rawValue.utf8)) else {
          return .ended(Self.reap(identifier, killing: true).sentence)
        }
        if decision == .skip { return .skipped(contentHash: hash) }
      case .timedOut:
        _ = Self.reap(identifier, killing: true)
        return .ended(
          "the job took longer than \(limits.wallSeconds) s and was ended (job_wall_time_seconds)")
      case .tooLong:
        _ = Self.reap(identifier, killing: true)
        return .ended("the worker's answer was too long")
      case .closed:
        return .ended(Self.reap(identifier, killing: false).sentence(limits))
      }
    }
  }

  /// Closes the pipe, which ends the worker, and waits for it.
  consuming func end() {
    kill(identifier, SIGTERM)
    _ = Self.reap(identifier, killing: false)
  }

  /// Limits are set from outside before each job, so that no job lives on what another has left.
  private static func apply(_ limits: JobLimits, to identifier: pid_t) {
    func set(_ resource: __rlimit_resource, soft: UInt64, hard: UInt64 = .max) {
      _ = exospool_limit(identifier, Int32(resource.rawValue), soft, hard)
    }
    set(RLIMIT_CORE, soft: 0, hard: 0)
    set(RLIMIT_AS, soft: limits.memoryBytes)
    set(RLIMIT_FSIZE, soft: limits.resultBytes)
    // The limit counts from the process's start, so what earlier jobs used is added.
    set(RLIMIT_CPU, soft: UInt64(usedCPUSeconds(identifier).rounded(.up)) + UInt64(limits.cpuSeconds))
  }

  private static func usedCPUSeconds(_ identifier: pid_t) -> Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func spawn(_ command: WorkerCommand, input: Int32, output: Int32) -> (Int32, pid_t) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that Ctrl-C in a terminal reaches the supervisor alone; signals as a new program has them.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var arguments = ([command.executable] + command.arguments).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, command.executable, &actions, &attributes, &arguments, environ)
    return (status, pid)
  }

  private static func reap(_ pid: pid_t, killing: Bool) -> WorkerEnd {
    guard pid > 0 else { return WorkerEnd(status: 0, peakBytes: 0) }
    if killing { kill(pid, SIGKILL) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    return WorkerEnd(status: status, peakBytes: UInt64(usage.ru_maxrss) << 10)
  }
}

/// Why a worker could not be started: a sentence.
package struct WorkerStartError: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

/// How a process ended.
struct WorkerEnd: Sendable {
  let status: Int32
  let peakBytes: UInt64

  var sentence: String {
    let signal = status & 0x7F
    if signal == 0 { return "the worker ended with status \((status >> 8) & 0xFF)" }
    return "the worker crashed with signal \(signal) (\(String(cString: strsignal(signal))))"
  }

  /// With the limit that was reached, where one explains the end.
  func sentence(_ limits: JobLimits) -> String {
    let signal = status & 0x7F
    if signal == SIGXCPU {
      return
        "the job used more than \(limits.cpuSeconds) s of processor time and was ended (job_cpu_time_seconds)"
    }
    // A refused allocation traps; the resident peak then stands near the limit, shared libraries apart.
    if signal != 0, Double(peakBytes) > 0.5 * Double(limits.memoryBytes) {
      return
        "the job needed more than \(limits.memoryBytes >> 20) MB of memory (job_memory_megabytes): \(sentence)"
    }
    return sentence
  }
}
