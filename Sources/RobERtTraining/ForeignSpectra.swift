package import Atmospheres
import NumericalMethods
import Observations
package import RobERt
import TrainingSets
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Spectra on the whole grid that are no planet's transit or eclipse, to see whether a network knows that they are none.
package struct ForeignSpectra: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The flux of a black body of 3500 to 7500 K.
    case star
    /// The flux of an atmosphere of 2400 to 3200 K with metal oxides, at 700 to 2000 m/s2.
    case coolStar = "cool star"
    /// The flux of an atmosphere of 700 to 2200 K at 300 to 2000 m/s2.
    case brownDwarf = "brown dwarf"
    /// White noise around a level, with errors ten times too small.
    case noise = "noise with errors ten times too small"
  }

  private let model: SpectrumModel
  private let encoder = SpectrumEncoder()

  package init(model: SpectrumModel) { self.model = model }

  /// Draws one spectrum, its flux over noise 20 in each bin, and encodes it as if it were of a planet.
  func draw(
    _ kind: Kind, as planetKind: SpectrumKind, random: inout SeededRandom
  ) throws(AtmosphereError) -> EncodedSpectrum? {
    let wavelengths = model.grid.wavelengths
    var flux: [Double] =
      switch kind {
      case .star:
        blackBody(random.uniform(3500, 7500), wavelengths)
      case .coolStar:
        try emergent(
          effectiveTemperature: random.uniform(2400, 3200), gravity: random.logUniform(700, 2000),
          [
            (.titaniumOxide, -7), (.vanadiumOxide, -8), (.water, -3.5), (.carbonMonoxide, -3.3),
            (.sodium, -5.8), (.potassium, -7),
          ], &random)
      case .brownDwarf:
        try brownDwarf(&random)
      case .noise:
        wavelengths.map { _ in 1 + 0.5 * random.normal() }
      }
    // As spectra of stars are mostly given: around 1.
    let mean = flux.reduce(0, +) / Double(flux.count)
    flux = flux.map { $0 / mean }
    let errors = flux.map { kind == .noise ? 0.05 : $0 / 20 }
    let isObserved = errors.map { $0 > 0 }
    let depth = zip(flux, errors).map { flux, error in
      kind == .noise ? flux : flux + error * random.normal()
    }
    return encoder.encode(depth: depth, error: errors, isObserved: isObserved, kind: planetKind)
  }

  private func brownDwarf(_ random: inout SeededRandom) throws(AtmosphereError) -> [Double] {
    let temperature = random.uniform(700, 2200)
    // Carbon is in methane below some 1300 K, nitrogen in ammonia below some 900 K (Lodders & Fegley 2002, Icarus 155, 393).
    var gases: [(Species, Double)] = [
      (.water, -3.3), (temperature < 1300 ? .methane : .carbonMonoxide, -3.3), (.sodium, -5.8),
      (.potassium, -7),
    ]
    if temperature < 900 { gases.append((.ammonia, -4.5)) }
    return try emergent(
      effectiveTemperature: temperature, gravity: random.logUniform(300, 2000), gases, &random)
  }

  /// Flux of an atmosphere heated from below: T^4 = 3/4 T_eff^4 (2/3 + tau) (Eddington), thermal opacity 1e-3 m2/kg.
  private func emergent(
    effectiveTemperature: Double, gravity: Double, _ gases: [(Species, Double)], _ random: inout SeededRandom
  ) throws(AtmosphereError) -> [Double] {
    let radius = Length(jupiterRadii: 1)
    let mass = Mass(
      kilograms: gravity * radius.meters * radius.meters / PhysicalConstants.codata2018.gravitational)
    let points = (0...56).map { step in
      let pressure = pow(10, Double(step) / 8 - 1)
      let opticalDepth = 1e-3 * pressure / gravity
      return PressureTemperaturePoint(
        pressure: Pressure(pascals: pressure),
        temperature: Temperature(kelvins: effectiveTemperature * pow(0.75 * (2.0 / 3 + opticalDepth), 0.25)))
    }
    let atmosphere = PlanetAtmosphere(
      mass: mass, radius: radius, stellarRadius: Length(solarRadii: 1), temperature: .points(points),
      gases: gases.map { TraceGas($0.0, pow(10, $0.1 + random.uniform(-0.5, 0.5))) })
    return try model.emission(atmosphere, star: .blackBody(Temperature(kelvins: 5500))).flux
  }

  private func blackBody(_ temperature: Double, _ wavelengths: [Double]) -> [Double] {
    wavelengths.map { PlanckFunction.flux(wavelength: $0, temperature: temperature) }
  }

  /// The share of `count` such spectra that lie outside what a network was trained on.
  package func shareOutside(
    _ kind: Kind, of network: RobERtModel, count: Int, seed: UInt64
  ) throws(AtmosphereError) -> Double {
    let points = [Double](repeating: 1, count: SpectralGrid.standard.count)
    var outside = 0
    for index in 0..<count {
      var random = SeededRandom(seed: seed, stream: UInt64(index))
      guard let encoded = try draw(kind, as: network.kind, random: &random) else { continue }
      if !network.domain.contains(encoded, points: points) { outside += 1 }
    }
    return Double(outside) / Double(max(count, 1))
  }
}

extension ExampleSource {
  /// The share of its own spectra that lie outside a domain.
  package func shareOutside(_ domain: TrainingDomain, rows: Range<Int>, seed: UInt64) -> Double {
    let outside = rows.count { row in
      var random = SeededRandom(seed: seed, stream: UInt64(row))
      guard let example = example(row, random: &random) else { return false }
      return !domain.contains(example.encoded, points: example.points)
    }
    return Double(outside) / Double(max(rows.count, 1))
  }
}
