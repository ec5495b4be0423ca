/// Rotational line strengths of symmetric tops and linear molecules as shares of a band: for each lower level (J, K)
/// the shares of P, Q and R of one kind of transition sum to one.
///
/// Hönl & London (1925, Z. Phys. 33, 803); Herzberg (1945, eqs. IV,59-61). For a molecule with one K per band the
/// same formulas hold with K replaced by l, Lambda or Omega.
enum HonlLondon {
  struct Shares {
    let p: Double
    let q: Double
    let r: Double
  }

  /// Delta K = 0.
  static func parallel(j: Int, k: Int) -> Shares {
    let (J, K) = (Double(j), Double(k))
    guard j > 0 else { return Shares(p: 0, q: 0, r: 1) }
    return Shares(
      p: (J * J - K * K) / (J * (2 * J + 1)), q: K * K / (J * (J + 1)),
      r: ((J + 1) * (J + 1) - K * K) / ((J + 1) * (2 * J + 1)))
  }

  /// Delta K = +1 or -1 (`step`), with K of either sign.
  static func perpendicular(j: Int, k: Int, step: Int) -> Shares {
    let J = Double(j)
    let K = Double(step * k)
    let r = (J + 2 + K) * (J + 1 + K) / (2 * (J + 1) * (2 * J + 1))
    guard j > 0 else { return Shares(p: 0, q: 0, r: r) }
    return Shares(
      p: (J - K) * (J - 1 - K) / (2 * J * (2 * J + 1)), q: (J + 1 + K) * (J - K) / (2 * J * (J + 1)), r: r)
  }
}
