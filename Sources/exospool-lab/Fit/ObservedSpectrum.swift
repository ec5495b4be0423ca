import ArgumentParser
import FITSFiles
import Gzip
import Observations
import SpectrumReading

/// A spectrum of the user's own, read as the daemon reads it: FITS or text by content, packed with gzip or not.
enum ObservedSpectrum {
  /// Above what any reader accepts, so that the reader says what is too large.
  private static let mostUnpacked = 128 << 20

  /// - Throws: a sentence that names the file.
  static func read(_ path: String) throws -> Spectrum {
    var bytes = try Files.read(path)
    if Gunzip.recognizes(bytes) {
      do {
        bytes = try Gunzip.content(of: bytes, limit: mostUnpacked)
      } catch {
        throw ValidationError("\(path): \(error.reason(limit: mostUnpacked))")
      }
    }
    do {
      if FITSStructure.looksLikeFITS(bytes) { return try SpectrumFile.spectrum(bytes) }
      guard SpectrumTextFile.recognizes(bytes) else {
        throw SpectrumError(
          .unrecognised, "this is neither a FITS file nor a text table of a spectrum, packed with gzip or not"
        )
      }
      return try SpectrumTextFile.spectrum(bytes)
    } catch let error as SpectrumError {
      throw ValidationError("\(path): \(error.detail).")
    }
  }
}
