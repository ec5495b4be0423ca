package import Observations
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// What a network answers, and the unbounded coordinates it answers in.
///
/// Radius (thickness) fractions f_i are log-ratios ln(f_i / f_ref), so that they are positive and sum to one for
/// whatever the network says (Aitchison 1982, J. R. Stat. Soc. B 44, 139; as Baumeister & Tosi 2023).
package enum InteriorOutputs: String, Sendable, Hashable, CaseIterable {
  /// ln(core/mantle), ln(water/mantle) in radius; ln of core density over bulk density; ln of the pressure at the
  /// core-mantle boundary over G M^2/R^4; ln of the temperature there over 1000 K.
  case rocky
  /// ln(mantle/core), ln(water/core), ln(envelope/core), in radius and then in mass.
  case layered
  /// ln(core/envelope) in radius and in mass; ln(heavy elements/gas) in the envelope; ln of the pressure at the top of the core over
  /// G M^2/R^4; ln of the temperature there over 10,000 K; ln of k2 and of C/MR2.
  case giant
  /// The same without k2, for a network that is told of it.
  case giantOfLoveNumber

  /// Of a core of rock and ice under an envelope.
  package var isGiant: Bool { self == .giant || self == .giantOfLoveNumber }

  package var quantities: [InteriorQuantity] {
    switch self {
    case .rocky:
      [
        .waterRadiusFraction, .mantleRadiusFraction, .coreRadiusFraction, .coreMassFraction, .cmbPressure,
        .cmbTemperature,
      ]
    case .layered: Self.layeredRadii + Self.layeredMasses
    case .giant: Self.giantBodies + [.loveNumber, .momentOfInertiaFactor]
    case .giantOfLoveNumber: Self.giantBodies + [.momentOfInertiaFactor]
    }
  }

  package var coordinateNames: [String] {
    switch self {
    case .rocky:
      [
        "ln(core/mantle radius fraction)", "ln(water/mantle radius fraction)", "ln(core/bulk density)",
        "ln(P_CMB R^4/(G M^2))", "ln(T_CMB/1000 K)",
      ]
    case .layered:
      ["radius", "mass"].flatMap { part in
        ["mantle", "water", "envelope"].map { "ln(\($0)/core \(part) fraction)" }
      }
    case .giant: Self.giantCoordinates + ["ln(k2)", "ln(C/(M R^2))"]
    case .giantOfLoveNumber: Self.giantCoordinates + ["ln(C/(M R^2))"]
    }
  }

  /// Which coordinates are a function of reported outputs by themselves. The core's density is not: it gives the core's mass
  /// only together with the core's size.
  package var isReportedAlone: [Bool] {
    switch self {
    case .rocky: [true, true, false, true, true]
    case .layered: [Bool](repeating: true, count: 6)
    case .giant, .giantOfLoveNumber: coordinateNames.map { _ in true }
    }
  }

  /// Which coordinates are log-ratios of fractions, which stay fractions however far a draw lies out.
  package var isLogRatio: [Bool] {
    switch self {
    case .rocky: [true, true, false, false, false]
    case .layered: [Bool](repeating: true, count: 6)
    case .giant, .giantOfLoveNumber: coordinateNames.indices.map { $0 < 3 }
    }
  }

  private static let layeredRadii: [InteriorQuantity] = [
    .coreRadiusFraction, .mantleRadiusFraction, .waterRadiusFraction, .envelopeRadiusFraction,
  ]
  private static let layeredMasses: [InteriorQuantity] = [
    .coreMassFraction, .mantleMassFraction, .waterMassFraction, .envelopeMassFraction,
  ]

  private static let giantBodies: [InteriorQuantity] = [
    .coreRadiusFraction, .envelopeRadiusFraction, .coreMassFraction, .envelopeMassFraction,
    .envelopeMetalFraction, .heavyElementMass, .corePressure, .coreTemperature,
  ]
  private static let giantCoordinates = [
    "ln(core/envelope radius fraction)", "ln(core/envelope mass fraction)", "ln(heavy elements/gas)",
    "ln(P_core R^4/(G M^2))", "ln(T_core/10000 K)",
  ]

  /// Added to each radius fraction of `rocky` before its logarithm is taken, since a dry planet has no water at all.
  /// Water fractions much below it cannot be told apart, nor need be: 1e-4 of Earth's radius is 640 m.
  package static let rockyFractionFloor = 1e-4

  /// Earth's G M^2 / R^4, GPa.
  private static let earthPressureScale =
    Constants.gravitational * Constants.earthMass * Constants.earthMass
    / (Constants.earthRadius * Constants.earthRadius * Constants.earthRadius * Constants.earthRadius) / 1e9

  /// G M^2 / R^4 in GPa: the scale of pressures inside a planet.
  private static func pressureScale(mass: Double, radius: Double) -> Double {
    earthPressureScale * mass * mass / (radius * radius * radius * radius)
  }

  /// - Parameters:
  ///   - values: in the order of `quantities`; GPa and K.
  ///   - mass: Earth masses.
  ///   - radius: Earth radii.
  /// - Returns: not finite where a fraction or the like is not positive.
  package func coordinates(_ values: [Double], mass: Double, radius: Double) -> [Double] {
    switch self {
    case .rocky:
      let floor = Self.rockyFractionFloor
      let mantle = values[1] + floor
      return [
        log((values[2] + floor) / mantle), log((values[0] + floor) / mantle),
        log(values[3] / (values[2] * values[2] * values[2])),
        log(values[4] / Self.pressureScale(mass: mass, radius: radius)), log(values[5] / 1000),
      ]
    case .layered:
      return (1...3).map { log(values[$0] / values[0]) } + (5...7).map { log(values[$0] / values[4]) }
    case .giant, .giantOfLoveNumber:
      return [
        log(values[0] / values[1]), log(values[2] / values[3]), log(values[4] / (1 - values[4])),
        log(values[6] / Self.pressureScale(mass: mass, radius: radius)), log(values[7] / 10_000),
      ] + values[8...].map { log($0) }
    }
  }

  /// The inverse of `coordinates`: fractions in 0...1 that sum to one, whatever the coordinates.
  package func values(_ coordinates: [Double], mass: Double, radius: Double) -> [Double] {
    switch self {
    case .rocky:
      let floor = Self.rockyFractionFloor
      let shares = Self.shares([coordinates[1], 0, coordinates[0]])
      // Where a share is smaller than the floor there is none of the layer; the others make up the sum.
      let fractions = shares.map { max(0, $0 * (1 + 3 * floor) - floor) }
      let sum = fractions.reduce(0, +)
      let core = fractions[2] / sum
      return [
        fractions[0] / sum, fractions[1] / sum, core,
        min(1, exp(coordinates[2]) * core * core * core),
        exp(coordinates[3]) * Self.pressureScale(mass: mass, radius: radius), 1000 * exp(coordinates[4]),
      ]
    case .layered:
      return Self.shares([0] + coordinates[..<3]) + Self.shares([0] + coordinates[3...])
    case .giant, .giantOfLoveNumber:
      let masses = Self.shares([coordinates[1], 0])
      let metals = Self.shares([coordinates[2], 0])[0]
      return Self.shares([coordinates[0], 0]) + masses + [
        metals, mass * (masses[0] + masses[1] * metals),
        exp(coordinates[3]) * Self.pressureScale(mass: mass, radius: radius), 10_000 * exp(coordinates[4]),
      ] + coordinates[5...].map { exp($0) }
    }
  }

  /// exp(x_i) / sum of exp(x_j), safe against overflow.
  private static func shares(_ logarithms: [Double]) -> [Double] {
    let largest = logarithms.max() ?? 0
    let exponentials = logarithms.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}
