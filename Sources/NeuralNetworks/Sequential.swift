package import NumericalMethods
package import Tensors

/// Layers one after the other, with the parameters of all of them.
package struct Sequential<S: Scalar>: Sendable, Hashable {
  /// One array of parameters: its name, such as `2.weight`, its shape, and where it stands.
  package struct Tensor: Sendable, Hashable {
    package let name: String
    package let shape: [Int]
    package let range: Range<Int>
  }

  package let layers: [any Layer]
  /// Of all layers, in the order of `tensors`.
  package var parameters: [S]
  /// Every array of parameters, layer by layer.
  package let tensors: [Tensor]
  /// Where each layer's parameters stand.
  let places: [Range<Int>]

  /// - Precondition: each layer takes as many numbers as the one before it gives.
  package init(_ layers: [any Layer], parameters: [S]? = nil) {
    precondition(!layers.isEmpty && zip(layers, layers.dropFirst()).allSatisfy { $0.outputs == $1.inputs })
    var tensors: [Tensor] = []
    var places: [Range<Int>] = []
    var end = 0
    for (i, layer) in layers.enumerated() {
      let start = end
      for parameter in layer.parameters {
        tensors.append(
          Tensor(name: "\(i).\(parameter.name)", shape: parameter.shape, range: end..<end + parameter.count))
        end += parameter.count
      }
      places.append(start..<end)
    }
    precondition(parameters == nil || parameters?.count == end)
    self.layers = layers
    self.parameters = parameters ?? [S](repeating: 0, count: end)
    self.tensors = tensors
    self.places = places
  }

  /// Dense layers: hidden ones all with one activation, the last with none.
  /// - Parameter widths: inputs, hidden layers, outputs: at least two.
  package static func perceptron(
    widths: [Int], hidden: Activation = .sigmoidLinear, parameters: [S]? = nil
  ) -> Sequential {
    precondition(widths.count >= 2)
    let last = widths.count - 2
    let layers = zip(widths, widths.dropFirst()).enumerated().map { i, pair in
      DenseLayer(inputs: pair.0, outputs: pair.1, activation: i == last ? .identity : hidden)
    }
    return Sequential(layers, parameters: parameters)
  }

  package var widths: [Int] { [inputs] + layers.map(\.outputs) }
  package var inputs: Int { layers[0].inputs }
  package var outputs: Int { layers[layers.count - 1].outputs }

  /// The first layers and the others, each with its parameters.
  /// - Precondition: there are layers on both sides.
  package func split(at layer: Int) -> (Sequential, Sequential) {
    precondition(layer > 0 && layer < layers.count)
    let place = places[layer].lowerBound
    return (
      Sequential(Array(layers[..<layer]), parameters: Array(parameters[..<place])),
      Sequential(Array(layers[layer...]), parameters: Array(parameters[place...]))
    )
  }

  /// The numbers of one array, by its name.
  /// - Precondition: there is such an array, and what it is set to has as many numbers.
  package subscript(name: String) -> [S] {
    get { Array(parameters[range(name)]) }
    set {
      let range = range(name)
      precondition(newValue.count == range.count)
      parameters.replaceSubrange(range, with: newValue)
    }
  }

  private func range(_ name: String) -> Range<Int> {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      preconditionFailure("no parameters \"\(name)\"; there are \(tensors.map(\.name))")
    }
    return tensor.range
  }

  /// Fills all parameters, each layer in its own way.
  package mutating func initialize(random: inout SeededRandom) {
    parameters.withUnsafeMutableBufferPointer { parameters in
      for (i, layer) in layers.enumerated() {
        layer.initialize(
          UnsafeMutableBufferPointer(rebasing: parameters[places[i]]), isFirst: i == 0, random: &random)
      }
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
        layer.forward(
          UnsafeBufferPointer(rebasing: parameters[places[i]]), rows: rows, x: input, a: a, cache: nil)
        input = UnsafeBufferPointer(a)
      }
    }
  }

  package static func == (a: Sequential, b: Sequential) -> Bool {
    a.parameters == b.parameters && a.layers.map { AnyHashable($0) } == b.layers.map { AnyHashable($0) }
  }

  package func hash(into hasher: inout Hasher) {
    for layer in layers { hasher.combine(layer) }
    hasher.combine(parameters)
  }
}
