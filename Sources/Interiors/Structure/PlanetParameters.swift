package import Units

/// What a core is made of.
package enum CoreMaterial: Sendable, Hashable {
  /// Iron with light elements, under a mantle if there is one.
  case iron
  /// Half rock, half ice by mass, of one temperature: a giant's.
  case rockAndIce
}

/// What fixes a planet's interior.
package struct PlanetParameters: Sendable, Hashable {
  package var mass: Mass
  /// Mass fractions of the core, water and envelope; the mantle is the rest.
  package var coreMassFraction: Double
  package var waterMassFraction: Double
  package var envelopeMassFraction: Double
  /// Fe/(Mg+Fe) of the mantle, molar: 0.107 for the Earth.
  package var mantleIronNumber = 0.107
  /// By how much the liquid core is lighter than liquid iron, as a fraction: about 0.07 to 0.08 for the
  /// Earth.
  package var coreDensityDeficit = 0.0
  package var coreMaterial = CoreMaterial.iron
  /// Mass fraction of heavy elements in the envelope.
  package var envelopeMetalFraction = 0.0
  /// Temperature of the mantle's adiabat continued to 1 bar.
  package var potentialTemperature = Temperature(kelvins: 1600)
  /// How much hotter the core's top is than the mantle's bottom adiabat.
  package var cmbTemperatureJump = Temperature(kelvins: 0)
  /// Temperature at the top of the water, or of a mantle colder than its potential temperature, where there
  /// is no envelope.
  package var surfaceTemperature = Temperature(kelvins: 300)
  /// Pressure at the surface where there is no envelope.
  package var surfacePressure = Pressure(bars: 1)
  /// Temperature that the star's light gives the envelope's radiative part.
  package var equilibriumTemperature = Temperature(kelvins: 255)
  /// Temperature whose radiation is the flux from inside.
  package var internalTemperature = Temperature(kelvins: 0)
  /// Pressure below which (above which in height) the envelope is isothermal; deeper it is adiabatic.
  package var radiativeConvectivePressure = Pressure(bars: 1)

  /// Pressure at which the radius of a planet with an envelope is taken.
  package var transitPressure = InteriorModel.transitPressure

  package init(
    mass: Mass, coreMassFraction: Double, waterMassFraction: Double = 0, envelopeMassFraction: Double = 0
  ) {
    self.mass = mass
    self.coreMassFraction = coreMassFraction
    self.waterMassFraction = waterMassFraction
    self.envelopeMassFraction = envelopeMassFraction
  }

  /// Of the envelope's radiative part: both fluxes together.
  package var envelopeTemperature: Temperature {
    guard internalTemperature.kelvins > 0 else { return equilibriumTemperature }
    let (star, inside) = (equilibriumTemperature.kelvins, internalTemperature.kelvins)
    return Temperature(
      kelvins: (star * star * star * star + inside * inside * inside * inside).squareRoot().squareRoot())
  }

  package var mantleMassFraction: Double {
    let rest = 1 - coreMassFraction - waterMassFraction - envelopeMassFraction
    // Rounding leaves 1e-17 of a mantle in a planet that has none.
    return abs(rest) < 1e-12 ? 0 : rest
  }

  /// Temperature jump at the core-mantle boundary that grows with mass as 1,400 K (M/M_E)^(3/4), the
  /// scaling of Stixrude 2014 (Phil. Trans. R. Soc. A 372, 20130076, sect. 4), which gives 1,400 K for the
  /// Earth.
  package static func scaledTemperatureJump(mass: Mass) -> Temperature {
    let m = mass.earthMasses
    return Temperature(kelvins: 1400 * m.squareRoot() * m.squareRoot().squareRoot())
  }
}
