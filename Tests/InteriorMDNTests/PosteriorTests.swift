import Analyses
import Glibc
import NumericalMethods
import Observations
import Testing
import Units

@testable import InteriorMDN

@Suite("Posteriors")
struct PosteriorTests {
  /// 0, 1, ... 1000 in any order: the quantile at p is 1000 p, the mean 500, the variance (n^2 - 1) / 12.
  @Test("quantiles of known draws are exact")
  func quantiles() {
    let draws = (0...1000).map { Double($0 * 5 % 1001) }
    let posterior = Posterior(draws: draws)
    #expect(abs(posterior.p025 - 25) < 1e-9 && abs(posterior.p16 - 160) < 1e-9 && posterior.p50 == 500)
    #expect(abs(posterior.p84 - 840) < 1e-9 && abs(posterior.p975 - 975) < 1e-9)
    #expect(abs(posterior.mean - 500) < 1e-9)
    #expect(abs(posterior.sd - (1_002_000.0 / 12).squareRoot()) < 1e-9)
  }

  private static func metallicity(_ value: Double, error: Double? = 0) throws -> MeasuredNumber {
    try #require(
      MeasuredNumber(
        Measurement<DimensionlessDimension>(value: Ratio(value), upperError: error.map { Ratio($0) })))
  }

  private static let sun = pow(10, 7.46) / (pow(10, 7.55) + pow(10, 7.51))

  /// [Mg/Fe] = -0.12 [Fe/H]: a star rich in iron has more of it beside magnesium and silicon. The mean over the scatter
  /// is -1.35 + 4.84 (Fe/(Mg+Si))_sun 10^(0.12 [Fe/H]) exp((0.06 ln 10)^2 / 2); a draw scatters by 0.6, so the mean of
  /// 40,000 by 0.003. The wrong sign would be off by 0.19 and more.
  @Test("a planet of a star rich in metals has the more iron", arguments: [-0.8, -0.3, 0, 0.4])
  func trend(metallicity: Double) throws {
    let composition = StellarComposition(
      metallicity: try Self.metallicity(metallicity), relation: StarRelation(form: .adibekyan2021))
    var random = SeededRandom(seed: 1)
    let count = 40_000
    var sum = 0.0
    for _ in 0..<count { sum += composition.draw(random: &random) }
    let scatter = 0.06 * log(10)
    let expected = -1.35 + 4.84 * Self.sun * pow(10, 0.12 * metallicity) * exp(scatter * scatter / 2)
    #expect(abs(sum / Double(count) - expected) < 0.015)
  }

  /// The draws' median and scatter are those of the likelihood: a star's 0.138 in ln and the relation's 0.25 make 0.286. 20,000 draws: the
  /// median scatters by 0.0025, the deviation by 0.0014.
  @Test("one to one: draws and likelihood are of one law", arguments: [-0.5, 0, 0.3])
  func oneToOne(metallicity: Double) throws {
    let composition = StellarComposition(
      metallicity: try Self.metallicity(metallicity, error: 0.1), relation: .usual)
    var random = SeededRandom(seed: 2)
    let logs = (0..<20_000).map { _ in log(composition.draw(random: &random)) }.sorted()
    let centre = log(Self.sun) + 0.12 * metallicity * log(10)
    #expect(abs(quantile(ofSorted: logs, 0.5) - centre) < 0.0125)
    let half = (quantile(ofSorted: logs, 0.841_345) - quantile(ofSorted: logs, 0.158_655)) / 2
    #expect(abs(half - 0.2871) < 0.01)
    let best = composition.logLikelihood(exp(centre))
    #expect(abs(best) < 1e-12)
    #expect(abs(composition.logLikelihood(exp(centre + 0.2871)) + 0.5) < 0.005)
    #expect(composition.logLikelihood(-1) == -.infinity)
  }

  @Test("[Fe/H] beyond the trend's range is held, and said to be")
  func held() throws {
    let far = StellarComposition(metallicity: try Self.metallicity(-1.4), relation: .usual)
    let edge = StellarComposition(metallicity: try Self.metallicity(-0.8), relation: .usual)
    #expect(far.isClamped && !edge.isClamped)
    #expect(far.logLikelihood(0.3) == edge.logLikelihood(0.3))
    var answer = InteriorPosterior(
      model: "x", modelHash: "", inDomain: true, flags: [], remarks: [], outputs: [:], draws: [:],
      mixture: [],
      mixtureCoordinates: [])
    StellarComposition(metallicity: try Self.metallicity(-1.4, error: nil), relation: .usual)
      .explain(into: &answer)
    #expect(Set(answer.flags.names) == ["composition-from-star", "metallicity-held", "error-missing"])
  }
}
