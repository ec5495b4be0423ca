import NumericalMethods
package import Observations
import PlainText

/// A spectrum as every method gets it: read, on the grid, with what is known of its star and planet.
package struct PreparedSpectrum: Sendable, Hashable {
  package let spectrum: Spectrum
  /// The same on the networks' grid.
  package let resampled: ResampledSpectrum
  package let context: SpectrumContext
  /// The spectrum's own and those that preparing it adds.
  package let flags: [Flag]
  /// The same for people, one sentence each; the spectrum's assumptions are not repeated here.
  package let remarks: [String]

  /// - Parameter context: what the spectrum's own file says where it is not given.
  package init(_ spectrum: Spectrum, context: SpectrumContext? = nil) {
    self.spectrum = spectrum
    self.context = context ?? SpectrumContext(of: spectrum)
    resampled = spectrum.resampled()
    var flags = spectrum.flags
    var remarks: [String] = []
    if spectrum.kind == .stellar {
      flags.append(.stellarSpectrum)
      remarks.append(
        "This is a valid spectrum (\(spectrum.extent)), but the flux of a star or another source that shines by itself, "
          + "not a transit or eclipse depth of a planet: it lies outside what the networks were trained on, so no "
          + "molecules are inferred from it.")
    }
    if !resampled.isObserved.contains(true) {
      flags.append(.outsideGrid)
      remarks.append(
        "No bin of the grid (\(SpectralGrid.standard.count) bins, 0.3 to 16 um) is covered by half or more.")
    }
    self.flags = flags
    self.remarks = remarks + self.context.remarks
  }
}

extension Flag {
  package static let stellarSpectrum = Flag(
    "stellar-spectrum", place: 210, "This is the flux of a star or a brown dwarf, not the depth of a planet.")
  package static let outsideGrid = Flag(
    "outside-grid", place: 220, "No wavelength lies within the 0.3 to 16 um that the networks see.")
}

extension Spectrum {
  /// Its extent in numbers, for people: points, wavelengths, resolution, signal to noise.
  fileprivate var extent: String {
    let used = wavelength.indices.filter { !isMasked[$0] }
    guard let first = used.first, let last = used.last else { return "no usable points" }
    var parts = [
      "\(used.count) usable points",
      "\(Numerals.fourDigits(wavelength[first] * 1e6)) to \(Numerals.fourDigits(wavelength[last] * 1e6)) um",
    ]
    let powers = used.map { wavelength[$0] / (upperEdge[$0] - lowerEdge[$0]) }.filter(\.isFinite)
    if let power = upperMedian(powers) {
      parts.append("wavelength over width of a point \(Numerals.fourDigits(power))")
    }
    let ratios =
      error.map { error in used.map { abs(value[$0]) / error[$0] }.filter(\.isFinite) } ?? []
    parts.append(
      upperMedian(ratios).map { "median signal to noise \(Numerals.fourDigits($0)) a point" } ?? "no errors")
    return parts.joined(separator: ", ")
  }
}
