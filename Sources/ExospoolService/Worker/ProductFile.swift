import JobContract
import PosixFiles
import SystemPackage

/// Files of a result, durable before anybody speaks of them.
enum ProductFile {
  /// Nil when all went well, else a sentence.
  static func write(_ product: JobProduct, in directory: FilePath) -> String? {
    do {
      try PosixFiles.create(directory.appending(product.name)) {
        (file: borrowing OpenFile) throws(FileError) in try file.write(product.bytes)
      }
      return nil
    } catch {
      let reason =
        error.cause == .fileTooLarge ? "it is larger than result_size_megabytes allows" : error.reason
      return "\(product.name) could not be written: \(reason)"
    }
  }
}
