import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// The rigid asymmetric rotor: levels J_KaKc and the strengths of transitions between them.
///
/// The energy matrix in the prolate basis |J, K>, axis a along z, b along x, c along y (King, Hainer & Cross 1943,
/// J. Chem. Phys. 11, 27), divided into the four Wang blocks by the parity of K and the sign of |K> +- |-K>.
struct AsymmetricRotor: Sendable {
  struct Level: Sendable {
    let j: Int
    let ka: Int
    let kc: Int
    /// Energy with the constants given, cm-1.
    let energy: Double
    /// Mean squares of the angular momentum along a, b and c (hbar = 1): the derivatives of the energy to A, B, C.
    let squares: (a: Double, b: Double, c: Double)
    /// Mean fourth power along a.
    let fourthPower: Double
    /// Amplitudes on K = -J...J.
    let amplitudes: [Double]
  }

  struct Transition: Sendable {
    /// Indices into `levels`.
    let lower: Int
    let upper: Int
    /// Share of the lower level's band strength times 2J + 1: over all uppers of one lower level these sum to 2J + 1.
    let strength: Double
  }

  let levels: [Level]
  private let firstOfJ: [Int]

  /// - Parameters: rotational constants in cm-1, A > B > C.
  init(a: Double, b: Double, c: Double, highestJ: Int) {
    var levels: [Level] = []
    var first: [Int] = []
    for j in 0...highestJ {
      first.append(levels.count)
      levels += Self.levels(a: a, b: b, c: c, j: j)
    }
    self.levels = levels
    firstOfJ = first + [levels.count]
  }

  private static func levels(a: Double, b: Double, c: Double, j: Int) -> [Level] {
    let product = Double(j * (j + 1))
    func diagonal(_ k: Int) -> Double {
      0.5 * (b + c) * (product - Double(k * k)) + a * Double(k * k)
    }
    /// <K + 2|H|K>
    func coupling(_ k: Int) -> Double {
      let (first, second) = (Double(k * (k + 1)), Double((k + 1) * (k + 2)))
      return 0.25 * (b - c) * ((product - first) * (product - second)).squareRoot()
    }
    var found: [(energy: Double, amplitudes: [Double])] = []
    for sign in [1.0, -1.0] {
      for start in [0, 1] {
        let ks = Array(stride(from: start == 0 && sign < 0 ? 2 : start, through: j, by: 2))
        guard let firstK = ks.first else { continue }
        var diagonals = ks.map(diagonal)
        // <1|H|-1> joins K = 1 to its mirror image; K = 0 has none, hence the root of two.
        if firstK == 1 { diagonals[0] += sign * coupling(-1) }
        var offDiagonals = ks.dropLast().map(coupling)
        if firstK == 0, !offDiagonals.isEmpty { offDiagonals[0] *= 2.0.squareRoot() }
        let solution = eigenvectors(diagonal: diagonals, offDiagonal: offDiagonals)
        for (energy, vector) in zip(solution.values, solution.vectors) {
          var amplitudes = [Double](repeating: 0, count: 2 * j + 1)
          for (k, amplitude) in zip(ks, vector) {
            if k == 0 {
              amplitudes[j] = amplitude
            } else {
              amplitudes[j + k] = amplitude * 0.5.squareRoot()
              amplitudes[j - k] = sign * amplitude * 0.5.squareRoot()
            }
          }
          found.append((energy, amplitudes))
        }
      }
    }
    found.sort { $0.energy < $1.energy }
    return found.enumerated().map { index, state in
      var second = 0.0
      var fourth = 0.0
      var mixed = 0.0
      for k in -j...j {
        let weight = state.amplitudes[j + k] * state.amplitudes[j + k]
        second += weight * Double(k * k)
        fourth += weight * Double(k * k * k * k)
        if k + 2 <= j {
          // <Jb^2 - Jc^2> = <(J+^2 + J-^2)/2>
          let element =
            ((product - Double(k * (k + 1))) * (product - Double((k + 1) * (k + 2)))).squareRoot()
          mixed += state.amplitudes[j + k] * state.amplitudes[j + k + 2] * element
        }
      }
      let rest = product - second
      return Level(
        j: j, ka: (index + 1) / 2, kc: j - index / 2, energy: state.energy,
        squares: (second, 0.5 * (rest + mixed), 0.5 * (rest - mixed)), fourthPower: fourth,
        amplitudes: state.amplitudes)
    }
  }

  /// Transitions with a share of at least 1e-4, for a transition moment along an axis.
  func transitions(_ direction: VibrationalBand.Direction) -> [Transition] {
    var found: [Transition] = []
    for (lower, level) in levels.enumerated() {
      let j = level.j
      for upperJ in max(0, j - 1)...j + 1 where upperJ + 1 < firstOfJ.count && upperJ + j > 0 {
        for upper in firstOfJ[upperJ]..<firstOfJ[upperJ + 1] {
          let amplitude = Self.amplitude(from: level, to: levels[upper], direction)
          let strength = Double(2 * j + 1) * amplitude * amplitude
          if amplitude * amplitude >= 1e-4 {
            found.append(Transition(lower: lower, upper: upper, strength: strength))
          }
        }
      }
    }
    return found
  }

  private static func amplitude(
    from lower: Level, to upper: Level, _ direction: VibrationalBand.Direction
  ) -> Double {
    // Change of Ka is even for a, odd for b and c; change of Kc is even for c, odd for a and b.
    let (changesKa, changesKc) = ((upper.ka - lower.ka) % 2 != 0, (upper.kc - lower.kc) % 2 != 0)
    switch direction {
    case .a where changesKa || !changesKc: return 0
    case .b where !changesKa || !changesKc: return 0
    case .c where !changesKa || changesKc: return 0
    default: break
    }
    let (j, upperJ) = (lower.j, upper.j)
    var sum = 0.0
    for k in -j...j where lower.amplitudes[j + k] != 0 {
      func part(_ step: Int) -> Double {
        let upperK = k + step
        guard abs(upperK) <= upperJ else { return 0 }
        return upper.amplitudes[upperJ + upperK] * clebschGordan(j: j, k: k, step: step, upperJ: upperJ)
      }
      switch direction {
      case .a: sum += lower.amplitudes[j + k] * part(0)
      case .b: sum += lower.amplitudes[j + k] * (part(-1) - part(1)) * 0.5.squareRoot()
      default: sum += lower.amplitudes[j + k] * (part(-1) + part(1)) * 0.5.squareRoot()
      }
    }
    return sum
  }

  /// <J K; 1 q | J' K + q> (Condon & Shortley 1935, table 2^3).
  static func clebschGordan(j: Int, k: Int, step: Int, upperJ: Int) -> Double {
    let (J, K) = (Double(j), Double(k))
    switch (upperJ - j, step) {
    case (1, 1): return ((J + K + 1) * (J + K + 2) / ((2 * J + 1) * (2 * J + 2))).squareRoot()
    case (1, 0): return ((J - K + 1) * (J + K + 1) / ((2 * J + 1) * (J + 1))).squareRoot()
    case (1, _): return ((J - K + 1) * (J - K + 2) / ((2 * J + 1) * (2 * J + 2))).squareRoot()
    case (0, 1): return -((J + K + 1) * (J - K) / (2 * J * (J + 1))).squareRoot()
    case (0, 0): return K / (J * (J + 1)).squareRoot()
    case (0, _): return ((J - K + 1) * (J + K) / (2 * J * (J + 1))).squareRoot()
    case (_, 1): return ((J - K - 1) * (J - K) / (2 * J * (2 * J + 1))).squareRoot()
    case (_, 0): return -((J - K) * (J + K) / (J * (2 * J + 1))).squareRoot()
    default: return ((J + K) * (J + K - 1) / (2 * J * (2 * J + 1))).squareRoot()
    }
  }
}
