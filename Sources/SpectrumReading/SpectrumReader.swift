import Gzip
package import Observations

/// Reads one spectrum from a file's bytes. The format, FITS or a text table, is told by content, never by a name.
package enum SpectrumReader {
  /// Whether these bytes, unpacked, are for this reader to judge: they begin as FITS does, or are text with numbers.
  package static func recognizes(_ bytes: [UInt8]) -> Bool {
    isFITS(bytes) || TextSpectrum.recognizes(bytes)
  }

  /// - Parameter bytes: a whole file, packed with gzip or not.
  /// - Throws: why there is no spectrum, with HDU and key or line.
  package static func read(_ bytes: [UInt8]) throws(SpectrumError) -> Spectrum {
    let content: [UInt8]
    do {
      content = try Gunzip.unpacked(bytes)
    } catch {
      throw SpectrumError(code(of: error), error.sentence, cause: error)
    }
    if isFITS(content) { return try FITSSpectrum.read(content) }
    guard TextSpectrum.recognizes(content) else {
      throw SpectrumError(
        .unrecognised, "this is neither a FITS file nor a text table of a spectrum, packed with gzip or not")
    }
    return try TextSpectrum.read(content)
  }

  /// Whether a spectrum's file could go on behind its last line without anything in it that says so. FITS tells its size, gzip
  /// and XML have an end; a text table has none.
  package static func isOpenEnded(_ bytes: [UInt8]) -> Bool {
    !isFITS(bytes) && TextSpectrum.recognizes(bytes) && !VOTable.recognizes(bytes.prefix(4096))
  }

  /// By its first key alone, so that a file cut in its first card is told so.
  private static func isFITS(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("SIMPLE  =".utf8)) }

  private static func code(of error: GzipError) -> SpectrumError.Code {
    switch error.code {
    case .truncated: .truncated
    case .damaged: .malformed
    case .tooLarge: .tooLarge
    case .packedTwice: .unrecognised
    }
  }
}
