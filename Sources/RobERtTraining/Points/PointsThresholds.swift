package import RobERt

extension RobERtModel.Thresholds {
  /// Of what is called seen, and of what is called not seen, at least so much is to be right.
  private static let precision = 0.97
  /// Of spectra without any sign of a gas that show a foreign one at most so many call it seen; of those that show it by 5 standard deviations at
  /// most so many call it not seen.
  private static let (mostSeenForForeign, mostNotSeenOfStrong) = (1e-2, 3e-3)
  private static let (without, strong): (Float, Float) = (1, 5)

  /// - Parameters:
  ///   - probabilities: by observation, a molecule each, then something else.
  ///   - significances: the same: standard deviations by which it shows.
  ///   - mostWithout: of spectra without any sign of a gas at most so many call it seen.
  package init(
    probabilities: [[Double]], significances: [[Float]], shownFrom: Float, mostWithout: Double = 1e-3
  ) {
    let molecules = (probabilities.first?.count ?? 1) - 1
    var (seen, notSeen): ([Double], [Double]) = ([], [])
    for m in 0..<molecules {
      let sorted = probabilities.indices.map { place in
        Judged(
          probability: probabilities[place][m], significance: significances[place][m],
          hasForeign: significances[place][molecules] >= shownFrom,
          isStrange: probabilities[place][molecules] >= PointsNetwork.muchElse)
      }.sorted { $0.probability < $1.probability }
      func count(_ isCounted: (Judged) -> Bool) -> Double { Double(sorted.count(where: isCounted)) }
      let foreign = { (judged: Judged) in judged.significance < Self.without && judged.hasForeign }
      seen.append(
        Self.last(
          of: sorted.reversed().filter { !$0.isStrange }, isRight: { $0.significance >= shownFrom },
          bad: [
            ({ $0.significance < Self.without }, mostWithout * count { $0.significance < Self.without }),
            (foreign, Self.mostSeenForForeign * count(foreign)),
          ]) ?? 1)
      notSeen.append(
        Self.last(
          of: sorted, isRight: { $0.significance < shownFrom },
          bad: [
            (
              { $0.significance >= Self.strong },
              Self.mostNotSeenOfStrong * count { $0.significance >= Self.strong }
            )
          ]) ?? 0)
    }
    self.init(seenFrom: seen, notSeenUpTo: notSeen)
  }

  /// One molecule of an observation.
  private struct Judged {
    let probability: Double
    let significance: Float
    /// A gas without an outlet shows.
    let hasForeign: Bool
    /// Nothing is called seen in it.
    let isStrange: Bool
  }

  /// The last probability, in the order given, up to which enough are right and few enough are bad.
  /// - Parameter bad: ways to be bad, and how many may be so.
  private static func last(
    of sorted: [Judged], isRight: (Judged) -> Bool, bad: [(is: (Judged) -> Bool, most: Double)]
  ) -> Double? {
    var (right, count) = (0.0, 0.0)
    var found = [Double](repeating: 0, count: bad.count)
    var best: Double?
    for judged in sorted {
      count += 1
      if isRight(judged) { right += 1 }
      for (way, bad) in bad.enumerated() where bad.is(judged) { found[way] += 1 }
      if zip(found, bad).contains(where: { $0 > $1.most }) { break }
      if right >= precision * count { best = judged.probability }
    }
    return best
  }
}
