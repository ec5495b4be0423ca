import NumericalMethods
import Tensors

/// Proposals of Markov chains in the unit box. Most steps are taken in the coordinates' logits, where there are no walls: reflected at
/// walls, steps whose coordinates go together would not lead back as often as they lead there. Some are taken in the coordinates
/// themselves, or in straightened ones, and end where a wall is: what a spectrum leaves open together, all mixing ratios times a factor where
/// pressures are divided by it, is a straight line there, and in logits a bent one that no long step follows.
///
/// Particles move in two halves, each by differences within the other, which stands still meanwhile: steps have the shape of the
/// posterior, whatever its scales, and detailed balance holds (Goodman & Weare 2010, Commun. Appl. Math. Comput. Sci. 5, 65).
struct BoxMoves: Sendable {
  enum Kind: Int, CaseIterable, Sendable {
    /// A sum of several particles' deviations from their mean, with normal factors (Goodman & Weare 2010, eq. 11).
    case walk
    /// The difference of two particles in some of the coordinates (ter Braak 2006, Stat. Comput. 16, 239; Vrugt et al. 2009, Int. J.
    /// Nonlinear Sci. Numer. Simul. 10, 273).
    case difference
    /// The same in straightened coordinates, or, where there are none, in the box' own: of all, of half, or of those that are known, for of
    /// the others steps are soon beyond a wall.
    case straight
    /// One to three coordinates drawn anew, those that are known least most often.
    case renewal
  }

  /// Particles that a walk's step is made of.
  private static let walkers = 10
  /// Acceptance that steps are scaled towards.
  private static let aim = 0.25

  /// On the steps' usual lengths; by kind. Changed by `adapt` only.
  private var scales = [Double](repeating: 1, count: Kind.allCases.count)
  private var tried = [Int](repeating: 0, count: Kind.allCases.count)
  private var accepted = [Int](repeating: 0, count: Kind.allCases.count)
  /// Coordinates whose particles scatter by less than the prior's.
  private var known: [Int] = []
  /// Of the box' width; the prior's is 0.29.
  private static let knownBelow = 0.2
  /// By coordinate, running sums of the variances: how often a renewal chooses it.
  private var cumulated: [Double] = []

  /// A coordinate that is not moved but follows the others; most often.
  private let axis: Int?

  private let straightenings: [any Straightening]

  init(axis: Int? = nil, straightenings: [any Straightening] = []) {
    self.axis = axis
    self.straightenings = straightenings
  }

  /// Between sweeps, and not too often: lengths by the acceptance since the last time, renewals by the particles' variances.
  mutating func adapt(to points: Matrix<Double>) {
    for kind in [Kind.walk, .difference, .straight] where tried[kind.rawValue] > 0 {
      let share = Double(accepted[kind.rawValue]) / Double(tried[kind.rawValue])
      scales[kind.rawValue] = min(max(scales[kind.rawValue] * exp(2 * (share - Self.aim)), 0.05), 2)
    }
    tried = tried.map { _ in 0 }
    accepted = tried
    let (count, width) = (points.rows, points.columns)
    var sum = 0.0
    known = []
    cumulated = (0..<width).map { column in
      var (mean, squares) = (0.0, 0.0)
      for row in 0..<count {
        let value = points.elements[row * width + column]
        mean += value
        squares += value * value
      }
      mean /= Double(count)
      let variance = squares / Double(count) - mean * mean
      if column == axis { return sum }
      if variance < Self.knownBelow * Self.knownBelow { known.append(column) }
      sum += max(variance, 1e-12)
      return sum
    }
  }

  mutating func count(_ kind: Kind, isAccepted: Bool) {
    tried[kind.rawValue] += 1
    if isAccepted { accepted[kind.rawValue] += 1 }
  }

  /// A proposal for one particle.
  /// - Parameters:
  ///   - logits: of `points`.
  ///   - others: rows of `points` that stand still and do not hold the particle.
  ///   - movesAxis: or it is left as it is.
  /// - Returns: with ln of how much more often the way back is proposed.
  func proposal(
    for particle: Int, in points: Matrix<Double>, _ logits: Matrix<Double>, others: Range<Int>,
    movesAxis: Bool, _ random: inout SeededRandom
  ) -> (kind: Kind, point: [Double], logBack: Double) {
    let width = points.columns
    var point = Array(points.row(particle))
    let choice = random.uniform()
    let kind: Kind = choice < 0.25 ? .walk : choice < 0.5 ? .difference : choice < 0.8 ? .straight : .renewal
    var steps = [Double](repeating: 0, count: width)
    let held = movesAxis ? nil : axis
    func other(_ random: inout SeededRandom) -> Int {
      (others.lowerBound + Int(random.uniform() * Double(others.count))) * width
    }
    switch kind {
    case .walk:
      let members = (0..<Self.walkers).map { _ in other(&random) }
      let factors = members.map { _ in random.normal() }
      let mean = factors.reduce(0, +) / Double(Self.walkers)
      let length =
        scales[kind.rawValue] * 2.38
        / (Double(min(width, Self.walkers)) * Double(Self.walkers)).squareRoot()
      for (member, factor) in zip(members, factors) {
        for j in 0..<width where j != held {
          steps[j] += length * (factor - mean) * logits.elements[member + j]
        }
      }
    case .difference:
      let (first, second) = (other(&random), other(&random))
      // All of the coordinates, half or a sixth of them; now and then the whole difference, from one mode to another.
      let share = [1, 0.5, 1.0 / 6][Int(random.uniform() * 3)]
      let isWhole = random.uniform() < 0.1
      let chosen = subset(share: isWhole ? 1 : share, without: held, &random)
      let length = isWhole ? 1 : usualLength(kind, coordinates: chosen.count)
      for j in chosen {
        steps[j] =
          length * (logits.elements[first + j] - logits.elements[second + j]) + 1e-6 * random.normal()
      }
    case .straight:
      let straightening =
        straightenings.isEmpty
        ? nil : straightenings[Int(random.uniform() * Double(straightenings.count))]
      func numbers(_ start: Int) -> [Double] {
        let point = Array(points.elements[start..<start + width])
        return straightening?.numbers(point) ?? point
      }
      let (first, second) = (numbers(other(&random)), numbers(other(&random)))
      let isWhole = random.uniform() < 0.1
      let chosen =
        switch Int(random.uniform() * 3) {
        case 0 where !known.isEmpty: known + (movesAxis ? [axis].compactMap { $0 } : [])
        case 1: subset(share: 0.5, without: held, &random)
        default: subset(share: 1, without: held, &random)
        }
      let length = isWhole ? 1 : usualLength(kind, coordinates: chosen.count)
      var moved = numbers(particle * width)
      for j in chosen { moved[j] += length * (first[j] - second[j]) + 1e-7 * random.normal() }
      let there = straightening?.point(moved) ?? moved
      // Beyond a wall: not to be accepted.
      guard there.allSatisfy({ $0 > 0 && $0 < 1 }) else { return (kind, point, -.infinity) }
      return (kind, there, 0)
    case .renewal:
      for _ in 0..<(1 + Int(random.uniform() * 3)) {
        let position = random.uniform() * cumulated[width - 1]
        if let column = cumulated.firstIndex(where: { $0 > position }) { point[column] = random.uniform() }
      }
      return (kind, point, 0)
    }
    var logBack = 0.0
    for j in 0..<width where steps[j] != 0 {
      logBack -= Logit.logSlope(point[j])
      point[j] = Logit.value(logits.elements[particle * width + j] + steps[j])
      logBack += Logit.logSlope(point[j])
    }
    return (kind, point, logBack)
  }

  /// On a difference of two particles (ter Braak 2006).
  private func usualLength(_ kind: Kind, coordinates: Int) -> Double {
    scales[kind.rawValue] * 2.38 / (2 * Double(coordinates)).squareRoot()
  }

  /// Some of the coordinates: one at least.
  private func subset(share: Double, without held: Int?, _ random: inout SeededRandom) -> [Int] {
    let all = (0..<cumulated.count).filter { $0 != held }
    let chosen = share < 1 ? all.filter { _ in random.uniform() < share } : all
    return chosen.isEmpty ? [all[Int(random.uniform() * Double(all.count))]] : chosen
  }
}

#if canImport(Glibc)
  import Glibc
#endif
