import ContentHash
import PosixFiles
import SystemPackage

/// What the supervisor itself sees of a job's input, against which the worker's word on it is held.
///
/// A worker that a stranger's file has taken over could otherwise put its job off for ever, or pass the file off as another
/// one's duplicate.
struct InputWitness: Sendable {
  private let request: WorkerRequest
  /// Before the worker was asked; nil when the file could not be looked at.
  private let before: FileStamp?

  /// To be made before the worker gets the request.
  init(of request: WorkerRequest) {
    self.request = request
    before = Self.stamp(of: request)
  }

  private static func stamp(of request: WorkerRequest) -> FileStamp? {
    (try? PosixFiles.status(FilePath(request.path)))??.stamp
  }

  /// Why an answer is not believed. Nil where it may be true, and where somebody wrote to the file, or took it away: that is
  /// looked at when the job ends.
  /// - Parameter read: the input as the worker says that it read it.
  func objection(to result: WorkerProcess.Result, read: FileStamp?) -> String? {
    guard let before, Self.stamp(of: request) == before else { return nil }
    if let read, read != before { return "it read another file than its own" }
    if case .outcome(.unsettled, _) = result, !request.isYoung {
      return "the file that it saw change has stood still"
    }
    guard let told = result.toldContentHash, let digest = digest(while: before) else { return nil }
    return digest.hexadecimal == told ? nil : "the file has another hash than it told"
  }

  private static let piece = 1 << 20

  /// Of the file, piece by piece; nil where it cannot be read, or is no longer the same.
  private func digest(while stamp: FileStamp) -> SHA256Digest? {
    do {
      let file = try OpenFile(FilePath(request.path), .reading(followingLinks: false))
      guard try file.requireRegular().stamp == stamp else { return nil }
      var stream = SHA256Stream()
      var left = Int(stamp.size)
      while left > 0 {
        let bytes = try file.read(upTo: min(Self.piece, left))
        if bytes.isEmpty { break }
        stream.update(bytes)
        left -= bytes.count
      }
      return try file.status().stamp == stamp ? stream.digest() : nil
    } catch {
      return nil
    }
  }
}

extension WorkerProcess.Result {
  /// SHA-256 of the input as the worker says, hexadecimal.
  fileprivate var toldContentHash: String? {
    switch self {
    case .outcome(_, let contentHash): contentHash
    case .skipped(let hashes): hashes.content
    case .openEnded, .hindered, .ended: nil
    }
  }
}
