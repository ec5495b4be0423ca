/// What an equation of state says at one pressure and temperature.
package struct ThermodynamicState: Sendable, Hashable {
  /// Volume of a kilogram, m3 kg-1.
  package var specificVolume: Double
  /// Logarithmic expansion (d ln v / d ln T) at constant pressure: alpha T, dimensionless.
  package var expansion: Double
  /// Heat capacity at constant pressure, J kg-1 K-1.
  package var heatCapacity: Double
  /// Isothermal bulk modulus, Pa.
  package var bulkModulus: Double

  package init(specificVolume: Double, expansion: Double, heatCapacity: Double, bulkModulus: Double) {
    self.specificVolume = specificVolume
    self.expansion = expansion
    self.heatCapacity = heatCapacity
    self.bulkModulus = bulkModulus
  }

  package var density: Double { 1 / specificVolume }
  /// dT/dP along an isentrope, K Pa-1: alpha T v / c_p.
  package var adiabaticGradient: Double { expansion * specificVolume / heatCapacity }
}

/// An equation of state of one substance in one phase.
package protocol EquationOfState: Sendable {
  /// The paper it is taken from.
  var source: String { get }
  /// Pressures it may be used at, Pa.
  var pressureRange: ClosedRange<Double> { get }
  /// The state at a pressure (Pa) and temperature (K); throws where the equation has no solution.
  func state(pressure: Double, temperature: Double) throws(InteriorsError) -> ThermodynamicState
}
