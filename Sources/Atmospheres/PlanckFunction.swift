import Tensors

/// Black-body radiation.
package enum PlanckFunction {
  /// pi B_lambda = 2 pi h c^2 / lambda^5 / (exp(h c / lambda k T) - 1), the flux of a black surface.
  /// - Parameters:
  ///   - wavelength: m.
  ///   - temperature: K.
  /// - Returns: W m-2 m-1.
  package static func flux(
    wavelength: Double, temperature: Double, constants: PhysicalConstants = .codata2018
  ) -> Double {
    let hc = constants.planck * constants.speedOfLight
    return numerator(wavelength: wavelength, constants)
      / expMinusOne(hc / (wavelength * constants.boltzmann * temperature))
  }

  /// The temperature of the black surface that sends out a flux.
  /// - Parameters:
  ///   - flux: pi B_lambda, W m-2 m-1, positive.
  ///   - wavelength: m.
  /// - Returns: K
  package static func brightnessTemperature(
    flux: Double, wavelength: Double, constants: PhysicalConstants = .codata2018
  ) -> Double {
    let hc = constants.planck * constants.speedOfLight
    return hc / (wavelength * constants.boltzmann)
      / log1p(numerator(wavelength: wavelength, constants) / flux)
  }

  /// 2 pi h c^2 / lambda^5, W m-2 m-1.
  fileprivate static func numerator(wavelength: Double, _ constants: PhysicalConstants) -> Double {
    let hc = constants.planck * constants.speedOfLight
    let squared = wavelength * wavelength
    return 2 * Double.pi * hc * constants.speedOfLight / (squared * squared * wavelength)
  }
}

/// pi B_lambda at many wavelengths, one temperature after the other.
struct BlackBodySpectrum {
  private let numerator: [Double]
  private let exponentTimesTemperature: [Double]
  private var exponent: [Double]
  private(set) var flux: [Double]
  private var temperature = Double.nan

  init(wavelengths: [Double], constants: PhysicalConstants) {
    let hc = constants.planck * constants.speedOfLight
    numerator = wavelengths.map { PlanckFunction.numerator(wavelength: $0, constants) }
    exponentTimesTemperature = wavelengths.map { hc / ($0 * constants.boltzmann) }
    exponent = [Double](repeating: 0, count: wavelengths.count)
    flux = exponent
  }

  /// Sets `flux`, W m-2 m-1; nothing to do where the temperature is the last one.
  ///
  /// exp - 1 loses 1 / x units in the last place for small exponents x: 30 at 16 um and 30 000 K.
  mutating func set(temperature: Double) {
    guard temperature != self.temperature else { return }
    self.temperature = temperature
    let inverse = 1 / temperature
    for j in exponent.indices { exponent[j] = exponentTimesTemperature[j] * inverse }
    AbsorptionKernels.exponential(exponent, &flux, flux.count)
    for j in flux.indices { flux[j] = numerator[j] / (flux[j] - 1) }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
