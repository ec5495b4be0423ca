package import Units

/// The wavelengths a model computes at, ascending.
package struct SpectralGrid: Sendable, Hashable {
  /// Centres, m, ascending.
  package let wavelengths: [Double]
  /// Where each bin begins and the last ends, m; nil where the grid is one of points.
  package let edges: [Double]?

  package var count: Int { wavelengths.count }

  /// Single wavelengths, m.
  /// - Throws: `badTable` unless they are positive, finite and ascending.
  package init(wavelengths: [Double]) throws(AtmosphereError) {
    guard let first = wavelengths.first, first > 0, wavelengths.allSatisfy(\.isFinite),
      zip(wavelengths, wavelengths.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw AtmosphereError(.badTable, "wavelengths must be positive and ascending") }
    self.wavelengths = wavelengths
    edges = nil
  }

  /// Bins of constant ratio: edges `first * ratio^k`, centres their arithmetic means.
  /// - Precondition: `first > 0`, `ratio > 1`, `count > 0`.
  package init(first: Length, ratio: Double, count: Int) {
    precondition(first.meters > 0 && ratio > 1 && count > 0)
    let edges = (0...count).map { first.meters * pow(ratio, Double($0)) }
    wavelengths = (0..<count).map { (edges[$0] + edges[$0 + 1]) / 2 }
    self.edges = edges
  }

  /// The bin that holds a wavelength in m; nil beyond the grid, and where it is one of points.
  package func bin(wavelength: Double) -> Int? {
    guard let edges, wavelength >= edges[0], wavelength < edges[count] else { return nil }
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= wavelength { low = middle } else { high = middle }
    }
    return low
  }

  private init(wavelengths: [Double], edges: [Double]?) {
    self.wavelengths = wavelengths
    self.edges = edges
  }

  /// Some neighbouring bins of the grid.
  func cut(to bins: Range<Int>) -> SpectralGrid {
    SpectralGrid(
      wavelengths: Array(wavelengths[bins]), edges: edges.map { Array($0[bins.lowerBound...bins.upperBound]) }
    )
  }

  /// The networks' grid: 400 bins of R = 100 from 0.3 to 16 um (Zingales & Waldmann 2018, AJ 156, 268).
  package static let standard = SpectralGrid(first: Length(micrometers: 0.3), ratio: 1.01, count: 400)
}

/// Some neighbouring columns of a table whose rows have `width`.
func cutColumns<Value>(_ table: [Value], of width: Int, to columns: Range<Int>) -> [Value] {
  stride(from: 0, to: table.count, by: width).flatMap { row in
    table[row + columns.lowerBound..<row + columns.upperBound]
  }
}
