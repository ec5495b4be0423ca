import Glibc

/// Reference data beside the checkout, where there are any.
enum TrainingReference {
  /// The path of magrathea.csv, or nil.
  static let magrathea: String? = {
    let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    let path = root + "/shared/reference/interiors/magrathea.csv"
    return access(path, R_OK) == 0 ? path : nil
  }()

  static let temporaryDirectory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
}
