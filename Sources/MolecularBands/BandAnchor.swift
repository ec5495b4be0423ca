#if canImport(Glibc)
  import Glibc
#endif

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
      smoothed = Self.smoothed(owners.map { $0.map { log(factors[$0]) } ?? 0 }).map { exp($0) }
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

  /// Means over four bins either side.
  static func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { bin in
      let range = max(0, bin - 4)...min(values.count - 1, bin + 4)
      return values[range].reduce(0, +) / Double(range.count)
    }
  }
}

extension BandMoments {
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
    for band in broadBands {
      guard let logOfMean = band.believedLogOfMean else { continue }
      let integral = model(band.temperature, band.lowerEdge, band.upperEdge)
      guard integral > 0 else { continue }
      let published = 1e4 * exp(logOfMean) * (1e4 / band.lowerEdge - 1e4 / band.upperEdge)
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
