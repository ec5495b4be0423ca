import Foundation
import Observations

enum Mutants {
  /// Small here; `EXOSPOOL_MUTANTS` asks for more.
  static let count = ProcessInfo.processInfo.environment["EXOSPOOL_MUTANTS"].flatMap { Int($0) } ?? 3000
}
