import CProcess
import Glibc
import Synchronization
import SystemPackage

/// A program started by us and not yet waited for, held by a descriptor: a process number may come to mean another
/// process, the descriptor never does. Killed and reaped when it goes, with all processes of its group.
struct ChildProcess: ~Copyable {
  /// Means this process as long as it is not reaped.
  let identifier: pid_t
  private let descriptor: Int32
  private let killSwitch: KillSwitch
  private var end: ChildEnd?
  /// To its standard input, and from its standard output.
  var channel: LineChannel

  /// - Parameter killSwitch: ends the process from any thread from now on.
  init(_ command: WorkerCommand, killSwitch: KillSwitch) throws(WorkerError) {
    let input = try Self.pipe(command)
    let output: (read: Int32, write: Int32)
    do throws(WorkerError) {
      output = try Self.pipe(command)
    } catch {
      close(input.read)
      close(input.write)
      throw error
    }
    let channel = LineChannel(input: output.read, output: input.write)
    let (identifier, status) = Self.spawn(command, input: input.read, output: output.write)
    close(input.read)
    close(output.write)
    guard status == 0 else { throw Self.failure(command, "cannot be started", Errno(rawValue: status)) }
    let descriptor = exospool_open_child(identifier)
    guard descriptor >= 0 else {
      let error = Errno(rawValue: errno)
      // It is not reaped yet, so its number is its own.
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
      throw Self.failure(command, "cannot be watched", error)
    }
    self.identifier = identifier
    self.descriptor = descriptor
    self.killSwitch = killSwitch
    self.channel = channel
    killSwitch.arm(descriptor, group: identifier)
  }

  private static func pipe(_ command: WorkerCommand) throws(WorkerError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard exospool_pipe(&ends) == 0 else {
      throw failure(command, "cannot be given a pipe", Errno(rawValue: errno))
    }
    return (ends[0], ends[1])
  }

  private static func failure(_ command: WorkerCommand, _ what: String, _ cause: Errno) -> WorkerError {
    WorkerError(
      .cannotStart, at: command.executable, "\(command.executable) \(what): \(cause)", cause: cause)
  }

  deinit {
    killSwitch.disarm()
    if end == nil { _ = Self.reap(descriptor, group: identifier, within: 0) }
    close(descriptor)
  }

  func signal(_ number: Int32) { exospool_signal_child(descriptor, number) }

  /// Waits for the end, which is brought about where it does not come in time: a stopped process heeds no other signal.
  mutating func reap(within seconds: Double) -> ChildEnd {
    if let end { return end }
    // Disarmed first: once it is reaped, its number may come to mean another group.
    killSwitch.disarm()
    let result = Self.reap(descriptor, group: identifier, within: seconds)
    end = result
    return result
  }

  private static func reap(_ descriptor: Int32, group: pid_t, within seconds: Double) -> ChildEnd {
    let deadline = monotonicSeconds() + seconds
    var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while seconds > 0 {
      let left = deadline - monotonicSeconds()
      if left <= 0 { break }
      // Interrupted: looked at again.
      if poll(&ended, 1, Int32((left * 1000).rounded(.up))) > 0 { break }
    }
    exospool_signal_child(descriptor, SIGKILL)
    // What it has started is not ours to reap, but goes with it. The group is its own as long as it is not reaped.
    kill(-group, SIGKILL)
    var status = exospool_child_end()
    exospool_reap_child(descriptor, &status)
    return ChildEnd(signal: status.signal, status: status.status, peakBytes: status.peak_bytes)
  }

  /// - Returns: the process, and an errno where there is none.
  private static func spawn(_ command: WorkerCommand, input: Int32, output: Int32) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // Close-on-exec is not everybody's habit: libinotifytools' is not.
    exospool_close_from(&actions, STDERR_FILENO + 1)
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
    return (pid, status)
  }
}

/// Kills a process and its group from another thread than the one that waits for it, also while it is coming up.
final class KillSwitch: Sendable {
  private struct State {
    var process: (descriptor: Int32, group: pid_t)?
    var isPulled = false

    func kill() {
      guard let process else { return }
      exospool_signal_child(process.descriptor, SIGKILL)
      _ = Glibc.kill(-process.group, SIGKILL)
    }
  }

  private let state = Mutex(State())

  /// Pulled for good: a process that is started later is killed at once.
  func pull() {
    state.withLock { state in
      state.isPulled = true
      state.kill()
    }
  }

  fileprivate func arm(_ descriptor: Int32, group: pid_t) {
    state.withLock { state in
      state.process = (descriptor, group)
      if state.isPulled { state.kill() }
    }
  }

  fileprivate func disarm() { state.withLock { $0.process = nil } }
}

/// How a process ended.
struct ChildEnd: Sendable, Hashable {
  /// The signal that ended it; 0 when it ended by itself.
  let signal: Int32
  let status: Int32
  /// Of its memory, resident.
  let peakBytes: UInt64

  var sentence: String {
    if signal == 0 { return "the worker ended with status \(status)" }
    return "the worker crashed with signal \(signal) (\(String(cString: strsignal(signal))))"
  }
}
