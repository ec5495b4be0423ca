import Analyses
import Observations
import SpectralPrior
import Testing
import Units

@testable import Retrieval
@testable import SpectrumCompleting

@Suite("What samples of an atmosphere may tell")
struct TellingSamplesTests {
  static func observation(starRadius: Double?) -> SpectralObservation {
    var observation = SpectralObservation(
      kind: .transmission, lower: [1e-6, 1.1e-6], upper: [1.1e-6, 1.2e-6], values: [0.01, 0.0101],
      upperErrors: [1e-4, 1e-4], lowerErrors: [1e-4, 1e-4], instruments: [0, 0], instrumentNames: ["A"])
    observation.starRadius = starRadius.map { MeasuredValue($0, deviation: 0.01 * $0) }
    return observation
  }

  /// Five samples; water within a tenth of a dex, carbon monoxide anywhere.
  static func posterior(
    temperature: Double = 1000, weights: [Double] = [0.2, 0.2, 0.2, 0.2, 0.2], effective: Double = 500,
    shape: Double = 0.2, predictive: Double = 0.5, stopped: Bool = false, settled: Bool = true,
    gases: [MoleculeEvidence] = [],
    inflation: ClosedRange<Double>? = nil
  ) -> RetrievedPosterior {
    var keys = [
      "planetMass", "planetRadius", "temperature", "radiusRatio", "log10H2O", "log10CO", "log10TiO",
    ]
    if inflation != nil { keys.append("errorInflation") }
    let rows = (0..<5).map { i in
      let x = Double(i)
      return [
        (1 + 0.01 * x) * 1e27, 7e7 + x * 1e5, temperature + x, 0.1 + 0.001 * x, -3.5 + 0.05 * x, -9 + 1.8 * x,
        -8,
      ] + (inflation.map { [$0.lowerBound + ($0.upperBound - $0.lowerBound) * x / 4] } ?? [])
    }
    return RetrievedPosterior(
      keys: keys, rows: rows, weights: weights,
      parameters: keys.enumerated().map { column, key in
        .init(key: key, unit: "", posterior: Posterior(draws: rows.map { $0[column] }, weights: weights))
      }, effectiveSampleSize: effective, paretoShape: shape, logEvidence: 1, logEvidenceError: 0.1,
      leastChiSquared: 2, meanChiSquared: 2.5, pointCount: 2, predictiveProbability: predictive, gases: gases,
      spectraComputed: 300, seconds: 3.5, stoppedByTime: stopped, isSettled: settled,
      spectrumMean: [Double](repeating: 0.01, count: 400),
      spectrumLower: [Double](repeating: 0.009, count: 400),
      spectrumUpper: [Double](repeating: 0.011, count: 400))
  }

  static func atmosphere(
    _ posterior: RetrievedPosterior, starRadius: Double? = 7e8, _ name: AtmosphereSpace.Name = .transmission
  ) -> CompletedAtmosphere {
    CompletedAtmosphere(
      posterior, of: observation(starRadius: starRadius), in: AtmosphereSpace(name),
      network: NetworkIdentity(name: "a", sha256: "b"), opacities: "c")
  }

  @Test("masses and radii come in the Earth's; what the data narrow is told from what they do not")
  func units() throws {
    let atmosphere = Self.atmosphere(Self.posterior())
    #expect(
      atmosphere.parameters.map(\.key) == [
        "log10H2O", "log10CO", "planetMass", "planetRadius", "temperature",
      ])
    #expect(atmosphere.parameters.map(\.isConstrained) == [true, false, true, true, true])
    let mass = try #require(atmosphere.posterior("planetMass")).p50
    #expect(abs(mass - Mass(kilograms: 1.02e27).earthMasses) < 1e-6)
    let radius = try #require(atmosphere.posterior("planetRadius")).p50
    #expect(abs(radius - Length(meters: 7.02e7).earthRadii) < 1e-9)
    #expect(atmosphere.samples.keys == atmosphere.parameters.map(\.key))
    #expect(abs(atmosphere.samples.weights.reduce(0, +) - 1) < 1e-12 && atmosphere.flags.isEmpty)
  }

  @Test("without the star's radius the planet's is a part of it")
  func ratio() {
    let atmosphere = Self.atmosphere(Self.posterior(), starRadius: nil)
    #expect(atmosphere.parameters.map(\.key).contains("radiusRatio"))
    #expect(atmosphere.posterior("planetRadius") == nil && atmosphere.flags.names == ["star-radius-unknown"])
  }

  @Test("oxides are told of hot atmospheres alone")
  func hot() {
    #expect(Self.atmosphere(Self.posterior(temperature: 1500)).posterior("log10TiO")?.p50 == -8)
    #expect(Self.atmosphere(Self.posterior(temperature: 1490)).posterior("log10TiO") == nil)
  }

  @Test("of the published set's opacities temperature over mass is told, neither alone")
  func temperatureOverMass() throws {
    let atmosphere = Self.atmosphere(Self.posterior(), .exoGAN2018)
    #expect(atmosphere.posterior("temperature") == nil && atmosphere.posterior("planetMass") == nil)
    let ratio = try #require(atmosphere.posterior("temperatureOverMass")).p50
    let expected = 1002.0 / Mass(kilograms: 1.02e27).earthMasses
    #expect(abs(ratio / expected - 1) < 1e-9)
  }

  @Test(
    "flags for what is not to be trusted",
    arguments: [
      (posterior(effective: 99), ["effective-sample-small"]), (posterior(shape: 0.71), ["tails-uncertain"]),
      (posterior(predictive: 9e-4), ["outside-prior"]),
      // Errors that may be wrong by less, and errors that are not.
      (posterior(inflation: 1.8...2.8), []), (posterior(inflation: 2.1...2.8), ["outside-prior"]),
      (posterior(stopped: true), ["stopped-by-time"]), (posterior(settled: false), ["not-settled"]),
      (posterior(effective: 29), ["effective-sample-too-small"]),
      (posterior(effective: .nan), ["effective-sample-too-small"]),
      (posterior(effective: 100, shape: 0.7, predictive: 1e-3), []),
    ])
  func flags(posterior: RetrievedPosterior, names: [String]) {
    let atmosphere = Self.atmosphere(posterior)
    #expect(atmosphere.flags.names == names)
    let isWithheld = names == ["effective-sample-too-small"]
    #expect((atmosphere.band == nil) == isWithheld && atmosphere.parameters.isEmpty == isWithheld)
    #expect(atmosphere.samples.rows.isEmpty == isWithheld)
    let finding = Finding(atmosphere, isObserved: [Bool](repeating: true, count: 400))
    #expect(finding.domain.isInside == (!isWithheld && names != ["outside-prior"]))
    #expect((finding.digest == "retrieved -") == isWithheld)
  }

  @Test("evidence of gases is handed on where the samples are to be trusted")
  func evidence() {
    let gas = MoleculeEvidence(
      formula: "H2O", probability: 0.9, significance: 4, logBayesFactor: 3, isLeastBayesFactor: false,
      logUpperLimit: -2, logDetectionLimit: -5, logDetectionLimitAbove: -4)
    func evidence(effective: Double = 500, shape: Double = 0.2, predictive: Double = 0.5)
      -> AtmosphericEvidence?
    {
      Finding(
        Self.atmosphere(
          Self.posterior(effective: effective, shape: shape, predictive: predictive, gases: [gas])),
        isObserved: [Bool](repeating: true, count: 400)
      ).evidence
    }
    #expect(evidence()?.molecules == [gas] && evidence()?.isExplained == true && evidence()?["CO"] == nil)
    #expect(evidence(predictive: 9e-4)?.isExplained == false)
    #expect(
      evidence(effective: 99) == nil && evidence(shape: 0.71) == nil && evidence(effective: .nan) == nil)
    #expect(Self.atmosphere(Self.posterior()).evidence == nil)
  }

  @Test("few samples in the place of many keep their shares")
  func thinned() {
    #expect(WeightedSamples.places([0.5, 0.25, 0.25], count: 4) == [0, 0, 1, 2])
    let thinned = WeightedSamples.thinned([0.5, 0, 0.5], count: 10)
    #expect(thinned.map(\.place) == [0, 2])
    #expect(thinned.allSatisfy { abs($0.weight - 0.5) < 1e-12 })
    #expect(WeightedSamples.places([], count: 3).isEmpty)
    // Weights that add up to less than 1 by rounding.
    #expect(WeightedSamples.places([0.5, 0.5 - 1e-16], count: 3).last == 1)
  }
}
