import NumericalMethods
import Testing

@testable import SensitivityTraining

@Suite("Loss of normal laws")
struct NormalLossTests {
  private static func loss(_ outputs: [Float], _ targets: [Float]) -> (sum: Double, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: outputs.count)
    let sum = outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          NormalLoss(parameters: 2).sum(
            outputs: outputs, targets: targets, rows: 2, gradient: $0, scale: 0.5)
        }
      }
    }
    return (sum, gradient)
  }

  @Test("it is ln deviation and half the squared distance in deviations")
  func value() {
    let (sum, _) = Self.loss([1, 0, 0, 0.5, 0, 0, 0, 0], [2, 0, 0, 0])
    #expect(abs(sum - (0.5 + 0.5)) < 1e-6)
  }

  /// Single precision, h = 1e-2: the quotient is right to a few 1e-4.
  @Test("its derivative is that of its values")
  func derivative() {
    let outputs: [Float] = [0.3, -0.8, -0.4, 0.6, 1.2, 0.1, 0.2, -1.1]
    let targets: [Float] = [0.9, -1.5, 0.2, 0.3]
    let (_, gradient) = Self.loss(outputs, targets)
    for i in outputs.indices {
      var (above, below) = (outputs, outputs)
      above[i] += 1e-2
      below[i] -= 1e-2
      let quotient = 0.5 * (Self.loss(above, targets).sum - Self.loss(below, targets).sum) / 2e-2
      #expect(abs(quotient - Double(gradient[i])) < 2e-3, "output \(i)")
    }
  }

  @Test("a deviation beyond its range moves only back into it")
  func held() {
    // Far below the least deviation, and the target right at the mean: smaller still would be likelier.
    #expect(Self.loss([0, 0, -9, 0, 0, 0, 0, 0], [0, 0, 0, 0]).gradient[2] == 0)
    #expect(Self.loss([0, 0, -9, 0, 0, 0, 0, 0], [1, 0, 0, 0]).gradient[2] < 0)
    #expect(Self.loss([0, 0, 9, 0, 0, 0, 0, 0], [0, 0, 0, 0]).gradient[2] > 0)
    #expect(Self.loss([0, 0, 9, 0, 0, 0, 0, 0], [99, 0, 0, 0]).gradient[2] == 0)
  }
}
