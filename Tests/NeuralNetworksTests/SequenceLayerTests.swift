import Foundation
import JSONText
import NeuralNetworks
import NumericalMethods
import Tensors
import Testing

/// Layers on sequences against loops as the definitions have them, and against another framework's numbers.
@Suite("Layers on sequences")
struct SequenceLayerTests {
  // MARK: By definition

  private static func numbers(_ count: Int, _ seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in random.normal() }
  }

  /// The equations, number by number.
  private static func states(
    _ x: [[Double]], u: [[Double]], v: [[Double]], b: [Double], hidden: Int
  ) -> [[Double]] {
    func s(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    var (c, h) = ([Double](repeating: 0, count: hidden), [Double](repeating: 0, count: hidden))
    return x.map { x in
      let sums = b.indices.map { j in
        b[j] + x.indices.reduce(0) { $0 + x[$1] * u[$1][j] } + h.indices.reduce(0) { $0 + h[$1] * v[$1][j] }
      }
      for j in 0..<hidden {
        c[j] = s(sums[hidden + j]) * c[j] + s(sums[j]) * tanh(sums[2 * hidden + j])
      }
      h = (0..<hidden).map { s(sums[3 * hidden + $0]) * tanh(c[$0]) }
      return h
    }
  }

  /// Ten sums of order 1 and their functions: rounding stays below 1e-14.
  @Test("the LSTM is that of its equations, in both directions")
  func memory() {
    let (rows, steps, features, hidden) = (3, 5, 2, 3)
    let layer = BidirectionalLSTM(steps: steps, features: features, hidden: hidden)
    var network = Sequential<Double>([layer])
    network.parameters = Self.numbers(network.parameters.count, 1)
    let x = Self.numbers(rows * layer.inputs, 2)
    let a = network(Matrix(rows: rows, columns: layer.inputs, elements: x))
    func matrix(_ name: String, _ count: Int) -> [[Double]] {
      let numbers = network["0.\(name)"]
      return (0..<count).map { Array(numbers[$0 * 4 * hidden..<($0 + 1) * 4 * hidden]) }
    }
    for row in 0..<rows {
      let sequence = (0..<steps).map { step -> [Double] in
        let start = (row * steps + step) * features
        return Array(x[start..<start + features])
      }
      for (direction, name) in ["forwards", "backwards"].enumerated() {
        let seen = direction == 0 ? sequence : sequence.reversed()
        var expected = Self.states(
          seen, u: matrix("\(name).inputWeight", features), v: matrix("\(name).stateWeight", hidden),
          b: network["0.\(name).bias"], hidden: hidden)
        if direction == 1 { expected.reverse() }
        for step in 0..<steps {
          for j in 0..<hidden {
            #expect(abs(a[row, (step * 2 + direction) * hidden + j] - expected[step][j]) < 1e-14)
          }
        }
      }
    }
  }

  @Test("pooling takes the largest of each window, channel by channel")
  func pooling() {
    let layer = MaxPooling(steps: 4, channels: 2, window: 2)
    let a = Sequential<Double>([layer])(
      Matrix(rows: 1, columns: 8, elements: [1, 8, 3, 2, -5, -6, -4, -7]))
    #expect(a.elements == [3, 8, -4, -6])
  }

  @Test("what passes by stays as it is, and the rest goes through the layers")
  func passing() {
    let inner = DenseLayer(inputs: 2, outputs: 3, activation: .identity)
    var network = Sequential<Double>([PartialLayers([inner], passing: 2)])
    network.parameters = Self.numbers(network.parameters.count, 3)
    let alone = Sequential<Double>([inner], parameters: network.parameters)
    let a = network(Matrix(rows: 2, columns: 4, elements: [1, 2, 7, 8, 3, 4, 9, 10]))
    let b = alone(Matrix(rows: 2, columns: 2, elements: [1, 2, 3, 4]))
    let expected: [Double] = Array(b.elements[0..<3]) + [7, 8] + Array(b.elements[3..<6]) + [9, 10]
    #expect(a.elements == expected)
    #expect(network.tensors.map(\.name) == ["0.0.weight", "0.0.bias"])
  }

  @Test(
    "a normalisation inside is folded in, so that a row alone gives what the learnt statistics make of it")
  func folding() throws {
    let convolution = Convolution2D.alongRow(
      steps: 6, features: 2, channels: 3, kernel: 3, activation: .identity)
    let layers: [any Layer] = [
      convolution, BatchNormalization(convolution.output, activation: .rectifier),
      MaxPooling(steps: 6, channels: 3, window: 2),
    ]
    var network = Sequential<Double>([PartialLayers(layers, passing: 1)])
    network.parameters = Self.numbers(network.parameters.count, 4)
    network["0.1.variance"] = [0.5, 1.5, 2]
    let folded = network.folded
    let inner = Sequential<Double>(layers, parameters: network.parameters).folded
    let x = Self.numbers(13, 5)
    let a = folded(Matrix(rows: 1, columns: 13, elements: x))
    let b = inner(Matrix(rows: 1, columns: 12, elements: Array(x[..<12])))
    #expect(a.elements == b.elements + [x[12]])
    let kept = try #require(folded.layers[0] as? PartialLayers)
    #expect(kept.layers.count == 2)
  }

  @Test("statistics inside are learnt")
  func statistics() {
    let shape = ImageShape(height: 1, width: 2, channels: 1)
    var network = Sequential<Double>([
      PartialLayers([BatchNormalization(shape, activation: .identity)], passing: 1)
    ])
    var random = SeededRandom(seed: 1)
    network.initialize(random: &random)
    let workspace = TrainingWorkspace(network, capacity: 2)
    let x = [1.0, 2, 0, 3, 4, 0]
    var parameters = network.parameters
    parameters.withUnsafeMutableBufferPointer { parameters in
      x.withUnsafeBufferPointer {
        _ = workspace.forward(UnsafeBufferPointer(parameters), x: $0, rows: 2)
      }
      workspace.learnStatistics(parameters, rows: 2)
    }
    // A tenth of the batch's mean 2.5 and variance 1.25, nine of what was there.
    #expect(abs(parameters[2] - 0.25) < 1e-15 && abs(parameters[3] - 1.025) < 1e-15)
  }

  // MARK: Another framework's numbers

  private static func golden(_ name: String) throws -> JSON {
    let folder = try #require(Bundle.module.url(forResource: "Golden", withExtension: nil))
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "sequences.json")))
    return try #require(try JSON(parsing: bytes)[name])
  }

  /// 15 digits are written; sums of some tens of terms of order 1 leave 1e-12.
  private func check(
    _ network: Sequential<Double>, _ golden: JSON, rows: Int, derivatives: [String: [Double]?]
  ) throws {
    let x = try #require(golden["x"]?.numbers)
    let (y, byX) = (try #require(golden["y"]?.numbers), try #require(golden["byX"]?.numbers))
    let workspace = TrainingWorkspace(network, capacity: rows)
    var found = [Double](repeating: .nan, count: x.count)
    network.parameters.withUnsafeBufferPointer { parameters in
      x.withUnsafeBufferPointer { x in
        let made = Array(workspace.forward(parameters, x: x, rows: rows))
        #expect(made.count == y.count && zip(made, y).allSatisfy { abs($0 - $1) < 1e-11 })
        let upstream = workspace.outputGradient(rows: rows)
        for i in upstream.indices { upstream[i] = -1 + 2 * Double(i) / Double(upstream.count - 1) }
        found.withUnsafeMutableBufferPointer {
          workspace.backward(parameters, x: x, rows: rows, inputGradient: $0)
        }
      }
    }
    #expect(zip(found, byX).allSatisfy { abs($0 - $1) < 1e-11 })
    for tensor in network.tensors {
      guard let expected = derivatives[tensor.name] else { continue }
      let numbers = try #require(expected)
      #expect(
        zip(workspace.gradient[tensor.range], numbers).allSatisfy { abs($0 - $1) < 1e-11 },
        "\(tensor.name)")
    }
  }

  @Test("convolutions along a sequence, normalised and pooled, are PyTorch's")
  func convolutions() throws {
    let golden = try Self.golden("convolutions")
    let first = Convolution2D.alongRow(
      steps: 12, features: 2, channels: 3, kernel: 4, stride: 2, activation: .identity)
    var network = Sequential<Double>([
      first, BatchNormalization(first.output, activation: .rectifier),
      MaxPooling(steps: 6, channels: 3, window: 2),
    ])
    for (ours, name) in [
      ("0.weight", "weight"), ("0.bias", "bias"), ("1.scale", "scale"), ("1.shift", "shift"),
    ] { network[ours] = try #require(golden[name]?.numbers) }
    try check(
      network, golden, rows: 3,
      derivatives: [
        "0.weight": golden["byWeight"]?.numbers, "1.scale": golden["byScale"]?.numbers,
        "1.shift": golden["byShift"]?.numbers,
      ])
  }

  @Test("the LSTM is PyTorch's")
  func lstm() throws {
    let golden = try Self.golden("lstm")
    var network = Sequential<Double>([BidirectionalLSTM(steps: 5, features: 3, hidden: 2)])
    var derivatives: [String: [Double]?] = [:]
    for pass in ["forwards", "backwards"] {
      let numbers = try #require(golden[pass])
      for (name, derivative) in [
        ("inputWeight", "byInputWeight"), ("stateWeight", "byStateWeight"), ("bias", "byBias"),
      ] {
        network["0.\(pass).\(name)"] = try #require(numbers[name]?.numbers)
        derivatives["0.\(pass).\(name)"] = numbers[derivative]?.numbers
      }
    }
    try check(network, golden, rows: 2, derivatives: derivatives)
  }
}
