import Atmospheres
import Foundation
import NumericalMethods
import Observations
import OpacityFiles
import SpectralPrior
import Tensors
import Testing

@testable import Retrieval

@Suite("Densities by a surrogate") struct RetrievalTargetTests {
  private static let space = AtmosphereSpace(.transmission)

  /// Levels and shapes by a rule.
  private struct Made: SpectrumSurrogate {
    var deviation: [Double] { [Double](repeating: 0.05, count: SpectralGrid.standard.count) }
    let levelDeviation = 0.02

    func spectra(of rows: Matrix<Double>) -> SurrogateSpectra {
      let bins = SpectralGrid.standard.count
      var shapes = Matrix<Double>(rows: rows.rows, columns: bins)
      for row in 0..<rows.rows {
        for bin in 0..<bins {
          shapes.elements[row * bins + bin] = sin(0.1 * Double(bin) + rows.elements[row * rows.columns + 3])
        }
      }
      return SurrogateSpectra(
        levels: (0..<rows.rows).map { 12 + rows.elements[$0 * rows.columns + 3] }, shapes: shapes,
        clues: Matrix(rows: rows.rows, columns: 0))
    }
  }

  private struct Case: Sendable {
    var star: MeasuredValue?
    var inflates = true
    var held: [String: Double] = [:]
    var isTaught = false
  }

  private static let cases: [Case] = [
    .init(star: MeasuredValue(7e8, deviation: 4e7)), .init(inflates: false),
    .init(star: MeasuredValue(7e8, deviation: 0), held: ["cloudTop": 0], isTaught: true),
    .init(star: MeasuredValue(7e8, deviation: 4e7), isTaught: true),
  ]

  private static func target(_ item: Case) throws -> RetrievalTarget {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    let grid = SpectralGrid.standard
    let bins = Array(200..<212)
    var observation = SpectralObservation(
      kind: .transmission, lower: bins.map { grid.edges[$0] }, upper: bins.map { grid.edges[$0 + 1] },
      values: bins.map { 0.0144 + 1e-4 * sin(Double($0)) }, upperErrors: bins.map { _ in 9e-5 },
      lowerErrors: bins.map { _ in 7e-5 }, instruments: bins.map { $0 < 206 ? 0 : 1 },
      instrumentNames: ["one", "two"])
    observation.starRadius = item.star
    return try RetrievalTarget(
      coordinates: RetrievalCoordinates(
        space, observation, level: 0.0144, inflatesErrors: item.inflates, held: item.held),
      observation: observation,
      forward: try OpacityLibrary(directory: folder.path).model(space.configuration),
      threads: 2)
  }

  @Test(
    "by the axis and by the point they are the same, and the law does not depend on the axis",
    arguments: 0..<4)
  func conditionals(index: Int) throws {
    let target = try Self.target(Self.cases[index])
    let axis = try #require(target.axis)
    let width = target.coordinates.count
    var surrogate = CorrectedSurrogate(Made(), Self.space, bins: target.depths.bins)
    var random = SeededRandom(seed: 4)
    if Self.cases[index].isTaught {
      let rows = Matrix(
        rows: 64, columns: Self.space.count, elements: (0..<64).flatMap { _ in Self.space.draw(&random) })
      var heights = surrogate.heights(of: rows).heights
      for place in heights.elements.indices {
        heights.elements[place] += 0.1 * sin(rows.elements[place / heights.columns * rows.columns + 1])
      }
      surrogate.learn(rows: rows, heights: heights, errors: target.depths.bins.map { _ in 0.1 })
      #expect(surrogate.modes.rows > 0)
    }
    let points = Matrix(rows: 300, columns: width, elements: (0..<300 * width).map { _ in random.uniform() })
    var moved = points
    for row in 0..<300 { moved.elements[row * width + axis] = random.uniform() }
    let whole = target.logDensities(points, surrogate)
    let here = target.conditionals(points, surrogate, axis: axis)
    let there = target.conditionals(moved, surrogate, axis: axis)
    var found = 0
    for row in 0..<300 {
      #expect(here[row].law == there[row].law)
      let value = points.elements[row * width + axis]
      #expect(here[row].logDensity(value) == whole[row] && there[row].logDensity(value) == whole[row])
      if whole[row] > -.infinity { found += 1 }
    }
    #expect(found > 30)
    // The density along the axis, prior and all, is about its law.
    let best = try #require(here.first { $0.law.map { $0.mean > 0.2 && $0.mean < 0.8 } == true })
    let law = try #require(best.law)
    let logs = [-1.0, 0, 1].map { best.logDensity(law.mean + $0 * law.deviation) }
    #expect(abs((logs[0] + logs[2]) / 2 - logs[1] + 0.5) < 0.15, "\(logs)")
  }
}

#if canImport(Glibc)
  import Glibc
#endif
