import Observations
import SpectrumReading
import Testing

/// Keys that say something of star and planet, with the units that people write.
@Suite struct StatedKeys {
  private func read(_ keys: String) throws -> Spectrum {
    let rows = (0..<9).map { "\(1 + 0.1 * Double($0)) 0.12 0.001\n" }.joined()
    return try SpectrumReader.read(Array((keys + "\nwavelength_um rp_rs err\n" + rows).utf8))
  }

  @Test func unitsAndErrors() throws {
    let stated = try read(
      "# RSTAR: 0.9(1)\n# TSTAR = 5400 +/- 60 K\n# MPLAN = 0.28\u{b1}0.03 M_Jup\n# RPLAN = 13.4 (R_Earth)\n# TPLAN = 1120"
    ).stated
    #expect(abs((stated.planetMass?.value?.jupiterMasses ?? 0) - 0.28) < 1e-12)
    #expect(abs((stated.planetMass?.upperError?.jupiterMasses ?? 0) - 0.03) < 1e-12)
    #expect(abs((stated.planetRadius?.value?.earthRadii ?? 0) - 13.4) < 1e-12)
    #expect(
      stated.starTemperature?.value?.kelvins == 5400 && stated.starTemperature?.lowerError?.kelvins == 60)
    #expect(stated.planetTemperature?.value?.kelvins == 1120)
  }

  /// Both Jupiter's and the Earth's are usual: neither is guessed.
  @Test func massWithoutUnitIsNotTaken() throws {
    let spectrum = try read("# MPLAN = 0.28\n# RSTAR = 700000 furlongs")
    #expect(spectrum.stated.planetMass == nil && spectrum.starRadius == nil)
    #expect(spectrum.assumptions.contains { $0.hasPrefix("MPLAN = 0.28 has no unit: not taken") })
    #expect(
      spectrum.assumptions.contains { $0.hasPrefix("RSTAR = 700000 furlongs has a unit that is not known") })
  }

  @Test(arguments: ["0.9", "0.9 Rsun", "0.9 R_sun", "0.9 solRad", "0.9Rsun"]) func radiusOfTheStar(
    text: String
  ) throws {
    #expect(abs((try read("# RSTAR = \(text)").starRadius ?? 0) - 0.9) < 1e-12)
  }
}
