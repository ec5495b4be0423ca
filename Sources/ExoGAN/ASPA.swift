import Observations

/// A transmission spectrum and its planet's parameters as one picture, every cell between 0 and 1; `ASPALayout` says where things
/// stand.
///
/// In the square, each piece of the spectrum is brought to 0 at its minimum and 1 at its maximum. A maximum is written over the
/// largest depth of the published set, a minimum under the smallest, the level over the largest. Depths are (R_p / R_s)^2 for a star
/// of `stellarRadius`.
package struct ASPA: Sendable, Hashable {
  /// The largest and smallest depth of the published set.
  static let largestDepth = 0.030_180_347_162_9
  static let smallestDepth = 0.006_503_702_966_35
  /// The radius of the Sun that TauREx 2 computed with, m.
  package static let stellarRadius = 6.955e8
  /// The part of a piece's bins from which on its extremes are taken to be those of what is observed of it.
  static let sufficientPart = 0.75

  /// `ASPALayout.count` of them.
  package var cells: [Double]
  /// Which of them are known.
  package var isKnown: [Bool]

  /// - Parameters:
  ///   - depth: in the bins of `SpectralGrid.standard`; what is not observed is not looked at.
  ///   - isObserved: of each bin. A piece is known where at least three quarters of its bins are: less would give false extremes. The
  ///     level is known where all bins are.
  ///   - parameters: those that are known, in their own units.
  package init(depth: [Double], isObserved: [Bool], parameters: [ASPAParameter: Double]) {
    precondition(depth.count == SpectralGrid.standard.count && isObserved.count == depth.count)
    cells = [Double](repeating: 0, count: ASPALayout.count)
    isKnown = [Bool](repeating: false, count: ASPALayout.count)
    for (k, bins) in ASPALayout.pieces.enumerated() {
      let observed = bins.filter { isObserved[$0] }
      guard Double(observed.count) >= Self.sufficientPart * Double(bins.count), let first = observed.first
      else { continue }
      let (low, high) = observed.reduce((depth[first], depth[first])) {
        (min($0.0, depth[$1]), max($0.1, depth[$1]))
      }
      for i in observed {
        write(high > low ? (depth[i] - low) / (high - low) : 0, to: [ASPALayout.bins[i]])
      }
      write(high / Self.largestDepth, to: ASPALayout.maximum[k])
      // A noisy spectrum may fall below nought.
      write(low > 0 ? Self.smallestDepth / low : 0, to: ASPALayout.minimum[k])
    }
    if isObserved.allSatisfy({ $0 }) {
      write(depth.reduce(0, +) / Double(depth.count) / Self.largestDepth, to: ASPALayout.level)
    }
    for (parameter, value) in parameters {
      write(value / parameter.scale, to: ASPALayout.parameters[parameter.index])
    }
  }

  /// All of it known, as a generator makes it.
  package init(cells: [Double]) {
    precondition(cells.count == ASPALayout.count)
    self.cells = cells
    isKnown = [Bool](repeating: true, count: cells.count)
  }

  private mutating func write(_ value: Double, to places: [Int]) {
    for place in places {
      cells[place] = value
      isKnown[place] = true
    }
  }

  // MARK: Reading

  private func mean(_ places: [Int]) -> Double {
    places.reduce(0) { $0 + cells[$1] } / Double(places.count)
  }

  /// A parameter in its own unit: the mean over all its cells.
  package subscript(parameter: ASPAParameter) -> Double {
    mean(ASPALayout.parameters[parameter.index]) * parameter.scale
  }

  /// A piece's smallest and largest depth, each the mean over all its cells.
  func extremes(_ piece: Int) -> (low: Double, high: Double) {
    // A minimum of 0 would be an infinite depth: none is above 1.
    (
      Self.smallestDepth / max(mean(ASPALayout.minimum[piece]), Self.smallestDepth),
      Self.largestDepth * mean(ASPALayout.maximum[piece])
    )
  }

  /// The spectrum, in the bins of `SpectralGrid.standard`.
  package var depth: [Double] {
    let extremes = ASPALayout.pieces.indices.map { self.extremes($0) }
    return ASPALayout.bins.enumerated().map { i, cell in
      let (low, high) = extremes[ASPALayout.piece[i]]
      return low + cells[cell] * (high - low)
    }
  }
}
