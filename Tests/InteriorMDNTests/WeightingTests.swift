import Analyses
import Glibc
import InteriorTraining
import NumericalMethods
import Observations
import TestSupport
import Testing
import Units

@testable import InteriorMDN

@Suite("Posteriors by the forward model")
struct WeightingTests {
  static let directory = InteriorModelSetTests.directory

  private static func set(planets: Int) throws -> InteriorModelSet {
    _ = try InteriorModelSetTests.loaded.get()
    return try InteriorModelSet.load(directory: directory, choices: InteriorChoices(planets: planets))
  }

  /// Loosely known, so that few planets suffice.
  private static let loose = InteriorObservation(
    mass: InteriorModelSetTests.mass(1, 0.2), radius: InteriorModelSetTests.radius(1, 0.05),
    equilibriumTemperature: InteriorModelSetTests.kelvins(255),
    stellarMetallicity: InteriorModelSetTests.ratio(0, 0.05))

  /// The proposals of a network that knows nothing, against planets of the prior: with some 150 effective draws each, medians scatter by 0.14
  /// of the half width, quantiles at 16 and 84 % by 0.18; three and a half sigma.
  @Test("whatever the network says, the posterior is that of prior and likelihood")
  func brute() throws {
    let set = try Self.set(planets: 3600)
    let answer = try #require(set.posterior(of: "rocky-A", for: Self.loose, seed: 1))
    let target = try #require(set.target(of: "rocky-A", for: Self.loose))
    let reference = try #require(
      InteriorReference(target, effective: 200, most: 4000, threads: 2, seed: 3))
    let weighing = try #require(answer.weighing)
    #expect(weighing.effectiveSampleSize > 150 && weighing.forwardModels <= 5400)
    #expect(answer.networkOutputs.count == answer.outputs.count)
    for (index, quantity) in set.quantities(of: "rocky-A").enumerated() {
      let (p, r) = (try #require(answer.outputs[quantity]), reference.outputs[index])
      let half = (r.p84 - r.p16) / 2
      #expect(abs(p.p50 - r.p50) < 0.5 * half, "\(quantity): \(p.p50) for \(r.p50) +- \(half)")
      #expect(abs(p.p16 - r.p16) < 0.65 * half && abs(p.p84 - r.p84) < 0.65 * half, "\(quantity)")
    }
    #expect(answer.flags.names.contains("network-differs"))
  }

  @Test("above 400 K rocky planets are dry, and it is said")
  func steam() throws {
    var hot = Self.loose
    hot.equilibriumTemperature = InteriorModelSetTests.kelvins(900)
    let answer = try #require(try Self.set(planets: 400).posterior(of: "rocky-A", for: hot, seed: 1))
    #expect(answer.flags.names.contains("steam-not-modelled"))
    #expect(answer.outputs[.waterRadiusFraction]?.p975 == 0)
    #expect((answer.outputs[.coreRadiusFraction]?.sd ?? 0) > 0)
  }

  @Test("a hot planet that is too large for dry rock gets no numbers")
  func tooLarge() throws {
    var puffy = Self.loose
    (puffy.mass, puffy.radius) = (
      InteriorModelSetTests.mass(1, 0.02), InteriorModelSetTests.radius(1.25, 0.01)
    )
    puffy.equilibriumTemperature = InteriorModelSetTests.kelvins(900)
    let answer = try #require(try Self.set(planets: 400).posterior(of: "rocky-A", for: puffy, seed: 1))
    #expect(!answer.inDomain && answer.outputs.isEmpty && answer.draws.isEmpty)
    #expect(Set(answer.flags.names).isSuperset(of: ["outside-domain", "steam-not-modelled"]))
    #expect(answer.remarks[0].contains("four deviations"))
  }
}

@Suite("Likelihood of interiors")
struct InteriorLikelihoodTests {
  private static func number(_ value: Double, _ upper: Double, _ lower: Double) throws -> MeasuredNumber {
    try #require(
      MeasuredNumber(
        Measurement<DimensionlessDimension>(
          value: Ratio(value), upperError: Ratio(upper), lowerError: Ratio(lower),
          upperLimit: Ratio(value + 5 * upper)
        )))
  }

  @Test("errors of either side, and limits")
  func sides() throws {
    let number = try Self.number(10, 2, 1)
    #expect(number.logLikelihood(10) == 0)
    #expect(abs(number.logLikelihood(12) + 0.5) < 1e-12 && abs(number.logLikelihood(9) + 0.5) < 1e-12)
    #expect(number.logLikelihood(20.1) == -.infinity)
    #expect(number.logLikelihood(.nan) == -.infinity)
    // Exact values are known to 0.25 %.
    let exact = try Self.number(10, 0, 0)
    #expect(abs(exact.logLikelihood(9.975) + 0.5) < 1e-9)
  }

  /// With an error small beside it, m sin i is likely as m / (M sqrt(M^2 - m^2)) is: the density of sin i by d(cos i), times m's.
  @Test("a minimum mass is averaged over orbits in all directions", arguments: [1.3, 2, 5])
  func minimum(truth: Double) throws {
    let number = try Self.number(1, 0.004, 0.004)
    let ratio =
      exp(number.logLikelihoodOfMinimum(truth)) / exp(number.logLikelihoodOfMinimum(1.5))
    func density(_ mass: Double) -> Double { 1 / (mass * (mass * mass - 1).squareRoot()) }
    #expect(abs(ratio / (density(truth) / density(1.5)) - 1) < 0.01)
    #expect(number.logLikelihoodOfMinimum(0.9) == -.infinity)
  }

  @Test("age and [M/H] are terms where the model has them; a giant's radius is known to 1 %")
  func envelopes() throws {
    var observation = InteriorModelSetTests.earth
    observation.age = Measurement(
      value: TimeSpan(gigayears: 5), upperError: TimeSpan(gigayears: 1), lowerError: TimeSpan(gigayears: 0.1))
    observation.atmosphericMetallicity = InteriorModelSetTests.ratio(1, 0.2)
    func likelihood(_ inputs: [InteriorInput], isGiant: Bool) throws -> InteriorLikelihood {
      try #require(InteriorLikelihood(observation, inputs: inputs, isGiant: isGiant, relation: .usual))
    }
    let rocky = try likelihood([.mass, .radius], isGiant: false)
    let layered = try likelihood([.mass, .radius, .equilibriumTemperature], isGiant: false)
    let giant = try likelihood([.mass, .radius, .equilibriumTemperature], isGiant: true)
    // Z/X of 0.187 is ten times the Sun's.
    let tenSolar = 0.187 * 0.725 / (1 + 0.187 * 0.725)
    func value(_ likelihood: InteriorLikelihood, age: Double, metals: Double) -> Double {
      likelihood.ofParameters(mass: 1, equilibriumTemperature: 255, age: age, envelopeMetalFraction: metals)
    }
    #expect(abs(value(giant, age: 5, metals: tenSolar)) < 1e-9)
    #expect(abs(value(giant, age: 6, metals: tenSolar) + 0.5) < 1e-9)
    // The lower error counts as a tenth of the age.
    #expect(abs(value(layered, age: 4.5, metals: 0.5) + 0.5) < 1e-9)
    #expect(value(rocky, age: 1, metals: 0.5) == 0)
    #expect(abs(InteriorLikelihood.metallicity(metalFraction: tenSolar) - 1) < 1e-12)
    #expect(value(giant, age: 5, metals: 0.02) < -4)
    observation.radius = InteriorModelSetTests.radius(1, 0)
    let exact = try likelihood([.mass, .radius, .equilibriumTemperature], isGiant: true)
    #expect(
      abs(exact.ofStructure(radius: 1.01, ironToMagnesiumSilicon: 1, loveNumber: 0.934) + 0.5) < 1e-9)
  }

  @Test("each quantity that is known is a term, k2 only for networks that are told of it")
  func terms() throws {
    let inputs: [InteriorInput] = [.mass, .radius, .equilibriumTemperature]
    let all = try #require(
      InteriorLikelihood(InteriorModelSetTests.earth, inputs: inputs + [.loveNumber], relation: .usual))
    let none = try #require(
      InteriorLikelihood(InteriorModelSetTests.earth, inputs: inputs, relation: .usual))
    let (here, there) = ((1.0, 0.475, 0.934), (1.01, 0.475, 0.934 + 0.09))
    func value(_ likelihood: InteriorLikelihood, _ p: (Double, Double, Double)) -> Double {
      likelihood.ofStructure(radius: p.0, ironToMagnesiumSilicon: p.1, loveNumber: p.2)
    }
    #expect(abs(value(all, here)) < 1e-9)
    #expect(abs(value(all, there) + 1) < 1e-6 && abs(value(none, there) + 0.5) < 1e-6)
    #expect(value(none, (1, 0.5, 0.9)) < -50)
  }
}
