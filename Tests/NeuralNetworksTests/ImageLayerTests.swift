import Foundation
import JSONText
import NeuralNetworks
import NumericalMethods
import Tensors
import Testing

/// Layers on images against loops as the definitions have them, and against another framework's numbers.
@Suite("Layers on images")
struct ImageLayerTests {
  /// Sides, kernel, stride: with padding left out and multiplied, odd and even sides, larger and smaller than the kernel.
  struct Case: Sendable, CustomTestStringConvertible {
    let large: ImageShape
    let smallChannels: Int
    let kernel: Int
    let stride: Int
    var testDescription: String {
      "\(large.height)x\(large.width)x\(large.channels) kernel \(kernel) stride \(stride)"
    }
  }

  static let cases = [
    Case(large: ImageShape(height: 33, width: 33, channels: 1), smallChannels: 2, kernel: 5, stride: 2),
    Case(large: ImageShape(height: 9, width: 9, channels: 3), smallChannels: 2, kernel: 5, stride: 2),
    Case(large: ImageShape(height: 5, width: 5, channels: 2), smallChannels: 4, kernel: 5, stride: 2),
    Case(large: ImageShape(height: 8, width: 6, channels: 2), smallChannels: 3, kernel: 5, stride: 2),
    Case(large: ImageShape(height: 1, width: 2, channels: 2), smallChannels: 2, kernel: 5, stride: 2),
    Case(large: ImageShape(height: 7, width: 12, channels: 1), smallChannels: 1, kernel: 3, stride: 3),
    Case(large: ImageShape(height: 4, width: 4, channels: 2), smallChannels: 2, kernel: 1, stride: 1),
  ]

  private static func normals(_ count: Int, _ seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in random.normal() }
  }

  /// For each pixel of the small image and each tap that lies inside: which numbers meet. TensorFlow's "SAME" padding.
  private static func meetings(_ c: Case) -> [(large: Int, weight: Int, small: Int)] {
    let (height, width) = (
      (c.large.height + c.stride - 1) / c.stride, (c.large.width + c.stride - 1) / c.stride
    )
    func before(_ small: Int, _ large: Int) -> Int { max((small - 1) * c.stride + c.kernel - large, 0) / 2 }
    var meetings: [(large: Int, weight: Int, small: Int)] = []
    for y in 0..<height {
      for x in 0..<width {
        for i in 0..<c.kernel {
          for j in 0..<c.kernel {
            let row = y * c.stride + i - before(height, c.large.height)
            let column = x * c.stride + j - before(width, c.large.width)
            guard (0..<c.large.height).contains(row), (0..<c.large.width).contains(column) else { continue }
            for p in 0..<c.large.channels {
              for q in 0..<c.smallChannels {
                meetings.append(
                  (
                    (row * c.large.width + column) * c.large.channels + p,
                    ((i * c.kernel + j) * c.large.channels + p) * c.smallChannels + q,
                    (y * width + x) * c.smallChannels + q
                  ))
              }
            }
          }
        }
      }
    }
    return meetings
  }

  /// Sums of at most 25 x 3 products of order 1: rounding stays below 1e-13.
  @Test("the three products are those of the definition", arguments: cases, [1, 2])
  func products(_ c: Case, threads: Int) {
    let geometry = ConvolutionGeometry(
      large: c.large, smallChannels: c.smallChannels, kernel: c.kernel, stride: c.stride, threads: threads)
    let (images, p, q) = (3, geometry.large.count, geometry.small.count)
    let large = Self.normals(images * p, 1)
    let small = Self.normals(images * q, 2)
    let weights = Self.normals(geometry.weightCount, 3)
    var reduced = [Double](repeating: 0, count: images * q)
    var spread = [Double](repeating: 0, count: images * p)
    var gradient = [Double](repeating: 0, count: weights.count)
    for n in 0..<images {
      for meeting in Self.meetings(c) {
        reduced[n * q + meeting.small] += large[n * p + meeting.large] * weights[meeting.weight]
        spread[n * p + meeting.large] += small[n * q + meeting.small] * weights[meeting.weight]
        gradient[meeting.weight] += large[n * p + meeting.large] * small[n * q + meeting.small]
      }
    }
    var (a, b) = ([Double](repeating: .nan, count: images * q), [Double](repeating: .nan, count: images * p))
    var w = [Double](repeating: .nan, count: weights.count)
    large.withUnsafeBufferPointer { large in
      small.withUnsafeBufferPointer { small in
        weights.withUnsafeBufferPointer { weights in
          a.withUnsafeMutableBufferPointer { geometry.reduce(large, weights, into: $0, images: images) }
          b.withUnsafeMutableBufferPointer { geometry.spread(small, weights, into: $0, images: images) }
          w.withUnsafeMutableBufferPointer {
            geometry.weightGradient(large: large, small: small, into: $0, images: images)
          }
        }
      }
    }
    for (ours, expected) in [(a, reduced), (b, spread), (w, gradient)] {
      #expect(zip(ours, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  // MARK: Another framework's numbers

  private static func golden(_ name: String) throws -> JSON {
    let folder = try #require(Bundle.module.url(forResource: "Golden", withExtension: nil))
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "images.json")))
    return try #require(try JSON(parsing: bytes)[name])
  }

  /// Compares outputs and derivatives. 15 digits are written; sums of some hundred terms of order 1 leave 1e-12.
  private func check(
    _ network: Sequential<Double>, against golden: JSON, rows: Int, derivatives: [String: String]
  ) throws {
    func numbers(_ name: String) throws -> [Double] {
      try #require(golden[name]?.numbers)
    }
    func expect(_ ours: [Double], _ name: String) throws {
      let expected = try numbers(name)
      #expect(ours.count == expected.count)
      #expect(zip(ours, expected).allSatisfy { abs($0 - $1) < 1e-11 }, "\(name)")
    }
    let x = try numbers("x")
    let workspace = TrainingWorkspace(network, capacity: rows)
    var byX = [Double](repeating: .nan, count: x.count)
    try network.parameters.withUnsafeBufferPointer { parameters in
      try x.withUnsafeBufferPointer { x in
        let y = Array(workspace.forward(parameters, x: x, rows: rows))
        try expect(y, "y")
        let upstream = workspace.outputGradient(rows: rows)
        for i in upstream.indices { upstream[i] = -1 + 2 * Double(i) / Double(upstream.count - 1) }
        byX.withUnsafeMutableBufferPointer {
          workspace.backward(parameters, x: x, rows: rows, inputGradient: $0)
        }
      }
    }
    try expect(byX, "byX")
    for tensor in network.tensors {
      guard let name = derivatives[tensor.name] else { continue }
      try expect(Array(workspace.gradient[tensor.range]), name)
    }
  }

  @Test("convolutions and batch normalisation are PyTorch's")
  func convolutions() throws {
    let golden = try Self.golden("convolutions")
    let first = Convolution2D(
      ImageShape(height: 9, width: 9, channels: 2), channels: 3, activation: .identity)
    var network = Sequential<Double>([
      first, BatchNormalization(first.output, activation: .leakyRectifier),
      Convolution2D(first.output, channels: 2, activation: .leakyRectifier),
    ])
    for (ours, name) in [
      ("0.weight", "weight1"), ("0.bias", "bias1"), ("1.scale", "scale"), ("1.shift", "shift"),
      ("2.weight", "weight2"), ("2.bias", "bias2"),
    ] { network[ours] = try #require(golden[name]?.numbers) }
    try check(
      network, against: golden, rows: 2,
      derivatives: [
        "0.weight": "byWeight1", "1.scale": "byScale", "1.shift": "byShift", "2.weight": "byWeight2",
        "2.bias": "byBias2",
      ])
  }

  @Test("transposed convolutions are PyTorch's")
  func transposed() throws {
    let golden = try Self.golden("transposed")
    let first = TransposedConvolution2D(
      to: ImageShape(height: 5, width: 5, channels: 3), channels: 2, activation: .rectifier)
    var network = Sequential<Double>([
      first,
      TransposedConvolution2D(
        to: ImageShape(height: 9, width: 9, channels: 1), channels: 3, activation: .sigmoid),
    ])
    for (ours, name) in [
      ("0.weight", "weight1"), ("0.bias", "bias1"), ("1.weight", "weight2"), ("1.bias", "bias2"),
    ] { network[ours] = try #require(golden[name]?.numbers) }
    try check(
      network, against: golden, rows: 2,
      derivatives: [
        "0.weight": "byWeight1", "0.bias": "byBias1", "1.weight": "byWeight2", "1.bias": "byBias2",
      ])
  }

  // MARK: Statistics

  @Test("a normalised batch has mean 0 and variance 1 in every channel; the running statistics follow it")
  func normalisation() {
    let (rows, image) = (6, ImageShape(height: 2, width: 2, channels: 2))
    let layer = BatchNormalization(image, activation: .identity)
    var network = Sequential<Double>([layer])
    var random = SeededRandom(seed: 1)
    network.initialize(random: &random)
    let x = Self.normals(rows * image.count, 5).enumerated().map {
      $0.offset % 2 == 0 ? 3 + 2 * $0.element : $0.element
    }
    let workspace = TrainingWorkspace(network, capacity: rows)
    let a = network.parameters.withUnsafeBufferPointer { parameters in
      x.withUnsafeBufferPointer { Array(workspace.forward(parameters, x: $0, rows: rows)) }
    }
    network.parameters.withUnsafeMutableBufferPointer { workspace.learnStatistics($0, rows: rows) }
    for channel in 0..<2 {
      func moments(_ numbers: [Double]) -> (mean: Double, variance: Double) {
        let own = stride(from: channel, to: numbers.count, by: 2).map { numbers[$0] }
        let mean = own.reduce(0, +) / Double(own.count)
        return (mean, own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count))
      }
      let (before, after) = (moments(x), moments(a))
      #expect(
        abs(after.mean) < 1e-13 && abs(after.variance - before.variance / (before.variance + 1e-5)) < 1e-13)
      #expect(abs(network["0.mean"][channel] - 0.1 * before.mean) < 1e-14)
      #expect(abs(network["0.variance"][channel] - (0.9 + 0.1 * before.variance)) < 1e-14)
    }
  }

  @Test("the deviation of a batch of equal images is nought, that of two of opposite ones their size")
  func deviation() {
    let layer = MinibatchDeviation(ImageShape(height: 1, width: 2, channels: 2))
    func added(_ x: [Double]) -> [Double] {
      let a = Sequential<Double>([layer])(Matrix(rows: x.count / 4, columns: 4, elements: x)).elements
      return stride(from: 2, to: a.count, by: 3).map { a[$0] }
    }
    #expect(added([1, 2, 3, 4, 1, 2, 3, 4]).allSatisfy { $0 < 1.1e-4 })
    #expect(added([3, 3, 3, 3, -3, -3, -3, -3]).allSatisfy { abs($0 - 3) < 1e-8 })
  }

  /// Every layer that looks at the batch is given the statistics of one batch; folded, the network must answer to this batch as
  /// it did in training.
  @Test("a folded network gives what the layers gave with the statistics they have learnt")
  func folded() {
    let image = ImageShape(height: 5, width: 5, channels: 2)
    let small = ImageShape(height: 3, width: 3, channels: 2)
    let convolution = Convolution2D(image, channels: 3, activation: .identity)
    let deviation = MinibatchDeviation(convolution.output)
    let layers: [any Layer] = [
      DenseLayer(inputs: 4, outputs: small.count, activation: .identity),
      BatchNormalization(small, activation: .rectifier),
      TransposedConvolution2D(to: image, channels: 2, activation: .identity),
      BatchNormalization(image, activation: .leakyRectifier),
      convolution, BatchNormalization(convolution.output, activation: .leakyRectifier),
      deviation, DenseLayer(inputs: deviation.outputs, outputs: 2, activation: .identity),
    ]
    var network = Sequential<Double>(layers)
    network.parameters = Self.normals(network.parameters.count, 8)
    let rows = 5
    let x = Self.normals(rows * 4, 9)
    let workspace = TrainingWorkspace(network, capacity: rows)
    var trained: [Double] = []
    // The running statistics are within 1e-13 of the batch's when 0.9^300 is left of their start.
    for _ in 0..<300 {
      trained = network.parameters.withUnsafeBufferPointer { parameters in
        x.withUnsafeBufferPointer { Array(workspace.forward(parameters, x: $0, rows: rows)) }
      }
      network.parameters.withUnsafeMutableBufferPointer { workspace.learnStatistics($0, rows: rows) }
    }
    let folded = network.folded
    #expect(folded.layers.count == 4)
    let answers = folded(Matrix(rows: rows, columns: 4, elements: x)).elements
    #expect(zip(answers, trained).allSatisfy { abs($0 - $1) < 1e-9 })
    let alone = folded(Matrix(rows: 1, columns: 4, elements: Array(x[..<4]))).elements
    #expect(zip(alone, answers).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
