import PlainText

extension PointsNetwork {
  /// The network with the hash of its weights, and what it says of one observation.
  struct Told {
    let network: PointsNetwork
    let hash: String
    let answer: Answer
    /// Of each molecule, by the points of no broad filter; empty where those tell nothing, nil where all are of none.
    let resolved: [Double]?

    /// Filters alone tell of it: through them many gases look alike.
    func isOfFilters(_ place: Int) -> Bool {
      guard let resolved else { return false }
      return resolved.isEmpty || resolved[place] < PointsNetwork.likely
    }
  }
}

extension MoleculeRecognition {
  /// What a network that reads points says in the place of the one that reads bins; dream and detection limits stay.
  func told(by told: PointsNetwork.Told) -> MoleculeRecognition {
    let (network, answer) = (told.network, told.answer)
    var result = self
    result.model = network.name
    result.modelHash = told.hash
    result.flags.removeAll { [.noMoleculeSeen, .opacitiesSuperseded].contains($0) }
    (result.distance, result.distanceLimit) = (answer.distance, network.largestDistance)
    let isLike = answer.distance <= network.largestDistance
    result.inDomain = isLike && !isDoubtful
    if !isLike {
      result.flags.append(.outsideTraining)
      result.remarks.append(
        "The points lie further from all simulated spectra than errors that are wrong allow (distance "
          + "\(Numerals.fourDigits(answer.distance)), limit \(Numerals.fourDigits(network.largestDistance))). By the network alone no "
          + "molecule is called seen or not seen.")
    }
    let hasElse = answer.somethingElse >= PointsNetwork.muchElse
    if hasElse {
      result.flags.append(.somethingElse)
      result.remarks.append(
        "The network finds features of a gas that it has no name for (\(MoleculeVerdict.words(answer.somethingElse))): by it no molecule "
          + "is called seen.")
    }
    var ofFilters: [String] = []
    result.molecules = molecules.map { molecule in
      guard let place = network.molecules.firstIndex(of: molecule.name) else { return molecule }
      let probability = answer.probabilities[place]
      let verdict: MoleculeVerdict.Verdict =
        if !result.inDomain {
          molecule.isDetectable ? .unclear : .cannotTell
        } else if probability >= max(network.thresholds.seenFrom[place], PointsNetwork.leastSure) {
          hasElse || told.isOfFilters(place) ? .unclear : .seen
        } else if !molecule.isDetectable {
          .cannotTell
        } else if probability <= min(network.thresholds.notSeenUpTo[place], 1 - PointsNetwork.leastSure) {
          .notSeen
        } else {
          .unclear
        }
      if verdict == .unclear, probability >= PointsNetwork.leastSure, told.isOfFilters(place) {
        ofFilters.append(molecule.name)
      }
      return MoleculeVerdict(
        name: molecule.name, probability: probability, isDetectable: molecule.isDetectable,
        logDetectionLimit: molecule.logDetectionLimit, verdict: verdict,
        detectionLimitIsMost: molecule.detectionLimitIsMost)
    }.sorted { ($0.probability, $1.name) > ($1.probability, $0.name) }
    if !ofFilters.isEmpty {
      result.remarks.append(
        "Of \(ofFilters.sorted().joined(separator: ", ")) broad filters alone tell, through which many gases look alike: by the network not "
          + "called seen.")
    }
    if result.inDomain, !result.molecules.contains(where: { $0.verdict == .seen }) {
      result.flags.append(.noMoleculeSeen)
    }
    return result
  }
}
