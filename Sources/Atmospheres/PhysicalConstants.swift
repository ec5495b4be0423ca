import Units

/// The constants a model computes with. Ours are `codata2018`; a comparison with another code takes that code's.
package struct PhysicalConstants: Sendable, Hashable {
  /// m3 kg-1 s-2
  package var gravitational: Double
  /// J K-1
  package var boltzmann: Double
  /// kg
  package var atomicMass: Double
  /// J s
  package var planck: Double
  /// m s-1
  package var speedOfLight: Double

  package init(
    gravitational: Double, boltzmann: Double, atomicMass: Double, planck: Double = Constants.planck,
    speedOfLight: Double = Constants.speedOfLight
  ) {
    self.gravitational = gravitational
    self.boltzmann = boltzmann
    self.atomicMass = atomicMass
    self.planck = planck
    self.speedOfLight = speedOfLight
  }

  package static let codata2018 = PhysicalConstants(
    gravitational: Constants.gravitational, boltzmann: Constants.boltzmann, atomicMass: Constants.atomicMass)
}
