import Atmospheres
import Foundation
import NumericalMethods
import OpacityFiles
import SpectralPrior
import Tensors
import Testing
import Units

@testable import Retrieval

@Suite("Coordinates of retrievals") struct RetrievalCoordinatesTests {
  private static func observation(_ kind: AtmosphereSpace.Name) -> SpectralObservation {
    var observation = SpectralObservation(
      kind: kind == .eclipse ? .eclipse : .transmission, lower: [1e-6], upper: [1.2e-6], values: [0.0144],
      upperErrors: [1e-4], lowerErrors: [1e-4], instruments: [0], instrumentNames: [""])
    observation.starTemperature = 5000
    return observation
  }

  private static func forward(_ space: AtmosphereSpace) throws -> SpectrumModel {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    return try OpacityLibrary(directory: folder.path).model(space.configuration)
  }

  private struct Case: Sendable {
    var space: AtmosphereSpace.Name
    var starRadius: MeasuredValue?
    var planetRadius: MeasuredValue?
    var inflates = true
    var held: [String: Double] = [:]
  }

  private static let star = MeasuredValue(7e8, deviation: 4e7)
  private static let cases: [Case] = [
    .init(space: .exoGAN2018, inflates: false), .init(space: .transmission, starRadius: star),
    .init(space: .transmission, held: ["log10H2O": -4, "cloudTop": 0]),
    .init(space: .transmission, starRadius: MeasuredValue(7e8, deviation: 0), inflates: false),
    .init(space: .eclipse, starRadius: star, planetRadius: MeasuredValue(8e7, deviation: 2e6)),
    .init(space: .eclipse, starRadius: star),
  ]

  private static func coordinates(_ item: Case) -> RetrievalCoordinates {
    var observation = observation(item.space)
    observation.starRadius = item.starRadius
    observation.planetRadius = item.planetRadius
    return RetrievalCoordinates(
      AtmosphereSpace(item.space), observation, level: 0.0144, inflatesErrors: item.inflates, held: item.held)
  }

  /// A draw from the prior: a row, R_s and f; made without the coordinates.
  private static func draw(_ item: Case, _ random: inout SeededRandom) -> (
    row: [Double], star: Double, inflation: Double
  ) {
    let space = AtmosphereSpace(item.space)
    var row = space.draw(&random)
    let inflation = item.inflates ? exp(random.uniform(0, log(4))) : 1
    for (key, value) in item.held { row[space.index(key) ?? 0] = value }
    guard item.space != .exoGAN2018 else { return (row, 6.955e8, inflation) }
    while true {
      let logStar =
        item.starRadius.map { log($0.value) + $0.logarithmicDeviation * random.normal() }
        ?? random.uniform(log(0.1 * Constants.solarRadius), log(2.5 * Constants.solarRadius))
      let logRadius = logStar + random.uniform(log(0.005), log(0.5))
      guard space.variables[2].range.contains(logRadius) else { continue }
      row[2] = logRadius
      return (row, exp(logStar), inflation)
    }
  }

  /// Where a draw lies in the box; nil outside.
  private static func point(
    _ draw: (row: [Double], star: Double, inflation: Double), _ coordinates: RetrievalCoordinates
  ) -> [Double]? {
    let ratio = exp(draw.row[0])
    let depth = exp(2 * (draw.row[2] - log(draw.star)))
    var values: [String: Double] = [
      "level": (0.0144 / depth - 1) / ratio, "lnStarRadius": log(draw.star),
      "lnErrorInflation": log(draw.inflation),
    ]
    for (variable, value) in zip(coordinates.space.variables, draw.row) { values[variable.key] = value }
    let point = zip(coordinates.keys, coordinates.ranges).map { key, range in
      ((values[key] ?? .nan) - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return point.allSatisfy { (0...1).contains($0) } ? point : nil
  }

  @Test("a point of the box is the draw that lies there", arguments: 0..<6)
  func roundTrip(index: Int) throws {
    let item = Self.cases[index]
    let coordinates = Self.coordinates(item)
    var random = SeededRandom(seed: 21)
    var found = 0
    for _ in 0..<3000 where found < 20 {
      let draw = Self.draw(item, &random)
      guard let point = Self.point(draw, coordinates) else { continue }
      found += 1
      let state = try #require(coordinates.state(point))
      for (a, b) in zip(state.row, draw.row) { #expect(abs(a - b) < 1e-8) }
      #expect(abs(state.starRadius / draw.star - 1) < 1e-9 && abs(state.inflation - draw.inflation) < 1e-9)
      #expect(abs(state.depth * exp(2 * (log(draw.star) - draw.row[2])) - 1) < 1e-8)
    }
    #expect(found >= 10)
  }

  /// In each half of the box, cut along one coordinate after the other, lies the share of the prior's draws that the density says:
  /// its integral by uniform points.
  @Test("the prior's draws are as dense in the box as its density says", arguments: 0..<6)
  func density(index: Int) {
    let item = Self.cases[index]
    let coordinates = Self.coordinates(item)
    var random = SeededRandom(seed: 33)
    let count = 60_000
    var drawn = [Double](repeating: 0, count: 1 + coordinates.count)
    for _ in 0..<count {
      guard let point = Self.point(Self.draw(item, &random), coordinates) else { continue }
      drawn[0] += 1
      for (place, value) in point.enumerated() where value < 0.5 { drawn[1 + place] += 1 }
    }
    var (sums, squares) = (drawn.map { _ in 0.0 }, drawn.map { _ in 0.0 })
    for _ in 0..<count {
      let point = (0..<coordinates.count).map { _ in random.uniform() }
      guard let state = coordinates.state(point) else { continue }
      let density = exp(state.logPrior)
      for place in sums.indices where place == 0 || point[place - 1] < 0.5 {
        sums[place] += density
        squares[place] += density * density
      }
    }
    for place in sums.indices {
      let (share, integral) = (drawn[place] / Double(count), sums[place] / Double(count))
      let error =
        ((squares[place] / Double(count) - integral * integral + share) / Double(count)).squareRoot()
      #expect(abs(share - integral) < 4 * error, "coordinate \(place)")
    }
    #expect(drawn[0] > 300)
  }

  @Test(
    "a seen row does not depend on the level, and heights shifted are those of the row", arguments: [0, 1, 3])
  func seenRow(index: Int) throws {
    let coordinates = Self.coordinates(Self.cases[index])
    let place = try #require(coordinates.levelPlace)
    let forward = try Self.forward(coordinates.space)
    var random = SeededRandom(seed: 8)
    var tried = 0
    var (misses, unshifted) = (0.0, 0.0)
    while tried < 10 {
      var point = (0..<coordinates.count).map { _ in random.uniform() }
      point[place] = random.uniform(0.2, 0.5)
      // Heavy atmospheres have smaller scale heights than s says, and smaller shifts; a deck's height does not depend on paths.
      for (other, key) in coordinates.keys.enumerated() {
        if key.hasPrefix("log10"), key != "log10Haze" { point[other] *= 0.6 }
        if key == "cloudFraction" { point[other] = 0.01 }
      }
      guard let state = coordinates.state(point) else { continue }
      let seen = coordinates.seenRow(state)
      var other = point
      other[place] = 0.9
      #expect(coordinates.seenRow(point) == seen.row && coordinates.seenRow(other) == seen.row)
      guard let ofRow = try? coordinates.space.heights(state.row, forward),
        let ofSeen = try? coordinates.space.heights(seen.row, forward)
      else { continue }
      tried += 1
      for (a, b) in zip(ofSeen, ofRow) {
        misses += abs(a + seen.heightShift - b)
        unshifted += abs(a - b)
      }
    }
    #expect(misses < 0.4 * unshifted, "\(misses) of \(unshifted)")
  }

  @Test("the law of the level is where a planet's disc is, seen row by seen row")
  func levelLaw() throws {
    let coordinates = Self.coordinates(Self.cases[3])
    let place = try #require(coordinates.levelPlace)
    var random = SeededRandom(seed: 9)
    var tried = 0
    while tried < 10 {
      let point = (0..<coordinates.count).map { _ in random.uniform(0.1, 0.9) }
      guard let state = coordinates.state(point) else { continue }
      tried += 1
      let seen = coordinates.seenRow(state)
      // Where a bin at height h is seen at depth k^2 (1 + s (h + shift)), the same without the shift asks for a factor in place of k^2.
      let (ratio, height) = (exp(state.row[0]), 12.0)
      let depth = state.depth * (1 + ratio * (height + seen.heightShift))
      let factor = depth / (1 + ratio * height)
      let law = try #require(
        coordinates.levelLaw(factor: NormalLaw(mean: factor, deviation: 1e-6 * factor), seen.row))
      let range = coordinates.ranges[place]
      let miss = abs(law.mean - point[place]) * (range.upperBound - range.lowerBound)
      #expect(miss < 0.1 + 0.1 * abs(seen.heightShift), "\(miss) scale heights")
    }
  }

  @Test("straightened coordinates lead back, and keep volumes", arguments: [0, 1, 2])
  func straightened(index: Int) throws {
    var observation = Self.observation(Self.cases[index].space)
    observation.planetMass = MeasuredValue(1e27, deviation: 1e26)
    let coordinates = RetrievalCoordinates(
      AtmosphereSpace(Self.cases[index].space), observation, level: 0.0144, inflatesErrors: true,
      held: Self.cases[index].held)
    var random = SeededRandom(seed: 10)
    #expect(coordinates.straightenings.count == (index == 0 ? 2 : 4))
    for straightening in coordinates.straightenings {
      let point = (0..<coordinates.count).map { _ in random.uniform(0.05, 0.95) }
      let back = straightening.point(straightening.numbers(point))
      #expect(zip(point, back).allSatisfy { abs($0 - $1) < 1e-12 })
      // d numbers / d point by differences, over the coordinates' own widths.
      let step = 1e-6
      var slopes = Matrix<Double>(rows: point.count, columns: point.count)
      for j in point.indices {
        var (above, below) = (point, point)
        above[j] += step
        below[j] -= step
        let width = coordinates.ranges[j].upperBound - coordinates.ranges[j].lowerBound
        for (i, (a, b)) in zip(straightening.numbers(above), straightening.numbers(below)).enumerated() {
          slopes.elements[i * point.count + j] = (a - b) / (2 * step * width)
        }
      }
      let squared = product(slopes, slopes, aIsTransposed: true)
      let factor = try #require(SkylineCholesky(squared.elements, count: point.count))
      #expect(abs(factor.halfLogDeterminant) < 1e-5)
    }
  }

  @Test("the Jacobian of k is that of differences")
  func jacobian() throws {
    let coordinates = Self.coordinates(Self.cases[3])
    var random = SeededRandom(seed: 6)
    let place = try #require(coordinates.keys.firstIndex(of: "level"))
    let width = coordinates.ranges[place].upperBound - coordinates.ranges[place].lowerBound
    var tried = 0
    while tried < 20 {
      var point = (0..<coordinates.count).map { _ in random.uniform(0.01, 0.99) }
      guard let state = coordinates.state(point) else { continue }
      tried += 1
      let step = 1e-5
      point[place] += step
      let further = try #require(coordinates.state(point))
      point[place] -= 2 * step
      let nearer = try #require(coordinates.state(point))
      let slope = abs(log(further.depth / nearer.depth)) / 2 / (2 * step)
      // The prior in the box is that of ln k, 1 / ln 100, times the slope, where R_p may be all that k allows.
      let star = 7e8
      let radii = AtmosphereSpace(.transmission).variables[2].range
      let inside = min(log(0.5), radii.upperBound - log(star)) - max(log(0.005), radii.lowerBound - log(star))
      #expect(abs(exp(state.logPrior) / (slope / inside) - 1) < 1e-4)
      #expect(width == 38)
    }
  }

  @Test("what was measured counts as a normal law of its own")
  func context() throws {
    var observation = Self.observation(.transmission)
    observation.starRadius = MeasuredValue(7e8, deviation: 0)
    let space = AtmosphereSpace(.transmission)
    func coordinates() -> RetrievalCoordinates {
      RetrievalCoordinates(space, observation, level: 0.0144, inflatesErrors: false)
    }
    var random = SeededRandom(seed: 2)
    var point: [Double] = []
    repeat {
      point = (0..<coordinates().count).map { _ in random.uniform() }
    } while coordinates().state(point) == nil
    let bare = try #require(coordinates().state(point))
    #expect(bare.logContext == 0)
    let (mass, temperature) = (AtmosphereSpace.mass(bare.row), AtmosphereSpace.temperature(bare.row))
    observation.planetMass = MeasuredValue(value: mass / 1.2, upper: mass / 12, lower: mass / 30)
    observation.temperature = MeasuredValue(temperature / 1.3, deviation: temperature / 1.3 / 4)
    let state = try #require(coordinates().state(point))
    let width = (1.0 / 12 + 1.0 / 30) / 2 * 1.2
    let z = (1 - 1 / 1.2) * 12
    let expected =
      -0.5 * z * z - log(width * (2 * Double.pi).squareRoot())
      - 0.5 * pow(log(1.3) / 0.25, 2) - log(0.25 * (2 * Double.pi).squareRoot())
    #expect(abs(state.logContext - expected) < 1e-9 && state.logPrior == bare.logPrior)
  }

  @Test("the other coordinates' first density is normalised and is what they are drawn from")
  func others() {
    let coordinates = Self.coordinates(Self.cases[4])
    var random = SeededRandom(seed: 14)
    let count = 40_000
    let width = coordinates.count - coordinates.proposedCount
    #expect(width == 3)
    var (sum, weighted, drawn) = (0.0, 0.0, 0.0)
    for _ in 0..<count {
      let point = (0..<width).map { _ in random.uniform() }
      let density = exp(coordinates.logDensityOfOthers(point))
      sum += density
      weighted += density * (point[0] * point[0] + point[1])
      let other = coordinates.drawOthers(&random)
      drawn += other[0] * other[0] + other[1]
    }
    #expect(abs(sum / Double(count) - 1) < 0.05)
    #expect(abs(weighted / sum - drawn / Double(count)) < 0.02)
  }

  @Test("a measured mass gives ln s, everything else being known", arguments: [0.003, 0.1])
  func ratioOfMass(error: Double) throws {
    var observation = Self.observation(.transmission)
    observation.starRadius = Self.star
    let mass = 1.3e27
    observation.planetMass = MeasuredValue(mass, deviation: error * mass)
    let coordinates = RetrievalCoordinates(
      AtmosphereSpace(.transmission), observation, level: 0.0144, inflatesErrors: true)
    var random = SeededRandom(seed: 6)
    var tried = 0
    for _ in 0..<50 {
      var point = (0..<coordinates.count).map { _ in random.uniform() }
      point[1] = 0.7
      guard let law = coordinates.ratioLaw(point), law.mean > 0.01, law.mean < 0.9 else { continue }
      tried += 1
      point[0] = law.mean
      let state = try #require(coordinates.state(point))
      #expect(abs(AtmosphereSpace.mass(state.row) / mass - 1) < 0.002)
      // One deviation of the law is one and a half of the mass, but for the little that R_p depends on s.
      point[0] = law.mean + law.deviation
      let shifted = try #require(coordinates.state(point))
      let change = log(AtmosphereSpace.mass(state.row) / AtmosphereSpace.mass(shifted.row))
      #expect(abs(change / (1.5 * error) - 1) < 0.4)
      point[0] = random.uniform()
      #expect(coordinates.ratioLaw(point) == law)
    }
    #expect(tried > 20)
    observation.planetMass = nil
    let unknown = RetrievalCoordinates(
      AtmosphereSpace(.transmission), observation, level: 0.0144, inflatesErrors: true)
    #expect(unknown.ratioLaw([Double](repeating: 0.5, count: unknown.count)) == nil)
  }
}
