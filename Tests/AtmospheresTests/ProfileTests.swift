import Atmospheres
import Foundation
import Testing
import Units

@Suite("Profiles")
struct ProfileTests {
  static let irradiated = GuillotProfile(
    internalTemperature: Temperature(kelvins: 200), equilibriumTemperature: Temperature(kelvins: 1400),
    thermalOpacity: 1e-3, visibleToThermalOpacity: 0.4)

  /// High up T^4 = T_int^4 / 2 + T_eq^4 (1 + gamma) / 2; deep down 3/4 T_int^4 (2/3 + tau) + 3/4 T_eq^4 (2/3 +
  /// 2 / (3 gamma)): equation 49 of Guillot (2010) at tau = 0 and for tau to infinity.
  @Test("Guillot's profile has its limits", arguments: [0.1, 0.4, 1, 3])
  func guillot(gamma: Double) {
    var profile = Self.irradiated
    profile.visibleToThermalOpacity = gamma
    let high = profile.temperature(at: 1e-9, gravity: 10)
    let expectedHigh = pow(0.5 * pow(200, 4) + 0.5 * (1 + gamma) * pow(1400, 4), 0.25)
    #expect(abs(high / expectedHigh - 1) < 1e-9)
    let pressure = 1e8
    let tau = 1e-3 * pressure / 10
    let deep = profile.temperature(at: pressure, gravity: 10)
    let expectedDeep = pow(
      0.75 * pow(200, 4) * (2.0 / 3 + tau) + 0.75 * pow(1400, 4) * (2.0 / 3 + 2 / (3 * gamma)), 0.25)
    #expect(abs(deep / expectedDeep - 1) < 1e-12)
  }

  /// Equation 49 with mpmath's exponential integral, T_int = 200 K and T_eq = 1400 K: `Golden/guillot.py`. Between the
  /// limits E2's term is worth up to 6 % of the temperature.
  @Test(
    "Guillot's profile between its limits",
    arguments: [
      (0.1, 0.4, 1299.851519524), (1, 0.4, 1439.954883895), (10, 0.4, 1609.050468908),
      (0.1, 3, 1483.89255531), (1, 3, 1271.002076836), (10, 3, 1266.620496091),
    ])
  func guillotBetween(tau: Double, gamma: Double, expected: Double) {
    var profile = Self.irradiated
    profile.visibleToThermalOpacity = gamma
    #expect(abs(profile.temperature(at: tau * 10 / 1e-3, gravity: 10) / expected - 1) < 1e-11)
  }

  @Test("Without irradiation Guillot's profile is Milne and Eddington's")
  func eddington() {
    var profile = Self.irradiated
    profile.equilibriumTemperature = Temperature(kelvins: 0)
    // tau = 2/3: T = T_int.
    #expect(abs(profile.temperature(at: 2.0 / 3 * 10 / 1e-3, gravity: 10) / 200 - 1) < 1e-14)
  }

  @Test("Points are joined linearly in log pressure and held beyond the last")
  func points() throws {
    let profile = TemperatureProfile.points([
      PressureTemperaturePoint(pressure: Pressure(pascals: 1e5), temperature: Temperature(kelvins: 1600)),
      PressureTemperaturePoint(pressure: Pressure(pascals: 1e1), temperature: Temperature(kelvins: 800)),
    ])
    let temperatures = try profile.temperatures(at: [1e7, 1e5, 1e3, 1e1, 1e-3], gravity: 10)
    for (value, expected) in zip(temperatures, [1600, 1600, 1200, 800, 800]) {
      #expect(abs(value - Double(expected)) < 1e-9)
    }
    #expect(throws: AtmosphereError.self) {
      try TemperatureProfile.points([]).temperatures(at: [1], gravity: 10)
    }
  }

  @Test("Two levels of a mixing ratio, and the way between them")
  func twoLevels() {
    let step = TwoLevelMixingRatio(deep: 1e-3, high: 1e-6, boundary: Pressure(bars: 1e-3))
    #expect(step.value(at: 101) == 1e-3 && step.value(at: 99) == 1e-6)
    let smooth = TwoLevelMixingRatio(deep: 1e-3, high: 1e-7, boundary: Pressure(bars: 1e-3), width: 2)
    #expect(abs(smooth.value(at: 100) / 1e-5 - 1) < 1e-12)
    #expect(smooth.value(at: 1001) == 1e-3 && smooth.value(at: 9.9) == 1e-7)
  }

  @Test("Mixing ratios add up to one, and the mean mass follows")
  func composition() throws {
    let diluted = try LayeredComposition(
      [TraceGas(.water, 0.1), TraceGas(.carbonDioxide, 0.3)], fill: .diluted(heliumToHydrogen: 0.25),
      pressures: [1e5])
    #expect(abs(diluted.mixingRatios.reduce(0) { $0 + $1[0] } - 1) < 1e-15)
    let expected = 0.1 * 18.015 + 0.3 * 44.009 + 0.6 * (0.8 * 2.016 + 0.2 * 4.0026)
    #expect(abs(diluted.meanMolarMass[0] - expected) < 1e-12)
    let undiluted = try LayeredComposition(
      [TraceGas(.water, 0.1)], fill: .undiluted(heliumToHydrogen: 0.25, molarMass: 2.3), pressures: [1e5])
    #expect(abs(undiluted.meanMolarMass[0] - (2.3 + 1.8015)) < 1e-12)
    #expect(undiluted.mixingRatio(of: .hydrogen)![0] == 0.8)
  }

  @Test(
    "Formulas give masses", arguments: [("H2O", 18.015), ("TiO", 63.866), ("C2H2", 26.038), ("Na", 22.990)])
  func formulas(formula: String, mass: Double) throws {
    #expect(abs(try Species(formula).molarMass - mass) < 1e-9)
  }

  @Test("What is no formula is refused", arguments: ["", "h2o", "H0", "Xx", "H2O-", "H2 O", "2", "H99999"])
  func notFormulas(text: String) {
    #expect(throws: AtmosphereError.self) { try Species(text) }
  }

  /// Two independent laws, from dispersion theory and from the refractive index, agree to 4 % from 0.4 um on.
  @Test("Hydrogen scatters alike by two laws", arguments: [0.4e-6, 0.6e-6, 1e-6, 3e-6])
  func rayleigh(wavelength: Double) throws {
    let first = RayleighScattering.standard[.hydrogen]!.crossSection(at: wavelength)
    let second = ModelConfiguration.exoGAN2018.rayleigh[.hydrogen]!.crossSection(at: wavelength)
    #expect(abs(first / second - 1) < 0.04)
    #expect(first > second / 2)
  }
}
