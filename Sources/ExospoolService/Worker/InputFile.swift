import JobContract
import PosixFiles
import SystemPackage

/// A stranger's file, read whole into bounded memory.
package enum InputFile {
  /// - Parameters:
  ///   - name: what the sentences call the file.
  ///   - limit: bytes.
  /// - Returns: the bytes, and what tells later whether the file still is the one that was read.
  static func read(
    _ path: FilePath, name: String, limit: Int
  ) -> JobOutcome<(bytes: [UInt8], stamp: FileStamp)> {
    do {
      return .done(try PosixFiles.readStamped(path, limit: limit))
    } catch {
      return switch error.code {
      case .isLink:
        .corrupt("\(name) is a symbolic link; links are not followed: copy the file itself")
      case .notPermitted:
        .corrupt("\(name) is not readable by the service: make it readable (chmod g+r) and drop it again")
      case .notRegular: .corrupt("\(name) is not a regular file")
      case .tooLarge(let size): .corrupt(tooLarge(name, size: size, limit: limit))
      case .changed: .unsettled("\(name) changed while it was read")
      case .missing, .exists, .system: .failed("\(name) cannot be read: \(error.reason)", mayPass: true)
      }
    }
  }

  /// The sentence on a file that is larger than `input_size_megabytes` allows.
  /// - Parameter size: bytes; as many as were seen of what comes from a pipe.
  package static func tooLarge(_ name: String, size: Int, limit: Int) -> String {
    "\(name) holds \(megabytes(size)) MB, and at most \(megabytes(limit)) MB are read; "
      + "a larger input can be allowed with input_size_megabytes"
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
}
