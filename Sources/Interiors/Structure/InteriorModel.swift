package import Units

#if canImport(Glibc)
  import Glibc
#endif

/// The forward model: a planet's mass, composition and temperatures in, its radius and interior out.
///
/// Hydrostatic equilibrium in the mass coordinate m, integrated inwards from the surface with a guessed radius:
///   d(r^3)/dm = 3 v/(4 pi),  dP/dm = -G m/(4 pi r^4),  dT/dm = (dT/dP)_S dP/dm,  dI/dm = 2/3 r^2.
///
/// The stepper is the classical Runge-Kutta method of fourth order, with steps bounded in mass, in ln v and at phase
/// transitions. The radius for which r vanishes with m is found by the secant method, for r^3(0) is nearly linear
/// in R^3.
package struct InteriorModel: Sendable {
  package let materials: Materials

  /// Pressure at the transit radius of a planet with an envelope: 20 mbar, where the slant path through a
  /// clear H2-He atmosphere becomes opaque in the optical (Lopez & Fortney 2014, ApJ 792, 1, sect. 2.3).
  package static let transitPressure = Pressure(bars: 0.02)
  /// Relative error of r^3 at the centre at which the search ends; the radius is then right to about a
  /// third of it.
  static let tolerance = 2e-6
  /// The same where the search runs with coarse steps first.
  static let coarseTolerance = 2e-3
  /// Of the total mass: inside this the density is taken as uniform.
  static let centralMass = 1e-3
  /// Runge-Kutta steps through a layer at the least.
  static let stepsInLayer = 14.0
  /// Largest change of ln v in a step.
  static let volumeStep = 0.2

  /// With the usual materials, made when it is first asked for.
  package static let shared = InteriorModel()

  package init(materials: Materials) { self.materials = materials }
  package init() { self.init(materials: Materials()) }

  /// Solves a planet. Throws where it has no structure, leaves the range of an equation of state, or is
  /// larger than a limit.
  package func solve(
    _ parameters: PlanetParameters, keepingProfile: Bool = false,
    largestRadius: Length = Length(earthRadii: 36)
  ) throws(InteriorsError) -> InteriorStructure {
    var integration = try Integration(parameters, materials: materials)
    return try integration.solve(keepingProfile: keepingProfile, largestRadius: largestRadius)
  }
}
