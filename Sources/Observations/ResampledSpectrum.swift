/// A spectrum on the bins of `SpectralGrid.standard`.
package struct ResampledSpectrum: Sendable, Hashable {
  /// Overlap-weighted mean in each bin; NaN where the mask is false.
  package var value: [Double]
  /// One standard deviation; NaN where the mask is false or the spectrum has no errors.
  package var error: [Double]
  /// Fraction of each bin's width that usable points cover, 0 to 1.
  package var coverage: [Double]
  /// True where at least half the bin is covered.
  package var isObserved: [Bool]
  /// Correlation of each bin's error with the next bin's (the last is 0): 1 where one coarse point fills both.
  package var correlationWithNext: [Double]
  /// Bins' worth of independent points: less than one where points are coarser than bins.
  package var pointsInBin: [Double]

  /// Fraction of the grid's bins that are observed.
  package var gridCoverage: Double {
    Double(isObserved.count { $0 }) / Double(SpectralGrid.standard.count)
  }
}

extension Spectrum {
  /// A bin counts as observed from this coverage on.
  package static let leastCoverage = 0.5

  /// The spectrum on the 400-bin grid.
  ///
  /// A point spreads evenly over its bin: the mean over a grid bin is sum(w f)/sum(w), w being the width of
  /// overlap, so the integral over what is covered is kept. Errors of points are independent:
  /// var = sum(w^2 s^2)/sum(w)^2, cov(a, b) = sum(w_a w_b s^2)/(sum w_a sum w_b). A point wider than a bin
  /// gives its value and its error, undiminished, to each bin it covers, and their correlation says so.
  package func resampled() -> ResampledSpectrum {
    let edges = SpectralGrid.standard.edges
    let bins = SpectralGrid.standard.count
    let errors = error
    var sumWeight = [Double](repeating: 0, count: bins)
    var sumValue = sumWeight
    var sumVariance = sumWeight
    var sumNext = sumWeight
    var points = sumWeight
    var covered = sumWeight
    var reach = [Double](edges.dropLast())
    for point in wavelength.indices.sorted(by: { lowerEdge[$0] < lowerEdge[$1] }) where !isMasked[point] {
      let (low, high) = (lowerEdge[point], upperEdge[point])
      guard high > low, high > edges[0],
        var bin = SpectralGrid.standard.bin(wavelength: max(low, edges[0]))
      else { continue }
      let variance = errors.map { $0[point] * $0[point] } ?? .nan
      while bin < bins, edges[bin] < high {
        let weight = min(high, edges[bin + 1]) - max(low, edges[bin])
        if weight > 0 {
          sumWeight[bin] += weight
          sumValue[bin] += weight * value[point]
          sumVariance[bin] += weight * weight * variance
          points[bin] += weight / (high - low)
          // Points come by lower edge, so what lies below `reach` is counted already.
          let top = min(high, edges[bin + 1])
          covered[bin] += max(0, top - max(reach[bin], max(low, edges[bin])))
          reach[bin] = max(reach[bin], top)
          if bin + 1 < bins, high > edges[bin + 1] {
            let next = min(high, edges[bin + 2]) - edges[bin + 1]
            sumNext[bin] += weight * next * variance
          }
        }
        bin += 1
      }
    }
    var result = ResampledSpectrum(
      value: [Double](repeating: .nan, count: bins), error: [Double](repeating: .nan, count: bins),
      coverage: (0..<bins).map { min(1, covered[$0] / (edges[$0 + 1] - edges[$0])) },
      isObserved: [Bool](repeating: false, count: bins),
      correlationWithNext: [Double](repeating: 0, count: bins), pointsInBin: points)
    for bin in 0..<bins where result.coverage[bin] >= Spectrum.leastCoverage {
      result.isObserved[bin] = true
      result.value[bin] = sumValue[bin] / sumWeight[bin]
      result.error[bin] = sumVariance[bin].squareRoot() / sumWeight[bin]
      guard bin + 1 < bins, result.coverage[bin + 1] >= Spectrum.leastCoverage, sumNext[bin] > 0 else {
        continue
      }
      result.correlationWithNext[bin] = sumNext[bin] / (sumVariance[bin] * sumVariance[bin + 1]).squareRoot()
    }
    return result
  }
}
