/// Measured depths, of transits or of eclipses.
package struct MeasuredDepths: Sendable, Hashable {
  /// Edges of each point, m.
  package var lower: [Double]
  package var upper: [Double]
  /// A fraction of the star's light.
  package var depth: [Double]
  /// One standard deviation.
  package var error: [Double]
  /// What each point was observed by: points of one instrument share an offset.
  package var instrument: [String]

  package init(lower: [Double], upper: [Double], depth: [Double], error: [Double], instrument: [String]) {
    precondition([upper.count, depth.count, error.count, instrument.count].allSatisfy { $0 == lower.count })
    self.lower = lower
    self.upper = upper
    self.depth = depth
    self.error = error
    self.instrument = instrument
  }

  package var count: Int { depth.count }

  /// The instruments in the order in which they first appear: offsets are relative to the first.
  package var instruments: [String] {
    var names: [String] = []
    for name in instrument where !names.contains(name) { names.append(name) }
    return names
  }

  package subscript(places: [Int]) -> MeasuredDepths {
    MeasuredDepths(
      lower: places.map { lower[$0] }, upper: places.map { upper[$0] }, depth: places.map { depth[$0] },
      error: places.map { error[$0] }, instrument: places.map { instrument[$0] })
  }
}
