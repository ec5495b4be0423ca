import Atmospheres
import Glibc
import NumericalMethods
import Observations
import Retrieval
import RetrievalTraining
import RobERt
import SpectralPrior
import Testing
import TrainingRuns

@testable import RobERtTraining

@Suite("Training a RobERt that reads points") struct PointsTrainingTests {
  @Test(
    "thresholds are the loosest at which verdicts are right, with few false alarms and few strong gases missed"
  )
  func thresholds() {
    // Of 1,000 below 0.5 none shows; of 1,000 above all do, but for one without any sign at 0.8 and two at 0.55.
    var (probabilities, significances): ([[Double]], [[Float]]) = ([], [])
    for place in 0..<2000 {
      probabilities.append([Double(place) / 2000, 0])
      significances.append([place < 1000 ? 0 : 10, 0])
    }
    significances[1600] = [0, 0]
    significances[1100] = [0, 0]
    significances[1101] = [0, 0]
    let found = RobERtModel.Thresholds(
      probabilities: probabilities, significances: significances, shownFrom: 3)
    // One false alarm in 1,003 is as many as may be; the next ones are at 0.5505.
    #expect(abs(found.seenFrom[0] - 0.551) < 1e-9)
    // Of those that show strongly 997 x 0.003 = 2 may be missed: those at 0.5 and 0.5005.
    #expect(abs(found.notSeenUpTo[0] - 0.5005) < 1e-9)
    let never = RobERtModel.Thresholds(
      probabilities: probabilities, significances: significances.map { _ in [1, 0] }, shownFrom: 3)
    #expect(never.seenFrom == [1])
    // Of the 203 without it that show something else 2 may be called seen: those at 0.95 and 0.9.
    for place in [1900, 1800, 1700] + Array(0..<200) { significances[place] = [0, 5] }
    significances[1600] = [10, 0]
    func foreign() -> Double {
      RobERtModel.Thresholds(
        probabilities: probabilities, significances: significances, shownFrom: 3, mostWithout: 0.1
      ).seenFrom[0]
    }
    #expect(abs(foreign() - 0.8505) < 1e-9)
    // Where the network says so itself, nothing is called seen, and nothing is lost.
    for place in [1900, 1800, 1700] { probabilities[place][1] = 0.6 }
    #expect(foreign() < 0.56)
  }

  private static func observation(points: Int = 100) -> SpectralObservation {
    let edges = SpectralGrid.standard.edges
    let errors = [Double](repeating: 1e-5, count: points)
    return SpectralObservation(
      kind: .transmission, lower: (0..<points).map { edges[100 + $0] },
      upper: (0..<points).map { edges[101 + $0] }, values: errors.map { _ in 0.01 }, upperErrors: errors,
      lowerErrors: errors, instruments: (0..<points).map { $0 < points / 2 ? 0 : 1 },
      instrumentNames: ["a", "b"])
  }

  @Test("errors are wrong by their factor, and red noise goes together among neighbours of one instrument")
  func noise() {
    let depths = [Double](repeating: 0.01, count: SpectralGrid.standard.count)
    var disturbance = ObservationDisturbance()
    disturbance.errorFactor = 1.4
    var observation = Self.observation()
    observation.offsetDeviation = 0
    func moments(_ disturbance: ObservationDisturbance) -> (
      variance: Double, neighbours: Double, apart: Double
    ) {
      var random = SeededRandom(seed: 4)
      var (square, neighbours, apart, count) = (0.0, 0.0, 0.0, 0.0)
      for _ in 0..<400 {
        let seen = disturbance.observe(observation, depths: depths, &random)
        let z = seen.points.values.map { ($0 - 0.01) / 1e-5 }
        for i in 0..<49 {
          square += z[i] * z[i]
          neighbours += z[i] * z[i + 1]
          apart += z[49] * z[50]
          count += 1
        }
      }
      return (square / count, neighbours / count, apart / count)
    }
    let white = moments(disturbance)
    #expect(abs(white.variance / 1.96 - 1) < 0.05 && abs(white.neighbours) < 0.06)
    disturbance.errorFactor = 1
    disturbance.redNoise = 1
    disturbance.redLength = 10
    let red = moments(disturbance)
    #expect(abs(red.variance - 2) < 0.15 && abs(red.neighbours - exp(-0.1)) < 0.15)
    #expect(abs(red.apart) < 0.25)
  }

  /// Depths of a star with spots are deeper, the more the bluer; cold spots are dark in the blue: 1 / (1 - f).
  @Test("unocculted spots deepen transits, in the blue by their share of the disc")
  func spots() {
    var disturbance = ObservationDisturbance()
    #expect(disturbance.contamination().allSatisfy { $0 == 1 })
    disturbance.spots = 0.1
    (disturbance.starTemperature, disturbance.spotTemperature) = (5000, 1000)
    let deeper = disturbance.contamination()
    #expect(abs(deeper[399] - 1 / 0.9) < 1e-6 || abs(deeper[0] - 1 / 0.9) < 1e-6)
    #expect(deeper.allSatisfy { $0 > 1 && $0 <= 1 / 0.9 + 1e-12 })
    disturbance.spotTemperature = 5000
    #expect(disturbance.contamination().allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test("a disturbance is the slopes times what tables are wrong by")
  func disturbance() {
    let slopes = [[Double](repeating: 1, count: 400), [Double](repeating: 0, count: 400)]
    var random = SeededRandom(seed: 2)
    var square = 0.0
    for _ in 0..<2000 {
      let moved = GasFeatures.disturbance(slopes, deviation: 0.1, &random)
      square += moved[137] * moved[137]
    }
    // The level, and four waves of half of it at a random phase: 1 + 4 / 4 / 2.
    #expect(abs(square / 2000 / (0.01 * 1.5) - 1) < 0.12)
  }

  @Test("observations of a planet stand together, and no planet is on two sides")
  func division() {
    let division = PointsDivision(
      planets: SetDivision(examples: 1000, validation: 100, test: 100), observationsEach: 4)
    #expect(division.training == 0..<3200 && division.validation == 3200..<3600)
    #expect(division.test == 3600..<4000 && division.count == 4000)
  }

  @Test("what a gas does is the difference of its depths, whatever else moves")
  func observedGases() throws {
    let bins = SpectralGrid.standard.count
    let space = AtmosphereSpace(.transmission)
    var random = SeededRandom(seed: 3)
    let row = space.draw(&random)
    let heights = (0..<bins).map { 8 + sin(Double($0) / 30) }
    let feature = (0..<bins).map { 120..<140 ~= $0 ? 2.0 : 0 }
    let features = GasFeatures(
      heights: heights, features: space.gases.map { $0 == .water ? feature : heights.map { _ in 0 } })
    let plan = RetrievalTraining.ObservationPlan(
      coverage: Coverage(.full), noise: .depth(1e-5), offsetDeviation: 0)
    let simulated = plan.observe(
      row, SpectrumShape(level: 8, values: heights.map { $0 - 8 }), space: space, &random)
    let observed = ObservedGases(
      features, simulated, row: row, kind: .transmission, moved: heights.map { _ in 0.3 },
      ObservationDisturbance(), &random)
    let disc = simulated.radiusRatio * simulated.radiusRatio
    // Less than the root of 20 points of this height, for a slope takes something of it.
    let most = 20.0.squareRoot() * 2 * disc * exp(row[0]) / 1e-5
    #expect(observed.significances[0] < most && observed.significances[0] > 0.9 * most)
    #expect(observed.significances.dropFirst().allSatisfy { $0 == 0 })
    let level = observed.observation.points.values.reduce(0, +) / Double(bins)
    #expect(abs(level / (disc * (1 + exp(row[0]) * 8.3)) - 1) < 0.05)
  }
}
