import NeuralNetworks
import NumericalMethods
import Tensors
import Testing

/// What every layer must hold to; a new layer is a line in `layers`.
@Suite("Layers")
struct LayerTests {
  static let layers: [any Layer] = [
    DenseLayer(inputs: 5, outputs: 3, activation: .identity),
    DenseLayer(inputs: 4, outputs: 6, activation: .sigmoidLinear),
    DenseLayer(inputs: 3, outputs: 3, activation: .sigmoid),
    DenseLayer(inputs: 4, outputs: 5, activation: .leakyRectifier),
    ResidualLayer(width: 4, hidden: 3),
    ResidualLayer(width: 2, hidden: 5),
    // Padding left out (5 x 7 to 3 x 4), and multiplied (9 x 11, stride 1); even sides; on two threads.
    Convolution2D(ImageShape(height: 5, width: 7, channels: 3), channels: 2, activation: .leakyRectifier),
    Convolution2D(
      ImageShape(height: 9, width: 11, channels: 1), channels: 2, kernel: 3, stride: 1, activation: .identity),
    Convolution2D(
      ImageShape(height: 6, width: 4, channels: 2), channels: 3, activation: .sigmoid, threads: 2),
    TransposedConvolution2D(
      to: ImageShape(height: 5, width: 7, channels: 2), channels: 3, activation: .identity),
    TransposedConvolution2D(
      to: ImageShape(height: 6, width: 4, channels: 1), channels: 2, activation: .sigmoid, threads: 2),
    Convolution2D.alongRow(steps: 9, features: 2, channels: 3, kernel: 4, stride: 2, activation: .sigmoid),
    BidirectionalLSTM(steps: 4, features: 3, hidden: 2),
    BidirectionalLSTM(steps: 1, features: 2, hidden: 3),
    PartialLayers(
      [
        BidirectionalLSTM(steps: 2, features: 2, hidden: 1),
        DenseLayer(inputs: 4, outputs: 3, activation: .sigmoidLinear),
      ], passing: 2),
  ]

  /// Those without parameters.
  static let bareLayers: [any Layer] = [
    MaxPooling(steps: 6, channels: 2, window: 3), MaxPooling(steps: 3, channels: 2, window: 1),
  ]

  /// Those whose rows depend on each other.
  static let batchLayers: [any Layer] = [
    BatchNormalization(ImageShape(height: 2, width: 3, channels: 2), activation: .identity),
    BatchNormalization(ImageShape(height: 2, width: 2, channels: 3), activation: .leakyRectifier),
    MinibatchDeviation(ImageShape(height: 2, width: 3, channels: 2)),
    PartialLayers(
      [BatchNormalization(ImageShape(height: 1, width: 2, channels: 2), activation: .identity)], passing: 1),
  ]

  /// With h = 1e-5 the difference quotient is wrong by about h^2 |f'''| / 6 ~ 1e-10 and by rounding 1e-16 |f| / h ~ 1e-11
  /// (losses of order 1): 1e-8 leaves room for steep spots.
  private static let h = 1e-5
  private static let tolerance = 1e-8

  @Test(
    "backward is forward's derivative by every input and every parameter",
    arguments: layers + bareLayers + batchLayers)
  func gradients(layer: any Layer) {
    var layer = LayerUnderTest(layer, rows: 4, seed: 1)
    let (byInput, byParameter) = layer.backward()
    for i in layer.x.indices {
      let x = layer.x[i]
      layer.x[i] = x + Self.h
      let above = layer.loss()
      layer.x[i] = x - Self.h
      let below = layer.loss()
      layer.x[i] = x
      #expect(abs((above - below) / (2 * Self.h) - byInput[i]) < Self.tolerance, "input \(i)")
    }
    for i in layer.parameters.indices {
      let p = layer.parameters[i]
      layer.parameters[i] = p + Self.h
      let above = layer.loss()
      layer.parameters[i] = p - Self.h
      let below = layer.loss()
      layer.parameters[i] = p
      #expect(abs((above - below) / (2 * Self.h) - byParameter[i]) < Self.tolerance, "parameter \(i)")
    }
  }

  @Test(
    "forward gives the same with and without a cache, and overwrites what was there",
    arguments: layers + bareLayers + batchLayers)
  func cache(layer: any Layer) {
    let layer = LayerUnderTest(layer, rows: 3, seed: 2)
    let kept = layer.forward(keeping: true)
    #expect(kept == layer.forward(keeping: false))
    #expect(kept.allSatisfy { $0.isFinite })
  }

  @Test("a row does not depend on its neighbours", arguments: layers + bareLayers)
  func rows(layer: any Layer) {
    let many = LayerUnderTest(layer, rows: 5, seed: 3)
    var one = LayerUnderTest(layer, rows: 1, seed: 3)
    one.parameters = many.parameters
    let all = many.forward(keeping: true)
    for row in 0..<5 {
      one.x = Array(many.x[row * layer.inputs..<(row + 1) * layer.inputs])
      for (a, b) in zip(one.forward(keeping: true), all[(row * layer.outputs)...]) {
        #expect(abs(a - b) < 1e-14)
      }
    }
  }

  @Test("initial parameters are finite, all set, and follow the seed", arguments: layers)
  func initialisation(layer: any Layer) {
    func start(_ seed: UInt64) -> [Double] {
      var parameters = [Double](repeating: .nan, count: layer.parameterCount)
      var random = SeededRandom(seed: seed)
      parameters.withUnsafeMutableBufferPointer {
        layer.initialize($0, isFirst: false, random: &random)
      }
      return parameters
    }
    #expect(start(1).allSatisfy { $0.isFinite } && start(1) == start(1) && start(1) != start(2))
  }
}

/// A layer with random parameters and inputs, its outputs weighed to one loss; whatever it must overwrite begins as NaN.
private struct LayerUnderTest {
  let layer: any Layer
  let rows: Int
  var parameters: [Double]
  var x: [Double]
  private let weights: [Double]

  init(_ layer: any Layer, rows: Int, seed: UInt64) {
    self.layer = layer
    self.rows = rows
    var random = SeededRandom(seed: seed)
    parameters = (0..<layer.parameterCount).map { _ in 0.5 * random.normal() }
    x = (0..<rows * layer.inputs).map { _ in random.normal() }
    weights = (0..<rows * layer.outputs).map { _ in random.normal() }
  }

  func loss() -> Double { zip(weights, forward(keeping: false)).reduce(0) { $0 + $1.0 * $1.1 } }

  func forward(keeping isKeeping: Bool) -> [Double] { pass(isKeeping) { _, pass in Array(pass.a) } }

  func backward() -> (byInput: [Double], byParameter: [Double]) {
    pass(true) { parameters, pass in
      var upstream = weights
      var byInput = [Double](repeating: .nan, count: x.count)
      var byParameter = [Double](repeating: .nan, count: parameters.count)
      upstream.withUnsafeMutableBufferPointer { upstream in
        byInput.withUnsafeMutableBufferPointer { downstream in
          byParameter.withUnsafeMutableBufferPointer { gradient in
            layer.backward(
              parameters, pass: pass, upstream: upstream, downstream: downstream, gradient: gradient)
          }
        }
      }
      return (byInput, byParameter)
    }
  }

  private func pass<Result>(
    _ isKeeping: Bool, _ body: (UnsafeBufferPointer<Double>, ForwardPass<Double>) -> Result
  ) -> Result {
    var a = [Double](repeating: .nan, count: rows * layer.outputs)
    var cache = [Double](repeating: .nan, count: layer.cacheCount(rows: rows))
    return parameters.withUnsafeBufferPointer { parameters in
      x.withUnsafeBufferPointer { x in
        a.withUnsafeMutableBufferPointer { a in
          cache.withUnsafeMutableBufferPointer { cache in
            layer.forward(parameters, rows: rows, x: x, a: a, cache: isKeeping ? cache : nil)
            return body(
              parameters,
              ForwardPass(rows: rows, x: x, a: UnsafeBufferPointer(a), cache: UnsafeBufferPointer(cache)))
          }
        }
      }
    }
  }
}

@Suite("Layers one after the other")
struct SequentialTests {
  private static let network: Sequential<Double> = {
    var network = Sequential<Double>.perceptron(widths: [3, 4, 2])
    var random = SeededRandom(seed: 4)
    network.initialize(random: &random)
    return network
  }()

  @Test("parameters are named, layer by layer")
  func names() {
    let tensors = Self.network.tensors
    #expect(tensors.map(\.name) == ["0.weight", "0.bias", "1.weight", "1.bias"])
    #expect(tensors.map(\.shape) == [[3, 4], [4], [4, 2], [2]])
    #expect(tensors.map(\.range) == [0..<12, 12..<16, 16..<24, 24..<26])
    var network = Self.network
    network["0.bias"] = [1, 2, 3, 4]
    #expect(network.parameters[12..<16] == [1, 2, 3, 4] && network["0.bias"] == [1, 2, 3, 4])
    #expect(network["1.weight"] == Self.network["1.weight"])
  }

  @Test("networks are equal where layers and parameters are")
  func equality() {
    #expect(Self.network == Self.network)
    var other = Self.network
    other.parameters[0] += 1
    #expect(other != Self.network)
    #expect(
      Sequential.perceptron(widths: [3, 4, 2], hidden: .sigmoid, parameters: Self.network.parameters)
        != Self.network)
  }

  /// The discriminator's word on what a generator made reaches the generator through the discriminator's inputs.
  @Test("the loss's derivative by the inputs goes through all layers")
  func inputGradient() {
    let (network, rows, h) = (Self.network, 2, 1e-5)
    var x = [0.3, -1.2, 0.7, 1.1, 0.2, -0.4]
    let workspace = TrainingWorkspace(network, capacity: 3)
    var gradient = [Double](repeating: .nan, count: x.count)
    network.parameters.withUnsafeBufferPointer { parameters in
      x.withUnsafeBufferPointer { x in
        _ = workspace.forward(parameters, x: x, rows: rows)
        let upstream = workspace.outputGradient(rows: rows)
        for i in upstream.indices { upstream[i] = Double(i + 1) }
        gradient.withUnsafeMutableBufferPointer {
          workspace.backward(parameters, x: x, rows: rows, inputGradient: $0)
        }
      }
    }
    func loss() -> Double {
      network(Matrix(rows: rows, columns: 3, elements: x)).elements.enumerated().reduce(0) {
        $0 + Double($1.offset + 1) * $1.element
      }
    }
    for i in x.indices {
      let value = x[i]
      x[i] = value + h
      let above = loss()
      x[i] = value - h
      let below = loss()
      x[i] = value
      #expect(abs((above - below) / (2 * h) - gradient[i]) < 1e-8)
    }
  }
}
