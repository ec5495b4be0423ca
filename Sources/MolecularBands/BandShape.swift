#if canImport(Glibc)
  import Glibc
#endif

/// Published mean cross-sections of one gas in bins of the networks' grid, for the shape of its bands.
package struct BandShape: Sendable {
  package let species: String
  /// ln of the mean, cm2 per molecule, at `temperatures`, by bin.
  private let logMeans: [Int: [Double]]

  /// K, ascending.
  package static let temperatures: [Double] = [500, 800, 1250, 1750, 2500]
  /// How far ln k is uncertain: what differs by less is left to the model.
  package static let uncertainty = 1.0

  /// Reads the shape of one species.
  /// - Parameter table: comma-separated lines of molecule, wavelength in um and ln of the mean in cm2 at each of
  ///   `temperatures`, under one line of titles; lines that begin with # are comments.
  package init(species: String, table: String, grid: SamplingGrid) throws(MolecularBandsError) {
    var logMeans: [Int: [Double]] = [:]
    for (number, fields) in BandMoments.rows(table) where fields.first == species[...] {
      let values = fields.dropFirst().map { Double($0) ?? .nan }
      guard values.count == 1 + Self.temperatures.count, values.allSatisfy(\.isFinite), values[0] > 0 else {
        throw MolecularBandsError(
          .malformedTable,
          "line \(number) of the band shapes is not molecule, wavelength, \(Self.temperatures.count) logarithms"
        )
      }
      guard let bin = grid.bin(wavelength: values[0]) else { continue }
      logMeans[bin] = Array(values.dropFirst())
    }
    guard !logMeans.isEmpty else {
      throw MolecularBandsError(.unknownSpecies, "the band shapes hold no \(species)")
    }
    self.species = species
    self.logMeans = logMeans
  }

  /// Mean cross-section of a bin, m2 per molecule, its logarithm linear in 1/T between and beyond the temperatures;
  /// nil where nothing is published.
  package func mean(bin: Int, temperature: Double) -> Double? {
    guard let values = logMeans[bin] else { return nil }
    let above = Self.temperatures.firstIndex { $0 >= temperature } ?? Self.temperatures.count - 1
    let index = max(0, above - 1)
    let (a, b) = (1 / Self.temperatures[index], 1 / Self.temperatures[index + 1])
    let share = (1 / temperature - a) / (b - a)
    return 1e-4 * exp(values[index] + share * (values[index + 1] - values[index]))
  }
}
