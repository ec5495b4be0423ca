import Glibc
import NumericalMethods
import Tensors
import Testing

@Suite("Elementwise loops")
struct ElementwiseTests {
  /// The series, the reduction and two roundings add up to 1.02 units in the last place over the whole range.
  @Test("exp in single precision is right to 1.5 units in the last place")
  func exponential() {
    let x = (0...200_000).map { Float(-87 + 174 * Double($0) / 200_000) }
    var y = x
    Float.exponential(x, &y, x.count)
    var worst = 0.0
    for (x, y) in zip(x, y) {
      let exact = exp(Double(x))
      worst = max(worst, abs(Double(y) - exact) / Double(Float(exact).ulp))
    }
    #expect(worst < 1.5)
  }

  @Test("exp saturates instead of giving 0 or infinity, and keeps NaN")
  func saturates() {
    let x: [Float] = [-1e30, -.infinity, 1e30, .infinity, .nan, 0]
    var y = x
    Float.exponential(x, &y, x.count)
    #expect(y[0] > 0 && y[1] == y[0] && y[2].isFinite && y[3] == y[2] && y[4].isNaN && y[5] == 1)
  }

  @Test("SiLU and its derivative", arguments: [-30.0, -3, -0.5, 0, 1e-3, 2, 40])
  func sigmoidLinear(x: Double) {
    let expected = x / (1 + exp(-x))
    var value = [x]
    Double.sigmoidLinear(&value, 1)
    #expect(abs(value[0] - expected) <= 1e-15 * abs(expected))

    // Central difference: truncation h^2 f'''/6 < 2e-12, rounding 2e-16 |f| / h < 1e-9 here.
    let h = 1e-5
    var sides = [x - h, x + h]
    Double.sigmoidLinear(&sides, 2)
    var slope = [x]
    Double.sigmoidLinearWithDerivative(&slope, &value, 1)
    #expect(abs(slope[0] - (sides[1] - sides[0]) / (2 * h)) < 2e-9)
    #expect(abs(value[0] - expected) <= 1e-15 * abs(expected))
  }

  @Test("rows are added, columns summed, squares summed")
  func sums() {
    var matrix: [Float] = [1, 2, 3, 4, 5, 6]
    Float.addRow([10, 20], to: &matrix, rows: 3, columns: 2)
    #expect(matrix == [11, 22, 13, 24, 15, 26])
    var sums: [Float] = [99, 99]
    Float.columnSums(matrix, &sums, rows: 3, columns: 2)
    #expect(sums == [39, 72])
    let squares = (1...35).map { Float($0) }
    #expect(Float.sumOfSquares(squares, 35) == 35 * 36 * 71 / 6)
    Float.multiply(&matrix, by: [1, 0, 1, 0, 1, 2], 6)
    #expect(matrix == [11, 0, 13, 0, 15, 52])
  }

  /// Two steps of the recursions written out, with every coefficient different from its neutral value.
  @Test("AdamW does the published recursion")
  func adamW() {
    let c = AdamWCoefficients(
      rate: 0.1, decay1: 0.9, decay2: 0.99, correction1: 10, correction2: 100, epsilon: 1e-3, shrink: 0.95,
      scale: 0.5)
    var p = [1.0], m = [0.2], v = [0.3]
    Double.adamW(parameters: &p, gradient: [4.0], first: &m, second: &v, count: 1, coefficients: c)
    let first = 0.9 * 0.2 + 0.1 * 2
    let second = 0.99 * 0.3 + 0.01 * 4
    #expect(abs(m[0] - first) < 1e-15 && abs(v[0] - second) < 1e-15)
    #expect(abs(p[0] - (0.95 - 0.1 * 10 * first / ((100 * second).squareRoot() + 1e-3))) < 1e-15)
  }
}
