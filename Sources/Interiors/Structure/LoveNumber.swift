#if canImport(Glibc)
  import Glibc
#endif

/// Fluid Love number k2 from the Radau form of Clairaut's equation, solved on a density profile.
///
/// r d(eta)/dr = 6 + eta - eta^2 - 6 (rho/rho_mean) (eta + 1), eta(0) = 0; k2 = (3 - eta(R))/(2 + eta(R)).
/// (Kellermann, Becker & Redmer 2018, A&A 615, A39, eqs. 6-9; Kopal 1959.)
package enum LoveNumber {
  /// - Parameter points: mass inside (kg) and radius (m), from the surface inwards, a boundary between
  ///   layers at a point
  ///   that is repeated, with the density (kg m-3) of the layer between a point and the next one.
  package static func k2(mass: [Double], radius: [Double], densityAbove: [Double], densityBelow: [Double])
    -> Double
  {
    var eta = 0.0
    var i = mass.count - 1
    while i > 0 {
      // From point i (inner) to point i-1 (outer).
      let r0 = radius[i]
      let r1 = radius[i - 1]
      if r1 > r0, r0 > 0 {
        let h = log(r1 / r0)
        // ln of the mean density is smooth; its slope is 3 (rho/rho_mean - 1) at both ends.
        let y0 = log(mass[i] / (r0 * r0 * r0))
        let y1 = log(mass[i - 1] / (r1 * r1 * r1))
        let mean = 4 * Double.pi / 3
        let ratio0 = densityAbove[i] * mean * (r0 * r0 * r0) / mass[i]
        let ratio1 = densityBelow[i - 1] * mean * (r1 * r1 * r1) / mass[i - 1]
        let d0 = 3 * (ratio0 - 1)
        let d1 = 3 * (ratio1 - 1)
        let slope = 1.5 * (y1 - y0) / h - 0.25 * (d0 + d1)
        let middle = slope / 3 + 1
        func rate(_ eta: Double, _ ratio: Double) -> Double { 6 + eta - eta * eta - 6 * ratio * (eta + 1) }
        let k1 = rate(eta, ratio0)
        let k2 = rate(eta + 0.5 * h * k1, middle)
        let k3 = rate(eta + 0.5 * h * k2, middle)
        let k4 = rate(eta + h * k3, ratio1)
        eta += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
      }
      i -= 1
    }
    return (3 - eta) / (2 + eta)
  }
}
