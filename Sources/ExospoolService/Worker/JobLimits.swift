import CProcess
import Glibc
import SystemPackage

/// What one job may use.
struct JobLimits: Sendable, Hashable {
  var wallSeconds: Double
  var cpuSeconds: Int
  var memoryBytes: UInt64
  var resultBytes: UInt64

  /// Limits are set from outside before each job, so that no job lives on what another has left.
  /// - Throws: `limitsRefused`: no stranger's file is opened without limits.
  func apply(to process: pid_t) throws(WorkerError) {
    func set(
      _ resource: __rlimit_resource, _ name: String, soft: UInt64, hard: UInt64 = .max
    ) throws(WorkerError) {
      if exospool_limit(process, Int32(resource.rawValue), soft, hard) != 0 {
        throw Self.refused(name, Errno(rawValue: errno))
      }
    }
    try set(RLIMIT_CORE, "core dumps", soft: 0, hard: 0)
    try set(RLIMIT_AS, "memory", soft: memoryBytes)
    try set(RLIMIT_FSIZE, "file size", soft: resultBytes)
    // The limit counts from the process's start, so what earlier jobs used is added. A clock in other hands may say anything.
    let used = min(max(0, try Self.usedCPUSeconds(process)), 1e9)
    try set(RLIMIT_CPU, "processor time", soft: UInt64(used.rounded(.up)) + UInt64(cpuSeconds))
  }

  private static func usedCPUSeconds(_ process: pid_t) throws(WorkerError) -> Double {
    var clock = clockid_t()
    var time = timespec()
    let status = clock_getcpuclockid(process, &clock)
    if status != 0 { throw refused("processor time", Errno(rawValue: status)) }
    if clock_gettime(clock, &time) != 0 { throw refused("processor time", Errno(rawValue: errno)) }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func refused(_ resource: String, _ cause: Errno) -> WorkerError {
    WorkerError(
      .limitsRefused, at: resource, "the worker's \(resource) cannot be limited: \(cause)", cause: cause)
  }

  /// Why a process ended, with the limit that was reached where one explains it.
  func sentence(on end: ChildEnd) -> String {
    if end.signal == SIGXCPU {
      return "the job used more than \(cpuSeconds) s of processor time and was ended (job_cpu_time_seconds)"
    }
    // A refused allocation traps; the resident peak then stands near the limit, shared libraries apart.
    if end.signal != 0, Double(end.peakBytes) > 0.5 * Double(memoryBytes) {
      return
        "the job needed more than \(memoryBytes >> 20) MB of memory (job_memory_megabytes): \(end.sentence)"
    }
    return end.sentence
  }
}
