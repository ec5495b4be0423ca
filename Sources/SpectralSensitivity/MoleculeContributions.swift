package import Retrieval
import SpectralPrior
import Tensors

/// What each molecule alone adds to a spectrum: the depth in each bin less that of the same atmosphere without it.
package struct MoleculeContributions: Sendable, Hashable {
  package struct Contribution: Sendable, Hashable {
    /// `H2O`
    package let gas: String
    /// Depth, one a bin.
    package let depths: [Double]
  }

  package let contributions: [Contribution]

  /// - Parameters:
  ///   - row: of the emulator's space.
  ///   - starRadius: m.
  ///   - keys: of the gases' variables, `log10H2O`; without it a gas has the least that the prior allows.
  package init(row: [Double], starRadius: Double, emulator: SpectrumEmulator, keys: [String]) {
    let space = emulator.space
    precondition(space.kind == .transmission && row.count == space.count)
    let places = keys.compactMap { key in space.index(key).map { (key, $0) } }
    var rows = row
    for (_, place) in places {
      var without = row
      without[place] = space.variables[place].range.lowerBound
      rows += without
    }
    let count = 1 + places.count
    let (levels, shapes) = emulator.shapes(of: Matrix(rows: count, columns: space.count, elements: rows))
    let discs = exp(2 * row[2]) / (starRadius * starRadius)
    let depths = (0..<count).map { place in
      SpectrumShape(level: levels[place], values: Array(shapes.row(place))).relativeDepths(
        scaleHeightRatio: exp(row[0])
      ).map { discs * $0 }
    }
    contributions = places.enumerated().map { number, place in
      Contribution(
        gas: String(place.0.dropFirst("log10".count)),
        depths: zip(depths[0], depths[1 + number]).map { $0 - $1 }
      )
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
