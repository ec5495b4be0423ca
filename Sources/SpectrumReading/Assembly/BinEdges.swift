/// Where each point's bin begins and ends, m: as the file gives it, else half-way to the neighbours.
struct BinEdges {
  let lower: [Double]
  let upper: [Double]
  let areGiven: Bool

  /// - Parameters:
  ///   - order: the points' places in the file, by ascending wavelength.
  ///   - segments: of each place in the file; edges are never drawn across these.
  init(axis: WavelengthAxis, order: [Int], segments: [Int]?) {
    if let lower = axis.lower, let upper = axis.upper,
      order.allSatisfy({ lower[$0] < upper[$0] && lower[$0] > 0 && upper[$0].isFinite })
    {
      self.lower = order.map { lower[$0] }
      self.upper = order.map { upper[$0] }
      areGiven = true
    } else {
      (lower, upper) = Self.halfWay(
        centre: order.map { axis.centre[$0] }, segments: order.map { segments?[$0] ?? 0 })
      areGiven = false
    }
  }

  /// Edges half-way to the neighbours of one segment; across a gap, or at an end, as far as the other side.
  private static func halfWay(centre: [Double], segments: [Int]) -> (lower: [Double], upper: [Double]) {
    var lower = centre
    var upper = centre
    var bySegment: [Int: [Int]] = [:]
    for place in centre.indices { bySegment[segments[place], default: []].append(place) }
    for places in bySegment.values {
      for (k, place) in places.enumerated() {
        // Neighbours at the same wavelength give no width.
        var (before, after) = (k - 1, k + 1)
        while before >= 0, centre[places[before]] == centre[place] { before -= 1 }
        while after < places.count, centre[places[after]] == centre[place] { after += 1 }
        let left = before >= 0 ? centre[place] - centre[places[before]] : nil
        let right = after < places.count ? centre[places[after]] - centre[place] : nil
        // Alone in its segment: a bin of one per cent.
        let spacing = left ?? right ?? 0.01 * centre[place]
        let other = right ?? left ?? spacing
        lower[place] = centre[place] - min(left ?? other, 3 * other, centre[place]) / 2
        upper[place] = centre[place] + min(right ?? spacing, 3 * spacing) / 2
      }
    }
    return (lower, upper)
  }
}
