import Analyses
import JobContract

/// One kind of input file: how it is recognised and what becomes of it.
///
/// A new format is one new file with a type that conforms, and one line in `AnalysisPipeline.init`.
protocol FormatIntake: Sendable {
  /// Names all that decides a result besides the input; `nil` where there are none.
  var modelSetHash: String? { get }
  /// Decides by content, never by name.
  func recognizes(_ bytes: [UInt8]) -> Bool
  func analyze(_ input: IntakeInput) -> JobOutcome<AnalysisProducts>
}

/// A file as the pipeline was given it.
struct IntakeInput: Sendable {
  var bytes: [UInt8]
  var name: String
  /// What the user says of it.
  var statement = UserStatement()
  /// The file appeared a short while ago, so it may still be growing.
  var isYoung: Bool
  /// SHA-256 of `bytes`, hexadecimal.
  var sha256: String
  /// Fixed by content and the pipeline's seed, so that a repeat draws the same random numbers.
  var seed: UInt64
}
