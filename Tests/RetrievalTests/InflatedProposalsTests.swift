import Foundation
import NumericalMethods
import SpectralPrior
import TestSupport
import Testing

@testable import Retrieval

@Suite("Proposals for errors as given and larger") struct InflatedProposalsTests {
  private static let observation: SpectralObservation = {
    let edges = (0...20).map { 1.1e-6 + 0.03e-6 * Double($0) }
    let errors = [Double](repeating: 5e-5, count: 20)
    return SpectralObservation(
      kind: .transmission, lower: Array(edges.dropLast()), upper: Array(edges.dropFirst()),
      values: (0..<20).map { 0.0144 + 2e-4 * sin(Double($0)) }, upperErrors: errors, lowerErrors: errors,
      instruments: [Int](repeating: 0, count: 20), instrumentNames: ["WFC3"])
  }()

  @Test("with errors as given they are the network's own")
  func asGiven() throws {
    let model = TinyCompletion.model()
    let proposals = try #require(InflatedProposals(model, Self.observation, isInflated: false))
    let reading = try #require(model.frontEnd.reading(of: Self.observation))
    #expect(proposals.level == reading.level.mean && !proposals.isEmpty)
    let own = model.proposals.density(given: model.frontEnd.features(reading, Self.observation))
    var random = SeededRandom(seed: 1)
    for _ in 0..<20 {
      let point = own.sample(&random)
      #expect(abs(proposals.logDensity(point) - own.logDensity(point)) < 1e-9)
    }
  }

  @Test("the density integrates to one, and is that of the draws")
  func density() throws {
    let model = TinyCompletion.model()
    let proposals = try #require(InflatedProposals(model, Self.observation, isInflated: true))
    var random = SeededRandom(seed: 2)
    let width = proposals.sample(&random).count
    let count = 20000
    let inBox = (0..<count).map { _ in exp(proposals.logDensity((0..<width).map { _ in random.uniform() })) }
    let integral = inBox.reduce(0, +) / Double(count)
    let error =
      (inBox.reduce(0) { $0 + ($1 - integral) * ($1 - integral) } / Double(count * count)).squareRoot()
    #expect(error < 0.05 && abs(integral - 1) < 4 * error, "\(integral) +- \(error)")
    // The mean of 1 / density over the draws is the box's volume.
    let inverse = (0..<count).map { _ in exp(-proposals.logDensity(proposals.sample(&random))) }
    let volume = inverse.reduce(0, +) / Double(count)
    let spread =
      (inverse.reduce(0) { $0 + ($1 - volume) * ($1 - volume) } / Double(count * count)).squareRoot()
    #expect(spread < 0.05 && abs(volume - 1) < 4 * spread, "\(volume) +- \(spread)")
  }
}
