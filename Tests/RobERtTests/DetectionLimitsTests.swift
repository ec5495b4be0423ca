import Glibc
import NumericalMethods
import Observations
import RobERt
import TestSupport
import Testing

@Suite("Detection limits and training domain")
struct DetectionLimitsTests {
  @Test("the limit lies where the strongest feature is three sigma, between entries by the logarithm")
  func limit() throws {
    let limits = TinyRobERt.limits()
    let bins = Array(0..<SpectralGrid.standard.count)
    func limit(_ error: Double, _ temperature: Double, _ molecule: String = "H2O") -> Double? {
      limits.limit(
        molecule,
        .init(bins: bins, errors: bins.map { _ in error }, temperature: temperature))
    }
    // At 1000 K features are 0.1, 1 and 10 scale heights: three sigma of 1/3 is the middle entry, of 1/30 the first.
    #expect(abs(try #require(limit(1.0 / 3, 1000)) - -4) < 1e-6)
    #expect(limit(1.0 / 40, 1000) == -6)
    #expect(abs(try #require(limit(0.1, 1000)) - (-4 + 2 * log10(0.3))) < 1e-6)
    // Twice as strong at 2000 K.
    #expect(abs(try #require(limit(2.0 / 3, 2000)) - -4) < 1e-6)
    #expect(abs(try #require(limit(0.5, 1500)) - -4) < 1e-6)
    #expect(limit(4, 1000) == nil)
    #expect(limit(0.1, 1000, "CO2") == nil)
  }

  @Test("a feature outside the coverage is none")
  func coverage() {
    let limits = TinyRobERt.limits()
    let infrared = Array(200..<300)
    let observation = DetectionLimits.Observation(
      bins: infrared, errors: infrared.map { _ in 0.01 }, temperature: 1000)
    #expect(limits.limit("Na", observation) == nil)
    #expect(limits.limit("H2O", observation) != nil)
  }

  @Test("a change of level alone is no feature, in either kind")
  func level() {
    let flat = [Double](repeating: 0.7, count: 20)
    let errors = [Double](repeating: 0.01, count: 20)
    func strongest(_ values: [Double]) -> (difference: Double, ratio: Double) {
      (
        FeatureStrength.strongest(FeatureStrength.departures(differences: values, errors: errors)),
        FeatureStrength.strongest(FeatureStrength.departures(ratios: values, errors: errors))
      )
    }
    #expect(strongest(flat).difference < 1e-12 && strongest(flat).ratio < 1e-12)
    var bump = flat
    bump[3] += 0.05
    #expect(abs(strongest(bump).difference - 5) < 1e-9)
    // 1 - 0.70/0.75 = 0.0667
    #expect(abs(strongest(bump).ratio - 6.667) < 1e-3)
  }

  @Test("the distance is that of the full covariance, and near 1 for what the domain describes")
  func distance() throws {
    let bins = SpectralGrid.standard.count
    var random = SeededRandom(seed: 3)
    let direction = (0..<bins).map { sin(Double($0) / 30) }
    let domain = TrainingDomain(
      mean: [Double](repeating: 0, count: bins), directions: [direction],
      remainder: [Double](repeating: 0.3, count: bins), limit: 2, largestContrast: 0.1,
      levels: 1e-5...0.1)
    let points = [Double](repeating: 1, count: bins)
    let encoder = SpectrumEncoder()
    func distance(_ value: (Int) -> Double) throws -> Double {
      let depth = (0..<bins).map { 0.01 + 1e-4 * value($0) }
      let encoded = try #require(
        encoder.encode(
          depth: depth, error: depth.map { _ in 1e-6 }, isObserved: depth.map { _ in true },
          kind: .transmission))
      return domain.distance(of: encoded, points: points)
    }
    // The direction itself costs nothing but its own size; white noise of unit size is 1/0.3^2 = 11 a point.
    #expect(try distance { direction[$0] } < 0.05)
    let white = try distance { _ in random.normal() }
    #expect(white > 8 && white < 14)
    // Bumps of 1 % of the depth, rms 0.7 %; noise alone has no contrast.
    func contrast(_ error: Double, _ value: (Int) -> Double) throws -> Double {
      let depth = (0..<bins).map { 0.01 + value($0) }
      return domain.contrast(
        of: try #require(
          encoder.encode(
            depth: depth, error: depth.map { _ in error }, isObserved: depth.map { _ in true },
            kind: .transmission)))
    }
    #expect(abs(try contrast(1e-6) { 1e-4 * direction[$0] } - 0.0071) < 3e-4)
    #expect(try contrast(1e-4) { _ in 1e-4 * random.normal() } < 0.003)
  }
}
