package import Analyses
import ExoGAN
import Observations
import PlainText
package import Retrieval
package import SpectralPrior
import Units

extension CompletionMethod {
  package func finding(
    on subject: PreparedSpectrum, after earlier: [Finding], seed: UInt64
  ) -> Finding? {
    let answer = exoGANAnswer(to: subject, seed: seed)
    guard let space = space(for: subject, isReference: answer.isInRanges) else { return nil }
    var atmosphere = atmosphere(of: subject, in: space, seed: seed)
    atmosphere.exoGAN = answer.answer
    atmosphere.flags += answer.flags
    atmosphere.remarks += answer.remarks
    return Finding(atmosphere, isObserved: subject.resampled.isObserved)
  }

  private func atmosphere(
    of subject: PreparedSpectrum, in space: RetrievalSpace, seed: UInt64
  ) -> CompletedAtmosphere {
    var band: CompletedAtmosphere.Band?
    do {
      let observation = try SpectralObservation(subject.spectrum, context: subject.context)
      band = space.model.frontEnd.completion(of: observation).map(CompletedAtmosphere.Band.init)
      let posterior = try space.retrieve(observation, settings: settings(of: space), seed: seed)
      var atmosphere = CompletedAtmosphere(
        posterior, of: observation, in: space.model.space, network: space.identity, opacities: opacities)
      if atmosphere.band == nil { atmosphere.band = band }
      return atmosphere
    } catch {
      return CompletedAtmosphere(
        network: space.identity, space: space.name.rawValue, opacities: opacities, band: band, parameters: [],
        samples: .init(keys: [], rows: [], weights: []), quality: nil, flags: [.notRetrieved],
        remarks: ["\(error)"])
    }
  }

  /// The reference's own space where the spectrum lies in its ranges, else that of the spectrum's kind.
  private func space(for subject: PreparedSpectrum, isReference: Bool) -> RetrievalSpace? {
    let own = isReference ? spaces.first { $0.name == .exoGAN2018 } : nil
    return own
      ?? spaces.first { $0.name != .exoGAN2018 && $0.model.space.kind == subject.spectrum.kind }
  }

  private func settings(of space: RetrievalSpace) -> RetrievalSettings {
    RetrievalSettings(
      spectra: limits.spectra, seconds: limits.seconds, threads: threads,
      inflatesErrors: space.name != .exoGAN2018, gasSamples: CompletedAtmosphere.gasSamples)
  }

  // MARK: ExoGAN

  private struct Reference {
    var answer: ExoGANAnswer?
    var flags: [Flag] = []
    var remarks: [String] = []
    /// The published set has such planets.
    var isInRanges = false
  }

  private func exoGANAnswer(to subject: PreparedSpectrum, seed: UInt64) -> Reference {
    guard let exoGAN, subject.spectrum.kind != .stellar else { return Reference() }
    guard subject.spectrum.kind == .transmission else { return Self.refused([.notInTransit]) }
    guard let radius = subject.context.starRadius?.measurement.value?.meters, radius > 0 else {
      return Self.refused([.noStellarRadius])
    }
    var known: [ASPAParameter: Double] = [:]
    known[.planetMass] = subject.context.planetMass?.measurement.value?.kilograms
    known[.planetRadius] = subject.context.planetRadius?.measurement.value?.meters
    known[.temperature] = subject.context.planetTemperature?.measurement.value?.kelvins
    let observation = ASPAObservation(subject.resampled, starRadius: radius)
    let obstacles = observation.obstacles(known: known)
    if obstacles.contains(where: \.forbids) { return Self.refused(obstacles.filter(\.forbids)) }
    let options = exoGAN.options(seed: seed)
    let completed = ExoGANCompletion(exoGAN.model, options: options, threads: threads).complete(observation)
    return Reference(
      answer: ExoGANAnswer(
        completed, of: observation, known: known, starRadius: radius, network: exoGAN.identity,
        steps: options.steps),
      flags: obstacles.isEmpty ? [] : [.exoGANOutsideRanges], remarks: obstacles.map(\.sentence),
      isInRanges: obstacles.isEmpty)
  }

  private static func refused(_ obstacles: [ExoGANObstacle]) -> Reference {
    Reference(flags: [.exoGANNotRun], remarks: obstacles.map(\.sentence))
  }
}

extension CompletedAtmosphere.Band {
  /// By what simulated spectra have in common.
  fileprivate init(_ completed: CompletedSpectrum) {
    self.init(
      source: .components, mean: completed.mean,
      lower: zip(completed.mean, completed.deviation).map { $0 - $1 },
      upper: zip(completed.mean, completed.deviation).map { $0 + $1 })
  }
}

extension ExoGANAnswer {
  /// - Parameters:
  ///   - known: of the planet; ExoGAN was not shown it.
  ///   - starRadius: m.
  init(
    _ completed: CompletedASPA, of observation: ASPAObservation, known: [ASPAParameter: Double],
    starRadius: Double, network: NetworkIdentity, steps: Int
  ) {
    let scale = ASPA.stellarRadius / starRadius * (ASPA.stellarRadius / starRadius)
    self.init(
      network: network, steps: steps, before: observation.knowing(known).aspa, masked: observation.aspa,
      completed: completed.picture,
      parameters: Dictionary(
        uniqueKeysWithValues: ASPAParameter.allCases.map { ($0, completed.parameter($0)) }),
      depth: completed.depth.map { $0.scaled(by: scale) })
  }
}

extension CompletedAtmosphere {
  /// Samples in results.
  private static let sampleCount = 400
  /// Samples by which molecules are judged: a share of them is known to 0.06 at worst.
  fileprivate static let gasSamples = 64

  /// - Parameter space: whose prior the posterior is compared with.
  package init(
    _ posterior: RetrievedPosterior, of observation: SpectralObservation, in space: AtmosphereSpace,
    network: NetworkIdentity, opacities: String
  ) {
    let samples = TellingSamples(posterior, of: observation, in: space)
    let quality = Quality(
      effectiveSampleSize: posterior.effectiveSampleSize, paretoShape: posterior.paretoShape,
      logEvidence: posterior.logEvidence, logEvidenceError: posterior.logEvidenceError,
      chiSquared: posterior.leastChiSquared, chiSquaredOfMean: posterior.meanChiSquared,
      pointCount: posterior.pointCount, predictiveProbability: posterior.predictiveProbability,
      forwardModels: posterior.spectraComputed)
    self.init(
      network: network, space: space.name.rawValue, opacities: opacities,
      band: Band(
        mean: posterior.spectrumMean, lower: posterior.spectrumLower, upper: posterior.spectrumUpper),
      parameters: samples.parameters(space), samples: samples.thinned(count: Self.sampleCount),
      quality: quality,
      remarks: observation.assumptions)
    if posterior.stoppedByTime { flags.append(.stoppedByTime) }
    if !posterior.isSettled { flags.append(.notSettled) }
    if observation.kind == .transmission, observation.starRadius == nil { flags.append(.starRadiusUnknown) }
    judge(quality)
    // Few points do not tell how wrong their errors are; what is surely too much is no fault of errors.
    if let inflation = posterior.parameters.first(where: { $0.key == "errorInflation" })?.posterior.p025,
      inflation > Self.largestInflation, !flags.contains(.outsidePrior)
    {
      flags.append(.outsidePrior)
      remarks.append(
        "The errors would have to be at least \(Numerals.fourDigits(inflation)) times as large for an atmosphere of the prior to explain this spectrum."
      )
    }
    if !posterior.gases.isEmpty, quality.effectiveSampleSize >= Self.fewEffectiveSamples,
      quality.paretoShape <= Self.largestParetoShape
    {
      evidence = AtmosphericEvidence(
        network: network.name,
        isExplained: !flags.contains(.outsidePrior),
        molecules: posterior.gases)
    }
  }

  /// Flags, and fewer numbers, for what is not to be trusted.
  private mutating func judge(_ quality: Quality) {
    let size = Numerals.fixed(quality.effectiveSampleSize, decimals: 0)
    let spectra = "\(quality.forwardModels) spectra of the forward model"
    // Not a number is not enough either.
    if !(quality.effectiveSampleSize >= Self.leastEffectiveSamples) {
      flags.append(.effectiveSampleTooSmall)
      remarks.append(
        "After \(spectra) the samples are worth \(size) independent ones: too few for numbers of the atmosphere. A larger "
          + "retrieval_spectra may help.")
      (band, parameters) = (nil, [])
      samples = Samples(keys: [], rows: [], weights: [])
      return
    }
    if quality.effectiveSampleSize < Self.fewEffectiveSamples {
      flags.append(.effectiveSampleSmall)
      remarks.append(
        "After \(spectra) the samples are worth \(size) independent ones: quantiles far from the median are rough."
      )
    }
    if quality.paretoShape > Self.largestParetoShape { flags.append(.tailsUncertain) }
    if quality.predictiveProbability < Self.leastPredictiveProbability {
      flags.append(.outsidePrior)
      remarks.append(
        "The atmosphere that fits best has chi2 \(Numerals.fourDigits(quality.chiSquared)) for \(quality.pointCount) points: "
          + "none of the prior explains this spectrum with its errors.")
    }
  }
}
