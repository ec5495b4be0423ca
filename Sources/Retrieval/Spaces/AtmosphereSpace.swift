package import Atmospheres
package import NumericalMethods
package import Observations
import SpectralPrior
import Units

/// The atmospheres that a retrieval chooses among: what varies, between which bounds, with which prior, and what planet a row of
/// numbers is.
///
/// A spectrum's shape does not depend on how large the star is nor, to first order, on how large the planet is: it follows from the
/// scale height in units of the radius, the temperature and what the gas is made of. So rows begin, in every space, with these
/// three numbers:
///
///     0   ln s,  s = 2 H / R_p = 2 k T R_p / (2.3 u G M_p),  the depth of one scale height over that of the planet's disc
///     1   ln T, K: isothermal in transmission, Guillot's equilibrium temperature in eclipse
///     2   ln R_p, m, at 10 bar: it makes paths longer and matters little beside s
///
/// and go on with decimal logarithms of mixing ratios and with clouds. The mass follows from the three.
package struct AtmosphereSpace: Sendable {
  package enum Name: String, Sendable, Hashable, CaseIterable {
    /// Transmission as ExoGAN's published training set has it.
    case exoGAN2018 = "exogan-2018"
    case transmission, eclipse
  }

  /// One number of a row.
  package struct Variable: Sendable, Hashable {
    /// As results and the laboratory name it.
    package let key: String
    /// One line, with the unit.
    package let meaning: String
    /// Outside it there is no atmosphere; the prior is uniform between, but in `exogan-2018` for the first three.
    package let range: ClosedRange<Double>

    package init(_ key: String, _ meaning: String, _ range: ClosedRange<Double>) {
      self.key = key
      self.meaning = meaning
      self.range = range
    }
  }

  package let name: Name
  package private(set) var variables: [Variable]
  /// The gases whose mixing ratios stand from row place 3 on.
  package private(set) var gases: [Species]
  /// No gas has been left out: networks know no other spaces.
  package private(set) var isWhole: Bool

  package var count: Int { variables.count }
  package var kind: SpectrumKind { name == .eclipse ? .eclipse : .transmission }

  /// What spectra of this space are computed with: opacities are held at the tables' ends, so that no temperature is missing.
  package var configuration: ModelConfiguration { name == .exoGAN2018 ? .exoGAN2018 : .training }

  /// Mean molecular mass of the scale height that s is made with, u.
  package static let scaleHeightMass = PlanetRanges.scaleHeightMass
  /// Titanium and vanadium oxide and H- are absent from colder atmospheres, whatever their numbers say, K.
  package static let hotFrom = 1500.0
  /// Guillot's internal temperature in eclipse, K.
  package static let internalTemperature = 100.0

  private static let first = 3

  /// The place of a variable in rows.
  package func index(_ key: String) -> Int? { variables.firstIndex { $0.key == key } }

  /// Whether a variable is the mixing ratio of a gas that only atmospheres from `hotFrom` on have.
  package static func isOnlyInHot(_ variable: Variable) -> Bool {
    ["log10TiO", "log10VO", "log10H-"].contains(variable.key)
  }

  // MARK: Prior

  /// A row from the prior.
  package func draw(_ random: inout SeededRandom) -> [Double] {
    guard name == .exoGAN2018 else {
      return variables.map { random.uniform($0.range.lowerBound, $0.range.upperBound) }
    }
    let values = PublishedRanges.all.map { random.uniform($0.lowerBound, $0.upperBound) }
    return Self.row(mass: values[0], radius: values[1], temperature: values[2])
      + variables.dropFirst(Self.first).map { random.uniform($0.range.lowerBound, $0.range.upperBound) }
  }

  /// ln of the prior's density in the numbers of the row, normalised; nil outside.
  package func logPrior(_ row: some RandomAccessCollection<Double>) -> Double? {
    var logDensity = 0.0
    for (variable, value) in zip(variables, row) {
      guard variable.range.contains(value) else { return nil }
      logDensity -= log(variable.range.upperBound - variable.range.lowerBound)
    }
    guard name == .exoGAN2018 else { return logDensity }
    let values = [Self.mass(row), exp(row[row.index(row.startIndex, offsetBy: 2)]), Self.temperature(row)]
    guard zip(PublishedRanges.all, values).allSatisfy({ $0.contains($1) }) else { return nil }
    // d(M, R, T) / d(ln s, ln R, ln T) = M R T.
    return zip(PublishedRanges.all, zip(values, variables)).reduce(logDensity) { sum, item in
      let (published, (value, variable)) = item
      return sum + log(value * (variable.range.upperBound - variable.range.lowerBound))
        - log(published.upperBound - published.lowerBound)
    }
  }

  /// ln of the masses, kg, where the prior has a range of its own for them.
  package var logMasses: ClosedRange<Double>? {
    guard name == .exoGAN2018 else { return nil }
    let masses = PublishedRanges.all[0]
    return log(masses.lowerBound)...log(masses.upperBound)
  }

  // MARK: From a row to a planet

  package static func temperature(_ row: some RandomAccessCollection<Double>) -> Double {
    exp(row[row.index(row.startIndex, offsetBy: 1)])
  }

  /// kg
  package static func mass(_ row: some RandomAccessCollection<Double>) -> Double {
    let radius = exp(row[row.index(row.startIndex, offsetBy: 2)])
    return 2 * Constants.boltzmann * temperature(row) * radius
      / (scaleHeightMass * Constants.atomicMass * Constants.gravitational * exp(row[row.startIndex]))
  }

  /// The first three numbers of a row.
  /// - Parameters: kg, m, K.
  package static func row(mass: Double, radius: Double, temperature: Double) -> [Double] {
    let ratio =
      2 * Constants.boltzmann * temperature * radius
      / (scaleHeightMass * Constants.atomicMass * Constants.gravitational * mass)
    return [log(ratio), log(temperature), log(radius)]
  }

  /// The planet of a row before a star of its own radius, so that transit depths are in units of its disc.
  /// - Precondition: the row has `count` numbers.
  package func planet(_ row: some RandomAccessCollection<Double>) -> PlanetAtmosphere {
    let row = Array(row)
    precondition(row.count == count)
    let temperature = Self.temperature(row)
    let isHot = temperature >= Self.hotFrom
    var gases: [TraceGas] = []
    for (species, logarithm) in zip(self.gases, row.dropFirst(Self.first))
    where isHot || (species != .titaniumOxide && species != .vanadiumOxide) {
      gases.append(TraceGas(species, pow(10, logarithm)))
    }
    let radius = Length(meters: exp(row[2]))
    var planet = PlanetAtmosphere(
      mass: Mass(kilograms: Self.mass(row)), radius: radius, stellarRadius: radius,
      temperature: .isothermal(Temperature(kelvins: temperature)), gases: gases)
    func value(_ key: String) -> Double? { index(key).map { row[$0] } }
    if isHot, let anion = value("log10H-") { planet.hydrogenAnion = .constant(pow(10, anion)) }
    if let opacity = value("log10ThermalOpacity"), let ratio = value("log10OpacityRatio") {
      planet.temperature = .guillot(
        GuillotProfile(
          internalTemperature: Temperature(kelvins: Self.internalTemperature),
          equilibriumTemperature: Temperature(kelvins: temperature), thermalOpacity: pow(10, opacity),
          visibleToThermalOpacity: pow(10, ratio)))
    }
    if let top = value("cloudTop") { planet.aerosols.cloudTop = Pressure(bars: pow(10, top)) }
    if let haze = value("log10Haze"), let slope = value("hazeSlope") {
      planet.aerosols.haze = Haze(enhancement: pow(10, haze), slope: slope)
    }
    if let coverage = value("cloudFraction") { planet.aerosols.coverage = coverage }
    return planet
  }
}

// MARK: The spaces

extension AtmosphereSpace {
  /// Mass (kg), radius (m) and temperature (K) of the published set; Jupiter's mass and radius are the published code's.
  package enum PublishedRanges {
    package static let all = [
      0.8 * 1.898e27...2 * 1.898e27, 0.8 * 6.9911e7...1.5 * 6.9911e7, 1000.0...2000.0,
    ]
  }

  /// - Parameter only: formulas of the gases to keep, H- among them; the others are absent. nil: all.
  package init(_ name: Name, only kept: Set<String>? = nil) {
    self.init(all: name)
    guard let kept else { return }
    isWhole = variables.allSatisfy { Self.formula($0).map(kept.contains) ?? true }
    gases = gases.filter { kept.contains($0.formula) }
    variables = variables.filter { Self.formula($0).map(kept.contains) ?? true }
  }

  /// Of the gas whose mixing ratio a variable is.
  package static func formula(_ variable: Variable) -> String? {
    guard variable.key.hasPrefix("log10"),
      variable.meaning == gas(String(variable.key.dropFirst(5)), 0...1).meaning
    else { return nil }
    return String(variable.key.dropFirst(5))
  }

  private init(all name: Name) {
    self.name = name
    isWhole = true
    switch name {
    case .exoGAN2018:
      gases = [.water, .carbonMonoxide, .carbonDioxide, .methane]
      let (masses, radii, temperatures) = (
        PublishedRanges.all[0], PublishedRanges.all[1], PublishedRanges.all[2]
      )
      let least = Self.row(
        mass: masses.upperBound, radius: radii.lowerBound, temperature: temperatures.lowerBound)
      let largest = Self.row(
        mass: masses.lowerBound, radius: radii.upperBound, temperature: temperatures.upperBound)
      variables =
        Self.body(zip(least, largest).map { $0...$1 }) + gases.map { Self.gas($0.formula, -8 ... -1) }
    case .transmission:
      gases = Self.allGases
      variables =
        Self.body(Self.bodies(temperatures: 150...3000)) + Self.gasVariables
        + [
          Variable("cloudTop", "log10 of the pressure at the top of a grey deck, bar", -6...2),
          Variable("cloudFraction", "share of the limb that deck and haze cover", 0...1),
          Variable("log10Haze", "log10 of the haze's scattering over that of hydrogen at 0.35 um", -1...5),
          Variable("hazeSlope", "exponent of wavelength in the haze's scattering", -8 ... -1),
        ]
    case .eclipse:
      gases = Self.allGases
      variables =
        Self.body(Self.bodies(temperatures: 300...3500)) + Self.gasVariables
        + [
          Variable("log10ThermalOpacity", "log10 of Guillot's mean thermal opacity, m2 kg-1", -4.5 ... -1),
          Variable("log10OpacityRatio", "log10 of visible over thermal opacity", -1.5...1),
          Variable("cloudTop", "log10 of the pressure at the top of a grey deck, bar", -4...2),
        ]
    }
  }

  /// Scale heights of 0.03 to 2.5 % of the radius, from giants of ten Jupiter masses to the lightest that keep their gas;
  /// 0.1 to 2.2 Jupiter radii; log-uniform all.
  private static func bodies(temperatures: ClosedRange<Double>) -> [ClosedRange<Double>] {
    [
      log(6e-4)...log(0.05), log(temperatures.lowerBound)...log(temperatures.upperBound),
      log(0.1 * Constants.jupiterRadius)...log(2.2 * Constants.jupiterRadius),
    ]
  }

  private static func body(_ ranges: [ClosedRange<Double>]) -> [Variable] {
    [
      Variable("lnScaleHeightRatio", "ln of twice the scale height over the radius", ranges[0]),
      Variable("lnTemperature", "ln of the temperature, K", ranges[1]),
      Variable("lnPlanetRadius", "ln of the radius at 10 bar, m", ranges[2]),
    ]
  }

  private static let allGases: [Species] = [
    .water, .carbonMonoxide, .carbonDioxide, .methane, .ammonia, .hydrogenCyanide, .acetylene,
    .hydrogenSulfide, .sulfurDioxide, .sodium, .potassium, .titaniumOxide, .vanadiumOxide,
  ]

  private static var gasVariables: [Variable] {
    allGases.map { species in
      switch species {
      case .sodium, .potassium: gas(species.formula, -10 ... -3)
      case .titaniumOxide, .vanadiumOxide: gas(species.formula, -12 ... -5)
      default: gas(species.formula, -10 ... -1)
      }
    } + [gas("H-", -13 ... -6)]
  }

  private static func gas(_ formula: String, _ range: ClosedRange<Double>) -> Variable {
    Variable("log10\(formula)", "log10 of the mixing ratio of \(formula)", range)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
