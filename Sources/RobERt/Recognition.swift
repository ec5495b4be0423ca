import Observations
import PlainText
import Tensors

extension RobERtModel {
  /// - Parameters:
  ///   - hash: of the weights, for the result.
  ///   - told: what a network that reads points says: its word goes before that of this one.
  func recognition(
    of spectrum: SpectrumForRecognition, context: RecognitionContext, encoder: SpectrumEncoder, hash: String,
    told: PointsNetwork.Told? = nil
  ) -> MoleculeRecognition {
    var result = MoleculeRecognition(
      model: name, modelHash: hash, molecules: [], inDomain: false, distance: .nan,
      distanceLimit: domain.limit, dream: nil,
      flags: trainingSetVersion < Self.currentTrainingSetVersion ? [.opacitiesSuperseded] : [], remarks: [])
    guard
      let encoded = encoder.encode(
        depth: spectrum.depth, error: spectrum.error, isObserved: spectrum.isObserved, kind: kind,
        starTemperature: context.starTemperature ?? SpectrumEncoder.usualStarTemperature)
    else {
      result.flags.append(.tooFewBins)
      result.remarks.append(
        "Fewer than three bins of the grid have a value with an error: no molecule can be told.")
      return result
    }
    if spectrum.errorsAreEstimated {
      result.flags.append(.errorsEstimated)
      result.remarks.append(
        "The file has no errors; for the molecules they were taken from the scatter between neighbouring bins."
      )
    }
    let inputs = encoded.inputs
    let answer = recognition.answers(Matrix(rows: 1, columns: inputs.count, elements: inputs))[0]
    result.distance = domain.distance(of: encoded, points: spectrum.points)
    let knowsShape = domain.contains(encoded, points: spectrum.points)
    let knowsCoverage = KnownCoverage.contains(spectrum.isObserved)
    result.inDomain = knowsShape && knowsCoverage
    if !result.inDomain, told == nil { result.flags.append(.outsideTraining) }
    if !knowsCoverage, told == nil {
      result.remarks.append(
        "The network was trained on what one instrument each covers, and this is the coverage of none: by the network alone no molecule is "
          + "called seen or not seen.")
    }
    if !knowsShape, told == nil {
      result.remarks.append(
        "No simulated spectrum of an exoplanet \(difference(encoded, distance: result.distance)). By the network alone no "
          + "molecule is called seen or not seen.")
    }
    if spectrum.isDoubtful {
      result.inDomain = false
      result.isDoubtful = true
      result.remarks.append(
        "The unit of the depths or the errors is in doubt: no molecule is called seen or not seen.")
    }
    let observation = observation(spectrum, encoded, context, remarks: &result.remarks)
    result.molecules = molecules.indices.map { verdict($0, answer, observation, result.inDomain) }
      .sorted { ($0.probability, $1.name) > ($1.probability, $0.name) }
    if result.inDomain, !result.molecules.contains(where: { $0.verdict == .seen }) {
      result.flags.append(.noMoleculeSeen)
    }
    if let top = result.molecules.first, let index = molecules.firstIndex(of: top.name) {
      result.dream = SpectrumDream(molecule: top.name, depth: dream(index, over: encoded))
    }
    return told.map { result.told(by: $0) } ?? result
  }

  /// What no training spectrum has in common with one that is outside the domain.
  private func difference(_ encoded: EncodedSpectrum, distance: Double) -> String {
    if !domain.levels.contains(encoded.level) {
      return "is as deep as \(Self.short(encoded.level)) (limits \(Self.short(domain.levels.lowerBound)) and "
        + "\(Self.short(domain.levels.upperBound))): it may be the flux of a star or a brown dwarf"
    }
    let contrast = domain.contrast(of: encoded)
    if contrast > domain.largestContrast {
      return "has features as large as \(Self.short(contrast)) of the "
        + (kind == .eclipse ? "brightness temperature" : "depth")
        + " (limit \(Self.short(domain.largestContrast))): it may be a star or a brown dwarf"
    }
    return
      "looks like this one (distance \(Self.short(distance)), limit \(Self.short(domain.limit))): features of "
      + "something else, or errors that are too small"
  }

  /// Besides all such verdicts together each one has to be this probable by itself.
  private static let leastSure = 0.9

  private func verdict(
    _ m: Int, _ answer: RecognitionNetwork.Answer, _ observation: DetectionLimits.Observation,
    _ inDomain: Bool
  ) -> MoleculeVerdict {
    let limit = limits.limit(molecules[m], observation)
    let probability = answer.molecules[m]
    let verdict: MoleculeVerdict.Verdict =
      if limit == nil {
        .cannotTell
      } else if !inDomain {
        .unclear
      } else if probability >= max(thresholds.seenFrom[m], Self.leastSure) {
        .seen
      } else if probability <= min(thresholds.notSeenUpTo[m], 1 - Self.leastSure) {
        .notSeen
      } else {
        .unclear
      }
    return MoleculeVerdict(
      name: molecules[m], probability: probability, isDetectable: limit != nil, logDetectionLimit: limit,
      verdict: verdict,
      detectionLimitIsMost: limit == limits.logMixingRatios[m].first)
  }

  /// The observation in the unit of the tabulated features.
  private func observation(
    _ spectrum: SpectrumForRecognition, _ encoded: EncodedSpectrum, _ context: RecognitionContext,
    remarks: inout [String]
  ) -> DetectionLimits.Observation {
    let bins = spectrum.depth.indices.filter { spectrum.isObserved[$0] }
    switch kind {
    case .eclipse, .stellar:
      let temperature = context.temperature ?? encoded.temperature ?? RecognitionContext.usualTemperature
      // Relative to the fitted black body: a noisy depth near zero would make its own error endless.
      let level = encoded.depths(of: [Double](repeating: 0, count: spectrum.depth.count))
      return .init(
        bins: bins, errors: bins.map { spectrum.error[$0] / max(spectrum.depth[$0], level[$0]) },
        temperature: temperature)
    case .transmission:
      if context.scaleHeightOverRadius == nil {
        remarks.append(
          "Mass, radius or temperature of the planet are not known: detection limits suppose a scale height of "
            + "\(RecognitionContext.usualScaleHeightOverRadius) radii, that of a hot Jupiter.")
      }
      let ratio = context.scaleHeightOverRadius ?? RecognitionContext.usualScaleHeightOverRadius
      let scaleHeight = 2 * max(encoded.baseline[0], .leastNormalMagnitude) * ratio
      return .init(
        bins: bins, errors: bins.map { spectrum.error[$0] / scaleHeight },
        temperature: context.temperature ?? RecognitionContext.usualTemperature)
    }
  }

  /// The dreamt shape brought to the level and size that the observed one has where it was observed.
  private func dream(_ molecule: Int, over encoded: EncodedSpectrum) -> [Double] {
    let shape = dreamtShape(molecule)
    let bins = shape.indices.filter { encoded.noise[$0].isFinite }
    let mean = bins.reduce(0) { $0 + shape[$1] } / Double(bins.count)
    let square = bins.reduce(0) { $0 + (shape[$1] - mean) * (shape[$1] - mean) } / Double(bins.count)
    let level = bins.reduce(0) { $0 + encoded.shape[$1] } / Double(bins.count)
    let scale = square > 0 ? 1 / square.squareRoot() : 0
    return encoded.depths(of: shape.map { level + ($0 - mean) * scale })
  }

  private static func short(_ x: Double) -> String { x.isFinite ? Numerals.fourDigits(x) : "without bound" }
}
