import Atmospheres
import Observations

/// The coverages that networks of bins were trained on: one instrument each, of which little is lost.
enum KnownCoverage {
  /// Of a band at least so much is seen, and of its inside no more than that part is lost.
  private static let (leastSeen, mostLost) = (0.8, 0.1)

  /// Whether one instrument, or the whole grid, would leave such bins.
  static func contains(_ isObserved: [Bool], grid: SpectralGrid = .standard) -> Bool {
    Instrument.all.contains { instrument in
      let bands = instrument.bands.map { band in
        grid.wavelengths.indices.filter { band.range.contains(grid.wavelengths[$0] * 1e6) }
      }
      let own = Set(bands.joined())
      // Edges of channels are those of bins but for rounding.
      let strangers = isObserved.indices.filter { bin in
        isObserved[bin] && ![bin - 1, bin, bin + 1].contains(where: own.contains)
      }
      guard strangers.isEmpty else { return false }
      return bands.allSatisfy { bins in
        let seen = bins.filter { isObserved[$0] }
        guard let first = seen.first, let last = seen.last else { return false }
        let inside = bins.filter { (first...last).contains($0) }
        return Double(seen.count) >= leastSeen * Double(bins.count)
          && Double(inside.count - seen.count) <= mostLost * Double(inside.count)
      }
    }
  }
}
