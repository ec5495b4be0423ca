#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wavelength axes that headers describe by formula.
package enum SpectralAxis {
  package static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  /// Pixel p (from 1): start + (p - reference) step, or ten to that power.
  package static func linear(
    count: Int, start: Double, step: Double, reference: Double, isLogarithmic: Bool
  ) -> [Double] {
    (0..<count).map { pixel in
      let value = start + (Double(pixel + 1) - reference) * step
      return isLogarithmic ? power(10, value) : value
    }
  }
}
