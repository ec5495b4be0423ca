package import InteriorMDN
package import Interiors
import Units

#if canImport(Glibc)
  import Glibc
#endif

extension InteriorDomain.RadiusCurve {
  /// Radius against mass of a planet of pure iron on a 300 K adiabat, by the forward model: nothing that forms as planets
  /// do is denser. Masses the model does not reach are left out.
  package static func pureIron(
    _ model: InteriorModel, masses: ClosedRange<Double> = 0.05...30, points: Int = 40
  ) -> InteriorDomain.RadiusCurve? {
    var curve: (masses: [Double], radii: [Double]) = ([], [])
    let (first, last) = (log(masses.lowerBound), log(masses.upperBound))
    for i in 0..<points {
      let mass = exp(first + (last - first) * Double(i) / Double(points - 1))
      var planet = PlanetParameters(mass: Mass(earthMasses: mass), coreMassFraction: 1)
      planet.potentialTemperature = Temperature(kelvins: 300)
      guard let structure = try? model.solve(planet) else { continue }
      curve.masses.append(mass)
      curve.radii.append(structure.radius.earthRadii)
    }
    return curve.masses.count > 1 ? .init(masses: curve.masses, radii: curve.radii) : nil
  }
}
