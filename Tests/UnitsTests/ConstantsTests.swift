import Testing
import Units

/// One part in 1e9: no constant is off in a digit that anybody would read.
private func agree(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool {
  abs(a / b - 1) < tolerance
}

@Suite("Constants")
struct ConstantsTests {
  @Test("R = N_A k_B, exact in the 2019 SI")
  func gasConstant() {
    #expect(agree(Constants.molarGas, Constants.avogadro * Constants.boltzmann, within: 1e-15))
  }

  @Test("Stefan-Boltzmann follows from k, h and c")
  func stefanBoltzmann() {
    let k4 = Constants.boltzmann * Constants.boltzmann * Constants.boltzmann * Constants.boltzmann
    let h3 = Constants.planck * Constants.planck * Constants.planck
    let c2 = Constants.speedOfLight * Constants.speedOfLight
    let pi5 = Double.pi * Double.pi * Double.pi * Double.pi * Double.pi
    #expect(agree(Constants.stefanBoltzmann, 2 * pi5 * k4 / (15 * h3 * c2), within: 1e-14))
  }

  @Test("the second radiation constant is h c / k, and what CODATA prints")
  func secondRadiation() {
    #expect(
      agree(Constants.secondRadiation, Constants.planck * Constants.speedOfLight / Constants.boltzmann))
    #expect(agree(Constants.secondRadiation, 1.438_776_877_503_9e-2))
  }

  @Test("Loschmidt's constant is p / k T at one atmosphere and 0 degrees Celsius")
  func loschmidt() {
    #expect(agree(Constants.loschmidt, Constants.standardAtmosphere / (Constants.boltzmann * 273.15)))
    #expect(agree(Constants.standardAtmosphere, 760 * 133.322_368_421_05, within: 1e-13))
    // Printed to 8 digits, with the k of CODATA 2010.
    #expect(agree(Constants.loschmidt2010, 101_325 / (1.380_648_8e-23 * 273.15)))
  }

  @Test("a mole of atomic mass constants is a gram, to the 3.5e-10 by which the 2019 SI may depart from it")
  func atomicMass() {
    #expect(agree(Constants.atomicMass, 1e-3 / Constants.avogadro))
  }

  @Test("the electron's radius is alpha times its Compton wavelength over 2 pi")
  func electronRadius() {
    #expect(agree(Constants.electronRadius, 7.297_352_569_3e-3 * 2.426_310_238_67e-12 / (2 * Double.pi)))
  }

  @Test("nominal masses over CODATA's G are those that astropy 6 prints")
  func masses() {
    #expect(agree(Mass(solarMasses: 1).kilograms, 1.988_409_870_698_051e30))
    #expect(agree(Mass(jupiterMasses: 1).kilograms, 1.898_124_597_336_050_5e27))
    #expect(agree(Mass(earthMasses: 1).kilograms, 5.972_167_867_791_379e24))
    #expect(abs(Mass(jupiterMasses: 1).earthMasses - 317.828) < 1e-3)
  }

  @Test("the nominal Sun's radius and temperature give its nominal luminosity, 3.828e26 W")
  func nominalSun() {
    let radius = Length(solarRadii: 1).meters
    let t2 = Constants.solarTemperature * Constants.solarTemperature
    // The temperature is rounded to 5772 K by less than 2e-6.
    #expect(
      agree(
        4 * Double.pi * radius * radius * Constants.stefanBoltzmann * t2 * t2, 3.828e26, within: 3e-6))
  }

  @Test("radii and lengths as the IAU has them, in kilometers")
  func lengths() {
    #expect(agree(Length(solarRadii: 1).kilometers, 695_700))
    #expect(agree(Length(jupiterRadii: 1).kilometers, 71_492))
    #expect(agree(Length(earthRadii: 1).kilometers, 6378.1))
    #expect(agree(Length(astronomicalUnits: 1).kilometers, 149_597_870.7))
    #expect(TimeSpan(days: 365.25).seconds == 31_557_600)
  }
}
