import Glibc

/// A stranger's file, read whole into bounded memory.
enum InputFile {
  enum Content {
    case bytes([UInt8])
    /// Cannot be an input at all; a sentence.
    case refused(String)
    /// Still being written; a sentence.
    case unsettled(String)
    /// A fault of this machine.
    case failed(String)
  }

  /// - Parameter name: what the sentences call the file.
  static func read(_ path: String, name: String, limit: Int) -> Content {
    // O_NONBLOCK so that a pipe put in a file's place cannot hold us; no link is followed.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      let error = errno
      let reason = String(cString: strerror(error))
      switch error {
      case ELOOP: return .refused("\(name) is a symbolic link; links are not followed: copy the file itself")
      case EACCES, EPERM:
        return .refused(
          "\(name) is not readable by the service: make it readable (chmod g+r) and drop it again")
      default: return .failed("\(name) cannot be opened: \(reason)")
      }
    }
    defer { close(descriptor) }
    var before = stat()
    guard fstat(descriptor, &before) == 0 else {
      return .failed("\(name): \(String(cString: strerror(errno)))")
    }
    guard before.st_mode & S_IFMT == S_IFREG else { return .refused("\(name) is not a regular file") }
    guard before.st_size <= limit else {
      return .refused(
        "\(name) holds \(megabytes(before.st_size)) MB, and at most \(megabytes(limit)) MB are read; "
          + "a larger input can be allowed with input_size_megabytes")
    }
    var bytes = [UInt8](repeating: 0, count: before.st_size)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return .failed("\(name) cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      filled += count
    }
    var after = stat()
    guard fstat(descriptor, &after) == 0 else {
      return .failed("\(name): \(String(cString: strerror(errno)))")
    }
    let isSame =
      filled == bytes.count && after.st_size == before.st_size
      && after.st_mtim.tv_sec == before.st_mtim.tv_sec
      && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
    return isSame ? .bytes(bytes) : .unsettled("\(name) changed while it was read")
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
}
