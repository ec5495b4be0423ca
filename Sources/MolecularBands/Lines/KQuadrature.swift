/// Distributions of the cross-section within a bin at the 8 points of Gauss-Legendre quadrature on 0...1.
package enum KQuadrature {
  /// Abscissae and weights of 8-point Gauss-Legendre quadrature on 0...1 (Abramowitz & Stegun 1964, table 25.4).
  package static let abscissae: [Double] =
    upperAbscissae.reversed().map { 0.5 * (1 - $0) }
    + upperAbscissae.map { 0.5 * (1 + $0) }
  package static let weights: [Double] = (upperWeights.reversed() + upperWeights).map { 0.5 * $0 }

  private static let upperAbscissae = [
    0.183_434_642_495_650, 0.525_532_409_916_329, 0.796_666_477_413_627, 0.960_289_856_497_536,
  ]
  private static let upperWeights = [
    0.362_683_783_378_362, 0.313_706_645_877_887, 0.222_381_034_453_374, 0.101_228_536_290_376,
  ]

  /// Mean of the sorted samples over each of 8 neighbouring shares of the bin, shares as wide as the weights: so
  /// the weighted sum is exactly the samples' mean, and the eight values ascend.
  package static func values(of samples: ArraySlice<Double>) -> [Double] {
    precondition(!samples.isEmpty)
    var classes = Classes()
    for sample in samples { classes.add(sample, width: 1) }
    return classes.values
  }

  /// The same for samples that stand for stretches of different widths, any unit.
  package static func values(of samples: ArraySlice<Double>, widths: ArraySlice<Double>) -> [Double] {
    precondition(!samples.isEmpty && samples.count == widths.count)
    var classes = Classes()
    for (sample, width) in zip(samples, widths) { classes.add(sample, width: width) }
    return classes.values
  }

  /// Samples sorted by the upper bits of their single-precision pattern, 1.6 % or finer; a class that two shares
  /// meet in is divided between them at its own mean.
  private struct Classes {
    private var widths = [Double](repeating: 0, count: classCount)
    private var sums = [Double](repeating: 0, count: classCount)

    mutating func add(_ sample: Double, width: Double) {
      // Cross-sections in m2 reach below the smallest Float, hence the scale.
      let index = Int(Float(sample * scale).bitPattern >> classShift)
      widths[index] += width
      sums[index] += width * sample
    }

    var values: [Double] {
      let total = widths.reduce(0, +)
      var values = [Double](repeating: 0, count: weights.count)
      var share = 0
      var room = weights[0] * total
      for index in 0..<classCount where widths[index] > 0 {
        let mean = sums[index] / widths[index]
        var left = widths[index]
        while share < weights.count - 1, left > room {
          values[share] += room * mean
          left -= room
          share += 1
          room = weights[share] * total
        }
        values[share] += left * mean
        room -= left
      }
      return values.indices.map { values[$0] / (weights[$0] * total) }
    }
  }

  /// 1e26 brings cross-sections of 1e-64...1e-14 m2 into the range of Float.
  private static let scale = 1e26
  private static let classShift: UInt32 = 17
  private static let classCount = 1 << 14
}
