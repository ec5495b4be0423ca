/// Residuals of neighbours that go one way.
package enum ResidualRun {
  /// The largest |sum| / sqrt(count) of a run of residuals: of 2, 4, 8 ... neighbours, wherever it begins. Of independent residuals of unit
  /// variance each has the standard normal law.
  package static func largest(_ residuals: some Collection<Double>) -> Double {
    var sums = [0.0]
    sums.reserveCapacity(residuals.count + 1)
    for residual in residuals { sums.append(sums[sums.count - 1] + residual) }
    var largest = 0.0
    var length = 2
    while length < sums.count {
      let unit = Double(length).squareRoot()
      for end in length..<sums.count { largest = max(largest, abs(sums[end] - sums[end - length]) / unit) }
      length *= 2
    }
    return largest
  }
}
