import PlainText

/// The whole answer to one spectrum.
package struct SpectrumAnalysis: Sendable, Hashable {
  package var spectrum: Spectrum
  /// What is known of its star and planet; the methods that follow may use it.
  package var context: SpectrumContext
  /// The same on the networks' grid.
  package var resampled: ResampledSpectrum
  /// Which molecules it shows; `nil` where no network reads spectra of its kind, as for a star's flux.
  package private(set) var molecules: MoleculeRecognition?
  /// What holds for the whole: the spectrum's flags and those that resampling and recognition add.
  package var flags: [String]
  /// The same for people, one sentence each; the spectrum's assumptions are not repeated here.
  package var remarks: [String]
  package var provenance: Provenance

  /// - Parameter context: what the spectrum's own file says where it is not given.
  package init(of spectrum: Spectrum, context: SpectrumContext? = nil, provenance: Provenance) {
    let context = context ?? SpectrumContext(of: spectrum)
    self.spectrum = spectrum
    self.context = context
    self.provenance = provenance
    let resampled = spectrum.resampled()
    self.resampled = resampled
    flags = spectrum.flags
    remarks = []
    let observed = resampled.isObserved.count { $0 }
    if spectrum.kind == .stellar {
      flags.append("stellar-spectrum")
      remarks.append(
        "This is a valid spectrum (\(spectrum.extent)), but the flux of a star or another source that shines by itself, "
          + "not a transit or eclipse depth of a planet: it lies outside what the networks were trained on, so no "
          + "molecules are inferred from it.")
    }
    if observed == 0 {
      flags.append("outside-grid")
      remarks.append(
        "No bin of the grid (\(SpectralGrid.count) bins, 0.3 to 16 um) is covered by half or more.")
    }
    remarks += context.remarks
  }

  /// Takes what a network recognises, with its flags and remarks.
  package mutating func take(_ recognition: MoleculeRecognition) {
    precondition(molecules == nil, "a spectrum is recognised once")
    molecules = recognition
    flags += recognition.flags
    remarks += recognition.remarks
  }
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
    let powers = used.map { wavelength[$0] / (upperEdge[$0] - lowerEdge[$0]) }.filter(\.isFinite).sorted()
    if !powers.isEmpty {
      parts.append("wavelength over width of a point \(Numerals.fourDigits(powers[powers.count / 2]))")
    }
    let ratios =
      error.map { error in used.map { abs(value[$0]) / error[$0] }.filter(\.isFinite).sorted() } ?? []
    parts.append(
      ratios.isEmpty
        ? "no errors" : "median signal to noise \(Numerals.fourDigits(ratios[ratios.count / 2])) a point")
    return parts.joined(separator: ", ")
  }
}
