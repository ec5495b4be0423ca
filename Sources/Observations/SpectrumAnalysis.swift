/// The whole answer to one spectrum.
package struct SpectrumAnalysis: Sendable, Hashable {
  package var spectrum: Spectrum
  /// The same on the networks' grid.
  package var resampled: ResampledSpectrum
  /// What holds for the whole: the spectrum's flags and those that its resampling adds.
  package var flags: [String]
  /// The same for people, one sentence each; the spectrum's assumptions are not repeated here.
  package var remarks: [String]
  package var provenance: Provenance

  package init(of spectrum: Spectrum, provenance: Provenance) {
    self.spectrum = spectrum
    self.provenance = provenance
    let resampled = spectrum.resampled()
    self.resampled = resampled
    flags = spectrum.flags
    remarks = []
    let observed = resampled.isObserved.count { $0 }
    if spectrum.kind == .stellar {
      flags.append("stellar-spectrum")
      remarks.append(
        "This is the flux of a star or another source that shines by itself, not a transit or eclipse depth of a "
          + "planet: it lies outside what the networks were trained on, so no molecules are inferred from it."
      )
    }
    if observed == 0 {
      flags.append("outside-grid")
      remarks.append(
        "No bin of the grid (\(SpectralGrid.count) bins, 0.3 to 16 um) is covered by half or more.")
    }
  }
}
