import Atmospheres
import Foundation
import NumericalMethods
import Observations
import OpacityFiles
import SpectralPrior
import Tensors
import Testing

@testable import Retrieval

@Suite("Posteriors in which the forward model decides") struct RetrievalEngineTests {
  private static let space = AtmosphereSpace(.exoGAN2018)

  private static func forward() throws -> SpectrumModel {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    return try OpacityLibrary(directory: folder.path).model(space.configuration)
  }

  /// The shipped emulator, and an error made on purpose.
  private struct Mistaken: SpectrumSurrogate {
    let emulator: SpectrumEmulator
    /// Scale heights, times a wave of the bins.
    let error: Double

    var levelDeviation: Double { emulator.levelDeviation }
    var deviation: [Double] { emulator.deviation.map { ($0 * $0 + error * error / 2).squareRoot() } }

    func spectra(of rows: Matrix<Double>) -> SurrogateSpectra {
      var spectra = emulator.spectra(of: rows)
      for row in 0..<rows.rows {
        let phase = rows.elements[row * rows.columns]
        for bin in 0..<spectra.shapes.columns {
          spectra.shapes.elements[row * spectra.shapes.columns + bin] += error * sin(Double(bin) + phase)
        }
      }
      return spectra
    }
  }

  /// A planet of the published set through 1.1 to 1.7 um.
  private static func observation(
    _ forward: SpectrumModel, ppm: Double, from first: Double = 1.1e-6, to last: Double = 1.7e-6
  ) throws -> SpectralObservation {
    let grid = SpectralGrid.standard
    let row =
      AtmosphereSpace.row(mass: 1.2 * 1.898e27, radius: 1.1 * 6.9911e7, temperature: 1500) + [
        -3, -5, -4, -4.5,
      ]
    let bins = (0..<grid.count).filter { grid.wavelengths[$0] > first && grid.wavelengths[$0] < last }
    let depths = try forward.transitDepth(space.planet(row))
    let depth = pow(exp(row[2]) / ModelConfiguration.exoGAN2018StellarRadius.meters, 2)
    var random = SeededRandom(seed: 3)
    let errors = bins.map { _ in ppm * 1e-6 }
    return SpectralObservation(
      kind: .transmission, lower: bins.map { grid.edges[$0] }, upper: bins.map { grid.edges[$0 + 1] },
      values: bins.map { depth * depths[$0] + ppm * 1e-6 * random.normal() }, upperErrors: errors,
      lowerErrors: errors, instruments: bins.map { _ in 0 }, instrumentNames: ["WFC3"])
  }

  private static func retrieve(
    _ forward: SpectrumModel, error: Double, threads: Int = 2, spectra: Int = 3000, samples: Double = 150
  ) throws -> RetrievedPosterior {
    let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Etc/models")
      .standardized
    let model = try #require(try CompletionModelSet.loadOne(space.name, directory: models.path)).model
    let observation = try observation(forward, ppm: 60)
    let reading = try #require(model.frontEnd.reading(of: observation))
    let engine = RetrievalEngine(
      space: space, forward: forward, surrogate: Mistaken(emulator: model.emulator, error: error))
    return try engine.retrieve(
      observation, level: reading.level.mean,
      proposal: model.proposals.density(given: model.frontEnd.features(reading, observation)),
      settings: RetrievalSettings(
        spectra: spectra, threads: threads, leastEffectiveSamples: samples, inflatesErrors: false), seed: 5)
  }

  @Test("surrogates that are wrong in different ways lead to one posterior and one evidence")
  func wrongSurrogates() throws {
    let forward = try Self.forward()
    let (first, second) = (
      try Self.retrieve(forward, error: 0), try Self.retrieve(forward, error: 0.2)
    )
    for posterior in [first, second] {
      #expect(posterior.effectiveSampleSize >= 150 && posterior.paretoShape < 0.7)
      #expect(posterior.pointCount == 43 && posterior.spectraComputed <= 3000 && !posterior.stoppedByTime)
      #expect(posterior.spectrumMean.count == 400 && posterior.leastChiSquared < 75)
      #expect(posterior.predictiveProbability > 0.01)
    }
    for (a, b) in zip(first.parameters, second.parameters)
    where a.posterior.sd > 1e-6 * abs(a.posterior.mean) {
      // Two means of 150 samples: 0.12 deviations apart, the largest of nine 0.33.
      #expect(a.key == b.key && abs(a.posterior.mean - b.posterior.mean) < 0.4 * a.posterior.sd, "\(a.key)")
      #expect(abs(a.posterior.sd / b.posterior.sd - 1) < 0.3, "\(a.key)")
    }
    #expect(abs(first.logEvidence - second.logEvidence) < 0.4)
  }

  @Test("the same seed gives the same posterior, whatever the threads; the budget is kept")
  func deterministic() throws {
    let forward = try Self.forward()
    let (one, three) = (
      try Self.retrieve(forward, error: 0, threads: 1, spectra: 700, samples: 40),
      try Self.retrieve(forward, error: 0, threads: 3, spectra: 700, samples: 40)
    )
    #expect(one.rows == three.rows && one.weights == three.weights && one.logEvidence == three.logEvidence)
    #expect(one.spectrumMean == three.spectrumMean && one.spectraComputed == three.spectraComputed)
    #expect(one.spectraComputed <= 700)
  }

  @Test("what shows is told from what does not, whatever the threads; the budget is kept")
  func gases() throws {
    let forward = try Self.forward()
    let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Etc/models")
      .standardized
    let model = try #require(try CompletionModelSet.loadOne(Self.space.name, directory: models.path)).model
    let observation = try Self.observation(forward, ppm: 30, from: 0.6e-6, to: 5e-6)
    func posterior(threads: Int) throws -> RetrievedPosterior {
      try RetrievalEngine(model: model, forward: forward).retrieve(
        observation,
        settings: RetrievalSettings(
          spectra: 1500, threads: threads, leastEffectiveSamples: 100, inflatesErrors: false, gasSamples: 48),
        seed: 5)
    }
    let found = try posterior(threads: 2)
    #expect(found.gases.map(\.formula) == ["H2O", "CO", "CO2", "CH4"] && found.spectraComputed <= 1500)
    #expect(try posterior(threads: 1).gases == found.gases)
    // log10: H2O -3, CO -5, CO2 -4, CH4 -4.5.
    let (water, monoxide) = (found.gases[0], found.gases[1])
    #expect(water.probability > 0.98 && water.isLeastBayesFactor && water.logBayesFactor > 2)
    #expect(water.logUpperLimit > -3.5 && water.logUpperLimit < -1.5)
    #expect(monoxide.probability < 0.3 && monoxide.logBayesFactor < 1 && !monoxide.isLeastBayesFactor)
    #expect(monoxide.significance < 3 && water.significance > 10)
    for gas in found.gases {
      let limit = try #require(gas.logDetectionLimit)
      #expect(limit > -7.5 && limit < -2 && (gas.logDetectionLimitAbove ?? 0) >= limit)
    }
    // Without being asked nothing is said.
    #expect(try Self.retrieve(forward, error: 0, spectra: 700, samples: 40).gases.isEmpty)
  }

  @Test("the trace end's share of the prior over that of the posterior")
  func savageDickey() {
    let (values, shares) = ([-9.5, -9.2, -4, -3, -2], [0.1, 0.1, 0.3, 0.3, 0.2])
    let found = GasWeighing.trace(values, shares, -10 ... -1, 100)
    #expect(abs(found.logBayesFactor - log(1 / 9.0 / 0.2)) < 1e-12 && !found.isLeast)
    let none = GasWeighing.trace([-4, -3], [0.5, 0.5], -10 ... -1, 100)
    #expect(abs(none.logBayesFactor - log(100 / 9.0)) < 1e-12 && none.isLeast)
  }

  @Test("a spectrum far more precise than the emulator is refined, from particles and from proposals alike")
  func precise() throws {
    let forward = try Self.forward()
    let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Etc/models")
      .standardized
    let model = try #require(try CompletionModelSet.loadOne(Self.space.name, directory: models.path)).model
    let observation = try Self.observation(forward, ppm: 0.5, from: 0.5e-6, to: 5e-6)
    let engine = RetrievalEngine(model: model, forward: forward)
    func settings(_ threads: Int) -> RetrievalSettings {
      RetrievalSettings(spectra: 2500, threads: threads, leastEffectiveSamples: 60, inflatesErrors: false)
    }
    let first = try engine.retrieve(observation, settings: settings(2), seed: 5)
    let second = try engine.refine(observation, settings: settings(1), seed: 6)
    let again = try engine.refine(observation, settings: settings(3), seed: 6)
    #expect(second.rows == again.rows && second.weights == again.weights)
    for posterior in [first, second] {
      #expect(posterior.effectiveSampleSize >= 60 && posterior.spectraComputed <= 2500)
      // Twice the lesser of two, at most 1: what fits well says nothing but that it does.
      #expect(posterior.predictiveProbability > 0.01)
      // Four deviations below what as many parameters leave would be too good.
      let degrees = Double(posterior.pointCount - posterior.parameters.count)
      #expect(posterior.meanChiSquared > degrees - 4 * (2 * degrees).squareRoot())
    }
    let truths = ["log10H2O": -3, "log10CO": -5, "log10CO2": -4, "log10CH4": -4.5, "temperature": 1500.0]
    for (a, b) in zip(first.parameters, second.parameters)
    where a.posterior.sd > 1e-9 * abs(a.posterior.mean) {
      #expect(abs(a.posterior.mean - b.posterior.mean) < 0.7 * a.posterior.sd, "\(a.key)")
      #expect(abs(a.posterior.sd / b.posterior.sd - 1) < 0.4, "\(a.key)")
      if let truth = truths[a.key] {
        #expect(abs(a.posterior.mean - truth) < 4 * a.posterior.sd, "\(a.key)")
      }
    }
    // Two importance samples of 60: 0.18; means 0.18 deviations apart, the largest of nine 0.5.
    #expect(abs(first.logEvidence - second.logEvidence) < 0.6)
    // Where particles do arrive, both ways give one evidence.
    let coarse = try Self.observation(forward, ppm: 30, from: 0.5e-6, to: 5e-6)
    let moved = try engine.retrieve(coarse, settings: settings(2), seed: 5)
    let drawn = try engine.refine(coarse, settings: settings(2), seed: 6)
    #expect(moved.spectraComputed < 1500 && drawn.effectiveSampleSize > 50)
    #expect(abs(moved.logEvidence - drawn.logEvidence) < 0.6)
  }

  @Test("few coordinates need no surrogate: the same posterior whatever the threads, and true values inside")
  func kernels() throws {
    let space = AtmosphereSpace(.exoGAN2018, only: ["H2O", "CH4"])
    let forward = try Self.forward()
    let observation = try Self.observation(forward, ppm: 60)
    func retrieve(threads: Int, seed: UInt64) throws -> RetrievedPosterior {
      try RetrievalEngine(space: space, forward: forward).retrieve(
        observation,
        settings: RetrievalSettings(
          spectra: 12_000, threads: threads, leastEffectiveSamples: 100, inflatesErrors: false), seed: seed)
    }
    let (one, two, other) = (
      try retrieve(threads: 1, seed: 1), try retrieve(threads: 2, seed: 1), try retrieve(threads: 2, seed: 2)
    )
    #expect(one.rows == two.rows && one.weights == two.weights && one.logEvidence == two.logEvidence)
    #expect(one.effectiveSampleSize >= 100 && one.paretoShape < 0.7 && one.spectraComputed <= 12_000)
    #expect(!one.keys.contains("log10CO") && abs(one.weights.reduce(0, +) - 1) < 1e-9)
    // Two evidences of 100 samples each: 0.14.
    #expect(abs(one.logEvidence - other.logEvidence) < 0.5)
    for (key, truth) in [("log10H2O", -3.0), ("log10CH4", -4.5)] {
      let posterior = try #require(one.parameters.first { $0.key == key }).posterior
      #expect(posterior.p025 < truth && posterior.p975 > truth, "\(key)")
    }
    #expect(throws: RetrievalEngine.Failure.self) {
      try RetrievalEngine(space: space, forward: forward).retrieve(
        observation, settings: RetrievalSettings(spectra: 1500, inflatesErrors: false), seed: 1)
    }
  }
}
