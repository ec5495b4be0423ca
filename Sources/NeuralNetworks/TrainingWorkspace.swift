package import Tensors

/// What one batch leaves behind between forward and backward, for at most `capacity` rows.
///
/// Of each layer: a (rows, outputs), its cache, and the loss's derivative by a. Not for sharing between threads.
package final class TrainingWorkspace<S: Scalar> {
  package let capacity: Int
  private let layers: [any Layer]
  private let places: [Range<Int>]
  private let activations: [UnsafeMutableBufferPointer<S>]
  private let caches: [UnsafeMutableBufferPointer<S>]
  private let upstreams: [UnsafeMutableBufferPointer<S>]
  /// The loss's derivative by each parameter, as the last `backward` left it.
  package let gradient: UnsafeMutableBufferPointer<S>

  /// - Parameter learns: false where no `backward` will ask for the derivative by the parameters: `gradient` is then empty.
  package init(_ network: Sequential<S>, capacity: Int, learns: Bool = true) {
    precondition(capacity > 0)
    self.capacity = capacity
    layers = network.layers
    places = network.places
    func zeros(_ count: Int) -> UnsafeMutableBufferPointer<S> {
      let buffer = UnsafeMutableBufferPointer<S>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    activations = layers.map { zeros(capacity * $0.outputs) }
    caches = layers.map { zeros($0.cacheCount(rows: capacity)) }
    upstreams = layers.map { zeros(capacity * $0.outputs) }
    gradient = zeros(learns ? network.parameters.count : 0)
  }

  deinit {
    for buffer in activations + caches + upstreams + [gradient] { buffer.deallocate() }
  }

  private func part(_ buffer: UnsafeMutableBufferPointer<S>, _ count: Int) -> UnsafeMutableBufferPointer<S> {
    UnsafeMutableBufferPointer(rebasing: buffer[..<count])
  }

  private func output(_ i: Int, _ rows: Int) -> UnsafeMutableBufferPointer<S> {
    part(activations[i], rows * layers[i].outputs)
  }

  private func cache(_ i: Int, _ rows: Int) -> UnsafeMutableBufferPointer<S> {
    part(caches[i], layers[i].cacheCount(rows: rows))
  }

  /// The last layer's outputs, (rows, outputs); valid until the next call.
  package func forward(
    _ parameters: UnsafeBufferPointer<S>, x: UnsafeBufferPointer<S>, rows: Int
  ) -> UnsafeBufferPointer<S> {
    precondition(rows <= capacity)
    var input = x
    for (i, layer) in layers.enumerated() {
      let a = output(i, rows)
      layer.forward(
        UnsafeBufferPointer(rebasing: parameters[places[i]]), rows: rows, x: input, a: a,
        cache: cache(i, rows))
      input = UnsafeBufferPointer(a)
    }
    return input
  }

  /// Where the caller writes the loss's derivative by the outputs, (rows, outputs), before `backward`.
  package func outputGradient(rows: Int) -> UnsafeMutableBufferPointer<S> {
    part(upstreams[layers.count - 1], rows * layers[layers.count - 1].outputs)
  }

  /// Follows a `forward` with the same arguments; fills `gradient`.
  /// - Parameters:
  ///   - inputGradient: (rows, inputs), overwritten with the loss's derivative by x.
  ///   - learns: false where only that is asked for: `gradient` then stays as it is.
  package func backward(
    _ parameters: UnsafeBufferPointer<S>, x: UnsafeBufferPointer<S>, rows: Int,
    inputGradient: UnsafeMutableBufferPointer<S>? = nil, learns: Bool = true
  ) {
    for i in layers.indices.reversed() {
      let layer = layers[i]
      layer.backward(
        UnsafeBufferPointer(rebasing: parameters[places[i]]),
        pass: ForwardPass(
          rows: rows, x: i == 0 ? x : UnsafeBufferPointer(output(i - 1, rows)),
          a: UnsafeBufferPointer(output(i, rows)), cache: UnsafeBufferPointer(cache(i, rows))),
        upstream: part(upstreams[i], rows * layer.outputs),
        downstream: i == 0 ? inputGradient : part(upstreams[i - 1], rows * layer.inputs),
        gradient: learns ? UnsafeMutableBufferPointer(rebasing: gradient[places[i]]) : nil)
    }
  }

  /// Takes the statistics of the last `forward` into the layers' own.
  package func learnStatistics(_ parameters: UnsafeMutableBufferPointer<S>, rows: Int) {
    for (i, layer) in layers.enumerated() {
      layer.learnStatistics(
        UnsafeMutableBufferPointer(rebasing: parameters[places[i]]), rows: rows,
        cache: UnsafeBufferPointer(cache(i, rows)))
    }
  }
}
