import MolecularBands
import Testing
import Units

/// To 1e-9, from the constants of `Units` alone.
@Suite struct SpectroscopyTests {
  private func agree(_ a: Double, _ b: Double) -> Bool { abs(a / b - 1) < 1e-9 }

  @Test func theSecondRadiationConstantIsThatOfUnits() {
    #expect(agree(Spectroscopy.secondRadiationConstant, 100 * Constants.secondRadiation))
  }

  /// h/(8 pi^2 c) in g/mol A^2 cm-1: 1e20 A^2 a square meter, 1e-2 m-1 a cm-1, u a g/mol.
  @Test func aRotationalConstantIsThatOfTheMomentOfInertia() {
    let unit = Constants.planck / (8 * Double.pi * Double.pi * Constants.speedOfLight * Constants.atomicMass)
    #expect(agree(Spectroscopy.rotationalUnit, unit * 1e18))
  }

  /// Loschmidt's constant, 2.686 780 111 e25 m-3, of two gases, and 100 m-1 a cm-1.
  @Test func anAmagatIsLoschmidtsDensity() {
    let density = 101_325 / (1.380_649e-23 * 273.15)
    #expect(agree(CollisionPair.metresFifthPerAmagat, 100 / (density * density)))
  }

  @Test func anOscillatorAbsorbsByTheElectronsRadius() {
    #expect(agree(Spectroscopy.strengthOfUnitOscillator, Double.pi * 2.817_940_326_2e-13))
  }
}
