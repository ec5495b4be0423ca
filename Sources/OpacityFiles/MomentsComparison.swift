package import Atmospheres
package import MolecularBands
package import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// A gas's table beside published moments of its bands.
package struct MomentsComparison: Sendable {
  package struct Row: Sendable, Hashable {
    package let reference: BandMoments.Entry
    /// Ours less the reference's, in ln.
    package let difference: TwoMeans
  }

  package let species: String
  package let rows: [Row]

  /// A band whose mean cross-section is less is seen in no atmosphere: 1e-29 m2 a molecule.
  package static let leastLogOfMean = log(1e-29)

  /// - Parameters:
  ///   - grid: of the distribution.
  ///   - temperatures, pressures: K and Pa, those of the reference's that are to be compared; what it has not is left
  ///     out. Bands are cut to the grid.
  /// - Throws: `outsideTable` where the reference has a temperature that the table lacks.
  package init(
    _ distribution: KDistribution, grid: SpectralGrid, with moments: BandMoments, temperatures: [Double],
    pressures: [Double]
  ) throws(AtmosphereError) {
    var rows: [Row] = []
    for entry in moments.entries where entry.logOfMean > Self.leastLogOfMean {
      guard temperatures.contains(entry.temperature),
        pressures.contains(where: { abs($0 / entry.pressure - 1) < 1e-6 }),
        let ours = try distribution.twoMeans(
          from: entry.lowerEdge * 1e-6, to: entry.upperEdge * 1e-6, grid: grid,
          temperature: entry.temperature, pressure: entry.pressure)
      else { continue }
      rows.append(Row(reference: entry, difference: ours - TwoMeans(entry)))
    }
    species = moments.species
    self.rows = rows
  }
}
