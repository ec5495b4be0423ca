import JobContract
import PosixFiles
import SystemPackage

/// Files of a result where a worker leaves them for the supervisor, which makes them durable.
enum ProductFile {
  /// Nil when all went well, else a sentence.
  static func write(_ product: JobProduct, in directory: FilePath) -> String? {
    do {
      let file = try OpenFile(directory.appending(product.name), .creating(.sharedForReading))
      try file.write(product.bytes)
      try file.close()
      return nil
    } catch {
      let reason =
        error.cause == .fileTooLarge ? "it is larger than result_size_megabytes allows" : error.reason
      return "\(product.name) could not be written: \(reason)"
    }
  }
}
