/// Equilibrium constant of a molecule's break-up into atoms: the product of their partial pressures over the molecule's,
/// ln K = a / T + b + c ln T + d T with pressures in bar.
///
/// Fitted for this project to the enthalpies and entropies of McBride, Zehe & Gordon 2002, NASA/TP-2002-211556, from 800 to
/// 4000 K: to 0.002 (H2), 0.004 (OH, VO), 0.005 (TiO), 0.011 (H2O) in ln K.
package struct DissociationConstant: Sendable {
  private let a: Double
  private let b: Double
  private let c: Double
  private let d: Double
  /// Atoms less molecules.
  private let change: Double

  /// Pa to the power of one less than there are atoms.
  package func value(temperature: Double) -> Double {
    exp(a / temperature + b + c * log(temperature) + d * temperature + change * log(1e5))
  }

  /// H2 = 2 H
  package static let hydrogen = Self(a: -51954.7, b: 0.53579, c: 1.70993, d: -1.996_03e-4, change: 1)
  /// OH = O + H
  package static let hydroxyl = Self(a: -51085.1, b: 0.710717, c: 1.5829, d: -1.7864e-4, change: 1)
  /// H2O = O + 2 H
  package static let water = Self(a: -110978, b: 4.18096, c: 3.1406, d: -4.3507e-4, change: 2)
  /// TiO = Ti + O
  package static let titaniumOxide = Self(a: -80829, b: 14.0308, c: -0.0372393, d: 2.173_42e-4, change: 1)
  /// VO = V + O
  package static let vanadiumOxide = Self(a: -76448.6, b: 5.82494, c: 1.21573, d: -6.360_75e-5, change: 1)
}
