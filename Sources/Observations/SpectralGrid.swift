package import Units

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Neighbouring bins of wavelength, ascending: what models compute at and what networks see.
package struct SpectralGrid: Sendable, Hashable {
  /// Centres, m.
  package let wavelengths: [Double]
  /// `count + 1` of them, where each bin begins and the last ends, m.
  package let edges: [Double]

  package var count: Int { wavelengths.count }

  /// Bins of constant ratio: edges `first * ratio^k`, centres their arithmetic means.
  /// - Precondition: `first > 0`, `ratio > 1`, `count > 0`.
  package init(first: Length, ratio: Double, count: Int) {
    precondition(first.meters > 0 && ratio > 1 && count > 0)
    let edges = (0...count).map { first.meters * pow(ratio, Double($0)) }
    wavelengths = (0..<count).map { (edges[$0] + edges[$0 + 1]) / 2 }
    self.edges = edges
  }

  /// Bins around given centres, with edges half-way between them.
  /// - Parameter wavelengths: m, two or more, positive and ascending.
  package init(wavelengths: [Double]) {
    let gaps = zip(wavelengths.dropFirst(), wavelengths).map { $0 - $1 }
    guard let first = wavelengths.first, let last = wavelengths.last, let firstGap = gaps.first,
      let lastGap = gaps.last, first > firstGap / 2, gaps.allSatisfy({ $0 > 0 })
    else { preconditionFailure("a grid needs two or more positive and ascending wavelengths") }
    self.wavelengths = wavelengths
    edges =
      [first - firstGap / 2] + zip(wavelengths, gaps).map { $0 + $1 / 2 } + [last + lastGap / 2]
  }

  /// The networks' grid: 400 bins of R = 100 from 0.3 to 16.06 um, each 1 % wider than the one before (Zingales &
  /// Waldmann 2018, AJ 156, 268).
  package static let standard = SpectralGrid(first: standardFirst, ratio: standardRatio, count: 400)
  package static let standardFirst = Length(micrometers: 0.3)
  package static let standardRatio = 1.01

  /// The bin that holds a wavelength in m; nil beyond the grid.
  package func bin(wavelength: Double) -> Int? {
    guard wavelength >= edges[0], wavelength < edges[count] else { return nil }
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= wavelength { low = middle } else { high = middle }
    }
    return low
  }
}
