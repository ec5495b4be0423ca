#if canImport(Glibc)
  import Glibc
#endif

/// A logarithmic axis of wavelengths in um, from left to right of a drawing.
package struct WavelengthAxis {
  package let range: ClosedRange<Double>
  package let left: Double
  package let right: Double

  /// - Parameter range: um, positive; widened where it is a point.
  package init(_ range: ClosedRange<Double>, left: Double, right: Double) {
    self.range = range.lowerBound...max(range.upperBound, range.lowerBound * 1.001)
    self.left = left
    self.right = right
  }

  /// Where a wavelength lies; beyond the range at its end.
  package func x(_ micrometers: Double) -> Double {
    let fraction = log(micrometers / range.lowerBound) / log(range.upperBound / range.lowerBound)
    return left + min(1, max(0, fraction)) * (right - left)
  }

  /// Even steps over a short range; few round numbers over a long one, as suits a logarithmic axis.
  package var ticks: [Double] {
    if range.upperBound < 3 * range.lowerBound {
      return Ticks(from: range.lowerBound, to: range.upperBound, atMost: 7).values
    }
    let isShort = range.upperBound < 8 * range.lowerBound
    let digits = isShort ? [1, 1.5, 2, 3, 4, 5, 7] : [1, 2, 3, 5]
    return [-2, -1, 0, 1, 2, 3].flatMap { power in digits.map { $0 * pow(10, Double(power)) } }
      .filter { range.contains($0) }
  }
}
