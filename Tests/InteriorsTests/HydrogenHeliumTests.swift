import Glibc
import Interiors
import Testing

@Suite("Hydrogen and helium")
struct HydrogenHeliumTests {
  static let gas = HydrogenHelium()

  /// Thin and cool the gas is ideal, and c_p that of H2 (NIST-JANAF: 28.849 at 300 K, 30.205 J/mol/K at 1,000 K) and helium. The
  /// fit is right to 3e-4 in density there, to 1 % in c_p.
  @Test("thin gas is ideal", arguments: [(1e3, 300.0, 28.849), (1e5, 300, 28.849), (1e4, 1000, 30.205)])
  func ideal(_ point: (Double, Double, Double)) throws {
    let (pressure, temperature, molar) = point
    let s = try Self.gas.state(pressure: pressure, temperature: temperature)
    let ideal = pressure / (HydrogenHelium.gasConstant * temperature)
    #expect(abs(s.density / ideal - 1) < 1e-3)
    #expect(abs(s.expansion - 1) < 0.02)
    let (hydrogen, helium) = (0.725 / 2.015_88e-3, 0.275 / 4.002_602e-3)
    let heat = hydrogen * molar + helium * 2.5 * 8.314_462_618
    #expect(abs(s.heatCapacity / heat - 1) < 0.02)
  }

  static let points: [(pressure: Double, temperature: Double)] = [
    (1e4, 300), (1e8, 1000), (1e10, 4000), (3e11, 8000), (1e13, 3e4), (2e14, 1e5),
  ]

  /// By central differences of 1e-4, whose own error is below 1e-6: the bulk modulus is the volume's, c_p and expansion
  /// the entropy's, c_p = T (dS/dT)_P and -(dS/dP)_T = v expansion/T.
  @Test("derivatives agree with differences", arguments: points.indices)
  func derivatives(_ index: Int) throws {
    let (p, t) = Self.points[index]
    let h = 1e-4
    let s = try Self.gas.state(pressure: p, temperature: t)
    func density(_ up: Double) throws -> Double {
      try Self.gas.state(pressure: p * (1 + up), temperature: t).density
    }
    let modulus = 2 * h * p / log(try density(h) / density(-h))
    #expect(abs(modulus / s.bulkModulus - 1) < 2e-4)
    func entropy(_ pressure: Double, _ temperature: Double) throws -> Double {
      try Self.gas.entropy(pressure: pressure, temperature: temperature)
    }
    let heat = (try entropy(p, t * (1 + h)) - entropy(p, t * (1 - h))) / (2 * h)
    #expect(abs(heat / s.heatCapacity - 1) < 2e-4)
    let fall = -(try entropy(p * (1 + h), t) - entropy(p * (1 - h), t)) / (2 * h * p)
    #expect(abs(fall * t / s.specificVolume - s.expansion) < 2e-4)
  }

  /// What no planet's gas can be: colder than its melting, ionised, beyond the tables.
  @Test(
    "outside its range it throws",
    arguments: [(1e10, 200.0), (1e5, 50_000), (10, 300), (1e16, 1e5), (1e9, -5), (1e9, .nan)])
  func throwing(_ point: (Double, Double)) {
    #expect(throws: InteriorsError.self) {
      try Self.gas.state(pressure: point.0, temperature: point.1)
    }
  }

  /// Wherever a state is given, it is one that a planet can be integrated through.
  @Test(
    "every state has positive volume, heat and stiffness, and a gradient below that of an ideal gas of atoms")
  func sane() {
    var states = 0
    for i in 0..<120 {
      for j in 0..<80 {
        let pressure = pow(10, 2 + 0.105 * Double(i))
        let temperature = pow(10, 1.6 + 0.05 * Double(j))
        guard let s = try? Self.gas.state(pressure: pressure, temperature: temperature) else { continue }
        states += 1
        let gradient = s.adiabaticGradient * pressure / temperature
        #expect((-0.1...0.6).contains(gradient), "\(pressure) Pa, \(temperature) K: \(gradient)")
        #expect(s.heatCapacity > HydrogenHelium.gasConstant)
        #expect((0.1...1.6).contains(pressure / s.bulkModulus))
      }
    }
    #expect(states > 3000)
  }
}
