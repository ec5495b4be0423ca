#if canImport(Glibc)
  import Glibc
#endif

/// Published moments of the cross-section of one gas in broad bands, over wavenumber and the points of quadrature.
///
/// They come from k-tables of a few quadrature points: where lines are few and narrow the points miss the peaks and
/// the mean comes out low, the more the lower the pressure. Only those means count that change by less than 0.3 in
/// the logarithm from 0.01 to 1 bar, and the mean at 1 bar is taken. The mean of the logarithm hardly feels the peaks.
package struct BandMoments: Sendable {
  package struct Entry: Sendable, Hashable {
    /// Pa.
    package let pressure: Double
    /// ln of the mean over wavenumber, cm2 per molecule.
    package let logOfMean: Double
    /// Mean of ln.
    package let meanOfLog: Double
    /// Standard deviation of ln.
    package let deviation: Double
  }

  package struct Band: Sendable, Hashable {
    /// um.
    package let lowerEdge: Double
    package let upperEdge: Double
    /// K.
    package let temperature: Double
    /// By rising pressure.
    package let entries: [Entry]

    /// ln of the mean where it is believed.
    package var believedLogOfMean: Double? {
      guard let low = entries.first(where: { abs($0.pressure / 1e3 - 1) < 0.01 }),
        let high = entries.first(where: { abs($0.pressure / 1e5 - 1) < 0.01 }),
        abs(high.logOfMean - low.logOfMean) < BandMoments.greatestChange
      else { return nil }
      return high.logOfMean
    }

    /// Whether the band is filled: where a line list ends, ln k of nothing governs mean and deviation.
    package var isFilled: Bool { entries.allSatisfy { $0.deviation < BandMoments.greatestDeviation } }
  }

  package let species: String
  /// By wavelength, then temperature.
  package let bands: [Band]

  package static let greatestChange = 0.3
  package static let greatestDeviation = 8.0

  /// Reads the moments of one species.
  /// - Parameter table: comma-separated lines of molecule, edges in um, temperature in K, pressure in bar, ln of the
  ///   mean, mean and standard deviation of ln of the cross-section in cm2, under one line of titles; lines that begin
  ///   with # are comments.
  package init(species: String, table: String) throws(MolecularBandsError) {
    struct Key: Hashable {
      let lower: Double
      let upper: Double
      let temperature: Double
    }
    var entries: [Key: [Entry]] = [:]
    for values in try PublishedTable.rows(of: species, in: table, columns: 7, title: "band moments") {
      guard values[0] > 0, values[1] > values[0], values[2] > 0, values[3] > 0 else {
        throw MolecularBandsError(.malformedTable, "a band of \(species) has no width, temperature or pressure")
      }
      entries[Key(lower: values[0], upper: values[1], temperature: values[2]), default: []].append(
        Entry(pressure: values[3] * 1e5, logOfMean: values[4], meanOfLog: values[5], deviation: values[6]))
    }
    self.species = species
    bands = entries.map { key, entries in
      Band(
        lowerEdge: key.lower, upperEdge: key.upper, temperature: key.temperature,
        entries: entries.sorted { $0.pressure < $1.pressure })
    }.sorted { ($0.lowerEdge, $0.temperature) < ($1.lowerEdge, $1.temperature) }
  }

  /// Factors that bring a model's integral over each broad band to the published one, at the temperatures where the
  /// published means are believed. Above the temperature to which the line list is complete a published mean is a
  /// lower bound: the factor is then no less than the last believed one.
  /// - Parameters:
  ///   - completeTo: K.
  ///   - model: temperature (K) and edges (um) to the model's integral over wavenumber, cm per molecule.
  package func anchors(
    completeTo: Double, model: (Double, _ lowerEdge: Double, _ upperEdge: Double) -> Double
  ) -> [BandAnchor] {
    var anchors: [BandAnchor] = []
    for band in bands {
      guard let logOfMean = band.believedLogOfMean else { continue }
      let integral = model(band.temperature, band.lowerEdge, band.upperEdge)
      guard integral > 0 else { continue }
      let published = exp(logOfMean) * (1e4 / band.lowerEdge - 1e4 / band.upperEdge)
      var factor = published / integral
      let isNew = anchors.last?.lowerEdge != band.lowerEdge
      if band.temperature > completeTo, !isNew, let last = anchors.last?.points.last {
        factor = max(factor, last.factor)
      }
      if isNew {
        anchors.append(BandAnchor(lowerEdge: band.lowerEdge, upperEdge: band.upperEdge, points: []))
      }
      anchors[anchors.count - 1].points.append((band.temperature, factor))
    }
    return anchors
  }
}

/// Comma-separated numbers by gas, as published averages are kept.
enum PublishedTable {
  /// - Throws: where a line is malformed, or the gas has none.
  static func rows(
    of species: String, in table: String, columns: Int, title: String
  ) throws(MolecularBandsError) -> [[Double]] {
    var rows: [[Double]] = []
    var isFirst = true
    var number = 0
    for line in table.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      if isFirst {
        isFirst = false
        continue
      }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns + 1 else {
        throw MolecularBandsError(
          .malformedTable, "line \(number) of the \(title) has \(fields.count) fields; expected \(columns + 1)")
      }
      guard fields[0] == species else { continue }
      let values = fields.dropFirst().map { Double($0) ?? .nan }
      guard values.allSatisfy(\.isFinite) else {
        throw MolecularBandsError(.malformedTable, "line \(number) of the \(title) holds something that is no number")
      }
      rows.append(values)
    }
    guard !rows.isEmpty else {
      throw MolecularBandsError(.unknownSpecies, "the \(title) hold no \(species)")
    }
    return rows
  }
}
