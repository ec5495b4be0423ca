import NumericalMethods
import Observations
import Testing

@testable import SpectralPrior

@Suite("How strongly a change of a spectrum shows") struct FeatureSignificanceTests {
  /// Twelve bins of the grid by two instruments, and one point 20 bins wide by a third.
  private static func observation(offsets: Double = 1e-4, error: Double = 5e-5) -> SpectralObservation {
    let edges = SpectralGrid.standard.edges
    let bins = Array(100..<112)
    var observation = SpectralObservation(
      kind: .transmission, lower: bins.map { edges[$0] } + [edges[200]],
      upper: bins.map { edges[$0 + 1] } + [edges[220]],
      values: [Double](repeating: 0.01, count: 13), upperErrors: [Double](repeating: error, count: 13),
      lowerErrors: [Double](repeating: error, count: 13),
      instruments: bins.map { $0 < 106 ? 0 : 1 } + [2], instrumentNames: ["a", "b", "c"])
    observation.offsetDeviation = offsets
    return observation
  }

  private static func significance(_ observation: SpectralObservation) -> FeatureSignificance {
    FeatureSignificance(observation, level: [Double](repeating: 1, count: observation.points.count))
  }

  private static func logarithms(_ observation: SpectralObservation) -> [Double] {
    let wavelengths = SpectralGrid.standard.wavelengths
    return observation.points.responses.map { response in
      response.weights.enumerated().reduce(0) {
        $0 + $1.element * log(wavelengths[response.firstBin + $1.offset])
      }
    }
  }

  @Test("a level and a slope show nothing, and are taken off what shows")
  func free() {
    let observation = Self.observation()
    let significance = Self.significance(observation)
    let slope = Self.logarithms(observation).map { 3e-3 * $0 + 2e-3 }
    // The root of a difference of rounded sums.
    #expect(significance(slope) < 1e-4 && significance([Double](repeating: 1e-3, count: 13)) < 1e-4)
    let bump = slope.indices.map { $0 == 3 ? 4e-4 : 0 }
    #expect(significance(bump) > 5)
    #expect(abs(significance(zip(slope, bump).map { $0 + $1 }) - significance(bump)) < 1e-6)
  }

  @Test("the same as least squares over level, slope and offsets, offsets held by their deviation")
  func leastSquares() throws {
    let observation = Self.observation()
    var random = SeededRandom(seed: 3)
    let change = (0..<13).map { _ in 1e-4 * random.normal() }
    let logarithms = Self.logarithms(observation)
    // Thirteen points and two offsets as measurements of 0; columns: level, slope, two offsets in units of their deviation.
    let error = 5e-5
    var rows = observation.points.instruments.indices.map { point -> [Double] in
      [1, logarithms[point]]
        + [1, 2].map { observation.points.instruments[point] == $0 ? 1e-4 : 0 }
    }.map { $0.map { $0 / error } }
    rows += [[0, 0, 1, 0], [0, 0, 0, 1]]
    let measured = change.map { $0 / error } + [0, 0]
    let normal = (0..<4).map { i in (0..<4).map { j in rows.reduce(0) { $0 + $1[i] * $1[j] } } }
    let right = (0..<4).map { i in zip(rows, measured).reduce(0) { $0 + $1.0[i] * $1.1 } }
    let solution = try #require(solveSymmetric(normal, right))
    let chiSquared = zip(rows, measured).reduce(0.0) { sum, row in
      let rest = row.1 - zip(row.0, solution).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + rest * rest
    }
    #expect(abs(Self.significance(observation)(change) / chiSquared.squareRoot() - 1) < 1e-6)
  }

  @Test("what an offset may be shows no more than that; without offsets it shows")
  func offsets() {
    let change = Self.observation().points.instruments.map { $0 == 2 ? 1e-3 : 0 }
    let shared = Self.significance(Self.observation())(change)
    let exact = Self.significance(Self.observation(offsets: 0))(change)
    // One point against 1e-4 and its own 5e-5, less what level and slope take.
    #expect(shared < 1e-3 / (1e-8 + 2.5e-9).squareRoot() && shared > 1)
    #expect(exact > 1.5 * shared)
  }

  @Test("half the errors show twice, and one point alone shows nothing")
  func scale() {
    let change = (0..<13).map { $0 % 3 == 0 ? 1e-4 : 0 }
    let (coarse, fine) = (
      Self.significance(Self.observation(offsets: 0))(change),
      Self.significance(Self.observation(offsets: 0, error: 2.5e-5))(change)
    )
    #expect(abs(fine / coarse - 2) < 1e-9)
    var single = SpectralObservation(
      kind: .transmission, lower: [1e-6], upper: [1.1e-6], values: [0.01], upperErrors: [1e-5],
      lowerErrors: [1e-5], instruments: [0], instrumentNames: ["a"])
    single.offsetDeviation = 0
    #expect(Self.significance(single)([1e-3]) < 1e-4)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
