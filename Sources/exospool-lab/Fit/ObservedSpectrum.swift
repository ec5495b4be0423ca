import ArgumentParser
import Observations
import SpectrumReading

/// A spectrum of the user's own, read as the daemon reads it.
enum ObservedSpectrum {
  /// - Throws: a sentence that names the file.
  static func read(_ path: String) throws -> Spectrum {
    let bytes = try Files.read(path)
    do {
      return try SpectrumReader.read(bytes)
    } catch {
      throw ValidationError("\(path): \(error).")
    }
  }
}
