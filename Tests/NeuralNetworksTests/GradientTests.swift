import Glibc
import NeuralNetworks
import NumericalMethods
import Tensors
import Testing

/// Backward passes against central differences, in Double.
///
/// With h = 1e-5 the difference quotient is wrong by about h^2 |f'''| / 6 ~ 1e-10 and by rounding 1e-16 |f| / h ~
/// 1e-10 (losses of order 10): 1e-7 leaves room for steep spots.
@Suite("Gradients")
struct GradientTests {
  private static let h = 1e-5
  private static let tolerance = 1e-7

  private static func normals(_ count: Int, _ seed: UInt64, scale: Double = 1) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in scale * random.normal() }
  }

  @Test("mixture density by its outputs", arguments: [MixtureDensity.Covariance.diagonal, .full])
  func mixture(covariance: MixtureDensity.Covariance) {
    let density = MixtureDensity(components: 3, dimensions: 4, covariance: covariance)
    let rows = 5
    let outputs = Self.normals(rows * density.width, 1, scale: 0.7)
    let targets = Self.normals(rows * density.dimensions, 2)
    func loss(_ outputs: [Double], gradient: inout [Double]?) -> Double {
      outputs.withUnsafeBufferPointer { outputs in
        targets.withUnsafeBufferPointer { targets in
          var slot = [Double](repeating: .nan, count: outputs.count)
          let value = slot.withUnsafeMutableBufferPointer {
            density.negativeLogLikelihood(
              outputs: outputs, targets: targets, rows: rows, gradient: gradient == nil ? nil : $0,
              scale: 0.25)
          }
          if gradient != nil { gradient = slot }
          return value
        }
      }
    }
    var analytic: [Double]? = []
    _ = loss(outputs, gradient: &analytic)
    var none: [Double]?
    for i in outputs.indices {
      var moved = outputs
      moved[i] = outputs[i] + Self.h
      let above = loss(moved, gradient: &none)
      moved[i] = outputs[i] - Self.h
      let below = loss(moved, gradient: &none)
      let difference = 0.25 * (above - below) / (2 * Self.h)
      #expect(abs(difference - (analytic?[i] ?? .nan)) < Self.tolerance, "output \(i)")
    }
  }

  @Test("a held log-precision has a derivative only towards the inside")
  func heldPrecision() {
    let density = MixtureDensity(
      components: 1, dimensions: 1, covariance: .diagonal, maximumLogPrecision: 2)
    func slope(_ logPrecision: Double, target: Double) -> Double {
      var gradient = [0.0, 0, 0]
      [0, 0, logPrecision].withUnsafeBufferPointer { outputs in
        [target].withUnsafeBufferPointer { targets in
          gradient.withUnsafeMutableBufferPointer {
            _ = density.negativeLogLikelihood(
              outputs: outputs, targets: targets, rows: 1, gradient: $0, scale: 1)
          }
        }
      }
      return gradient[2]
    }
    #expect(slope(3, target: 0) == 0)
    #expect(slope(3, target: 5) > 0)
    #expect(slope(-3, target: 100) == 0)
    #expect(slope(-3, target: 0) < 0)
  }

  @Test("a whole network by every parameter")
  func network() {
    let density = MixtureDensity(components: 2, dimensions: 2, covariance: .full)
    var perceptron = Sequential<Double>.perceptron(widths: [3, 5, 4, density.width])
    perceptron.parameters = Self.normals(perceptron.parameters.count, 3, scale: 0.4)
    let rows = 7
    let x = Self.normals(rows * 3, 4)
    let y = Self.normals(rows * 2, 5)
    let workspace = TrainingWorkspace(perceptron, capacity: 9)

    func loss(_ parameters: [Double], backward: Bool) -> Double {
      parameters.withUnsafeBufferPointer { parameters in
        x.withUnsafeBufferPointer { x in
          y.withUnsafeBufferPointer { y in
            let outputs = workspace.forward(parameters, x: x, rows: rows)
            let value = density.negativeLogLikelihood(
              outputs: outputs, targets: y, rows: rows,
              gradient: backward ? workspace.outputGradient(rows: rows) : nil, scale: 1)
            if backward { workspace.backward(parameters, x: x, rows: rows) }
            return value
          }
        }
      }
    }
    _ = loss(perceptron.parameters, backward: true)
    let analytic = Array(workspace.gradient)
    for i in perceptron.parameters.indices {
      var moved = perceptron.parameters
      moved[i] += Self.h
      let above = loss(moved, backward: false)
      moved[i] -= 2 * Self.h
      let below = loss(moved, backward: false)
      #expect(abs((above - below) / (2 * Self.h) - analytic[i]) < Self.tolerance, "parameter \(i)")
    }
  }

  @Test("inference gives what the training pass gives")
  func inference() {
    var perceptron = Sequential<Double>.perceptron(widths: [2, 6, 3])
    perceptron.parameters = Self.normals(perceptron.parameters.count, 6)
    let x = Self.normals(8, 7)
    let workspace = TrainingWorkspace(perceptron, capacity: 4)
    let trained = perceptron.parameters.withUnsafeBufferPointer { parameters in
      x.withUnsafeBufferPointer { Array(workspace.forward(parameters, x: $0, rows: 4)) }
    }
    #expect(perceptron(Matrix(rows: 4, columns: 2, elements: x)).elements == trained)
  }
}

@Suite("Yes or no")
struct SigmoidCrossEntropyTests {
  @Test(
    "the loss is the logarithm of the probability, at any logit; its derivative the probability less the label"
  )
  func value() {
    for label in [0, 0.9, 1] {
      for logit in [-2.5, 0, 0.7] {
        let p = 1 / (1 + exp(-logit))
        var gradient = [Double.nan]
        let loss = [logit].withUnsafeBufferPointer { logits in
          gradient.withUnsafeMutableBufferPointer {
            SigmoidCrossEntropy.sum(logits, label: label, gradient: $0, scale: 3)
          }
        }
        #expect(abs(loss + label * log(p) + (1 - label) * log(1 - p)) < 1e-14)
        #expect(abs(gradient[0] - 3 * (p - label)) < 1e-14)
      }
    }
    let far = [Float(1000), -1000].withUnsafeBufferPointer {
      SigmoidCrossEntropy.sum($0, label: 1, gradient: nil, scale: 1)
    }
    #expect(far == 1000)
  }
}

@Suite("Mixture density")
struct MixtureDensityTests {
  /// Two components in one dimension, against the formula written out.
  @Test("the density is the published one")
  func value() {
    let density = MixtureDensity(components: 2, dimensions: 1, covariance: .diagonal)
    // logits 0 and log 3: weights 1/4 and 3/4; means -1 and 2; log-precisions 0 and log 2: sd 1 and 1/2.
    let row: [Double] = [0, log(3.0), -1, 2, 0, log(2.0)]
    func normal(_ x: Double, _ mean: Double, _ sd: Double) -> Double {
      exp(-(x - mean) * (x - mean) / (2 * sd * sd)) / (sd * (2 * Double.pi).squareRoot())
    }
    let expected = -log(0.25 * normal(0.5, -1, 1) + 0.75 * normal(0.5, 2, 0.5))
    let value = row.withUnsafeBufferPointer { outputs in
      [0.5].withUnsafeBufferPointer { targets in
        density.negativeLogLikelihood(outputs: outputs, targets: targets, rows: 1, gradient: nil, scale: 1)
      }
    }
    #expect(abs(value - expected) < 1e-13)
  }

  @Test("far from every component the loss stays finite, in single precision too")
  func farAway() {
    let density = MixtureDensity(components: 2, dimensions: 1, covariance: .diagonal)
    let value = [Float(0), 0, -1, 1, 7, 7].withUnsafeBufferPointer { outputs in
      [Float(1e4)].withUnsafeBufferPointer { targets in
        density.negativeLogLikelihood(outputs: outputs, targets: targets, rows: 1, gradient: nil, scale: 1)
      }
    }
    #expect(value.isFinite && value > 1e10)
  }

  /// 40,000 draws: means scatter by sd/200, covariances by about their size/140; five sigma allowed.
  @Test("draws have the mean and covariance of the full factor")
  func draws() {
    let density = MixtureDensity(components: 1, dimensions: 2, covariance: .full)
    let coupling = -0.8
    let row: [Double] = [0, 1, -2, log(2.0), log(4.0), coupling]
    let mixture = GaussianMixture(density, output: row[...])
    var random = SeededRandom(seed: 5)
    let draws = (0..<40_000).map { _ in density.draw(output: row[...], random: &random) }
    let n = Double(draws.count)
    let mean = (0..<2).map { i in draws.reduce(0) { $0 + $1[i] } / n }
    let covariance = draws.reduce(0) { $0 + ($1[0] - mean[0]) * ($1[1] - mean[1]) } / n
    let sd = mixture.components[0].sd
    // u0 = z0/2, u1 = z1/4 - l u0: var u1 = 1/16 + l^2/4, cov = -l/4.
    #expect(abs(sd[0] - 0.5) < 1e-14)
    #expect(abs(sd[1] - (1 / 16 + coupling * coupling / 4).squareRoot()) < 1e-14)
    #expect(abs(mean[0] - 1) < 0.0125 && abs(mean[1] + 2) < 0.0125)
    #expect(abs(covariance + coupling / 4) < 0.01)
    let variance = draws.reduce(0) { $0 + ($1[1] - mean[1]) * ($1[1] - mean[1]) } / n
    #expect(abs(variance - sd[1] * sd[1]) < 0.01)
  }
}

@Suite("Optimiser")
struct OptimiserTests {
  @Test("finds the bottom of a bowl")
  func bowl() {
    var parameters = [3.0, -2]
    var optimiser = AdamW<Double>(count: 2, weightDecay: 0, maximumNorm: 100)
    let schedule = LearningRateSchedule(peak: 0.1, final: 0, warmUpSteps: 10, totalSteps: 1000)
    for step in 0..<1000 {
      let gradient = [2 * (parameters[0] - 1), 8 * (parameters[1] - 0.5)]
      parameters.withUnsafeMutableBufferPointer { parameters in
        gradient.withUnsafeBufferPointer {
          let isDone = optimiser.step(parameters, gradient: $0, rate: schedule.rate(step: step))
          #expect(isDone)
        }
      }
    }
    #expect(abs(parameters[0] - 1) < 1e-6 && abs(parameters[1] - 0.5) < 1e-6)
  }

  @Test("a gradient that is not finite changes nothing")
  func notFinite() {
    var parameters: [Float] = [1]
    var optimiser = AdamW<Float>(count: 1, weightDecay: 0.1, maximumNorm: 1)
    let before = optimiser
    parameters.withUnsafeMutableBufferPointer { parameters in
      [Float.nan].withUnsafeBufferPointer {
        let isDone = optimiser.step(parameters, gradient: $0, rate: 1)
        #expect(!isDone)
      }
    }
    #expect(parameters == [1] && optimiser == before)
  }

  @Test("the schedule warms up, peaks and falls to its end")
  func schedule() {
    let schedule = LearningRateSchedule(peak: 1, final: 0.1, warmUpSteps: 4, totalSteps: 104)
    #expect(schedule.rate(step: 0) == 0.25)
    #expect(schedule.rate(step: 3) == 1)
    #expect(abs(schedule.rate(step: 54) - 0.55) < 1e-12)
    #expect(abs(schedule.rate(step: 104) - 0.1) < 1e-12)
    #expect(abs(schedule.rate(step: 1000) - 0.1) < 1e-12)
  }
}
