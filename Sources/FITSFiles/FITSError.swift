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
  /// One sentence: what is wrong, and where it helps, the cure.
  package var detail: String
  /// The file's name, where it is known.
  package var file: String?
  /// Number of the HDU, the primary being 1, as cfitsio and `fitsverify` count.
  package var hdu: Int?
  /// The header key or column at fault.
  package var key: String?

  package init(_ code: Code, _ detail: String, file: String? = nil, hdu: Int? = nil, key: String? = nil) {
    self.code = code
    self.detail = detail
    self.file = file
    self.hdu = hdu
    self.key = key
  }

  /// The file may still be growing: if it is young, wait for the rest before judging it.
  package var isUnsettled: Bool { code == .truncated }

  /// A file's fault stays its fault; only a want of memory can pass.
  package var isTemporary: Bool {
    // 113 is cfitsio's MEMORY_ALLOCATION.
    if case .library(status: 113) = code { return true }
    return false
  }
}

extension FITSError: CustomStringConvertible {
  /// `file, HDU 2, key TFORM3: sentence`.
  package var description: String {
    var place: [String] = []
    if let file { place.append(file) }
    if let hdu { place.append("HDU \(hdu)") }
    if let key { place.append("key or column \(key)") }
    return place.isEmpty ? detail : place.joined(separator: ", ") + ": " + detail
  }
}
