import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// Gives every line of a stick spectrum its Voigt profile, by convolution in blocks of a logarithmic grid.
///
/// The Gaussian is the same everywhere on such a grid; the Lorentzian's width in points is taken at the middle of
/// each block of 8 bins, so it is at most 4 % off at a block's ends. Both profiles are integrated over the cells of
/// the grid (error function and arctangent), so a line narrower than a cell keeps its strength.
package struct VoigtConvolution: Sendable {
  /// Bins a block; as many points again stand around a block to take what its neighbours' wings bring.
  static let binsPerBlock = 8

  package let grid: SamplingGrid
  private let transform: FourierTransform
  private let margin: Int

  /// - Precondition: the points of a block are a power of two.
  package init(grid: SamplingGrid) {
    self.grid = grid
    let points = Self.binsPerBlock * grid.pointsPerBin
    transform = FourierTransform(count: 2 * points)
    margin = points / 2
  }

  /// Cross-sections at the points of the grid, m2 per molecule, one array a pressure.
  /// - Parameters:
  ///   - strengths: line strengths in the points, cm per molecule.
  ///   - pressures: Pa, an even number of them.
  ///   - body: called for each block of bins with the bins' range and, for each pressure, the block's points.
  package func forEachBlock(
    strengths: [Double], broadening: LineBroadening, temperature: Double, pressures: [Double],
    _ body: (_ bins: Range<Int>, _ pressure: Int, _ crossSections: ArraySlice<Double>) -> Void
  ) {
    precondition(strengths.count == grid.pointCount && pressures.count.isMultiple(of: 2))
    let step = grid.logarithmicStep
    let count = transform.count
    let blockPoints = Self.binsPerBlock * grid.pointsPerBin
    let zeros = [Double](repeating: 0, count: count)

    var gaussian = gaussianKernel(deviation: broadening.dopplerDeviation(temperature: temperature) / step)
    var unused = zeros
    transform.forward(real: &gaussian, imaginary: &unused)

    for firstBin in stride(from: 0, to: grid.binCount, by: Self.binsPerBlock) {
      let bins = firstBin..<min(grid.binCount, firstBin + Self.binsPerBlock)
      let firstPoint = firstBin * grid.pointsPerBin
      var (real, imaginary) = (zeros, zeros)
      let covered = max(0, firstPoint - margin)..<min(grid.pointCount, firstPoint + blockPoints + margin)
      var total = 0.0
      for point in covered {
        real[point - firstPoint + margin] = strengths[point]
        total += strengths[point]
      }
      guard total > 0 else {
        for pressure in pressures.indices { body(bins, pressure, zeros[0..<bins.count * grid.pointsPerBin]) }
        continue
      }
      transform.forward(real: &real, imaginary: &imaginary)
      // The Gaussian is even, so its transform is real.
      for index in 0..<count {
        real[index] *= gaussian[index]
        imaginary[index] *= gaussian[index]
      }
      let middle = grid.wavenumber(ofPoint: min(grid.pointCount - 1, firstPoint + blockPoints / 2))
      let cutoff = broadening.wingCutoff / (middle * step)
      for pair in stride(from: 0, to: pressures.count, by: 2) {
        // Both Lorentzians are even: the transform of L1 + i L2 is K1 + i K2 with K1 and K2 real, and the inverse
        // transform of X (K1 + i K2) is the spectrum at the first pressure plus i times that at the second.
        let widths = (0..<2).map {
          broadening.lorentzHalfWidth(temperature: temperature, pressure: pressures[pair + $0])
            / (middle * step)
        }
        var first = lorentzKernel(halfWidth: widths[0], cutoff: cutoff)
        var second = lorentzKernel(halfWidth: widths[1], cutoff: cutoff)
        transform.forward(real: &first, imaginary: &second)
        for index in 0..<count {
          let (x, y) = (real[index], imaginary[index])
          let (a, b) = (first[index], second[index])
          first[index] = x * a - y * b
          second[index] = x * b + y * a
        }
        transform.inverse(real: &first, imaginary: &second)
        for point in 0..<bins.count * grid.pointsPerBin {
          // Strength in cm per molecule over a cell's width in cm-1 is a cross-section in cm2; 1e-4 gives m2.
          let cell = grid.wavenumber(ofPoint: firstPoint + point) * step
          let factor = 1e-4 / (Double(count) * cell)
          // Rounding may leave a little less than nothing where nothing is.
          first[margin + point] = max(0, first[margin + point] * factor)
          second[margin + point] = max(0, second[margin + point] * factor)
        }
        let range = margin..<margin + bins.count * grid.pointsPerBin
        body(bins, pair, first[range])
        body(bins, pair + 1, second[range])
      }
    }
  }

  /// Integral over each cell of a Gaussian around point 0, wrapped around; deviation in points.
  private func gaussianKernel(deviation: Double) -> [Double] {
    var kernel = [Double](repeating: 0, count: transform.count)
    let scale = 1 / (deviation * 2.0.squareRoot())
    let reach = min(transform.count / 2 - 1, Int(8 * deviation) + 2)
    for offset in 0...reach {
      let weight = 0.5 * (erf((Double(offset) + 0.5) * scale) - erf((Double(offset) - 0.5) * scale))
      kernel[offset] = weight
      if offset > 0 { kernel[transform.count - offset] = weight }
    }
    return kernel
  }

  /// Integral over each cell of a Lorentzian around point 0 that ends at the cut-off, its sum one; points.
  private func lorentzKernel(halfWidth: Double, cutoff: Double) -> [Double] {
    var kernel = [Double](repeating: 0, count: transform.count)
    let reach = max(1, min(transform.count / 2 - 1, Int(cutoff)))
    var sum = 0.0
    for offset in 0...reach {
      let distance = Double(offset)
      // atan(b) - atan(a) = atan((b - a)/(1 + ab)) keeps its digits far out.
      let (a, b) = ((distance - 0.5) / halfWidth, (distance + 0.5) / halfWidth)
      let weight = offset == 0 ? 2 * atan(0.5 / halfWidth) : atan((b - a) / (1 + a * b))
      kernel[offset] = weight
      if offset > 0 { kernel[transform.count - offset] = weight }
      sum += offset == 0 ? weight : 2 * weight
    }
    for index in kernel.indices { kernel[index] /= sum }
    return kernel
  }
}
