package import Units

#if canImport(Glibc)
  import Glibc
#endif

/// A giant's flux from inside, and where its atmosphere becomes convective under that and its star's.
///
/// The atmosphere is isothermal at T^4 = T_eq^4 + T_int^4 (`PlanetParameters.envelopeTemperature`) down to the pressure at which radiation
/// alone would need the adiabat's gradient, 0.3: d ln T/d ln P = 3/16 tau (T_int/T)^4 with tau = kappa P/g (diffusion of a flux
/// sigma T_int^4).
package struct GiantThermalState: Sendable, Hashable {
  package let internalTemperature: Temperature
  package let radiativeConvectivePressure: Pressure

  /// m2 kg-1: with it Jupiter (110 K, 99 K) is 165 K at 1 bar, and a hot Jupiter of 1,500 K turns convective at some 10 bar, as Thorngren,
  /// Gao & Fortney 2019 find.
  private static let opacity = 2.5e-3
  private static let gradient = 0.3

  /// - Parameters:
  ///   - age: 1e9 years.
  ///   - internalFactor: of the internal temperature over the relations' own.
  ///   - pressureFactor: of the pressure over what follows.
  package init(
    mass: Mass, equilibriumTemperature: Temperature, age: Double, internalFactor: Double = 1,
    pressureFactor: Double = 1
  ) {
    let inside =
      internalFactor * Self.internalTemperature(mass, equilibriumTemperature.kelvins, age: age)
    let (fromStar, fromInside) = (pow(equilibriumTemperature.kelvins, 4), pow(inside, 4))
    internalTemperature = Temperature(kelvins: inside)
    // At Jupiter's radius: the giants' differ by less than the opacity does.
    let gravity = Constants.gravitational * mass.kilograms / (Self.radius * Self.radius)
    let pressure =
      16.0 / 3 * Self.gradient * gravity / Self.opacity * (fromStar + fromInside) / fromInside
    radiativeConvectivePressure = Pressure(pascals: pressureFactor * min(max(pressure, 1e3), 1e9))
  }

  /// Jupiter's, m.
  private static let radius = 7e7

  /// K: what is left of formation and what irradiation keeps up, their fluxes added.
  ///
  /// Cooling: 156 K (M/M_J)^0.22 (age/4.5 Gyr)^-0.28, fitted to every other radius of Fortney, Marley & Barnes 2007 (ApJ 659, 1661) at 78
  /// to 875 K, made 4 % smaller for their older equation of state; scatter 0.11 dex. Of the other radii, as much smaller, 200 of 227
  /// are then met within 5 %; those that are not have less than 0.15 Jupiter masses, nearly all. Irradiation:
  /// 0.39 T_eq exp(-(log10 F - 0.14)^2/1.0952),
  /// F = 4 sigma T_eq^4 in 1e9 erg s-1 cm-2 (Thorngren, Gao & Fortney 2019, ApJL 884, L6).
  private static func internalTemperature(_ mass: Mass, _ equilibrium: Double, age: Double) -> Double {
    let cooling = 156 * pow(mass.earthMasses / 317.83, 0.22) * pow(age / 4.5, -0.28)
    let flux = 4 * Constants.stefanBoltzmann * pow(equilibrium, 4) / 1e6
    let excess = log10(flux) - 0.14
    let inflation = 0.39 * equilibrium * exp(-excess * excess / 1.0952)
    return pow(pow(cooling, 4) + pow(inflation, 4), 0.25)
  }
}
