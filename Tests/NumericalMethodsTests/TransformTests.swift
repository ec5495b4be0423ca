import Foundation
import NumericalMethods
import Testing

@Suite struct FourierTransformTests {
  @Test func agreesWithTheSum() {
    let count = 32
    let transform = FourierTransform(count: count)
    var generator = SeededRandom(seed: 1)
    let real = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    let imaginary = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    var (re, im) = (real, imaginary)
    transform.forward(real: &re, imaginary: &im)
    for k in 0..<count {
      var (sumRe, sumIm) = (0.0, 0.0)
      for n in 0..<count {
        let angle = -2 * Double.pi * Double(k * n) / Double(count)
        sumRe += real[n] * cos(angle) - imaginary[n] * sin(angle)
        sumIm += real[n] * sin(angle) + imaginary[n] * cos(angle)
      }
      #expect(abs(re[k] - sumRe) < 1e-12 && abs(im[k] - sumIm) < 1e-12)
    }
  }

  @Test func inverseUndoesForward() {
    let count = 4096
    let transform = FourierTransform(count: count)
    var generator = SeededRandom(seed: 2)
    let real = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    var (re, im) = (real, [Double](repeating: 0, count: count))
    transform.forward(real: &re, imaginary: &im)
    transform.inverse(real: &re, imaginary: &im)
    let worst = zip(re, real).map { abs($0 / Double(count) - $1) }.max() ?? .infinity
    #expect(worst < 1e-13)
  }
}

@Suite struct TridiagonalEigenproblemTests {
  /// The chain of n sites: 2 - 2 cos(k pi/(n + 1)).
  @Test func chainHasItsClosedForm() {
    let n = 24
    let solution = eigenvectors(
      diagonal: Array(repeating: 2, count: n), offDiagonal: Array(repeating: -1, count: n - 1))
    for k in 1...n {
      let expected = 2 - 2 * cos(Double(k) * .pi / Double(n + 1))
      #expect(abs(solution.values[k - 1] - expected) < 1e-12)
      let vector = solution.vectors[k - 1]
      for i in 0..<n {
        let product =
          2 * vector[i] - (i > 0 ? vector[i - 1] : 0) - (i < n - 1 ? vector[i + 1] : 0)
        #expect(abs(product - expected * vector[i]) < 1e-12)
      }
    }
  }
}

@Suite struct FaddeevaFunctionTests {
  /// At x = 0 the function is exp(y^2) erfc(y); at y = 0 it is exp(-x^2).
  @Test(arguments: [0.0, 0.1, 0.7, 1.5, 3.0, 5.0]) func axesHaveClosedForms(_ value: Double) {
    let function = FaddeevaFunction()
    #expect(abs(function.voigt(x: 0, y: value) / (exp(value * value) * erfc(value)) - 1) < 1e-9)
    #expect(abs(function.voigt(x: value, y: 0) - exp(-value * value)) < 1e-10)
  }

  @Test func farWingJoinsTheRest() {
    let function = FaddeevaFunction()
    let (inside, outside) = (function.voigt(x: 99.99, y: 0.01), function.voigt(x: 100.01, y: 0.01))
    #expect(abs(inside / outside - 1) < 1e-3)
    #expect(abs(outside / (0.01 / (100.01 * 100.01 * Double.pi.squareRoot())) - 1) < 1e-3)
  }
}
