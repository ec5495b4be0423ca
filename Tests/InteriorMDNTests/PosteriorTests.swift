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

  /// [Mg/Fe] = -0.12 [Fe/H]: a star rich in iron has more of it beside magnesium and silicon. The mean over the scatter
  /// is -1.35 + 4.84 (Fe/(Mg+Si))_sun 10^(0.12 [Fe/H]) exp((0.06 ln 10)^2 / 2); a draw scatters by 0.6, so the mean of
  /// 40,000 by 0.003. The wrong sign would be off by 0.19 and more.
  @Test("a planet of a star rich in metals has the more iron", arguments: [-0.8, -0.3, 0, 0.4])
  func trend(metallicity: Double) throws {
    let number = try #require(
      MeasuredNumber(Measurement<DimensionlessDimension>(value: Ratio(metallicity), upperError: Ratio(0))))
    var random = SeededRandom(seed: 1)
    let count = 40_000
    var sum = 0.0
    for _ in 0..<count { sum += StellarComposition.draw(metallicity: number, random: &random) }
    let sun = pow(10, 7.46) / (pow(10, 7.55) + pow(10, 7.51))
    let scatter = 0.06 * log(10)
    let expected = -1.35 + 4.84 * sun * pow(10, 0.12 * metallicity) * exp(scatter * scatter / 2)
    #expect(abs(sum / Double(count) - expected) < 0.015)
  }
}
