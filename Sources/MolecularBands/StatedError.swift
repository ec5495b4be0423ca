/// How far a table's cross-sections are expected to be off in one region of wavelength and temperature: one standard
/// deviation in ln k, to be taken as common to all bins of the region.
package struct StatedError: Sendable, Hashable {
  /// um.
  package let wavelengths: ClosedRange<Double>
  /// K.
  package let temperatures: ClosedRange<Double>
  /// Of ln of the mean cross-section.
  package let logOfMean: Double
  /// Of the mean of ln k over g and wavenumber, which is what a transit sees.
  package let meanOfLog: Double

  package init(
    wavelengths: ClosedRange<Double>, temperatures: ClosedRange<Double>, logOfMean: Double, meanOfLog: Double
  ) {
    self.wavelengths = wavelengths
    self.temperatures = temperatures
    self.logOfMean = logOfMean
    self.meanOfLog = meanOfLog
  }
}
