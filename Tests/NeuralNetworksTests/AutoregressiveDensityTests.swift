import Glibc
import NeuralNetworks
import NumericalMethods
import Testing

@Suite("Densities in the unit box")
struct AutoregressiveDensityTests {
  private static let density = AutoregressiveDensity(dimensions: 3, bins: 5)

  /// Random numbers; locations and ln scales as given.
  private static func output(
    _ density: AutoregressiveDensity, seed: UInt64, location: Double = 0.4, logScale: Double = -1.5
  ) -> [Double] {
    var random = SeededRandom(seed: seed)
    return zip(density.initialBiases, (0..<density.width).map { _ in 0.6 * random.normal() }).map {
      bias, noise in
      // Biases are 0.5 where a location stands, ln 0.25 where a scale does.
      bias > 0 ? location + 0.1 * noise : bias < 0 ? logScale + 0.3 * noise : noise
    }
  }

  private static func loss(
    _ density: AutoregressiveDensity, _ outputs: [Double], _ targets: [Double], scale: Double = 1
  ) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: .nan, count: outputs.count)
    let value = outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          density.negativeLogLikelihood(
            outputs: outputs, targets: targets, rows: targets.count / density.dimensions, gradient: $0,
            scale: scale)
        }
      }
    }
    return (value, gradient)
  }

  /// Difference quotients with h = 1e-7 are wrong by rounding, 1e-16 |f| / h ~ 1e-8, and by h^2 |f'''| / 6, where f''' reaches the
  /// inverse cube of the scale, (0.0025)^-3: 1e-7.
  @Test(
    "the loss's derivative by every output, broad, narrow, at an edge, and with slopes",
    arguments: [(0.4, -1.5), (0.4, -6.0), (0.02, -4.0), (-0.3, -2.0), (1.4, -2.5)])
  func gradient(location: Double, logScale: Double) {
    let density = Self.density
    let outputs =
      Self.output(density, seed: 1, location: location, logScale: logScale)
      + Self.output(density, seed: 2, location: location, logScale: logScale)
    // Points of the density, where most of a loss is met.
    var random = SeededRandom(seed: 3)
    let targets = [0, 1].flatMap { row in
      BoxDensity(density, output: outputs[(row * density.width)..<((row + 1) * density.width)]).sample(
        &random)
    }
    let gradient = Self.loss(density, outputs, targets, scale: 0.5).gradient
    let h = 1e-7
    for i in outputs.indices {
      var moved = outputs
      moved[i] += h
      let above = Self.loss(density, moved, targets).value
      moved[i] -= 2 * h
      let difference = 0.5 * (above - Self.loss(density, moved, targets).value) / (2 * h)
      #expect(abs(difference - gradient[i]) < 2e-6 * max(1, abs(gradient[i])), "output \(i)")
    }
  }

  @Test("the loss is minus ln of the density that is drawn from")
  func agreement() {
    let density = Self.density
    let output = Self.output(density, seed: 4)
    let box = BoxDensity(density, output: output[...])
    var random = SeededRandom(seed: 5)
    for _ in 0..<20 {
      let point = (0..<3).map { _ in random.uniform() }
      #expect(abs(Self.loss(density, output, point).value + box.logDensity(point)) < 1e-10)
    }
  }

  /// The middle sums' error: 1e-3 of the width of the narrowest hump, squared.
  @Test(
    "densities of one coordinate add up to 1",
    arguments: [(0.4, -1.5), (0.4, -5.0), (0.0, -5.0), (1.5, -2.0), (-3.0, -4.0), (0.2, 1.3)])
  func normalisation(location: Double, logScale: Double) {
    let density = AutoregressiveDensity(dimensions: 1)
    let box = BoxDensity(
      density, output: Self.output(density, seed: 6, location: location, logScale: logScale)[...])
    let count = 200_000
    let sum = (0..<count).reduce(0.0) { $0 + exp(box.logDensity([(Double($1) + 0.5) / Double(count)])) }
    #expect(abs(sum / Double(count) - 1) < 1e-4)
  }

  @Test("without spline and slopes a coordinate is a logistic cut off at 0 and 1")
  func closedForm() {
    let density = AutoregressiveDensity(dimensions: 1)
    var output = [Double](repeating: 0, count: density.width)
    (output[0], output[1]) = (0.3, log(0.2))
    let box = BoxDensity(density, output: output[...])
    func below(_ u: Double) -> Double { 1 / (1 + exp(-(u - 0.3) / 0.2)) }
    let share = below(1) - below(0)
    for u in [0, 0.1, 0.3, 0.77, 1] {
      let logistic = below(u) * (1 - below(u)) / 0.2 / share
      #expect(abs(box.logDensity([u]) - log(logistic)) < 1e-12)
      #expect(abs(box.ranks([u])[0] - (below(u) - below(0)) / share) < 1e-12)
    }
  }

  @Test("a slope moves a coordinate's location with those before it")
  func slopes() {
    let density = AutoregressiveDensity(dimensions: 2)
    var output = density.initialBiases
    let second = density.width - (2 + 1 + 3 * density.bins + 1)
    (output[0], output[second], output[second + 1], output[second + 2]) = (0.5, 0.4, log(0.01), 0.8)
    let box = BoxDensity(density, output: output[...])
    // At u_0 = 0.75 the second coordinate lies about 0.4 + 0.8 x 0.25.
    #expect(abs(box.ranks([0.75, 0.6])[1] - 0.5) < 1e-6)
    #expect(abs(box.ranks([0.5, 0.4])[1] - 0.5) < 1e-6)
  }

  @Test(
    "samples are the distribution function's inverse",
    arguments: [(0.4, -1.5), (0.4, -7.0), (-2.0, -3.0), (3.0, -3.0)])
  func inverse(location: Double, logScale: Double) {
    let density = Self.density
    let box = BoxDensity(
      density, output: Self.output(density, seed: 7, location: location, logScale: logScale)[...])
    var (drawing, checking) = (SeededRandom(seed: 8), SeededRandom(seed: 8))
    for _ in 0..<200 {
      let point = box.sample(&drawing)
      #expect(point.allSatisfy { (0...1).contains($0) })
      for rank in box.ranks(point) { #expect(abs(rank - checking.uniform()) < 1e-6) }
    }
  }

  @Test("whatever a network gives, densities and samples are finite")
  func extremes() {
    let density = Self.density
    var random = SeededRandom(seed: 9)
    for _ in 0..<300 {
      let output = (0..<density.width).map { _ in pow(10, random.uniform(-2, 2)) * random.normal() }
      let box = BoxDensity(density, output: output[...])
      let point = box.sample(&random)
      #expect(point.allSatisfy { (0...1).contains($0) } && box.isFinite)
      for target in [point, [0, 1, 0], [1, 0, 0.5]] {
        let (value, gradient) = Self.loss(density, output, target)
        #expect(value.isFinite && gradient.allSatisfy(\.isFinite) && box.logDensity(target).isFinite)
      }
    }
  }

  @Test("to begin with, a density is broad")
  func start() {
    let density = Self.density
    let box = BoxDensity(density, output: density.initialBiases[...])
    #expect(box.logDensity([0.5, 0.5, 0.5]) > 0)
    #expect(box.logDensity([0, 1, 0]) > 3 * log(0.2))
  }
}
