package import NumericalMethods
package import Tensors

/// One step of a network.
///
/// A layer is a value that holds shapes and no numbers: its parameters are a part of its network's one array, in the order of
/// `parameters`; what it keeps between forward and backward lies in a cache that the caller has. Batches are row-major, one
/// example a row; what the numbers of a row mean (an `ImageShape`, steps by features) is the layer's to say.
///
/// Every layer's backward is checked against central differences by `LayerTests`.
package protocol Layer: Sendable, Hashable {
  /// Numbers an example.
  var inputs: Int { get }
  var outputs: Int { get }
  /// Its parameters in the order they stand.
  var parameters: [ParameterShape] { get }
  /// Numbers kept of a batch between forward and backward.
  func cacheCount(rows: Int) -> Int

  /// Fills the parameters to start training from.
  /// - Parameter isFirst: its inputs are the network's, standardised, not what a layer before it makes.
  func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom)

  /// - Parameters:
  ///   - parameters: the layer's own.
  ///   - x: (rows, inputs).
  ///   - a: (rows, outputs), overwritten.
  ///   - cache: overwritten where backward will follow; `nil` otherwise.
  func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?)

  /// - Parameters:
  ///   - pass: as forward had it and left it.
  ///   - upstream: (rows, outputs), the loss's derivative by the outputs; afterwards of no use.
  ///   - downstream: (rows, inputs), overwritten with the loss's derivative by x; `nil` where nobody asks.
  ///   - gradient: the loss's derivative by the parameters, overwritten; `nil` where nobody asks.
  func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?)

  /// Takes into those parameters that are statistics of the batches seen, not learnt by gradient, what forward left in the cache.
  func learnStatistics<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, rows: Int, cache: UnsafeBufferPointer<S>)
}

extension Layer {
  package func learnStatistics<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, rows: Int, cache: UnsafeBufferPointer<S>
  ) {}

  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}

/// One array of a layer's parameters.
package struct ParameterShape: Sendable, Hashable {
  package let name: String
  package let shape: [Int]

  package init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }

  package var count: Int { shape.reduce(1, *) }
}

/// A batch on its way through one layer.
package struct ForwardPass<S: Scalar> {
  package let rows: Int
  /// (rows, inputs)
  package let x: UnsafeBufferPointer<S>
  /// (rows, outputs)
  package let a: UnsafeBufferPointer<S>
  package let cache: UnsafeBufferPointer<S>

  package init(
    rows: Int, x: UnsafeBufferPointer<S>, a: UnsafeBufferPointer<S>, cache: UnsafeBufferPointer<S>
  ) {
    self.rows = rows
    self.x = x
    self.a = a
    self.cache = cache
  }
}
