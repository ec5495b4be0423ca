import FITSFiles
import JobContract

/// Why a file gave no spectrum.
package struct SpectrumError: InputFault, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// Not a file this reader knows.
    case unrecognised
    /// The file contradicts its format.
    case malformed
    case noWavelength
    /// A time series, an image, a cube: not one spectrum.
    case notOneSpectrum
    case kindUnknown
    case noUsablePoints
    case truncated
    case tooLarge
  }

  package var code: Code
  /// Where in the file: `HDU 2, key or column TFORM3`, `line 12`; `nil` where the sentence says it, or it is the whole.
  package var place: String?
  /// What is wrong, and the cure where there is one; without a full stop.
  package var sentence: String
  /// What the reader of the format said.
  package var cause: (any Error)?

  package init(_ code: Code, _ sentence: String, place: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.cause = cause
  }

  package var mayStillGrow: Bool { code == .truncated }

  /// Only a want of memory is.
  package var isOurs: Bool { (cause as? FITSError)?.isOurs ?? false }

  /// Place and sentence, without a full stop.
  package var description: String { place.map { "\($0): \(sentence)" } ?? sentence }
}
