import ArgumentParser
import Foundation
import Observations
import SpectrumReading

/// A spectrum of the user's own, read as the daemon reads it.
enum ObservedSpectrum {
  /// - Throws: a sentence that names the file.
  static func read(_ path: String) throws -> Spectrum {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ValidationError("\(path): \(error.localizedDescription)")
    }
    do {
      return try SpectrumReader.read(bytes)
    } catch {
      throw ValidationError("\(path): \(error).")
    }
  }
}
