import Foundation
import NumericalMethods
import Tensors
import Testing

@Suite("Kernels of tangent rays")
struct ChordKernelTests {
  private let lanes = ChordKernels.lanes

  /// The polynomial is right to 9.1e-8, its rounding and that of ln 2 n add as much; a sum of depths is rounded to 6e-8 of it.
  @Test("Transmittances are exponentials")
  func exponential() {
    let depths = (0..<400).map { Float($0 * $0) * 5e-4 }
    let ones = [Float](repeating: 1, count: lanes)
    let zeros = [Float](repeating: 0, count: depths.count)
    let more = (0..<depths.count * 3).map { Double($0 % 3) }
    var transmittance = [Float](repeating: 0, count: depths.count * lanes)
    ChordKernels.continuum(
      densityColumns: depths, density: ones, squareColumns: zeros, squares: ones, more: more, stride: 3,
      count: 2,
      &transmittance, rays: depths.count)
    for (ray, depth) in depths.enumerated() {
      for lane in 0..<lanes {
        let expected = exp(-min(80, Double(depth) + (lane == 1 ? 1 : 0)))
        let tolerance = 4e-7 + (lane == 1 ? 6e-8 * Double(depth + 1) : 0)
        #expect(abs(Double(transmittance[ray * lanes + lane]) / expected - 1) < tolerance)
      }
    }
    let visible = ChordKernels.firstVisible(
      Array(transmittance.chunkReversed(lanes)), from: 0, rays: depths.count)
    #expect(visible == depths.count { $0 > -log(1.2e-7) })
  }

  /// 21 layers, three points, a mixture of thin, thick and dark rays: against the sum with nothing left out.
  @Test("Absorption along paths is the sum over layers and points", arguments: [0, 5, 20], [false, true])
  func paths(first: Int, hasFactor: Bool) {
    let (layers, points, block) = (21, 3, ChordKernels.rayBlock)
    let blocks = (layers + block - 1) / block
    var random = SeededRandom(seed: 3)
    let size = layers * lanes
    var k: [Float] = []
    for level: Double in [2.5, -0.7, -9] {
      for place in 0..<size {
        let logarithm: Double = level - 0.45 * Double(place / lanes) + random.uniform()
        k.append(8 * Float(exp(logarithm)))
      }
    }
    let factor = (0..<points * size).map { _ in Float(0.5 + random.uniform()) }
    var paths = [Float](repeating: 0, count: blocks * block * layers)
    var (columns, near) = ([Float](repeating: 0, count: layers), [Float](repeating: 0, count: layers))
    func length(_ ray: Int, _ layer: Int) -> Float { 30 / Float(1 + layer - ray).squareRoot() }
    for ray in 0..<layers {
      for layer in ray..<layers {
        paths[(ray / block * layers + layer) * block + ray % block] = length(ray, layer)
        columns[ray] += length(ray, layer)
        if layer < ray + ChordKernels.nearLayers { near[ray] += length(ray, layer) }
      }
    }
    let weights: [Float] = [0.25, 0.25, 0.5]
    var sum = [Float](repeating: 0, count: size)
    var absorbed = [Float](repeating: 0, count: blocks * block * lanes)
    var transmittance = [Float](repeating: 0.5, count: size)
    factor.withUnsafeBufferPointer {
      ChordKernels.absorb(
        k: k, tangent: hasFactor ? $0.baseAddress : nil, points: points, weights: weights, paths: paths,
        columns: columns, near: near, uniform: layers, first: first, layers: layers, sum: &sum,
        absorbed: &absorbed, into: &transmittance)
    }
    for ray in 0..<layers {
      for lane in 0..<lanes {
        var through = 0.0
        for point in 0..<points {
          var depth = 0.0
          for layer in ray..<layers {
            depth += Double(length(ray, layer)) * Double(k[point * size + layer * lanes + lane])
          }
          let scale = hasFactor ? Double(factor[point * size + ray * lanes + lane]) : 1
          through += Double(weights[point]) * exp(-depth * scale)
        }
        let expected = ray < first ? 0.5 : 0.5 * through
        #expect(abs(Double(transmittance[ray * lanes + lane]) - expected) < 2e-6)
      }
    }
  }

  @Test("Chords are differences of square roots")
  func lengths() {
    let outer: [Double] = (1...11).map { 7e7 + 1e5 * Double($0) }
    var lengths = [Double](repeating: 0, count: 11)
    ChordKernels.chordLengths(outer: outer, tangent: 7e7, &lengths, 11)
    var inner = 0.0
    for (radius, length) in zip(outer, lengths) {
      let chord = ((radius - 7e7) * (radius + 7e7)).squareRoot()
      #expect(length == 2 * (chord - inner))
      inner = chord
    }
  }
}

extension Array {
  /// Its pieces of one size in reverse order.
  fileprivate func chunkReversed(_ size: Int) -> [Element] {
    stride(from: count - size, through: 0, by: -size).flatMap { self[$0..<$0 + size] }
  }
}
