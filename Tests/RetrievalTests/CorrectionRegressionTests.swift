import Foundation
import NumericalMethods
import Retrieval
import Tensors
import Testing

@Suite("Regression by parabolas and clues") struct CorrectionRegressionTests {
  private static func truth(_ x: [Double]) -> [Double] {
    [1 + 2 * x[0] - x[1] + 0.5 * x[0] * x[1], 3 + x[1] * x[1], 0.2 * sin(6 * x[0])]
  }

  private static func none(_ inputs: Matrix<Double>) -> Matrix<Float> {
    Matrix(rows: inputs.rows, columns: 0)
  }

  private static func examples(
    _ count: Int, _ random: inout SeededRandom
  ) -> (inputs: Matrix<Double>, outputs: Matrix<Double>) {
    let inputs = (0..<count).map { _ in [random.uniform(-1, 1), random.uniform(-1, 1), 7] }
    return (
      Matrix(rows: count, columns: 3, elements: inputs.flatMap { $0 }),
      Matrix(rows: count, columns: 3, elements: inputs.flatMap(truth))
    )
  }

  @Test("parabolas are learnt exactly, and what is none is missed by as much as said")
  func learns() throws {
    var random = SeededRandom(seed: 2)
    let (inputs, outputs) = Self.examples(200, &random)
    let learnt = try #require(
      CorrectionRegression(
        inputs: inputs, clues: Self.none(inputs), outputs: outputs, errors: [0.01, 0.01, 0.01]))
    let fresh = Self.examples(500, &random)
    let found = learnt(fresh.inputs, clues: Self.none(fresh.inputs)).outputs
    for output in 0..<3 {
      let misses = (0..<500).map { Double(found[$0, output]) - fresh.outputs[$0, output] }
      let rms = (misses.reduce(0) { $0 + $1 * $1 } / 500).squareRoot()
      if output < 2 { #expect(rms < 2e-3 && learnt.deviations[output] < 2e-3) }
      if output == 2 { #expect(rms > 0.05 && abs(learnt.deviations[2] / rms - 1) < 0.2) }
    }
  }

  @Test("what no parabola follows is learnt from clues that go with it, and not from others")
  func clues() throws {
    var random = SeededRandom(seed: 2)
    func learnt(_ clue: (Double) -> Float) throws -> Double {
      let (inputs, outputs) = Self.examples(200, &random)
      let fresh = Self.examples(500, &random)
      func clues(_ inputs: Matrix<Double>) -> Matrix<Float> {
        Matrix(
          rows: inputs.rows, columns: 2,
          elements: (0..<inputs.rows).flatMap { [clue(inputs[$0, 0]), Float(random.normal())] })
      }
      let regression = try #require(
        CorrectionRegression(
          inputs: inputs, clues: clues(inputs), outputs: outputs, errors: [0.01, 0.01, 0.01]))
      let found = regression(fresh.inputs, clues: clues(fresh.inputs)).outputs
      let squares = (0..<500).map { pow(Double(found[$0, 2]) - fresh.outputs[$0, 2], 2) }
      return (squares.reduce(0, +) / 500).squareRoot()
    }
    let (told, untold) = (try learnt { Float(4 - 3 * sin(6 * $0)) }, try learnt { _ in 0 })
    #expect(told < 2e-3)
    #expect(untold > 0.05)
  }

  @Test("too few examples, and inputs that do not vary, teach nothing")
  func nothing() {
    var random = SeededRandom(seed: 2)
    let (inputs, outputs) = Self.examples(15, &random)
    #expect(
      CorrectionRegression(inputs: inputs, clues: Self.none(inputs), outputs: outputs, errors: [1, 1, 1])
        == nil)
    let constant = Matrix<Double>(rows: 30, columns: 2, elements: [Double](repeating: 4, count: 60))
    let some = Matrix<Double>(rows: 30, columns: 1, elements: (0..<30).map { Double($0) })
    #expect(
      CorrectionRegression(inputs: constant, clues: Self.none(constant), outputs: some, errors: [1]) == nil)
  }
}
