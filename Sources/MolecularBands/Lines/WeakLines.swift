#if canImport(Glibc)
  import Glibc
#endif

/// What a model of bands lacks: the quasi-continuum of many weak lines, fitted so that mean, mean of the logarithm
/// and spread of the cross-section in broad bands are the published ones.
///
/// In a bin with the lines' mean m the weak lines' is d + s e. The envelope e is the published shape where there is
/// one, elsewhere the model's own bands with exponential flanks, e-folding in 8 %: high J and hot bands reach into the
/// windows. d = e - m fills what the published shape has above the model; where the model has more, its lines are
/// brought down. Both set in where the two differ by half the shape's uncertainty and are whole from its whole on.
/// Within a bin weak lines have Malkmus's distribution and lie at random to the model's. In each band and at each
/// temperature s comes from the spread of ln k, phi at each pressure from its mean, and a factor on all keeps the sum.
package struct WeakLines: Sendable {
  private let moments: BandMoments
  private let shape: BandShape?
  private let anchors: [BandAnchor]

  package init(moments: BandMoments, shape: BandShape?, anchors: [BandAnchor]) {
    self.moments = moments
    self.shape = shape
    self.anchors = anchors
  }

  /// Shares s that are tried.
  private static let shares = (0..<17).map { exp2(-Double($0)) }
  /// What the moments of all gases ask for where they decide; elsewhere many rare lines would do as well as few
  /// frequent ones.
  private static func usualShare(_ temperature: Double) -> Double { 0.2 * pow(temperature / 1500, 3) }
  /// Bins in which the flanks of the envelope fall by e.
  private static let flank = 8.0

  /// What was found for one band at one temperature.
  private struct Fit {
    let lowerEdge: Double
    let upperEdge: Double
    let logShare: Double
    /// ln phi at each pressure of the table.
    let logShapes: [Double]
  }

  /// Every bin at one temperature, m2.
  private struct Means {
    /// The lines at the sums of their bands.
    let anchored: [Double]
    /// Factor on the cross-sections of the table's lines, and what it makes of their mean.
    let factors: [Double]
    let lines: [Double]
    /// d and e.
    let deficit: [Double]
    let envelope: [Double]

    func weak(_ bin: Int, share: Double) -> Double { deficit[bin] + share * envelope[bin] }
  }

  /// Adds the weak lines to a table of the model's own, which the anchors bring to its sums.
  package func add(to table: inout OpacityTable) {
    for temperature in table.temperatures.indices {
      let means = means(of: table, temperature: temperature)
      let published = bands(nearest: table.temperatures[temperature])
      let fits = published.filter(\.isFilled).compactMap {
        fit($0, table: table, temperature: temperature, means: means)
      }
      add(fits, means: means, to: &table, temperature: temperature)
    }
  }

  /// The published bands at one temperature; beyond the published temperatures the last speaks.
  private func bands(nearest temperature: Double) -> [BroadBand] {
    let bands = moments.broadBands
    let nearest = bands.map(\.temperature).min { abs($0 - temperature) < abs($1 - temperature) }
    return bands.filter { $0.temperature == nearest }
  }

  private func means(of table: OpacityTable, temperature index: Int) -> Means {
    let grid = table.grid
    let temperature = table.temperatures[index]
    let pressure = table.pressures.firstIndex { $0 >= 1e3 } ?? 0
    let plain = (0..<grid.binCount).map { table.mean(temperature: index, pressure: pressure, bin: $0) }
    var factors = BandAnchor.binFactors(anchors, temperature: temperature, grid: grid, binMeans: plain)
    let anchored = zip(plain, factors).map { $0 * $1 }
    var lines = anchored
    var envelope = Self.flanked(lines)
    var deficit = [Double](repeating: 0, count: grid.binCount)
    for bin in 0..<grid.binCount {
      guard let published = shape?.mean(bin: bin, temperature: temperature) else { continue }
      envelope[bin] = published
      let excess = log(max(lines[bin], exp(BandMoments.floor)) / published)
      let weight = max(0, min(1, 2 * abs(excess) / BandShape.uncertainty - 1))
      if excess < 0 {
        deficit[bin] = weight * (published - lines[bin])
      } else {
        factors[bin] *= exp(-weight * excess)
        lines[bin] *= exp(-weight * excess)
      }
    }
    return Means(anchored: anchored, factors: factors, lines: lines, deficit: deficit, envelope: envelope)
  }

  /// A spectrum under exponential flanks of the same sum.
  private static func flanked(_ values: [Double]) -> [Double] {
    let decay = exp(-1 / flank)
    let norm = (1 - decay) / (1 + decay)
    var (forward, backward) = (0.0, 0.0)
    var result = [Double](repeating: 0, count: values.count)
    for bin in values.indices {
      forward = forward * decay + values[bin]
      result[bin] += forward * norm
    }
    for bin in values.indices.reversed() {
      result[bin] += backward * norm
      backward = (backward + values[bin]) * decay
    }
    return result
  }

  /// The factor on lines and weak lines that keeps the sum of the lines in a band.
  private static func scale(
    _ means: Means, bins: [Int], widths: [Double], weak: (Int) -> Double
  ) -> Double {
    let goal = bins.reduce(0) { $0 + widths[$1] * means.anchored[$1] }
    let sum = bins.reduce(0) { $0 + widths[$1] * (means.lines[$1] + weak($1)) }
    // Where the model has next to nothing there is no sum to keep.
    return goal > 0.1 * sum && goal > 0 ? goal / sum : 1
  }

  private func fit(
    _ band: BroadBand, table: OpacityTable, temperature: Int, means: Means
  ) -> Fit? {
    let widths = table.grid.sharedWavenumbers(from: band.lowerEdge, to: band.upperEdge)
    let bins = widths.indices.filter { widths[$0] > 0 }
    let total = bins.reduce(0) { $0 + widths[$1] }
    let levels = band.entries.compactMap { entry in
      table.pressures.firstIndex { abs($0 / entry.pressure - 1) < 0.01 }.map { (entry: entry, pressure: $0) }
    }
    guard total > 0, !levels.isEmpty else { return nil }
    let lines = levels.map { level in
      bins.map { bin -> [Double] in
        let start = table.index(temperature: temperature, pressure: level.pressure, bin: bin)
        return table.logCrossSections[start..<start + KQuadrature.weights.count].map {
          means.factors[bin] * exp(Double($0))
        }
      }
    }

    /// Mean and deviation of ln k over the band.
    func reached(_ level: Int, share: Double, scale: Double, logShape: Double) -> (
      mean: Double, deviation: Double
    ) {
      let weak = MalkmusDistribution.values(shape: exp(logShape))
      var (first, second) = (0.0, 0.0)
      for (place, bin) in bins.enumerated() {
        let mean = means.weak(bin, share: share)
        let values = KQuadrature.randomSum(lines[level][place], weak.map { $0 * mean })
        for (value, weight) in zip(values, KQuadrature.weights) {
          let logarithm = max(BandMoments.floor, log(scale * value))
          first += widths[bin] * weight * logarithm
          second += widths[bin] * weight * logarithm * logarithm
        }
      }
      let mean = first / total
      return (mean, max(0, second / total - mean * mean).squareRoot())
    }

    var best: Fit?
    var leastCost = Double.infinity
    for share in Self.shares {
      let scale = Self.scale(means, bins: bins, widths: widths) { means.weak($0, share: share) }
      var cost = 0.05 * pow(log(share / Self.usualShare(table.temperatures[temperature])), 2)
      var logShapes: [Double] = []
      for (index, level) in levels.enumerated() {
        let goal = level.entry.meanOfLog
        var (low, high) = (
          log(MalkmusDistribution.shapes.lowerBound), log(MalkmusDistribution.shapes.upperBound)
        )
        var found = (mean: goal, deviation: 0.0)
        for _ in 0..<9 {
          let middle = 0.5 * (low + high)
          found = reached(index, share: share, scale: scale, logShape: middle)
          if found.mean < goal { low = middle } else { high = middle }
        }
        cost += 10 * pow(found.mean - goal, 2)
        if let deviation = level.entry.deviation { cost += 0.1 * pow(found.deviation - deviation, 2) }
        logShapes.append(0.5 * (low + high))
      }
      if cost < leastCost {
        leastCost = cost
        best = Fit(
          lowerEdge: band.lowerEdge, upperEdge: band.upperEdge, logShare: log(share),
          logShapes: table.pressures.map { pressure in
            Self.logShape(levels.map(\.entry.pressure), logShapes, pressure: pressure)
          })
      }
    }
    return best
  }

  /// ln phi between the published pressures, constant below them; above, lines widen with pressure.
  private static func logShape(_ pressures: [Double], _ logShapes: [Double], pressure: Double) -> Double {
    if let last = pressures.last, let value = logShapes.last, pressure > last {
      return value + log(pressure / last)
    }
    guard let above = pressures.firstIndex(where: { $0 >= pressure * 0.99 }), above > 0 else {
      return logShapes[0]
    }
    let share = log(pressure / pressures[above - 1]) / log(pressures[above] / pressures[above - 1])
    return logShapes[above - 1] + min(1, share) * (logShapes[above] - logShapes[above - 1])
  }

  private func add(_ fits: [Fit], means: Means, to table: inout OpacityTable, temperature: Int) {
    guard !fits.isEmpty else { return }
    let grid = table.grid
    // Each bin has what its band or the nearest has; at borders they run into each other as the anchors do.
    let owners = (0..<grid.binCount).map { bin in
      fits.indices.min { distance(fits[$0], grid.centre(bin)) < distance(fits[$1], grid.centre(bin)) } ?? 0
    }
    func smoothed(_ value: (Fit) -> Double) -> [Double] {
      BandAnchor.smoothed(owners.map { value(fits[$0]) })
    }
    let shares = smoothed(\.logShare).map { exp($0) }
    let weak = (0..<grid.binCount).map { means.weak($0, share: shares[$0]) }
    let scales = BandAnchor.binFactors(
      bands(nearest: table.temperatures[temperature]).map { band in
        let widths = grid.sharedWavenumbers(from: band.lowerEdge, to: band.upperEdge)
        let scale = Self.scale(means, bins: Array(widths.indices), widths: widths) { weak[$0] }
        return BandAnchor(
          lowerEdge: band.lowerEdge, upperEdge: band.upperEdge,
          points: [(table.temperatures[temperature], scale)])
      }, temperature: table.temperatures[temperature], grid: grid,
      binMeans: zip(means.lines, weak).map { $0 + $1 })
    for pressure in table.pressures.indices {
      let shapes = smoothed { $0.logShapes[pressure] }
      for bin in 0..<grid.binCount {
        let start = table.index(temperature: temperature, pressure: pressure, bin: bin)
        let points = start..<start + KQuadrature.weights.count
        let distribution = MalkmusDistribution.values(shape: exp(shapes[bin]))
        let values = KQuadrature.randomSum(
          table.logCrossSections[points].map { means.factors[bin] * exp(Double($0)) },
          distribution.map { $0 * weak[bin] })
        for (point, value) in zip(points, values) {
          let scaled = scales[bin] * value
          table.logCrossSections[point] =
            scaled > 0 ? max(OpacityTable.nothing, Float(log(scaled))) : OpacityTable.nothing
        }
      }
    }
  }

  private func distance(_ fit: Fit, _ wavelength: Double) -> Double {
    max(0, log(fit.lowerEdge / wavelength), log(wavelength / fit.upperEdge))
  }
}
