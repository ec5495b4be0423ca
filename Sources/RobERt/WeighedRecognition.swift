package import Analyses
import Observations
import PlainText

extension MoleculeRecognition {
  /// Probabilities from which, and up to which, a posterior decides.
  private static let (seenFrom, notSeenUpTo) = (0.9, 0.05)

  /// The verdicts where a posterior of atmospheres has its say: its probability takes the place of the network's, which stands beside it.
  package func weighed(by evidence: AtmosphericEvidence) -> MoleculeRecognition {
    guard !molecules.isEmpty, !isDoubtful else { return self }
    var result = self
    let hasElse = flags.contains(.somethingElse)
    let weighed = molecules.map { Self.weighed($0, by: evidence, hasElse: hasElse) }
    result.molecules = weighed.sorted { ($0.probability, $1.name) > ($1.probability, $0.name) }
    result.flags.removeAll { $0 == .noMoleculeSeen }
    if !evidence.isExplained {
      result.remarks.append(
        "No atmosphere that was tried explains the spectrum with its errors: which molecules it shows cannot be told."
      )
      return result
    }
    if hasElse {
      result.remarks.append(
        "The atmospheres of the posterior do not have that gas: what explains the spectrum without it may stand in its place, and is not called "
          + "seen either.")
    }
    let ofFilters = weighed.filter {
      $0.evidence?.isOfFilters == true && $0.probability >= Self.seenFrom
    }
    if !ofFilters.isEmpty {
      result.remarks.append(
        "By the posterior \(ofFilters.map { PlainText.line($0.name) }.sorted().joined(separator: ", ")) would not show without the points of "
          + "broad filters, through which many gases look alike: not called seen.")
    }
    let contradicted = zip(molecules, weighed).filter { Self.contradict($0.verdict, $1) }.map(\.1)
    if !contradicted.isEmpty {
      result.flags.append(.verdictsContradict)
      result.remarks.append(
        "Network and posterior contradict each other on "
          + contradicted.map { PlainText.line($0.name) }.sorted().joined(separator: ", ")
          + ": the verdict is the posterior's.")
    }
    if !result.molecules.contains(where: { $0.verdict == .seen }) { result.flags.append(.noMoleculeSeen) }
    return result
  }

  /// - Parameter hasElse: the spectrum has features of a gas that the posterior's atmospheres do not have.
  private static func weighed(
    _ molecule: MoleculeVerdict, by evidence: AtmosphericEvidence, hasElse: Bool
  ) -> MoleculeVerdict {
    var result = molecule
    guard let found = evidence[molecule.name] else {
      // Explained without it, or not explained at all: in neither case does the network's word alone do.
      if !evidence.isExplained {
        result.verdict = .cannotTell
      } else if molecule.verdict == .seen {
        result.verdict = .unclear
      }
      return result
    }
    result.evidence = found
    result.probability = found.probability
    result.isDetectable = found.isDetectable
    if let limit = found.logDetectionLimit {
      (result.logDetectionLimit, result.detectionLimitIsMost) = (limit.isFinite ? limit : nil, false)
    }
    result.verdict =
      if !evidence.isExplained {
        .cannotTell
      } else if found.probability >= seenFrom {
        hasElse || found.isOfFilters ? .unclear : .seen
      } else if !found.isDetectable {
        .cannotTell
      } else if found.probability <= notSeenUpTo {
        .notSeen
      } else {
        .unclear
      }
    return result
  }

  private static func contradict(_ network: MoleculeVerdict.Verdict, _ weighed: MoleculeVerdict) -> Bool {
    switch network {
    case .seen: weighed.verdict != .seen && (weighed.evidence == nil || weighed.probability < 0.5)
    case .notSeen: weighed.verdict == .seen
    case .unclear, .cannotTell: false
    }
  }
}
