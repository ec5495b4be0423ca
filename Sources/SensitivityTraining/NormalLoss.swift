package import RetrievalTraining
import SpectralSensitivity

/// How unlikely the targets are under normal laws whose means are the first half of the outputs, and the logarithms of whose
/// deviations are the second: sum of ln deviation + (target - mean)^2 / (2 deviation^2).
package struct NormalLoss: ExampleLoss {
  package let parameters: Int

  package init(parameters: Int) { self.parameters = parameters }

  package func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, rows: Int,
    gradient: UnsafeMutableBufferPointer<Float>?, scale: Double
  ) -> Double {
    let range = SensitivityModel.logDeviations
    let factor = Float(scale)
    var sum = 0.0
    for row in 0..<rows {
      var ofRow: Float = 0
      for j in 0..<parameters {
        let (mean, log) = (row * 2 * parameters + j, row * 2 * parameters + parameters + j)
        let held = min(max(outputs[log], range.lowerBound), range.upperBound)
        let inverse = exp(-held)
        let z = (targets[row * parameters + j] - outputs[mean]) * inverse
        ofRow += held + 0.5 * z * z
        guard let gradient else { continue }
        gradient[mean] = -factor * z * inverse
        // A deviation that is held moves only towards the inside.
        let slope = 1 - z * z
        let leaves = outputs[log] < held ? slope > 0 : outputs[log] > held && slope < 0
        gradient[log] = leaves ? 0 : factor * slope
      }
      sum += Double(ofRow)
    }
    return sum
  }
}

#if canImport(Glibc)
  import Glibc
#endif
