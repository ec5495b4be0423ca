import Glibc
import JobContract

/// Files of a result, durable before anybody speaks of them.
enum ProductFile {
  /// Creates, writes, syncs and closes; nil when all went well, else a sentence.
  static func write(_ product: JobProduct, in directory: String) -> String? {
    let path = "\(directory)/\(product.name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return fault("created", product.name) }
    var offset = 0
    while offset < product.bytes.count {
      let count = product.bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + offset, product.bytes.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        defer { close(descriptor) }
        return fault("written", product.name)
      }
      offset += count
    }
    if fsync(descriptor) != 0 {
      defer { close(descriptor) }
      return fault("made durable", product.name)
    }
    // A failed close of a written file is lost data.
    return close(descriptor) == 0 ? nil : fault("closed", product.name)
  }

  private static func fault(_ action: String, _ name: String) -> String {
    let reason =
      errno == EFBIG ? "it is larger than result_size_megabytes allows" : String(cString: strerror(errno))
    return "\(name) could not be \(action): \(reason)"
  }
}
