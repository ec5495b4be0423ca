import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Widths of a gas's lines in hydrogen and helium. One Lorentz width serves all lines of a gas: what its change
/// with rotation does to the distribution of cross-sections within a bin is small beside the spread of strengths.
package struct LineBroadening: Sendable {
  /// Molar mass, g/mol.
  package let molarMass: Double
  /// Lorentz half width at half maximum at 296 K, cm-1 per bar of an 85:15 mixture of H2 and He.
  package let lorentzHalfWidth: Double
  /// Exponent n of the half width's (296 K / T)^n.
  package let temperatureExponent: Double
  /// Distance from the centre at which wings end, cm-1; the strength beyond is put back inside.
  package let wingCutoff: Double

  package init(
    molarMass: Double, lorentzHalfWidth: Double, temperatureExponent: Double, wingCutoff: Double = 25
  ) {
    self.molarMass = molarMass
    self.lorentzHalfWidth = lorentzHalfWidth
    self.temperatureExponent = temperatureExponent
    self.wingCutoff = wingCutoff
  }

  /// Standard deviation of the Doppler profile as a fraction of the wavenumber: sqrt(kT/m)/c.
  package func dopplerDeviation(temperature: Double) -> Double {
    let mass = molarMass * Constants.atomicMass
    return sqrt(Constants.boltzmann * temperature / mass) / Constants.speedOfLight
  }

  /// Lorentz half width at half maximum, cm-1.
  /// - Parameter pressure: Pa.
  package func lorentzHalfWidth(temperature: Double, pressure: Double) -> Double {
    lorentzHalfWidth * pressure * 1e-5
      * pow(Spectroscopy.referenceTemperature / temperature, temperatureExponent)
  }
}
