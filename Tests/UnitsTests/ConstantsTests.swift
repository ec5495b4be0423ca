import Testing
import Units

@Suite("Constants")
struct ConstantsTests {
  @Test("R = N_A k_B, exact in the 2019 SI")
  func gasConstant() {
    #expect(abs(Constants.molarGas / (Constants.avogadro * Constants.boltzmann) - 1) < 1e-15)
  }

  @Test("Stefan-Boltzmann follows from k, h and c")
  func stefanBoltzmann() {
    let k4 = Constants.boltzmann * Constants.boltzmann * Constants.boltzmann * Constants.boltzmann
    let h3 = Constants.planck * Constants.planck * Constants.planck
    let c2 = Constants.speedOfLight * Constants.speedOfLight
    let pi5 = Double.pi * Double.pi * Double.pi * Double.pi * Double.pi
    #expect(abs(2 * pi5 * k4 / (15 * h3 * c2) / Constants.stefanBoltzmann - 1) < 1e-14)
  }

  @Test("a jovian mass is 317.8 terrestrial ones")
  func massRatio() {
    #expect(abs(Mass(jupiterMasses: 1).earthMasses - 317.828) < 1e-3)
  }
}
