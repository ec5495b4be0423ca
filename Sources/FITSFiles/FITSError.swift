/// Why a FITS file could not be read or written, in words an astronomer can act on.
package struct FITSError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable {
    /// The first bytes are not a FITS header.
    case notFITS
    /// The file ends before what its headers declare.
    case truncated
    /// A header or table contradicts the FITS standard or itself.
    case malformed
    /// Sound, but larger than this program takes.
    case tooLarge
    /// Sound, but of a kind this program does not read.
    case unsupported
    /// Something asked for is not there: an HDU, a column, a key.
    case missing
    /// cfitsio refused; its status code.
    case library(status: Int)
  }

  package var code: Code
  /// What is wrong, and where it helps, the cure; without a full stop.
  package var sentence: String
  /// Number of the HDU, the primary being 1, as cfitsio and `fitsverify` count.
  package var hdu: Int?
  /// The header key or column at fault.
  package var key: String?

  package init(_ code: Code, _ sentence: String, hdu: Int? = nil, key: String? = nil) {
    self.code = code
    self.sentence = sentence
    self.hdu = hdu
    self.key = key
  }

  /// The file ends too early, as one does that is still being written.
  package var mayStillGrow: Bool { code == .truncated }

  /// A file's fault stays its fault; only a want of memory is ours and can pass.
  package var isOurs: Bool {
    // 113 is cfitsio's MEMORY_ALLOCATION.
    code == .library(status: 113)
  }

  /// `HDU 2, key or column TFORM3`; `nil` where the whole file is meant.
  package var place: String? {
    let parts = [hdu.map { "HDU \($0)" }, key.map { "key or column \($0)" }].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension FITSError: CustomStringConvertible {
  /// `HDU 2, key or column TFORM3: sentence`.
  package var description: String { place.map { "\($0): \(sentence)" } ?? sentence }
}
