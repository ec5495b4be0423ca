import Glibc

enum TrainingReference {
  static let temporaryDirectory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
}
