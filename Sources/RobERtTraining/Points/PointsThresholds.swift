package import RobERt

extension RobERtModel.Thresholds {
  /// Of what is called seen, and of what is called not seen, at least so much is to be right.
  private static let precision = 0.97
  /// Of spectra without any sign of a gas at most so many call it seen; of those that show it by 5 standard deviations at most so many call it
  /// not seen.
  private static let (mostSeenWithout, mostNotSeenOfStrong) = (1e-3, 3e-3)
  private static let (without, strong): (Float, Float) = (1, 5)

  /// - Parameters:
  ///   - probabilities: by observation, a molecule each.
  ///   - significances: the same: standard deviations by which it shows.
  package init(probabilities: [[Double]], significances: [[Float]], shownFrom: Float) {
    let molecules = probabilities.first?.count ?? 0
    var (seen, notSeen): ([Double], [Double]) = ([], [])
    for m in 0..<molecules {
      let sorted = probabilities.indices.map { (p: probabilities[$0][m], z: significances[$0][m]) }
        .sorted { $0.p < $1.p }
      let without = Double(sorted.count { $0.z < Self.without })
      let strong = Double(sorted.count { $0.z >= Self.strong })
      seen.append(
        Self.last(
          of: sorted.reversed(), isRight: { $0 >= shownFrom }, isBad: { $0 < Self.without },
          mostBad: Self.mostSeenWithout * without) ?? 1)
      notSeen.append(
        Self.last(
          of: sorted, isRight: { $0 < shownFrom }, isBad: { $0 >= Self.strong },
          mostBad: Self.mostNotSeenOfStrong * strong) ?? 0)
    }
    self.init(seenFrom: seen, notSeenUpTo: notSeen)
  }

  /// The last probability, in the order given, up to which enough are right and few enough are bad.
  private static func last(
    of sorted: some Sequence<(p: Double, z: Float)>, isRight: (Float) -> Bool, isBad: (Float) -> Bool,
    mostBad: Double
  ) -> Double? {
    var (right, bad, count) = (0.0, 0.0, 0.0)
    var best: Double?
    for (p, z) in sorted {
      count += 1
      if isRight(z) { right += 1 }
      if isBad(z) { bad += 1 }
      if bad > mostBad { break }
      if right >= precision * count { best = p }
    }
    return best
  }
}
