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
    let recipe = set.recipe
    let width = recipe.inputs.count
    let dimensions = recipe.density.dimensions
    let quantities = recipe.outputs.quantities
    let truths = quantities.map { set.set.columns[$0.rawValue] ?? [] }
    let masses = set.set.columns[InteriorInput.mass.rawValue] ?? []
    let radii = set.set.columns[InteriorInput.radius.rawValue] ?? []

    planets = rows.count
    outsideDomain = 0
    var ranks = [[Double]](repeating: [], count: quantities.count)
    var errors = ranks
    var halfWidths = ranks
    var logLikelihood = 0.0
    let unit = network.outputScaling.sd.reduce(0) { $0 - log($1) }
    let batch = 1000
    var sampler = MixtureSampler(network.density)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
      let part = start..<min(start + batch, rows.upperBound)
      let points = part.map { Array(set.features[$0 * width..<($0 + 1) * width]) }
      let mixtures = network.mixtures(points)
      for (i, row) in part.enumerated() {
        if !network.domain.contains(points[i]) { outsideDomain += 1 }
        let target = (0..<dimensions).map { j in
          Float(
            (set.coordinates[row * dimensions + j] - network.outputScaling.mean[j])
              / network.outputScaling.sd[j])
        }
        logLikelihood += unit - Self.negativeLogLikelihood(network, mixtures.row(i), target)

        sampler.prepare(mixtures.row(i))
        // Each planet has its own stream, so the result does not depend on the batches.
        var random = SeededRandom(seed: seed, stream: UInt64(row))
        var samples = [[Double]](repeating: [], count: quantities.count)
        for _ in 0..<draws {
          guard let draw = network.draw(sampler, random: &random) else { continue }
          let values = network.values(draw, mass: Double(masses[row]), radius: Double(radii[row]))
          for (q, value) in values.enumerated() { samples[q].append(value) }
        }
        guard !samples[0].isEmpty else {
          // No answer covers nothing.
          for q in quantities.indices { ranks[q].append(0) }
          continue
        }
        for q in quantities.indices {
          let truth = Double(truths[q][row])
          // Where many draws equal the truth (no water at all), its rank is anywhere among them.
          var below = 0
          var equal = 0
          for value in samples[q] {
            if abs(value - truth) <= 1e-7 * abs(truth) + 1e-12 {
              equal += 1
            } else if value < truth {
              below += 1
            }
          }
          ranks[q].append((Double(below) + random.uniform() * Double(equal)) / Double(samples[q].count))
          samples[q].sort()
          errors[q].append(abs(quantile(ofSorted: samples[q], 0.5) - truth))
          halfWidths[q].append(
            (quantile(ofSorted: samples[q], 0.84) - quantile(ofSorted: samples[q], 0.16)) / 2)
        }
      }
    }
    let n = Double(rows.count)
    meanLogLikelihood = logLikelihood / n
    outputs = quantities.indices.map { q in
      let sortedRanks = ranks[q].sorted()
      return Output(
        quantity: quantities[q],
        coverage68: Double(ranks[q].count { $0 >= 0.16 && $0 <= 0.84 }) / n,
        coverage95: Double(ranks[q].count { $0 >= 0.025 && $0 <= 0.975 }) / n,
        medianAbsoluteError: errors[q].isEmpty ? .nan : quantile(ofSorted: errors[q].sorted(), 0.5),
        medianHalfWidth: halfWidths[q].isEmpty ? .nan : quantile(ofSorted: halfWidths[q].sorted(), 0.5),
        rankDistance: sortedRanks.enumerated().map { i, rank in
          max(abs(rank - Double(i) / n), abs(rank - Double(i + 1) / n))
        }.max() ?? 0)
    }
  }

  private static func negativeLogLikelihood(
    _ network: InteriorNetwork, _ row: ArraySlice<Float>, _ target: [Float]
  ) -> Double {
    Array(row).withUnsafeBufferPointer { outputs in
      target.withUnsafeBufferPointer { targets in
        network.density.negativeLogLikelihood(
          outputs: outputs, targets: targets, rows: 1, gradient: nil, scale: 1)
      }
    }
  }
}
