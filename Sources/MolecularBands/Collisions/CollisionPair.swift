import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Absorption induced in H2 by collisions with H2 or He.
///
/// alpha/(n_a n_b) = nu [1 - exp(-c2 nu/T)] sum over components of S sum over transitions of w g(nu - nu_0), with g the
/// profile of Birnbaum & Cohen. A component is a change of vibration by 0...3 with
/// - the quadrupole moment inducing: Delta J = 0, +-2, w = P_J C(J 2 J'; 000)^2,
/// - overlap inducing without direction: Delta J = 0, w = P_J,
/// - vibration in one molecule and rotation in the other: w = P_J C(J 2 J'; 000)^2 of the other.
///
/// S, tau1 and tau2 of each component were fitted for this project, at each temperature, to the tables computed by
/// Borysow and others from first principles; the components therefore describe those spectra and no more.
package struct CollisionPair: Sendable {
  package enum Induction: Sendable { case quadrupole, isotropic, doubleTransition }

  /// Such as `H2-He`.
  package let name: String
  package let provenance: OpacityProvenance
  /// Change of vibrational quanta and what induces.
  let components: [(vibration: Int, induction: Induction)]
  /// By rising temperature: ln S, ln tau1, ln tau2 of each component.
  let nodes: [(temperature: Double, parameters: [Double])]

  /// m5 for one cm-1 amagat-2: 100 m-1 over the square of the Loschmidt constant.
  package static let metresFifthPerAmagat = 100 / (Constants.loschmidt * Constants.loschmidt)

  /// Coefficients at wavenumbers in cm-1, m5 a pair: alpha in m-1 is the coefficient times both number densities.
  ///
  /// Between the temperatures of the fit the logarithm is linear in ln T.
  /// - Parameter temperature: 200 to 3000 K; beyond, as at the end.
  package func coefficients(temperature: Double, wavenumbers: [Double]) -> [Double] {
    let above = nodes.firstIndex { $0.temperature >= temperature } ?? nodes.count - 1
    let upper = spectrum(node: above, wavenumbers: wavenumbers)
    guard above > 0, nodes[above].temperature > temperature else { return upper }
    let lower = spectrum(node: above - 1, wavenumbers: wavenumbers)
    let share =
      log(temperature / nodes[above - 1].temperature)
      / log(nodes[above].temperature / nodes[above - 1].temperature)
    return zip(lower, upper).map { exp((1 - share) * log($0) + share * log($1)) }
  }

  private func spectrum(node: Int, wavenumbers: [Double]) -> [Double] {
    let (temperature, parameters) = nodes[node]
    var sums = [Double](repeating: 0, count: wavenumbers.count)
    for (index, component) in components.enumerated() {
      let strength = exp(parameters[3 * index])
      let profile = BirnbaumCohenProfile(
        tau1: exp(parameters[3 * index + 1]), tau2: exp(parameters[3 * index + 2]), temperature: temperature)
      for line in HydrogenMolecule.lines(component.vibration, component.induction, temperature: temperature) {
        for (place, wavenumber) in wavenumbers.enumerated() {
          sums[place] += strength * line.weight * profile.value(wavenumber - line.wavenumber)
        }
      }
    }
    return zip(wavenumbers, sums).map { wavenumber, sum in
      let emission = -expm1(-Spectroscopy.secondRadiationConstant * wavenumber / temperature)
      // Nothing would have no logarithm.
      return max(1e-75, sum * wavenumber * emission * Self.metresFifthPerAmagat)
    }
  }

  /// ln of the mean coefficient of each bin, temperatures x bins.
  package func logTable(temperatures: [Double], grid: SamplingGrid) -> [Double] {
    let samples = 4
    let wavenumbers = (0..<grid.binCount).flatMap { bin -> [Double] in
      let (first, last) = (1e4 / grid.edge(bin + 1), 1e4 / grid.edge(bin))
      return (0..<samples).map { first + (last - first) * (Double($0) + 0.5) / Double(samples) }
    }
    return temperatures.flatMap { temperature -> [Double] in
      let values = coefficients(temperature: temperature, wavenumbers: wavenumbers)
      return (0..<grid.binCount).map { bin in
        log(values[bin * samples..<(bin + 1) * samples].reduce(0, +) / Double(samples))
      }
    }
  }
}

/// The line profile of collision-induced absorption over wavenumber, 1 at its integral up to a few per cent
/// (Birnbaum & Cohen 1976, Can. J. Phys. 54, 593):
/// g(x) = tau1/pi exp(tau2/tau1 + tau0 x) z K1(z)/(1 + x^2 tau1^2), z = sqrt[(1 + x^2 tau1^2)(tau2^2 + tau0^2)]/tau1,
/// tau0 = c2/(2 T). Detailed balance holds: g(-x) = exp(-c2 x/T) g(x).
struct BirnbaumCohenProfile: Sendable {
  /// cm.
  let tau1: Double
  let tau2: Double
  private let tau0: Double

  init(tau1: Double, tau2: Double, temperature: Double) {
    self.tau1 = tau1
    self.tau2 = tau2
    tau0 = Spectroscopy.secondRadiationConstant / (2 * temperature)
  }

  func value(_ x: Double) -> Double {
    let denominator = 1 + x * x * tau1 * tau1
    let z = (denominator * (tau2 * tau2 + tau0 * tau0)).squareRoot() / tau1
    return tau1 / Double.pi * exp(tau2 / tau1 + tau0 * x - z) * Self.scaledBessel(z) / denominator
  }

  /// z exp(z) K1(z), Abramowitz & Stegun 1964, eqs. 9.8.3, 9.8.7 and 9.8.8: relative error below 1e-6.
  static func scaledBessel(_ z: Double) -> Double {
    if z <= 2 {
      let t = z / 3.75
      let s = t * t
      let first =
        z
        * (0.5 + s
          * (0.878_905_94 + s
            * (0.514_988_69 + s
              * (0.150_849_34 + s * (0.026_587_33 + s * (0.003_015_32 + s * 0.000_324_11))))))
      let y = 0.25 * z * z
      let rest =
        1 + y
        * (0.154_431_44 + y
          * (-0.672_785_79 + y
            * (-0.181_568_97 + y * (-0.019_194_02 + y * (-0.001_104_04 - y * 0.000_046_86)))))
      return exp(z) * (z * log(0.5 * z) * first + rest)
    }
    let y = 2 / z
    let series =
      1.253_314_14 + y
      * (0.234_986_19 + y
        * (-0.036_556_20 + y
          * (0.015_042_68 + y * (-0.007_803_53 + y * (0.003_256_14 - y * 0.000_682_45)))))
    return z.squareRoot() * series
  }
}

/// Levels of H2 and the transitions that collisions induce in it.
enum HydrogenMolecule {
  private static let highestJ = 18

  /// Energy above v = 0, J = 0, cm-1, from the constants of Huber & Herzberg (1979) with H_e = 4.9e-5 cm-1.
  static func energy(v: Int, j: Int) -> Double {
    func vibration(_ v: Int) -> Double {
      let half = Double(v) + 0.5
      return 4401.21 * half - 121.34 * half * half
    }
    let half = Double(v) + 0.5
    let product = Double(j * (j + 1))
    return vibration(v) - vibration(0) + (60.853 - 3.062 * half) * product
      - (0.0471 - 0.0027 * half) * product * product + 4.9e-5 * product * product * product
  }

  /// Shares of the rotational levels of normal hydrogen.
  static func populations(temperature: Double) -> [Double] {
    let weights = (0...highestJ).map { j in
      (j.isMultiple(of: 2) ? 1.0 : 3.0) * Double(2 * j + 1)
        * exp(-Spectroscopy.secondRadiationConstant * energy(v: 0, j: j) / temperature)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// C(J 2 J'; 000)^2.
  static func coupling(_ j: Int, _ upper: Int) -> Double {
    let J = Double(j)
    switch upper - j {
    case 0: return j == 0 ? 0 : J * (J + 1) / ((2 * J - 1) * (2 * J + 3))
    case 2: return 3 * (J + 1) * (J + 2) / (2 * (2 * J + 1) * (2 * J + 3))
    default: return 3 * J * (J - 1) / (2 * (2 * J - 1) * (2 * J + 1))
    }
  }

  static func lines(
    _ v: Int, _ induction: CollisionPair.Induction, temperature: Double
  ) -> [(wavenumber: Double, weight: Double)] {
    let populations = populations(temperature: temperature)
    let mean = (0...highestJ).reduce(0.0) {
      $0 + populations[$1] * (energy(v: v, j: $1) - energy(v: 0, j: $1))
    }
    var found: [(wavenumber: Double, weight: Double)] = []
    for j in 0...highestJ {
      if induction == .isotropic {
        found.append((energy(v: v, j: j) - energy(v: 0, j: j), populations[j]))
        continue
      }
      for upper in [j - 2, j, j + 2] where upper >= 0 {
        let weight = populations[j] * coupling(j, upper)
        let wavenumber =
          induction == .quadrupole
          ? energy(v: v, j: upper) - energy(v: 0, j: j)
          : mean + energy(v: 0, j: upper) - energy(v: 0, j: j)
        found.append((wavenumber, weight))
      }
    }
    return found.filter { $0.weight > 1e-7 }
  }
}
