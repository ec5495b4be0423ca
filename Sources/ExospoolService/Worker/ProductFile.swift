import JobContract
import PosixFiles
import SystemPackage

/// Files of a result where a worker leaves them for the supervisor, which makes them durable.
enum ProductFile {
  /// Nil when all went well, else what is to be answered.
  static func write(_ product: JobProduct, in directory: FilePath) -> WorkerAnswer? {
    do {
      let file = try OpenFile(directory.appending(product.name), .creating(.sharedForReading))
      try file.write(product.bytes)
      try file.close()
      return nil
    } catch {
      let reason =
        error.cause == .fileTooLarge ? "it is larger than result_size_megabytes allows" : error.reason
      let sentence = "\(product.name) could not be written: \(reason)"
      guard [.noSpace, .diskQuotaExceeded].contains(error.cause) else {
        return WorkerAnswer(.failed(sentence, mayPass: true))
      }
      var answer = WorkerAnswer(.hindered)
      answer.reason = sentence
      return answer
    }
  }
}
