/// How little of a gas is found: the part of the posterior means within a tenth of the range of the truth, by the truth.
package struct TraceLimit: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    /// Mean of the truths, log10 of the mixing ratio.
    package let truth: Double
    package let spectra: Int
    package let within10: Double
  }

  /// From little to much.
  package let lines: [Line]

  /// Width of the bins, dex.
  private static let width = 0.5
  private static let wanted = 0.9

  init(truths: [Double], means: [Double], range: ClosedRange<Double>) {
    let bins = Dictionary(grouping: truths.indices) { Int((truths[$0] - range.lowerBound) / Self.width) }
    let tenth = 0.1 * (range.upperBound - range.lowerBound)
    lines = bins.keys.sorted().compactMap { bins[$0] }.map { members in
      let count = Double(members.count)
      return Line(
        truth: members.reduce(0) { $0 + truths[$1] } / count, spectra: members.count,
        within10: Double(members.count { abs(means[$0] - truths[$0]) <= tenth }) / count)
    }
  }

  /// The least truth for which nine of ten of it and all larger ones together are found; nil where there is none.
  package var limit: Double? {
    var (spectra, found, least) = (0.0, 0.0, Double?.none)
    for line in lines.reversed() {
      spectra += Double(line.spectra)
      found += line.within10 * Double(line.spectra)
      if found >= Self.wanted * spectra { least = line.truth }
    }
    return least
  }
}
