import NumericalMethods
import Testing

@Suite("Least squares")
struct LevenbergMarquardtTests {
  private let x = (0..<20).map { Double($0) / 4 }

  /// y = 2 + 3 x with errors of 0.1: linear, so the errors are those of the normal matrix, done by hand:
  /// var(slope) = s^2 / sum (x - mean)^2 = 0.01 / 41.5625, var(intercept) = s^2 (1/20 + mean^2 / 41.5625).
  @Test("A straight line and its errors")
  func line() throws {
    let parameter = LevenbergMarquardt.Parameter(start: 0, bounds: -100...100, step: 1e-3)
    let solution = try #require(
      LevenbergMarquardt().minimize([parameter, parameter]) { p in
        x.map { (p[0] + p[1] * $0 - (2 + 3 * $0)) / 0.1 }
      })
    #expect(solution.converged)
    #expect(abs(solution.values[0] - 2) < 1e-6 && abs(solution.values[1] - 3) < 1e-6)
    let mean = 2.375
    #expect(abs(try #require(solution.errors[1]) - (0.01 / 41.5625).squareRoot()) < 1e-6)
    #expect(
      abs(try #require(solution.errors[0]) - (0.01 * (0.05 + mean * mean / 41.5625)).squareRoot()) < 1e-6)
  }

  /// Rosenbrock's valley, minimum 0 at (1, 1), from the usual start.
  @Test("A curved valley")
  func rosenbrock() throws {
    let parameters = [-1.2, 1].map { LevenbergMarquardt.Parameter(start: $0, bounds: -5...5, step: 1e-6) }
    let solution = try #require(
      LevenbergMarquardt().minimize(parameters) { p in [10 * (p[1] - p[0] * p[0]), 1 - p[0]] })
    #expect(abs(solution.values[0] - 1) < 1e-3 && abs(solution.values[1] - 1) < 2e-3)
  }

  @Test("Bounds hold, and a parameter at one has no error")
  func bounds() throws {
    let solution = try #require(
      LevenbergMarquardt().minimize([
        LevenbergMarquardt.Parameter(start: 0, bounds: -1...1, step: 1e-4),
        LevenbergMarquardt.Parameter(start: 0, bounds: -9...9, step: 1e-4),
      ]) { p in x.map { p[0] + p[1] * $0 - (2 + 3 * $0) } })
    #expect(solution.values[0] == 1 && solution.errors[0] == nil && solution.errors[1] != nil)
  }

  @Test("A model without answer at the start is told")
  func noAnswer() {
    let parameter = LevenbergMarquardt.Parameter(start: 0, bounds: 0...1, step: 1e-3)
    #expect(LevenbergMarquardt().minimize([parameter]) { _ in nil } == nil)
  }
}
