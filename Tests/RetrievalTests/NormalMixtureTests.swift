import Foundation
import NumericalMethods
import Tensors
import Testing

@testable import Retrieval

@Suite("Mixtures of normal laws of logits") struct NormalMixtureTests {
  /// Two clouds in the box, 0.7 and 0.3 of the points, the first one slanted.
  private static func clouds(_ count: Int, _ random: inout SeededRandom) -> Matrix<Double> {
    var elements: [Double] = []
    for _ in 0..<count {
      if random.uniform() < 0.7 {
        let x = random.normal()
        elements += [0.3 + 0.02 * x, 0.6 + 0.02 * x + 0.005 * random.normal()]
      } else {
        elements += [0.8 + 0.03 * random.normal(), 0.2 + 0.03 * random.normal()]
      }
    }
    return Matrix(rows: count, columns: 2, elements: elements)
  }

  @Test("the density is what is drawn from, and integrates to one")
  func density() throws {
    var random = SeededRandom(seed: 4)
    let mixture = try #require(NormalMixture(Self.clouds(1500, &random), &random))
    let steps = 700
    func centre(_ index: Int) -> Double { (Double(index) + 0.5) / Double(steps) }
    var elements: [Double] = []
    for i in 0..<steps { for j in 0..<steps { elements += [centre(i), centre(j)] } }
    let cells = Matrix(rows: steps * steps, columns: 2, elements: elements)
    let densities = mixture.logDensities(cells).map { exp($0) / Double(steps * steps) }
    #expect(abs(densities.reduce(0, +) - 1) < 1e-3)
    func moments(_ points: Matrix<Double>, _ weights: [Double]) -> [Double] {
      var sums = [Double](repeating: 0, count: 5)
      for row in 0..<points.rows {
        let (x, y, weight) = (points[row, 0], points[row, 1], weights[row])
        for (place, value) in [x, y, x * x, x * y, y * y].enumerated() { sums[place] += weight * value }
      }
      return sums
    }
    let drawn = mixture.sample(40000, &random)
    let found = moments(drawn, [Double](repeating: 1.0 / 40000, count: 40000))
    for (a, b) in zip(found, moments(cells, densities)) { #expect(abs(a - b) < 0.006) }
  }

  @Test("clouds keep their shares, their slants and their distance")
  func shares() throws {
    var random = SeededRandom(seed: 5)
    let mixture = try #require(NormalMixture(Self.clouds(1500, &random), &random))
    let drawn = mixture.sample(4000, &random)
    let first = (0..<4000).filter { drawn[$0, 0] < 0.55 }
    #expect(abs(Double(first.count) / 4000 - 0.7) < 0.04)
    // As it was drawn, 0.02 wide along and 0.005 across, both a tenth wider.
    let across: [Double] = first.map { drawn[$0, 1] - drawn[$0, 0] }
    let mean: Double = across.reduce(0, +) / Double(across.count)
    var squares = 0.0
    for value in across { squares += (value - mean) * (value - mean) }
    let width = (squares / Double(across.count)).squareRoot()
    #expect(width > 0.0045 && width < 0.0075, "\(width)")
    // Fresh points are as likely as under the law that they come from, to a fifth of a nat on average.
    let fresh = Self.clouds(2000, &random)
    let mean0 = mixture.logDensities(fresh).reduce(0, +) / 2000
    func normal(_ z: Double, _ deviation: Double) -> Double {
      -0.5 * z * z / (deviation * deviation) - log(deviation * (2 * Double.pi).squareRoot())
    }
    var mean1 = 0.0
    for row in 0..<2000 {
      let (x, y) = (fresh[row, 0], fresh[row, 1])
      let slanted: Double = log(0.7) + normal(x - 0.3, 0.02) + normal(y - x - 0.3, 0.005)
      let round: Double = log(0.3) + normal(x - 0.8, 0.03) + normal(y - 0.2, 0.03)
      mean1 += (max(slanted, round) + log1p(exp(-abs(slanted - round)))) / 2000
    }
    #expect(mean0 > mean1 - 0.2 && mean0 < mean1 + 0.05, "\(mean0) of \(mean1)")
  }

  @Test("too few points, or all the same, make no mixture")
  func refusals() {
    var random = SeededRandom(seed: 6)
    #expect(
      NormalMixture(Matrix(rows: 5, columns: 4, elements: (0..<20).map { _ in random.uniform() }), &random)
        == nil)
  }
}
