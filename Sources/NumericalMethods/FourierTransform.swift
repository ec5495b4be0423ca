#if canImport(Glibc)
  import Glibc
#endif

/// Discrete Fourier transforms of one length, a power of two, in place on split real and imaginary parts:
/// X[k] = sum over n of x[n] exp(-2 pi i k n / N); the inverse carries the sign + and no 1/N.
///
/// Cooley & Tukey (1965, Math. Comp. 19, 297), radix 2, decimation in time, double precision.
package struct FourierTransform: Sendable {
  package let count: Int
  private let cosines: [Double]
  private let sines: [Double]
  private let reversed: [Int32]

  /// - Precondition: `count` is a power of two, at least 2.
  package init(count: Int) {
    precondition(count >= 2 && count & (count - 1) == 0)
    self.count = count
    let step = 2 * Double.pi / Double(count)
    cosines = (0..<count / 2).map { cos(Double($0) * step) }
    sines = (0..<count / 2).map { -sin(Double($0) * step) }
    let bits = count.trailingZeroBitCount
    reversed = (0..<count).map { index in
      var source = index
      var target = 0
      for _ in 0..<bits {
        target = target << 1 | source & 1
        source >>= 1
      }
      return Int32(target)
    }
  }

  /// Transforms in place.
  package func forward(real: inout [Double], imaginary: inout [Double]) {
    precondition(real.count == count && imaginary.count == count)
    real.withUnsafeMutableBufferPointer { real in
      imaginary.withUnsafeMutableBufferPointer { imaginary in
        transform(real, imaginary)
      }
    }
  }

  /// N times the inverse transform, in place: the forward transform with real and imaginary parts exchanged.
  package func inverse(real: inout [Double], imaginary: inout [Double]) {
    forward(real: &imaginary, imaginary: &real)
  }

  private func transform(
    _ real: UnsafeMutableBufferPointer<Double>, _ imaginary: UnsafeMutableBufferPointer<Double>
  ) {
    for index in 0..<count {
      let other = Int(reversed[index])
      if other > index {
        real.swapAt(index, other)
        imaginary.swapAt(index, other)
      }
    }
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        var half = 1
        while half < count {
          let stride = count / (2 * half)
          for start in Swift.stride(from: 0, to: count, by: 2 * half) {
            for offset in 0..<half {
              let (c, s) = (cosines[offset &* stride], sines[offset &* stride])
              let (low, high) = (start &+ offset, start &+ offset &+ half)
              let re = real[high] * c - imaginary[high] * s
              let im = real[high] * s + imaginary[high] * c
              real[high] = real[low] - re
              imaginary[high] = imaginary[low] - im
              real[low] += re
              imaginary[low] += im
            }
          }
          half *= 2
        }
      }
    }
  }
}
