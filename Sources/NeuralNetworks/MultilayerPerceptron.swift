package import NumericalMethods
package import Tensors

/// Dense layers one after the other: hidden ones all with one activation, the last with none.
package struct MultilayerPerceptron<S: Scalar>: Sendable, Hashable {
  package let layers: [DenseLayer]
  /// Weights and biases of all layers, in order.
  package var parameters: [S]

  /// - Parameters:
  ///   - widths: inputs, hidden layers, outputs: at least two.
  ///   - hidden: activation of the hidden layers.
  package init(widths: [Int], hidden: Activation = .sigmoidLinear, parameters: [S]? = nil) {
    precondition(widths.count >= 2)
    var layers: [DenseLayer] = []
    for (i, pair) in zip(widths, widths.dropFirst()).enumerated() {
      layers.append(
        DenseLayer(
          inputs: pair.0, outputs: pair.1, activation: i == widths.count - 2 ? .identity : hidden,
          offset: layers.last?.end ?? 0))
    }
    let count = layers.last?.end ?? 0
    precondition(parameters == nil || parameters?.count == count)
    self.layers = layers
    self.parameters = parameters ?? [S](repeating: 0, count: count)
  }

  package var widths: [Int] { [layers[0].inputs] + layers.map(\.outputs) }
  package var inputs: Int { layers[0].inputs }
  package var outputs: Int { layers[layers.count - 1].outputs }

  /// Fills hidden weights with normal numbers of variance 2.8/inputs, which keeps a SiLU network's signal at unit
  /// size (E[silu(x)^2] = 0.36 for a unit normal x), the last layer's with 0.01/inputs; biases are 0.
  package mutating func initialize(random: inout SeededRandom) {
    for layer in layers {
      let variance = layer.activation == .identity ? 0.01 : layer.offset == 0 ? 1 : 2.8
      let sd = (variance / Double(layer.inputs)).squareRoot()
      for i in layer.weights { parameters[i] = S(sd * random.normal()) }
      for i in layer.biases { parameters[i] = 0 }
    }
  }

  /// The last layer's outputs, (rows, outputs).
  package func callAsFunction(_ x: Matrix<S>) -> Matrix<S> {
    precondition(x.columns == inputs)
    let elements = [S](unsafeUninitializedCapacity: x.rows * outputs) { result, count in
      parameters.withUnsafeBufferPointer { parameters in
        x.elements.withUnsafeBufferPointer { x in
          for start in stride(from: 0, to: x.count / inputs, by: Self.blockRows) {
            let rows = min(Self.blockRows, x.count / inputs - start)
            forward(
              parameters, UnsafeBufferPointer(rebasing: x[start * inputs..<(start + rows) * inputs]), rows,
              UnsafeMutableBufferPointer(rebasing: result[start * outputs..<(start + rows) * outputs]))
          }
        }
      }
      count = x.rows * outputs
    }
    return Matrix(rows: x.rows, columns: outputs, elements: elements)
  }

  /// Rows that go through all layers together: two layers of 512 units then fit a core's cache.
  private static var blockRows: Int { 256 }

  private func forward(
    _ parameters: UnsafeBufferPointer<S>, _ x: UnsafeBufferPointer<S>, _ rows: Int,
    _ result: UnsafeMutableBufferPointer<S>
  ) {
    let widest = layers.dropLast().map(\.outputs).max() ?? 0
    withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * rows * widest) { scratch in
      var input = x
      for (i, layer) in layers.enumerated() {
        let place = (i % 2) * rows * widest
        let a =
          i == layers.count - 1
          ? result : UnsafeMutableBufferPointer(rebasing: scratch[place..<place + rows * layer.outputs])
        layer.forward(parameters: parameters, rows: rows, x: input, a: a, slope: nil)
        input = UnsafeBufferPointer(a)
      }
    }
  }
}

/// What one batch leaves behind between forward and backward, for at most `capacity` rows.
///
/// Of each layer: a (rows, outputs), f' (rows, outputs), and the loss's derivative by a. Not for sharing
/// between threads.
package final class PerceptronWorkspace<S: Scalar> {
  package let capacity: Int
  private let layers: [DenseLayer]
  private let activations: [UnsafeMutableBufferPointer<S>]
  private let slopes: [UnsafeMutableBufferPointer<S>]
  private let upstreams: [UnsafeMutableBufferPointer<S>]
  /// The loss's derivative by each parameter, as the last `backward` left it.
  package let gradient: UnsafeMutableBufferPointer<S>

  package init(_ network: MultilayerPerceptron<S>, capacity: Int) {
    precondition(capacity > 0)
    self.capacity = capacity
    layers = network.layers
    func buffers() -> [UnsafeMutableBufferPointer<S>] {
      network.layers.map { layer in
        let buffer = UnsafeMutableBufferPointer<S>.allocate(capacity: capacity * layer.outputs)
        buffer.initialize(repeating: 0)
        return buffer
      }
    }
    activations = buffers()
    slopes = buffers()
    upstreams = buffers()
    gradient = .allocate(capacity: network.parameters.count)
    gradient.initialize(repeating: 0)
  }

  deinit {
    for buffer in activations + slopes + upstreams + [gradient] { buffer.deallocate() }
  }

  private func part(_ buffer: UnsafeMutableBufferPointer<S>, _ count: Int) -> UnsafeMutableBufferPointer<S> {
    UnsafeMutableBufferPointer(rebasing: buffer[..<count])
  }

  /// The last layer's outputs, (rows, outputs); valid until the next call.
  package func forward(
    _ parameters: UnsafeBufferPointer<S>, x: UnsafeBufferPointer<S>, rows: Int
  ) -> UnsafeBufferPointer<S> {
    precondition(rows <= capacity)
    var input = x
    for (i, layer) in layers.enumerated() {
      let a = part(activations[i], rows * layer.outputs)
      layer.forward(
        parameters: parameters, rows: rows, x: input, a: a, slope: part(slopes[i], rows * layer.outputs))
      input = UnsafeBufferPointer(a)
    }
    return input
  }

  /// Where the caller writes the loss's derivative by the outputs, (rows, outputs), before `backward`.
  package func outputGradient(rows: Int) -> UnsafeMutableBufferPointer<S> {
    part(upstreams[layers.count - 1], rows * layers[layers.count - 1].outputs)
  }

  /// Follows a `forward` with the same arguments; fills `gradient`.
  package func backward(_ parameters: UnsafeBufferPointer<S>, x: UnsafeBufferPointer<S>, rows: Int) {
    for i in layers.indices.reversed() {
      let layer = layers[i]
      layer.backward(
        parameters: parameters, rows: rows,
        x: i == 0 ? x : UnsafeBufferPointer(part(activations[i - 1], rows * layer.inputs)),
        slope: UnsafeBufferPointer(part(slopes[i], rows * layer.outputs)),
        upstream: part(upstreams[i], rows * layer.outputs),
        downstream: i == 0 ? nil : part(upstreams[i - 1], rows * layer.inputs), gradient: gradient)
    }
  }
}
