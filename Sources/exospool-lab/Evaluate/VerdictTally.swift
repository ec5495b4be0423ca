import RobERt
import SpectralPrior

/// How right verdicts are, over spectra whose gases are known.
struct VerdictTally {
  /// Spectra that were judged, and those of which nothing was said because no atmosphere explains them.
  var spectra = 0
  var silenced = 0
  /// Verdicts on molecules that are not there, and those of them that are "seen".
  var absent = 0
  var absentSeen = 0
  /// Water that shows, and that is "seen".
  var waterShown = 0
  var waterSeen = 0
  /// Water of 10 standard deviations and more, and that is "not seen".
  var waterStrong = 0
  var waterStrongNotSeen = 0
  /// Any gas of 5 and more, and that is "not seen"; any that does not show, and that is "seen".
  var strong = 0
  var strongNotSeen = 0
  var hidden = 0
  var hiddenSeen = 0
  /// Stated probabilities, and whether it shows.
  var stated: [(probability: Double, isShown: Bool)] = []

  /// - Parameter isWeighed: the verdicts are a posterior's.
  mutating func add(
    _ verdicts: [MoleculeVerdict], _ significances: [String: Double], isWeighed: Bool = false
  ) {
    spectra += 1
    for verdict in verdicts {
      let significance = significances[verdict.name] ?? 0
      let isShown = significance >= FeatureSignificance.shownFrom
      let (isSeen, isNotSeen) = (verdict.verdict == .seen, verdict.verdict == .notSeen)
      // A gas that a posterior's atmospheres do not have keeps the network's number, which is not to be judged here.
      if !isWeighed || verdict.evidence != nil { stated.append((verdict.probability, isShown)) }
      if significances[verdict.name] == nil {
        absent += 1
        if isSeen { absentSeen += 1 }
        continue
      }
      if significance >= 5 {
        strong += 1
        if isNotSeen { strongNotSeen += 1 }
      }
      if !isShown {
        hidden += 1
        if isSeen { hiddenSeen += 1 }
      }
      guard verdict.name == "H2O" else { continue }
      if isShown {
        waterShown += 1
        if isSeen { waterSeen += 1 }
      }
      if significance >= 10 {
        waterStrong += 1
        if isNotSeen { waterStrongNotSeen += 1 }
      }
    }
  }

  static let heading =
    column("coverage", 20, isLeft: true) + column("by", 18, isLeft: true)
    + "spectra silent  absent seen  H2O shown seen  10 sigma not seen  5 sigma not seen  hidden seen"

  func line(_ coverage: String, by: String) -> String {
    func share(_ part: Int, _ whole: Int, _ width: Int) -> String {
      column(whole == 0 ? "-" : "\(fixed(100 * Double(part) / Double(whole), 2)) of \(whole)", width)
    }
    return column(coverage, 20, isLeft: true) + column(by, 18, isLeft: true) + column("\(spectra)", 7)
      + column("\(silenced)", 7) + share(absentSeen, absent, 14) + share(waterSeen, waterShown, 15)
      + share(waterStrongNotSeen, waterStrong, 15) + share(strongNotSeen, strong, 17)
      + share(hiddenSeen, hidden, 15)
  }

  /// Stated and found, by range of the stated probability.
  var calibration: String {
    let edges = [0, 0.05, 0.15, 0.5, 0.85, 0.95, 1.000_001]
    return zip(edges, edges.dropFirst()).map { low, high in
      let inside = stated.filter { $0.probability >= low && $0.probability < high }
      guard !inside.isEmpty else { return "\(fixed(low, 2))-\(fixed(min(high, 1), 2)): none" }
      let (mean, found) = (
        inside.reduce(0) { $0 + $1.probability } / Double(inside.count),
        Double(inside.count { $0.isShown }) / Double(inside.count)
      )
      return "\(fixed(mean, 3)) stated, \(fixed(found, 3)) found (\(inside.count))"
    }.joined(separator: "; ")
  }
}
