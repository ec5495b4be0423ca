/// Altitudes and densities of a layered atmosphere in hydrostatic equilibrium, gravity falling with height.
///
/// TauREx's recipe (Waldmann et al. 2015, ApJ 802, 107; Al-Refaie et al. 2021, ApJ 917, 37): the planet's radius is
/// the altitude 0 of the lowest level, and over layer i
///
///     z[i+1] = z[i] + H[i] ln(p[i] / p[i+1]),   H[i] = k T[i] (R + z[i])^2 / (mu[i] G M)
package struct HydrostaticStructure: Sendable {
  /// Altitude of the bottom of each layer above the reference radius, m.
  package let altitudes: [Double]
  /// m
  package let thicknesses: [Double]
  /// Number density of all molecules, m-3.
  package let densities: [Double]
  /// K
  package let temperatures: [Double]
  /// Pa
  package let pressures: [Double]
  /// Radius of the lowest level, m.
  package let radius: Double

  /// - Parameters:
  ///   - mass: kg.
  ///   - radius: of the lowest level, m.
  ///   - temperatures: of the layers, K.
  ///   - meanMolarMass: of the layers, g/mol.
  /// - Throws: `badPlanet`; `unbound` where the radius is below two scale heights: there no hydrostatic
  ///   atmosphere exists, it escapes (Parker 1958, ApJ 128, 664).
  package init(
    mass: Double, radius: Double, grid: PressureGrid, temperatures: [Double], meanMolarMass: [Double],
    constants: PhysicalConstants
  ) throws(AtmosphereError) {
    guard mass > 0, radius > 0, mass.isFinite, radius.isFinite else {
      throw AtmosphereError(.badPlanet, "mass and radius of the planet must be positive numbers")
    }
    let count = grid.layerCount
    precondition(temperatures.count == count && meanMolarMass.count == count)
    var altitudes = [Double](repeating: 0, count: count)
    var thicknesses = altitudes
    var altitude = 0.0
    for layer in 0..<count {
      let distance = radius + altitude
      let scaleHeight =
        constants.boltzmann * temperatures[layer] * distance * distance
        / (meanMolarMass[layer] * constants.atomicMass * constants.gravitational * mass)
      guard distance > 2 * scaleHeight else {
        throw AtmosphereError(
          .unbound,
          "the atmosphere is not bound: at \(grid.layers[layer]) Pa the scale height is \(scaleHeight) m, more than "
            + "half the distance from the centre; the planet is too light or too hot for its radius")
      }
      altitudes[layer] = altitude
      thicknesses[layer] = scaleHeight * log(grid.levels[layer] / grid.levels[layer + 1])
      altitude += thicknesses[layer]
    }
    self.altitudes = altitudes
    self.thicknesses = thicknesses
    self.temperatures = temperatures
    self.radius = radius
    pressures = grid.layers
    densities = (0..<count).map { grid.layers[$0] / (constants.boltzmann * temperatures[$0]) }
  }
}
