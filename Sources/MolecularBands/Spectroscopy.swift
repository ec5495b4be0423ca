import Units

/// Constants of spectroscopy in the units in which line data are published: wavenumbers in cm-1, line and band
/// strengths in cm per molecule (that is cm-1 / (molecule cm-2)). Cross-sections leave this module in m2.
package enum Spectroscopy {
  /// Second radiation constant h c / k, cm K, to all digits, with which the tables in `Etc/opacity` were made.
  package static let secondRadiationConstant =
    100 * Constants.planck * Constants.speedOfLight / Constants.boltzmann

  /// pi e2 / (m_e c2) in cm: the integrated cross-section over wavenumber, cm per atom, of a line with absorption
  /// oscillator strength one. Equal to pi r_e with the classical electron radius r_e.
  package static let strengthOfUnitOscillator = Double.pi * (1e2 * Constants.electronRadius)

  /// h/(8 pi^2 c), g/mol A^2 cm-1: a rotational constant times reduced mass and square of the distance.
  package static let rotationalUnit = 16.857_629_2

  /// 8 pi^3 / (3 h c) times one square debye, cm2 per molecule: a transition's strength over its wavenumber, for a
  /// squared moment of 1 D2 (1 D = 1e-18 esu cm; the esu of charge squared is 1 erg cm).
  package static let strengthOfSquareDebye =
    8 * Double.pi * Double.pi * Double.pi * 1e-36
    / (3 * 1e7 * Constants.planck * 1e2 * Constants.speedOfLight)

  /// The temperature at which line databases quote strengths, K.
  package static let referenceTemperature = 296.0
}
