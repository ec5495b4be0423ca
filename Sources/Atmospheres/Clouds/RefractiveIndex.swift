/// Measured indices of refraction n + i k of a solid: n and ln k are linear in ln wavelength between the points and
/// held beyond the outermost.
package struct RefractiveIndex: Sendable {
  /// m, ascending.
  package let wavelengths: [Double]
  private let logWavelengths: [Double]
  private let n: [Double]
  private let logK: [Double]

  /// - Parameter rows: wavelength in um, n, k, one after the other, ascending; k = 0 is taken as 1e-7.
  init(rows: [Double]) {
    precondition(rows.count >= 6 && rows.count.isMultiple(of: 3))
    let points = stride(from: 0, to: rows.count, by: 3)
    wavelengths = points.map { rows[$0] * 1e-6 }
    logWavelengths = wavelengths.map { log($0) }
    n = points.map { rows[$0 + 1] }
    logK = points.map { log(max(rows[$0 + 2], 1e-7)) }
    precondition(zip(wavelengths, wavelengths.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// - Parameter wavelength: m.
  package func value(at wavelength: Double) -> (n: Double, k: Double) {
    let position = AxisPosition(log(wavelength), on: logWavelengths)
    func mean(_ values: [Double]) -> Double {
      (1 - position.fraction) * values[position.lower] + position.fraction * values[position.upper]
    }
    return (mean(n), exp(mean(logK)))
  }
}
