import CProcess
import ContentHash
import Glibc
import SystemPackage

/// What a worker gives up before it reads anything of a stranger's: other processes, the network, and every file but those it
/// needs.
///
/// A thread that is there already would keep some of its rights (Landlock holds for the calling thread), so this comes before
/// the first one is started, and refuses to go on where it comes too late.
package enum WorkerConfinement {
  /// Where the C library keeps the encodings that a document may name; other machines have other ones of these.
  private static let encodings = [
    "/usr/lib/x86_64-linux-gnu/gconv", "/usr/lib/aarch64-linux-gnu/gconv", "/usr/lib64/gconv",
  ]

  /// Confines this process and all threads it will have. Where the kernel has no Landlock, files are not confined: the
  /// supervisor says so.
  /// - Parameters:
  ///   - readable: files and directories, with all that lies below them; what is missing is passed over.
  ///   - writable: a directory in which plain files may be made.
  /// - Throws: `notConfined`: the worker must end, for nothing of a stranger's is read without confinement.
  static func enter(reading readable: [String], writing writable: String) throws(WorkerError) {
    let threads = exospool_thread_count()
    guard threads == 1 else {
      throw refused(
        threads < 0 ? "/proc is not mounted" : "it has \(threads) threads already", Errno(rawValue: 0))
    }
    // The library reads its configuration at the first digest.
    _ = SHA256Digest(of: [])
    try check(exospool_hide_process(), "its memory cannot be hidden")
    if landlockVersion > 0 {
      let paths = (readable + encodings).map { strdup($0) }
      defer { for path in paths { free(path) } }
      let error = paths.map { UnsafePointer<CChar>($0) }.withUnsafeBufferPointer {
        exospool_confine_files($0.baseAddress, Int32($0.count), writable)
      }
      try check(error, "its files cannot be confined")
    }
    try check(exospool_confine_calls(), "its system calls cannot be confined")
  }

  /// Hides the memory of this process, the supervisor, from the workers, which are of the same user.
  package static func hideSupervisor() { _ = exospool_hide_process() }

  /// The version of the kernel's Landlock; 0: files are not confined.
  package static var landlockVersion: Int { Int(exospool_landlock_version()) }

  /// The same as a sentence for the operator.
  package static var sentence: String {
    landlockVersion > 0
      ? "workers are confined: system calls by seccomp, files by Landlock (version \(landlockVersion))"
      : "this kernel has no Landlock (5.13 or later, with landlock among its security modules): workers are confined "
        + "in their system calls alone, and may read what the service may read"
  }

  private static func check(_ error: Int32, _ what: String) throws(WorkerError) {
    if error != 0 { throw refused(what, Errno(rawValue: error)) }
  }

  private static func refused(_ what: String, _ cause: Errno) -> WorkerError {
    WorkerError(
      .notConfined, at: "worker",
      "a worker opens no file, for \(what)" + (cause.rawValue == 0 ? "" : ": \(cause)"), cause: cause)
  }
}
