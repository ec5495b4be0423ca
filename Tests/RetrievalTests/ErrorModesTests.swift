import NumericalMethods
import Retrieval
import Tensors
import Testing

@Suite("Errors that go together") struct ErrorModesTests {
  @Test("two shared errors and each output's own are told apart")
  func covariance() {
    let (rows, columns) = (3000, 12)
    let first = (0..<columns).map { 0.5 + 0.1 * Double($0) }
    let second = (0..<columns).map { $0 % 2 == 0 ? 0.6 : -0.6 }
    let own = (0..<columns).map { 0.05 + 0.02 * Double($0) }
    var random = SeededRandom(seed: 3)
    var elements: [Double] = []
    for _ in 0..<rows {
      let (a, b) = (random.normal(), random.normal())
      for output in 0..<columns {
        elements.append(a * first[output] + b * second[output] + own[output] * random.normal())
      }
    }
    let found = ErrorModes(
      Matrix(rows: rows, columns: columns, elements: elements),
      errors: [Double](repeating: 0.1, count: columns), count: 2)
    #expect(found.modes.rows == 2)
    for i in 0..<columns {
      let left = found.deviations[i] * found.deviations[i]
      // Two modes of twelve outputs take a sixth of what is each output's own, more where that is large; the sum over 3,000 examples
      // scatters by 0.003 more.
      #expect(left > 0.5 * own[i] * own[i] - 0.003 && left < own[i] * own[i] + 0.003, "\(i)")
      for j in 0...i {
        let expected = first[i] * first[j] + second[i] * second[j]
        let told = found.modes[0, i] * found.modes[0, j] + found.modes[1, i] * found.modes[1, j]
        #expect(abs(told - expected) < 0.08 * (1 + expected.magnitude), "\(i) \(j)")
      }
    }
  }

  @Test("what matters is an error over what is to be known: a large one where nothing is known comes last")
  func scale() {
    var random = SeededRandom(seed: 4)
    var elements: [Double] = []
    for _ in 0..<500 {
      let (a, b) = (random.normal(), random.normal())
      elements += [a, a, 10 * b]
    }
    let found = ErrorModes(
      Matrix(rows: 500, columns: 3, elements: elements), errors: [0.1, 0.1, 1000], count: 1)
    #expect(abs(found.modes[0, 0].magnitude - 1) < 0.15 && found.modes[0, 2].magnitude < 2)
    #expect(found.deviations[0] < 0.05 && found.deviations[2] > 8)
  }
}
