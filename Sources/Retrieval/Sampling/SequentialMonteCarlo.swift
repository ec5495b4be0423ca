package import NumericalMethods
import SpectralPrior
package import Tensors

/// Particles in the unit box that are carried from one density to another along the path density^(1 - b) target^b (Del Moral, Doucet &
/// Jasra 2006, J. R. Stat. Soc. B 68, 411): b rises by as much as leaves half of the particles' effective number, they are resampled by
/// their weights and moved by Markov chains that leave the density at b as it is.
///
/// Densities are asked for many points at once; nothing here depends on how they share out the work.
package struct SequentialMonteCarlo: Sendable {
  /// ln of a density, one a row of points; -infinity where there is none.
  package typealias LogDensity = (Matrix<Double>) -> [Double]

  /// Particles x coordinates, equally likely under the density they were last carried to.
  package private(set) var points: Matrix<Double>
  /// Under that density, one a particle.
  package private(set) var logDensities: [Double]
  /// ln of the last density's integral over the first one's.
  package private(set) var logEvidence = 0.0
  /// By particle, the first point that it stems from.
  private var roots: [Int]
  /// By particle, the one that it stems from of those at the last time that all had forgotten where they were.
  private var lines: [Int]
  /// Of `logEvidence`, from the weights' scatter alone: what it would be if moves made particles independent at each temperature.
  private var weightVariance = 0.0
  /// Temperatures gone through.
  package private(set) var stages = 0
  /// Whether particles are as good as independent: few stem from the same, or all have forgotten where they were.
  package private(set) var isSettled = false
  private let particles: Int
  private var moves: BoxMoves
  private var axis: FollowingAxis?
  private var random: SeededRandom
  private let origin: IndependentDraws?
  /// For the movers of each half, fitted to the other at the temperature that they are at.
  private var fitted: [IndependentDraws?] = [nil, nil]

  /// A density that points may be drawn from at any time: moves by such draws lead from one mode to another, however far, and are
  /// accepted by the ratio of both densities (independence chains: Tierney 1994, Ann. Stat. 22, 1701).
  package struct IndependentDraws: Sendable {
    /// So many points, rows of coordinates.
    package let sample: @Sendable (Int, inout SeededRandom) -> Matrix<Double>
    package let logDensities: @Sendable (Matrix<Double>) -> [Double]

    package init(
      sample: @escaping @Sendable (Int, inout SeededRandom) -> Matrix<Double>,
      logDensities: @escaping @Sendable (Matrix<Double>) -> [Double]
    ) {
      self.sample = sample
      self.logDensities = logDensities
    }
  }

  /// Draws from the origin, and from a mixture of normal laws fitted to the particles: the first finds modes that no particle is in, the
  /// second shares particles out among those known.
  private var draws = [DrawShare(0.1), DrawShare(0.5)]

  private static let fittedDraws = 1
  /// Of the moves, in which the axis follows where its laws are known.
  private static let followingShare = 0.8

  private static let leastShare = 0.5
  /// Sweeps between two looks at what particles remember.
  private static let looks = 2
  /// Sweeps after which moves take the shape that particles have by then.
  private static let fitting = 20
  /// Effective number of particles that all stem from, over theirs, which is enough.
  private static let leastLines = 0.25

  /// - Parameters:
  ///   - points: drawn from the first density; as many more than `particles` as are cheap, for the more there are the nearer to the
  ///     target the first temperature lies and the fewer particles stem from one draw.
  ///   - particles: an even number; what the points are resampled to.
  ///   - logDensities: of that density at the points.
  ///   - origin: where some of the moves draw from; nil: none does.
  ///   - axis: a coordinate whose laws given all others are known.
  ///   - straightenings: coordinates that straight moves are straight in; none: the box' own.
  package init(
    points: Matrix<Double>, logDensities: [Double], particles: Int, origin: IndependentDraws? = nil,
    axis: FollowingAxis? = nil, straightenings: [any Straightening] = [], random: SeededRandom
  ) {
    precondition(points.rows == logDensities.count && points.rows >= particles)
    precondition(particles % 2 == 0 && particles > 2)
    self.particles = particles
    self.points = points
    self.logDensities = logDensities
    self.origin = origin
    self.random = random
    moves = BoxMoves(axis: axis?.column, straightenings: straightenings)
    self.axis = axis
    roots = Array(0..<points.rows)
    lines = roots
    moves.adapt(to: points)
  }

  /// Of `logEvidence`, from how unequally the first points have descendants (Lee & Whiteley 2018, Biometrika 105, 609, eq. 4): moves
  /// between modes that come after a mode's loss or gain do not hide it. 1 or more: `logEvidence` says nothing.
  package var logEvidenceVariance: Double {
    let count = Double(points.rows)
    let kinship = 1 / Self.effectiveNumber(roots)
    return max(1 - pow(count / (count - 1), Double(stages)) * (1 - kinship), weightVariance)
  }

  private static func effectiveNumber(_ ancestors: [Int]) -> Double {
    let families = Dictionary(ancestors.map { ($0, 1.0) }, uniquingKeysWith: +)
    let count = Double(ancestors.count)
    return count * count / families.values.reduce(0) { $0 + $1 * $1 }
  }

  /// Carries the particles to another density.
  /// - Parameters:
  ///   - density: what they were last carried to; asked on the way only, never at its end.
  ///   - sweeps: moves of each particle at least, at each temperature and at the last; and over these at most, where particles are
  ///     slow to forget where they were.
  ///   - ends: what is known of the axis at the path's ends.
  ///   - mayGoOn: asked before each temperature.
  ///   - mayLinger: asked where more moves than those at least are wanted.
  /// - Returns: false where no particle has a target density above 0, or where it was told to stop; the particles are then of no use.
  package mutating func carry(
    from density: LogDensity, to target: LogDensity,
    sweeps: (between: Int, last: Int, patience: Int), axis ends: FollowingAxis.Ends = .none,
    mayGoOn: () -> Bool = { true }, mayLinger: () -> Bool = { true }
  ) -> Bool {
    var logTargets = target(points)
    var position = 0.0
    while position < 1 {
      guard mayGoOn() else { return false }
      let ratios = zip(logTargets, logDensities).map { $0 == -.infinity ? -.infinity : $0 - $1 }
      guard ratios.contains(where: { $0 > -.infinity }) else { return false }
      let step = step(ratios, most: 1 - position)
      let weights = LogWeights(ratios.map { step * $0 })
      logEvidence += weights.logMean
      weightVariance += 1 / weights.effectiveSampleSize - 1 / Double(points.rows)
      let chosen = systematicResampling(weights.normalised, count: particles, &random)
      take(chosen)
      logTargets = chosen.map { logTargets[$0] }
      position = 1 - position - step < 1e-9 ? 1 : position + step
      stages += 1
      axis?.begin(points, ends, position: position)
      adapt()
      sweep(position < 1 ? sweeps.between : sweeps.last, sweeps.patience, mayLinger) {
        $0.sweep(&logTargets, density: density, target: target, position: position)
      }
    }
    logDensities = logTargets
    return true
  }

  /// Moves every particle some times under the density they were last carried to.
  /// - Parameters:
  ///   - sweeps: moves of each particle at least.
  ///   - patience: and over these at most, where particles are slow to forget where they were.
  ///   - conditionals: of the axis.
  package mutating func move(
    under density: LogDensity, sweeps: Int, patience: Int = 1,
    axis conditionals: FollowingAxis.Conditionals? = nil,
    mayLinger: () -> Bool = { true }
  ) {
    axis?.begin(points, .init(to: conditionals), position: 1)
    adapt()
    var logTargets = logDensities
    sweep(sweeps, patience, mayLinger) {
      $0.sweep(&logTargets, density: density, target: density, position: 1)
    }
    logDensities = logTargets
  }

  /// An order of the particles that has nothing to do with how they came about.
  package mutating func shuffledIndices() -> [Int] { (0..<points.rows).shuffled(using: &random) }

  private mutating func take(_ chosen: [Int]) {
    points = Matrix(
      rows: chosen.count, columns: points.columns, elements: chosen.flatMap { points.row($0) })
    logDensities = chosen.map { logDensities[$0] }
    roots = chosen.map { roots[$0] }
    lines = chosen.map { lines[$0] }
  }

  /// The largest rise that leaves the particles worth `leastShare` of those that the target allows at all; of more points than there
  /// will be particles, worth as many as these.
  private func step(_ ratios: [Double], most: Double) -> Double {
    let allowed = Double(ratios.count { $0 > -.infinity })
    let least =
      points.rows > particles
      ? min(Double(particles), Self.leastShare * allowed) : Self.leastShare * allowed
    func isEnough(_ step: Double) -> Bool {
      LogWeights(ratios.map { step * $0 }).effectiveSampleSize >= least
    }
    if isEnough(most) { return most }
    var (low, high) = (0.0, most)
    for _ in 0..<50 where high - low > 1e-3 * high {
      let middle = (low + high) / 2
      if isEnough(middle) { low = middle } else { high = middle }
    }
    return low > 0 ? low : high
  }

  /// Sweeps, at least so many, and on until particles have forgotten where they were, if many stem from few: only then are these as good
  /// as independent ones.
  private mutating func sweep(
    _ least: Int, _ patience: Int, _ mayLinger: () -> Bool, _ body: (inout Self) -> Void
  ) {
    isSettled = Self.effectiveNumber(lines) >= Self.leastLines * Double(points.rows)
    var memory = ParticleMemory(points)
    for done in 1...least * patience {
      body(&self)
      guard done >= least else { continue }
      if isSettled { return }
      guard done % Self.looks == 0 || done == least * patience else { continue }
      if memory.isGone(points) {
        (isSettled, lines) = (true, Array(0..<points.rows))
        return
      }
      guard mayLinger() else { return }
      if done % Self.fitting == 0, done < least * patience { adapt() }
    }
  }

  /// Each particle once, one half after the other. At the path's end `logTargets` are the only densities.
  private mutating func sweep(
    _ logTargets: inout [Double], density: LogDensity, target: LogDensity, position: Double
  ) {
    let (half, width) = (points.rows / 2, points.columns)
    for (movers, others) in [(0..<half, half..<2 * half), (half..<2 * half, 0..<half)] {
      let logits = Matrix(rows: points.rows, columns: width, elements: points.elements.map(Logit.of))
      var proposals = movers.map { particle in
        let follows = axis?.isKnown == true && random.uniform() < Self.followingShare
        return Proposal(
          moves.proposal(for: particle, in: points, logits, others: others, movesAxis: !follows, &random),
          follows: follows)
      }
      drawIndependently(&proposals, movers)
      // Those beyond a wall cost nothing.
      let tried = proposals.indices.filter { proposals[$0].logBack > -.infinity }
      let followed = follow(&proposals, tried, first: movers.lowerBound)
      let proposed = Matrix(
        rows: tried.count, columns: width, elements: tried.flatMap { proposals[$0].point })
      let newTargets = followed?.to.map { $0(proposed) } ?? target(proposed)
      let newDensities =
        position < 1 ? followed?.from.map { $0(proposed) } ?? density(proposed) : newTargets
      var areAccepted = [Bool](repeating: false, count: half)
      for (row, index) in tried.enumerated() {
        let particle = movers.lowerBound + index
        let chance = random.uniform()
        var logRatio = position * (newTargets[row] - logTargets[particle])
        if position < 1 { logRatio += (1 - position) * (newDensities[row] - logDensities[particle]) }
        logRatio += proposals[index].logBack
        guard newTargets[row] > -.infinity && log(chance) < logRatio else { continue }
        areAccepted[index] = true
        for j in 0..<width { points.elements[particle * width + j] = proposals[index].point[j] }
        if let followed { axis?.laws[particle] = followed.laws[row] }
        logTargets[particle] = newTargets[row]
        logDensities[particle] = newDensities[row]
      }
      for (proposal, isAccepted) in zip(proposals, areAccepted) {
        switch proposal.origin {
        case .move(let kind): moves.count(kind, isAccepted: isAccepted)
        case .draw(let source): draws[source].count(isAccepted)
        }
      }
    }
  }

  /// Gives the axis of proposals the law that goes with their other coordinates.
  /// - Parameters:
  ///   - tried: of the proposals, those to be followed.
  ///   - first: the particle that the first proposal is for.
  /// - Returns: of those tried, the laws and the densities at both ends of the path, where they are known.
  private mutating func follow(
    _ proposals: inout [Proposal], _ tried: [Int], first: Int
  ) -> (laws: [NormalLaw?], from: LogDensity?, to: LogDensity?)? {
    guard let axis, axis.isKnown else { return nil }
    let conditionals = axis.conditionals(
      Matrix(
        rows: tried.count, columns: points.columns, elements: tried.flatMap { proposals[$0].point }))
    let laws = conditionals.map { axis.law($0.from, $0.to) }
    for (row, index) in tried.enumerated() where proposals[index].follows {
      let particle = first + index
      guard let before = axis.laws[particle], let now = laws[row] else {
        proposals[index].logBack = -.infinity
        continue
      }
      let value = now.mean + now.deviation * random.normal()
      guard value > 0, value < 1 else {
        proposals[index].logBack = -.infinity
        continue
      }
      proposals[index].point[axis.column] = value
      proposals[index].logBack +=
        before.logDensity(points.elements[particle * points.columns + axis.column]) - now.logDensity(value)
    }
    func density(_ all: [FollowingAxis.Conditional]) -> LogDensity? {
      all.count == tried.count ? { axis.logDensities(all, $0) } : nil
    }
    return (laws, density(conditionals.compactMap(\.from)), density(conditionals.compactMap(\.to)))
  }

  /// Puts draws that have nothing to do with the particle in the place of some proposals.
  private mutating func drawIndependently(
    _ proposals: inout [Proposal], _ movers: Range<Int>
  ) {
    let choices = proposals.map { _ in random.uniform() }
    // In the order of `draws`.
    let sources = [origin, fitted[movers.lowerBound == 0 ? 0 : 1]]
    var from = 0.0
    for (number, source) in sources.enumerated() {
      let range = from..<from + draws[number].share
      from = range.upperBound
      let chosen = choices.indices.filter { range.contains(choices[$0]) }
      guard let source, !chosen.isEmpty else { continue }
      let drawn = source.sample(chosen.count, &random)
      let here = Matrix(
        rows: chosen.count, columns: points.columns,
        elements: chosen.flatMap { points.row(movers.lowerBound + $0) })
      let (logHere, logThere) = (source.logDensities(here), source.logDensities(drawn))
      for (row, index) in chosen.enumerated() {
        proposals[index] = Proposal(
          origin: .draw(number), point: Array(drawn.row(row)), logBack: logHere[row] - logThere[row],
          follows: number == Self.fittedDraws && axis?.isKnown == true)
      }
    }
  }

  /// Moves take the shape of the particles as they are, and keep it for some sweeps: as these came about by moves of the shape before, what
  /// moves leave as it is they leave so for many particles only.
  private mutating func adapt() {
    moves.adapt(to: points)
    for number in draws.indices { draws[number].adapt() }
    let half = points.rows / 2
    fitted = [half..<2 * half, 0..<half].map { others in
      let elements = points.elements[others.lowerBound * points.columns..<others.upperBound * points.columns]
      let points = Matrix(rows: half, columns: points.columns, elements: Array(elements))
      guard let axis, axis.isKnown else {
        return NormalMixture(points, &random).map {
          IndependentDraws(sample: $0.sample, logDensities: $0.logDensities)
        }
      }
      // Its law comes with the other coordinates.
      return NormalMixture(axis.without(points), &random).map { mixture in
        IndependentDraws(
          sample: { axis.with(mixture.sample($0, &$1)) },
          logDensities: { mixture.logDensities(axis.without($0)) })
      }
    }
  }
}

/// Where a particle may go.
private struct Proposal {
  enum Origin {
    case move(BoxMoves.Kind)
    /// The number of what it is drawn from.
    case draw(Int)
  }

  var origin: Origin
  var point: [Double]
  /// ln of how much more often the way back is proposed.
  var logBack: Double
  /// The axis is still to be drawn.
  var follows: Bool
}

extension Proposal {
  init(_ move: (kind: BoxMoves.Kind, point: [Double], logBack: Double), follows: Bool) {
    self.init(origin: .move(move.kind), point: move.point, logBack: move.logBack, follows: follows)
  }
}

/// Of the moves, how many are draws that have nothing to do with the particle: fewer where hardly any is accepted. Changed by `adapt`
/// only.
private struct DrawShare: Sendable {
  private let usual: Double
  private(set) var share: Double
  private var (tried, accepted) = (0, 0)

  /// Accepted of those tried, below which they are made this much more seldom.
  private static let (worthwhile, seldom) = (0.02, 0.2)

  init(_ usual: Double) {
    self.usual = usual
    share = usual
  }

  mutating func count(_ isAccepted: Bool) {
    tried += 1
    if isAccepted { accepted += 1 }
  }

  mutating func adapt() {
    guard tried > 0 else { return }
    share = Double(accepted) < Self.worthwhile * Double(tried) ? Self.seldom * usual : usual
    (tried, accepted) = (0, 0)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
