package import Tensors

/// The parameters of a machine counted from its units' means: the hidden units see v - mu, the visible ones h - lambda
/// (Montavon & Mueller 2012, LNCS 7700, 621).
///
/// The same machine in other coordinates: W' = W, b' = b + W lambda, c' = c + mu W. In these, descent does not first spend its
/// steps on levels: units that are nearly always on, as the quality of a bin that is seen, would else drive every hidden unit
/// into saturation.
package struct CentredParameters<S: Scalar>: Sendable, Hashable {
  /// Means of the visible units; those of the hidden ones are 1/2.
  package let visibleMeans: [S]
  private let visible: Int
  private let hidden: Int
  /// W, b', c', in the order of the machine's.
  package var parameters: [S]

  private static var hiddenMean: S { 0.5 }

  /// - Parameter visibleMeans: of the data; biases begin there.
  package init(_ machine: RestrictedBoltzmannMachine<S>, visibleMeans: [S]) {
    precondition(visibleMeans.count == machine.visible)
    visible = machine.visible
    hidden = machine.hidden
    self.visibleMeans = visibleMeans
    parameters = machine.parameters
    for (i, mean) in visibleMeans.enumerated() {
      let held = min(max(Double(mean), 0.01), 0.99)
      parameters[machine.visibleBiases.lowerBound + i] =
        i < machine.gaussianUnits ? mean : S(log(held / (1 - held)))
    }
    for j in machine.hiddenBiases { parameters[j] = 0 }
  }

  /// Writes the machine's own parameters.
  @_specialize(where S == Float)
  package func store(into machine: inout RestrictedBoltzmannMachine<S>) {
    var shift = [S](repeating: 0, count: hidden)
    for i in 0..<visible {
      var sum: S = 0
      for j in 0..<hidden {
        let w = parameters[i * hidden + j]
        machine.parameters[i * hidden + j] = w
        sum += w
        shift[j] += visibleMeans[i] * w
      }
      let b = machine.visibleBiases.lowerBound + i
      machine.parameters[b] = parameters[b] - Self.hiddenMean * sum
    }
    for j in 0..<hidden {
      let c = machine.hiddenBiases.lowerBound + j
      machine.parameters[c] = parameters[c] - shift[j]
    }
  }

  /// Turns a gradient by the machine's parameters into one by these, in place.
  @_specialize(where S == Float)
  package func centre(_ gradient: UnsafeMutableBufferPointer<S>) {
    let b = visible * hidden
    let c = b + visible
    for i in 0..<visible {
      let fromBias = Self.hiddenMean * gradient[b + i]
      for j in 0..<hidden {
        gradient[i * hidden + j] -= fromBias + visibleMeans[i] * gradient[c + j]
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
