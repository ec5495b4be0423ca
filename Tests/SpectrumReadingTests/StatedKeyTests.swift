import JobContract
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

  @Test func twoSidesAndLastDigits() throws {
    let stated = try read(
      "# RSTAR = 0.932 +0.014/-0.016\n# MPLAN = 0.28 +0.03 -0.02 Mjup\n# TPLAN = 1,120(40) K\n# TSTAR = 5,4e3"
    ).stated
    #expect(abs((stated.starRadius?.upperError?.solarRadii ?? 0) - 0.014) < 1e-12)
    #expect(abs((stated.starRadius?.lowerError?.solarRadii ?? 0) - 0.016) < 1e-12)
    #expect(abs((stated.planetMass?.upperError?.jupiterMasses ?? 0) - 0.03) < 1e-12)
    #expect(abs((stated.planetMass?.lowerError?.jupiterMasses ?? 0) - 0.02) < 1e-12)
    #expect(stated.planetTemperature?.value?.kelvins == 1120)
    #expect(stated.planetTemperature?.upperError?.kelvins == 40)
    #expect(stated.starTemperature == nil)
    let digits = try read("# RSTAR = 0.93(2)").stated
    #expect(abs((digits.starRadius?.upperError?.solarRadii ?? 0) - 0.02) < 1e-12)
  }

  /// Read with the comma left out, 0,28 was 28 Jupiter masses; radii in metres were suns.
  @Test(arguments: ["MPLAN = 0,28 Mjup", "RSTAR = 6.2e8", "RPLAN = 1.3 Rsun", "TPLAN = 1e5", "TSTAR = 5"])
  func whatNothingHasIsNotTaken(key: String) throws {
    let spectrum = try read("# " + key)
    #expect(spectrum.stated == StatedContext() && spectrum.starRadius == nil)
    #expect(
      spectrum.assumptions.contains { $0.hasPrefix(key) && $0.contains("not take") },
      "\(spectrum.assumptions)")
  }

  @Test func optionsHaveUnitsOfTheirOwn() throws {
    var statement = UserStatement()
    try statement.take("1.155:0.016", for: "RSTAR")
    try statement.take("26:3Mearth", for: "MPLAN")
    try statement.take("1.28", for: "RPLAN")
    #expect(statement.lines == ["MPLAN = 26 +- 3Mearth", "RPLAN = 1.28 Rjup", "RSTAR = 1.155 +- 0.016 Rsun"])
    #expect(UserStatement(lines: statement.lines) == statement)
    for wrong in ["", "big", "-1", "0,9", "1.2 Mjup", "90000"] {
      #expect(throws: SpectrumError.self) { try statement.take(wrong, for: "RSTAR") }
    }
  }

  @Test(arguments: ["0.9", "0.9 Rsun", "0.9 R_sun", "0.9 solRad", "0.9Rsun"]) func radiusOfTheStar(
    text: String
  ) throws {
    #expect(abs((try read("# RSTAR = \(text)").starRadius ?? 0) - 0.9) < 1e-12)
  }
}
