/// Published moments of one broad band at one temperature, by rising pressure.
package struct BroadBand: Sendable, Hashable {
  package let entries: [BandMoments.Entry]

  package var lowerEdge: Double { entries[0].lowerEdge }
  package var upperEdge: Double { entries[0].upperEdge }
  package var temperature: Double { entries[0].temperature }

  /// The change of ln of the mean from 0.01 to 1 bar up to which the mean is believed.
  package static let greatestChange = 0.3
  /// Where a line list ends within a band, ln k of nothing governs mean and deviation.
  package static let greatestDeviation = 8.0

  /// ln of the mean at 1 bar, ln(m2 a molecule), where it is believed.
  package var believedLogOfMean: Double? {
    guard let low = entries.first(where: { abs($0.pressure / 1e3 - 1) < 0.01 }),
      let high = entries.first(where: { abs($0.pressure / 1e5 - 1) < 0.01 }),
      abs(high.logOfMean - low.logOfMean) < Self.greatestChange
    else { return nil }
    return high.logOfMean
  }

  /// Whether the line list behind the moments fills the band.
  package var isFilled: Bool { entries.allSatisfy { ($0.deviation ?? 0) < Self.greatestDeviation } }
}

extension BandMoments {
  /// By wavelength, then temperature.
  package var broadBands: [BroadBand] {
    struct Key: Hashable {
      let lower: Double
      let upper: Double
      let temperature: Double
    }
    return Dictionary(grouping: entries) {
      Key(lower: $0.lowerEdge, upper: $0.upperEdge, temperature: $0.temperature)
    }.values.map { BroadBand(entries: $0.sorted { $0.pressure < $1.pressure }) }
      .sorted { ($0.lowerEdge, $0.temperature) < ($1.lowerEdge, $1.temperature) }
  }
}
