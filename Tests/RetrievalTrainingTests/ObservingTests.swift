import Foundation
import NumericalMethods
import Observations
import Retrieval
import RetrievalTraining
import SpectralPrior
import Testing

@Suite("Observing simulated spectra") struct ObservingTests {
  private static func shape(_ random: inout SeededRandom, _ space: AtmosphereSpace) -> SpectrumShape {
    let amplitude = space.kind == .eclipse ? 0.1 : 1
    let values = (0..<400).map { amplitude * sin(Double($0) / 20) + 0.01 * amplitude * random.normal() }
    return SpectrumShape(level: space.kind == .eclipse ? 0 : 8, values: values)
  }

  @Test("draws depend on seed and stream alone", arguments: AtmosphereSpace.Name.allCases)
  func deterministic(name: AtmosphereSpace.Name) {
    let space = AtmosphereSpace(name)
    func draw(_ stream: UInt64) -> SimulatedObservation {
      var random = SeededRandom(seed: 3, stream: stream)
      let row = space.draw(&random)
      return ObservationPlan.training.observe(row, Self.shape(&random, space), space: space, &random)
    }
    #expect(draw(5).observation == draw(5).observation)
    #expect(draw(5).observation != draw(6).observation)
  }

  @Test("noise, offsets and context scatter as they say", arguments: AtmosphereSpace.Name.allCases)
  func scatter(name: AtmosphereSpace.Name) throws {
    let space = AtmosphereSpace(name)
    var (noise, masses, temperatures, radii): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    var (instruments, points) = (0, 0)
    let draws = 600
    for stream in 0..<draws {
      var random = SeededRandom(seed: 9, stream: UInt64(stream))
      let row = space.draw(&random)
      let simulated = ObservationPlan.training.observe(row, Self.shape(&random, space), space: space, &random)
      let observation = simulated.observation
      #expect(observation.points.count > 0 || observation.instrumentNames.count > 0)
      instruments += observation.instrumentNames.count
      points += observation.points.count
      let expected = observation.points.points(of: simulated.depths)
      // Those of the first instrument have no offset.
      for point in expected.indices where observation.points.instruments[point] == 0 {
        noise.append((observation.points.values[point] - expected[point]) / observation.upperErrors[point])
      }
      if let mass = observation.planetMass {
        masses.append((mass.value - AtmosphereSpace.mass(row)) / mass.upper)
      }
      if let temperature = observation.temperature {
        temperatures.append(log(temperature.value / AtmosphereSpace.temperature(row)) / 0.25)
      }
      if let radius = observation.starRadius, radius.upper > 0 {
        let truth = exp(row[2]) / simulated.radiusRatio
        radii.append((radius.value - truth) / radius.upper)
      }
      #expect((0.005...0.5).contains(simulated.radiusRatio))
    }
    func square(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))
    }
    // Means of n squares of normal numbers: 1 within 4 sqrt(2 / n).
    for values in [noise, masses, temperatures, radii] where !values.isEmpty {
      #expect(abs(square(values) - 1) < 4 * (2 / Double(values.count)).squareRoot(), "\(values.count)")
    }
    #expect(abs(Double(masses.count) / Double(draws) - 0.5) < 0.1)
    #expect(abs(Double(temperatures.count) / Double(draws) - 0.6) < 0.1)
    #expect(instruments > draws && instruments < 3 * draws && points > 40 * draws)
  }

  /// Once networks were sure of the mass where nothing told it but that noise is never more than so many scale heights.
  @Test("the noise tells networks without a forward model behind them nothing of the planet")
  func nothing() {
    let space = AtmosphereSpace(.transmission)
    /// Of ln noise and ln of what a scale height makes of the depth; and spectra that tell nothing.
    func judged(_ noise: ObservationPlan.Noise) -> (correlation: Double, empty: Int) {
      let pairs = (0..<400).map { stream in
        var random = SeededRandom(seed: 4, stream: UInt64(stream))
        let row = space.draw(&random)
        let plan = ObservationPlan(coverage: Coverage(.wfc3), noise: noise)
        let simulated = plan.observe(row, Self.shape(&random, space), space: space, &random)
        let middling = simulated.depths.sorted()[simulated.depths.count / 2]
        return (log(simulated.observation.points.variances[0]) / 2, log(middling * exp(row[0])))
      }
      func mean(_ f: ((Double, Double)) -> Double) -> Double {
        pairs.reduce(0) { $0 + f($1) } / Double(pairs.count)
      }
      let (x, y) = (mean(\.0), mean(\.1))
      let covariance = mean { ($0.0 - x) * ($0.1 - y) }
      let variances = mean { ($0.0 - x) * ($0.0 - x) } * mean { ($0.1 - y) * ($0.1 - y) }
      let correlation = covariance / variances.squareRoot()
      return (correlation, pairs.count { $0.0 > $0.1 + log(4) })
    }
    let (drawn, any) = (judged(.drawn), judged(.anyDepth))
    #expect(drawn.correlation > 0.5 && drawn.empty == 0)
    // 0 within 4 / sqrt(400).
    #expect(abs(any.correlation) < 0.2 && any.empty > 20)
  }

  @Test("a plan fixes coverage, noise and what is known")
  func plan() throws {
    let space = AtmosphereSpace(.transmission)
    var random = SeededRandom(seed: 1)
    let plan = ObservationPlan(
      coverage: Coverage(.wfc3), noise: .depth(50e-6),
      context: .init(mass: .to(0.05), temperature: .unknown, starRadius: .unknown), offsetDeviation: 0)
    let row = space.draw(&random)
    let shape = Self.shape(&random, space)
    let simulated = plan.observe(row, shape, space: space, &random)
    let observation = simulated.observation
    #expect(observation.temperature == nil && observation.starRadius == nil)
    let mass = try #require(observation.planetMass)
    #expect(abs(mass.upper / AtmosphereSpace.mass(row) - 0.05) < 1e-12)
    #expect(observation.upperErrors.allSatisfy { abs($0 - 50e-6) < 1e-18 })
    // Bins of 1 % whose centres lie between 1.12 and 1.65 um.
    #expect(observation.points.count == 39 && observation.shiftedInstruments.isEmpty)
    let k = simulated.radiusRatio
    let s = exp(row[0])
    for (depth, height) in zip(simulated.depths, shape.values) {
      #expect(abs(depth / (k * k * (1 + 8 * s) * (1 + s * height)) - 1) < 1e-12)
    }
  }

  @Test("named coverages see what their instruments see")
  func named() {
    for name in Coverage.Name.allCases {
      let coverage = Coverage(name)
      #expect(Set(coverage.points.map(\.instrument)).count == coverage.instrumentNames.count)
    }
    #expect(Coverage(.full).points.count == 400)
    let hubble = Coverage(.hubbleSpitzer)
    #expect(hubble.instrumentNames.count == 4 && Coverage(.webb).instrumentNames.count == 3)
    #expect(hubble.points.suffix(2).allSatisfy { $0.upper - $0.lower > 7e-7 })
    #expect(Coverage(.prism).points.allSatisfy { $0.lower > 0.51e-6 && $0.upper < 5.55e-6 })
  }
}
