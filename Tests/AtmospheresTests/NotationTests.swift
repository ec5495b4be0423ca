import Atmospheres
import Testing
import Units

@Suite("Atmospheres as they are written on a command line")
struct NotationTests {
  @Test("Gases: constant, in two levels, with a transition")
  func gases() throws {
    #expect(try TraceGas(notation: "H2O=4e-4") == TraceGas(.water, 4e-4))
    var profile = TwoLevelMixingRatio(deep: 1e-4, high: 1e-6, boundary: Pressure(bars: 0.1))
    #expect(try TraceGas(notation: "CH4=1e-4:1e-6@0.1") == TraceGas(.methane, .twoLevel(profile)))
    profile.width = 1.5
    #expect(try TraceGas(notation: "CH4=1e-4:1e-6@0.1~1.5") == TraceGas(.methane, .twoLevel(profile)))
  }

  @Test(
    "What is no gas is refused, with what to write",
    arguments: [
      "", "H2O", "H2O=", "H2O=x", "H2O=2", "H2O=-1e-3", "H2O=nan", "H2O=1e-4:1e-6", "H2O=1e-4:1e-6@0",
      "H2O=1e-4:1e-6@1~-1", "H2O=1e-4:1e-6@1~1~1", "H2O=1e-4:1e-6:1e-7@1", "H2O=1e-4:2@1", "H2O=1e-4@1",
      "H2O=1e-4:1e-6@inf", "H2O=1e-4:1e-6@1@2",
    ])
  func badGases(text: String) {
    let error = #expect(throws: AtmosphereError.self) { try TraceGas(notation: text) }
    #expect(error?.message.contains("H2O=4e-4") == true)
  }

  @Test("Profiles: points, and irradiated ones with their defaults")
  func profiles() throws {
    let points = [(10.0, 1800.0), (0.1, 1200), (1e-4, 900)].map {
      PressureTemperaturePoint(pressure: Pressure(bars: $0.0), temperature: Temperature(kelvins: $0.1))
    }
    #expect(try TemperatureProfile(notation: "10:1800,0.1:1200,1e-4:900") == .points(points))
    let plain = GuillotProfile(
      internalTemperature: Temperature(kelvins: 100), equilibriumTemperature: Temperature(kelvins: 1400),
      thermalOpacity: 1e-3, visibleToThermalOpacity: 0.4)
    #expect(try TemperatureProfile(notation: "guillot:equilibrium=1400") == .guillot(plain))
    let other = GuillotProfile(
      internalTemperature: Temperature(kelvins: 300), equilibriumTemperature: Temperature(kelvins: 1400),
      thermalOpacity: 0.01, visibleToThermalOpacity: 2)
    #expect(
      try TemperatureProfile(notation: "guillot:ratio=2,opacity=0.01,internal=300,equilibrium=1400")
        == .guillot(other))
  }

  @Test(
    "What is no profile is refused",
    arguments: [
      "", "1200", "10:", "10:1800,", "10:1800:3", "-1:1800", "10:-5", "10:nan", "10:inf", "guillot:",
      "guillot:internal=100", "guillot:equilibrium=1400,gamma=1", "guillot:equilibrium=1400,ratio=0",
      "guillot:equilibrium=x", "guillot:equilibrium=1400,opacity=inf",
    ])
  func badProfiles(text: String) {
    let error = #expect(throws: AtmosphereError.self) { try TemperatureProfile(notation: text) }
    #expect(error?.code == .badProfile)
  }

  @Test("Hazes: as steep as hydrogen's scattering, or as they say")
  func hazes() throws {
    #expect(try Haze(notation: "100") == Haze(enhancement: 100, slope: -4))
    #expect(try Haze(notation: "1e3:-6.5") == Haze(enhancement: 1e3, slope: -6.5))
    for text in ["", "x", "100:", "-1", "nan", "1:2:3", "100:inf"] {
      #expect(throws: AtmosphereError.self) { try Haze(notation: text) }
    }
  }
}
