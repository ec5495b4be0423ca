/// Why a file gave no spectrum, in a sentence that ends with the cure where there is one.
package struct SpectrumError: Error, Sendable, Hashable, CustomStringConvertible {
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
  package var detail: String
  package var isTemporary: Bool

  package init(_ code: Code, _ detail: String, isTemporary: Bool = false) {
    self.code = code
    self.detail = detail
    self.isTemporary = isTemporary
  }

  /// The file may still be growing.
  package var isUnsettled: Bool { code == .truncated }
  package var description: String { detail }
}
