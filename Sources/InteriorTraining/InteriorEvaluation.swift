package import InteriorMDN
import NeuralNetworks
import NumericalMethods
package import Observations
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How well a network's posteriors hold on planets it never saw, and whether they mean what they say.
package struct InteriorEvaluation: Sendable, Hashable {
  package struct Output: Sendable, Hashable {
    package var quantity: InteriorQuantity
    /// Share of planets whose truth lies in the central 68 % and 95 % intervals.
    package var coverage68: Double
    package var coverage95: Double
    /// Median over planets of |posterior median - truth|, in the quantity's unit.
    package var medianAbsoluteError: Double
    /// Median over planets of half the 68 % interval's width, in the quantity's unit.
    package var medianHalfWidth: Double
    /// The largest distance between the ranks' distribution and a uniform one (Kolmogorov).
    package var rankDistance: Double
  }

  package var planets: Int
  package var outputs: [Output]
  /// Mean log-density of the truth in the network's coordinates, before recalibration, nats a planet.
  package var meanLogLikelihood: Double
  /// Test planets that the domain map leaves out; they are judged all the same.
  package var outsideDomain: Int

  /// The largest distance of a coverage from its nominal value, in points of per cent.
  package var worstCoverageError: Double {
    100 * (outputs.map { max(abs($0.coverage68 - 0.68), abs($0.coverage95 - 0.95)) }.max() ?? 0)
  }

  /// - Parameters:
  ///   - rows: planets of the set, none of them trained on.
  ///   - draws: a planet; the rank's resolution.
  package init(
    _ network: InteriorNetwork, on set: PreparedInteriorSet, rows: Range<Int>, draws: Int, seed: UInt64
  ) {
    let judge = InteriorJudge(network: network, set: set, draws: draws, seed: seed)
    var verdicts = set.recipe.outputs.quantities.map { OutputTally($0) }
    var logLikelihood = 0.0
    outsideDomain = 0
    var sampler = MixtureSampler(network.density)
    let batch = 1000
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
      let part = start..<min(start + batch, rows.upperBound)
      let points = part.map { judge.point($0) }
      let mixtures = network.mixtures(points)
      for (i, row) in part.enumerated() {
        if !network.domain.contains(points[i]) { outsideDomain += 1 }
        logLikelihood += judge.logLikelihood(row, mixtures.row(i))
        sampler.prepare(mixtures.row(i))
        judge.judge(row, sampler, &verdicts)
      }
    }
    planets = rows.count
    meanLogLikelihood = logLikelihood / Double(rows.count)
    outputs = verdicts.map(\.output)
  }
}

/// Holds a network's draws against the truth, planet by planet.
private struct InteriorJudge {
  let network: InteriorNetwork
  let set: PreparedInteriorSet
  let draws: Int
  let seed: UInt64
  private let truths: [[Float]]
  private let masses: [Float]
  private let radii: [Float]
  /// What standardising takes from a log-density.
  private let unit: Double

  init(network: InteriorNetwork, set: PreparedInteriorSet, draws: Int, seed: UInt64) {
    self.network = network
    self.set = set
    self.draws = draws
    self.seed = seed
    let columns = set.set.columns
    truths = set.recipe.outputs.quantities.map { columns[$0.rawValue] ?? [] }
    masses = columns[InteriorInput.mass.rawValue] ?? []
    radii = columns[InteriorInput.radius.rawValue] ?? []
    unit = network.outputScaling.sd.reduce(0) { $0 - log($1) }
  }

  /// Its features.
  func point(_ row: Int) -> [Double] {
    let width = set.recipe.inputs.count
    return Array(set.features[row * width..<(row + 1) * width])
  }

  /// The truth's log-density in the network's coordinates.
  func logLikelihood(_ row: Int, _ mixture: ArraySlice<Float>) -> Double {
    let dimensions = network.density.dimensions
    let scaling = network.outputScaling
    let target = (0..<dimensions).map { j in
      Float((set.coordinates[row * dimensions + j] - scaling.mean[j]) / scaling.sd[j])
    }
    return Array(mixture).withUnsafeBufferPointer { outputs in
      target.withUnsafeBufferPointer { targets in
        unit
          - network.density.negativeLogLikelihood(
            outputs: outputs, targets: targets, rows: 1, gradient: nil, scale: 1)
      }
    }
  }

  /// Draws the planet's interior and compares. Each planet has its own random numbers, so the result does not depend on the
  /// batches.
  func judge(_ row: Int, _ sampler: borrowing MixtureSampler, _ verdicts: inout [OutputTally]) {
    var random = SeededRandom(seed: seed, stream: UInt64(row))
    var samples = [[Double]](repeating: [], count: verdicts.count)
    for _ in 0..<draws {
      guard let draw = network.draw(sampler, random: &random) else { continue }
      let values = network.values(draw, mass: Double(masses[row]), radius: Double(radii[row]))
      for (q, value) in values.enumerated() { samples[q].append(value) }
    }
    for q in verdicts.indices {
      verdicts[q].add(samples[q], truth: Double(truths[q][row]), random: &random)
    }
  }
}

/// One output's ranks and errors, planet after planet.
private struct OutputTally {
  private let quantity: InteriorQuantity
  private var ranks: [Double] = []
  private var errors: [Double] = []
  private var halfWidths: [Double] = []

  init(_ quantity: InteriorQuantity) { self.quantity = quantity }

  mutating func add(_ samples: [Double], truth: Double, random: inout SeededRandom) {
    guard !samples.isEmpty else {
      // No answer covers nothing.
      ranks.append(0)
      return
    }
    // Where many draws equal the truth (no water at all), its rank is anywhere among them.
    var below = 0
    var equal = 0
    for value in samples {
      if abs(value - truth) <= 1e-7 * abs(truth) + 1e-12 {
        equal += 1
      } else if value < truth {
        below += 1
      }
    }
    ranks.append((Double(below) + random.uniform() * Double(equal)) / Double(samples.count))
    let sorted = samples.sorted()
    errors.append(abs(quantile(ofSorted: sorted, 0.5) - truth))
    halfWidths.append((quantile(ofSorted: sorted, 0.84) - quantile(ofSorted: sorted, 0.16)) / 2)
  }

  var output: InteriorEvaluation.Output {
    let n = Double(ranks.count)
    func median(_ values: [Double]) -> Double {
      values.isEmpty ? .nan : quantile(ofSorted: values.sorted(), 0.5)
    }
    return .init(
      quantity: quantity, coverage68: Double(ranks.count { $0 >= 0.16 && $0 <= 0.84 }) / n,
      coverage95: Double(ranks.count { $0 >= 0.025 && $0 <= 0.975 }) / n,
      medianAbsoluteError: median(errors), medianHalfWidth: median(halfWidths),
      rankDistance: ranks.sorted().enumerated().map { i, rank in
        max(abs(rank - Double(i) / n), abs(rank - Double(i + 1) / n))
      }.max() ?? 0)
  }
}
