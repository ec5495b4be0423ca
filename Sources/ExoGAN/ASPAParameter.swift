/// What ExoGAN knows of a planet besides its spectrum, each with how it is written into an ASPA and the published training range
/// (Zingales & Waldmann 2018, AJ 156, 268).
package enum ASPAParameter: String, Sendable, CaseIterable {
  /// kg
  case planetMass
  /// m
  case planetRadius
  /// K
  case temperature
  /// log10 of mixing ratios
  case log10H2O, log10CO, log10CO2, log10CH4

  /// Mass and radius of Jupiter as the published code has them, kg and m.
  package static let jupiterMass = 1.898e27
  package static let jupiterRadius = 6.9911e7

  /// The value over this is what stands in the array, between 0 and 1: Mp / 2 MJ, Rp / 1.5 RJ, T / 2000 K, -log10 x / 8.
  package var scale: Double {
    switch self {
    case .planetMass: 2 * Self.jupiterMass
    case .planetRadius: 1.5 * Self.jupiterRadius
    case .temperature: 2000
    case .log10H2O, .log10CO, .log10CO2, .log10CH4: -8
    }
  }

  /// In the parameter's own unit.
  package var range: ClosedRange<Double> {
    switch self {
    case .planetMass: 0.8 * Self.jupiterMass...2 * Self.jupiterMass
    case .planetRadius: 0.8 * Self.jupiterRadius...1.5 * Self.jupiterRadius
    case .temperature: 1000...2000
    case .log10H2O, .log10CO, .log10CO2, .log10CH4: -8 ... -1
    }
  }

  /// Its place in arrays of all.
  package var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
