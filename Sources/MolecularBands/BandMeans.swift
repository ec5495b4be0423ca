#if canImport(Glibc)
  import Glibc
#endif

/// Published mean cross-sections of one gas in broad bands, to give a model's bands their sums.
///
/// The means come from k-tables of a few quadrature points: where lines are few and narrow the points miss the
/// peaks and the mean comes out low, the more the lower the pressure. Only those means count that change little from
/// 1 mbar to 0.1 bar: where the ratio is 0.75 the mean at 0.1 bar is within some 5 % of the sum.
package struct BandMeans: Sendable {
  package struct Entry: Sendable, Hashable {
    /// um.
    package let lowerEdge: Double
    package let upperEdge: Double
    package let temperature: Double
    /// Mean over wavenumber at 0.1 bar, cm2 per molecule.
    package let mean: Double
    /// The mean at 1 mbar over that at 0.1 bar.
    package let pressureRatio: Double
  }

  package let species: String
  package let entries: [Entry]

  /// The least ratio of the means at the two pressures that is believed.
  package static let leastPressureRatio = 0.75

  /// Reads the means of one species.
  /// - Parameter table: comma-separated lines of molecule, edges in um, temperature in K, pressure in bar (0.001 and
  ///   0.1), mean and median cross-section in cm2, under one line of titles; lines that begin with # are comments.
  package init(species: String, table: String) throws(MolecularBandsError) {
    struct Key: Hashable {
      let lower: Double
      let upper: Double
      let temperature: Double
    }
    var low: [Key: Double] = [:]
    var high: [Key: Double] = [:]
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
      guard fields.count >= 6 else {
        throw MolecularBandsError(
          .malformedTable, "line \(number) of the band means has \(fields.count) fields; expected 6 or more")
      }
      guard fields[0] == species else { continue }
      let values = fields[1..<6].map { Double($0) ?? .nan }
      guard values.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
        throw MolecularBandsError(
          .malformedTable, "line \(number) of the band means holds something that is no positive number")
      }
      let key = Key(lower: values[0], upper: values[1], temperature: values[2])
      if values[3] > 0.01 { high[key] = values[4] } else { low[key] = values[4] }
    }
    guard !high.isEmpty else {
      throw MolecularBandsError(.unknownSpecies, "the band means hold no \(species)")
    }
    self.species = species
    entries = high.compactMap { key, mean in
      guard mean > 0, let lowMean = low[key] else { return nil }
      return Entry(
        lowerEdge: key.lower, upperEdge: key.upper, temperature: key.temperature, mean: mean,
        pressureRatio: lowMean / mean)
    }.sorted { ($0.lowerEdge, $0.temperature) < ($1.lowerEdge, $1.temperature) }
  }

  /// Factors that bring a model's integral over each broad band to the published one, at the temperatures where the
  /// published means are believed.
  /// - Parameters:
  ///   - highestTemperature: up to which the line list behind the means is complete, K.
  ///   - model: temperature (K) and edges (um) to the model's integral over wavenumber, cm per molecule.
  package func anchors(
    highestTemperature: Double, model: (Double, _ lowerEdge: Double, _ upperEdge: Double) -> Double
  ) -> [BandAnchor] {
    var anchors: [BandAnchor] = []
    for entry in entries
    where entry.pressureRatio >= Self.leastPressureRatio && entry.temperature <= highestTemperature {
      let integral = model(entry.temperature, entry.lowerEdge, entry.upperEdge)
      guard integral > 0 else { continue }
      let published = entry.mean * (1e4 / entry.lowerEdge - 1e4 / entry.upperEdge)
      let point = (temperature: entry.temperature, factor: published / integral)
      if anchors.last?.lowerEdge == entry.lowerEdge {
        anchors[anchors.count - 1].points.append(point)
      } else {
        anchors.append(
          BandAnchor(lowerEdge: entry.lowerEdge, upperEdge: entry.upperEdge, points: [point]))
      }
    }
    return anchors
  }
}

/// The factor by which published band means correct a model within one broad band.
package struct BandAnchor: Sendable {
  /// um.
  package let lowerEdge: Double
  package let upperEdge: Double
  /// By rising temperature in K.
  package var points: [(temperature: Double, factor: Double)]

  package init(lowerEdge: Double, upperEdge: Double, points: [(temperature: Double, factor: Double)]) {
    self.lowerEdge = lowerEdge
    self.upperEdge = upperEdge
    self.points = points
  }

  /// The factor at a temperature: its logarithm linear in the logarithm of temperature between the points, constant
  /// beyond them.
  package func factor(temperature: Double) -> Double {
    guard let first = points.first, let last = points.last else { return 1 }
    if temperature <= first.temperature { return first.factor }
    if temperature >= last.temperature { return last.factor }
    let above = points.firstIndex { $0.temperature >= temperature } ?? points.count - 1
    let (a, b) = (points[above - 1], points[above])
    let share = log(temperature / a.temperature) / log(b.temperature / a.temperature)
    return a.factor * pow(b.factor / a.factor, share)
  }

  /// A factor for each bin at one temperature. At a border between broad bands the factors run into each other over
  /// four bins either side, and are then tuned so that each broad band has its sum.
  /// - Parameter binMeans: the model's mean cross-section in each bin, any unit.
  package static func binFactors(
    _ anchors: [BandAnchor], temperature: Double, grid: SamplingGrid, binMeans: [Double]
  ) -> [Double] {
    let owners = (0..<grid.binCount).map { bin in
      anchors.firstIndex { $0.lowerEdge <= grid.centre(bin) && grid.centre(bin) < $0.upperEdge }
    }
    let goals = anchors.map { $0.factor(temperature: temperature) }
    let weights = (0..<grid.binCount).map { binMeans[$0] / grid.centre($0) }
    var plain = [Double](repeating: 0, count: anchors.count)
    for (bin, owner) in owners.enumerated() { if let owner { plain[owner] += weights[bin] } }
    var factors = goals
    var smoothed = [Double](repeating: 1, count: grid.binCount)
    for _ in 0..<6 {
      let logs = owners.map { $0.map { log(factors[$0]) } ?? 0 }
      for bin in 0..<grid.binCount {
        let range = max(0, bin - 4)...min(grid.binCount - 1, bin + 4)
        smoothed[bin] = exp(logs[range].reduce(0, +) / Double(range.count))
      }
      var sums = [Double](repeating: 0, count: anchors.count)
      for (bin, owner) in owners.enumerated() {
        if let owner { sums[owner] += weights[bin] * smoothed[bin] }
      }
      for index in factors.indices where sums[index] > 0 && plain[index] > 0 {
        // A band whose edge outshines it cannot be tuned beyond what its inner bins can carry.
        let correction = goals[index] * plain[index] / sums[index]
        factors[index] *= min(2, max(0.5, correction))
      }
    }
    return smoothed
  }
}
