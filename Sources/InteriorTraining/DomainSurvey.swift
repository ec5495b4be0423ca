package import InteriorMDN

#if canImport(Glibc)
  import Glibc
#endif

extension PreparedInteriorSet {
  /// Where the training planets lie: counted on a grid over the features' ranges.
  ///
  /// 40 bins a feature with three inputs, 24 with four: fine enough to follow the edges (0.05 dex in mass), coarse
  /// enough that a cell inside is not empty by chance.
  func domain(iron: InteriorDomain.RadiusCurve?) -> InteriorDomain {
    let width = recipe.inputs.count
    let bins = width <= 3 ? 40 : 24
    var low = [Double](repeating: .infinity, count: width)
    var high = [Double](repeating: -.infinity, count: width)
    for row in division.training {
      for j in 0..<width {
        low[j] = min(low[j], features[row * width + j])
        high[j] = max(high[j], features[row * width + j])
      }
    }
    let axes = (0..<width).map {
      // A feature that never changes still needs a bin of some width.
      InteriorDomain.Axis(low: low[$0], high: max(high[$0], low[$0].nextUp), bins: bins)
    }
    func bin(_ row: Int, _ j: Int) -> Int {
      let place = (features[row * width + j] - axes[j].low) / (axes[j].high - axes[j].low)
      return min(max(Int(place * Double(bins)), 0), bins - 1)
    }

    var counts = [Int](repeating: 0, count: axes.reduce(1) { $0 * $1.bins })
    var compact = [Double](repeating: .infinity, count: bins)
    var puffy = [Double](repeating: -.infinity, count: bins)
    for row in division.training {
      counts[(0..<width).reduce(0) { $0 * bins + bin(row, $1) }] += 1
      let mass = bin(row, 0)
      compact[mass] = min(compact[mass], features[row * width + 1])
      puffy[mass] = max(puffy[mass], features[row * width + 1])
    }
    // The extreme of both neighbouring bins at each edge between them.
    func curve(_ extremes: [Double], _ pick: (Double, Double) -> Double) -> InteriorDomain.RadiusCurve {
      let space = recipe.features
      var masses: [Double] = []
      var radii: [Double] = []
      for edge in 0...bins {
        let extreme = pick(extremes[max(edge - 1, 0)], extremes[min(edge, bins - 1)])
        guard extreme.isFinite else { continue }
        let feature = axes[0].low + (axes[0].high - axes[0].low) * Double(edge) / Double(bins)
        let mass = space.value(.mass, feature: feature, mass: 1)
        masses.append(mass)
        radii.append(space.value(.radius, feature: extreme, mass: mass))
      }
      return .init(masses: masses, radii: radii)
    }
    return InteriorDomain(
      axes: axes, nominal: recipe.nominal,
      cells: counts.map { $0 == 0 ? 0 : UInt8(min(255, 1 + (8 * log2(Double($0))).rounded())) },
      smallest: curve(compact, min), largest: curve(puffy, max), iron: iron)
  }
}
