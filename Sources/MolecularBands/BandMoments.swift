#if canImport(Glibc)
  import Glibc
#endif

/// Published moments of one gas's cross-section k in broad bands: ln of the mean of k, and the mean of ln k, which is what
/// a transit sees (its depth goes with the logarithm of k).
///
/// From k-tables of a few quadrature points: where lines are few and narrow the points miss their cores, and the mean
/// of k grows with pressure, which a true one cannot. The mean of ln k suffers less.
package struct BandMoments: Sendable {
  package struct Entry: Sendable, Hashable {
    /// um.
    package let lowerEdge: Double
    package let upperEdge: Double
    /// K.
    package let temperature: Double
    /// Pa.
    package let pressure: Double
    /// ln of the mean of k over the band's wavenumbers, ln(m2 a molecule).
    package let logOfMean: Double
    /// Mean of ln k over the band's wavenumbers, ln(m2 a molecule).
    package let meanOfLog: Double
    /// Standard deviation of ln k; nil where the table has none.
    package let deviation: Double?
  }

  package let species: String
  package let entries: [Entry]

  /// Values below are taken as this: the tables behind the moments have a floor near it, ln(m2 a molecule).
  package static let floor = log(1e-48)

  private static let squareCentimetersToSquareMeters = log(1e-4)

  /// Reads the moments of one species.
  /// - Parameter table: comma-separated lines of molecule, edges in um, temperature in K, pressure in bar, ln of the
  ///   mean, mean of ln in cm2 and, where known, standard deviation of ln, under one line of titles; lines that begin
  ///   with # are comments.
  package init(species: String, table: String) throws(MolecularBandsError) {
    var entries: [Entry] = []
    for (number, fields) in Self.rows(table) where fields.first == species[...] {
      let values = fields.dropFirst().prefix(6).map { Double($0) ?? .nan }
      guard values.count == 6, values.allSatisfy(\.isFinite), values[0] > 0, values[1] > values[0],
        values[2] > 0, values[3] > 0
      else {
        throw MolecularBandsError(
          .malformedTable,
          "line \(number) of the band moments is not molecule, two edges, temperature, pressure, two logarithms"
        )
      }
      entries.append(
        Entry(
          lowerEdge: values[0], upperEdge: values[1], temperature: values[2], pressure: values[3] * 1e5,
          logOfMean: values[4] + Self.squareCentimetersToSquareMeters,
          meanOfLog: values[5] + Self.squareCentimetersToSquareMeters,
          deviation: fields.count > 7 ? Double(fields[7]) : nil))
    }
    guard !entries.isEmpty else {
      throw MolecularBandsError(.unknownSpecies, "the band moments hold no \(species)")
    }
    self.species = species
    self.entries = entries
  }

  /// The gases of a table, in the order in which they come.
  package static func species(in table: String) -> [String] {
    var found: [String] = []
    for (_, fields) in rows(table) where !found.contains(String(fields[0])) {
      found.append(String(fields[0]))
    }
    return found
  }

  /// Lines below the titles, with their numbers from 1; none where the titles are not of such a table.
  static func rows(_ table: String) -> [(number: Int, fields: [Substring])] {
    let lines = table.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .filter { !$0.element.isEmpty && !$0.element.hasPrefix("#") }
    guard lines.first?.element.hasPrefix("molecule") == true else { return [] }
    return lines.dropFirst().map {
      ($0.offset + 1, $0.element.split(separator: ",", omittingEmptySubsequences: false))
    }
  }
}
