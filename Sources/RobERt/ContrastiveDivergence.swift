package import NumericalMethods
package import Tensors

/// Contrastive divergence (Hinton 2002, Neural Computation 14, 1771): how a machine's parameters should move so that the data
/// become likelier than what a few steps of Gibbs sampling make of them.
///
/// Hidden states are sampled, visible ones are means or sampled too, and the last hidden layer is one of probabilities (Hinton
/// 2012, section 3). Holds the work arrays of one batch; not for sharing between threads.
package final class ContrastiveDivergence<S: Scalar> {
  package let capacity: Int
  /// -d/dp of the mean ln p(v), as the last `step` estimates it: what an optimiser descends.
  package let gradient: UnsafeMutableBufferPointer<S>
  private let hiddenData: UnsafeMutableBufferPointer<S>
  private let hiddenModel: UnsafeMutableBufferPointer<S>
  private let states: UnsafeMutableBufferPointer<S>
  private let visibleModel: UnsafeMutableBufferPointer<S>

  package init(_ machine: RestrictedBoltzmannMachine<S>, capacity: Int) {
    func buffer(_ count: Int) -> UnsafeMutableBufferPointer<S> {
      let buffer = UnsafeMutableBufferPointer<S>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    self.capacity = capacity
    gradient = buffer(machine.parameters.count)
    hiddenData = buffer(capacity * machine.hidden)
    hiddenModel = buffer(capacity * machine.hidden)
    states = buffer(capacity * machine.hidden)
    visibleModel = buffer(capacity * machine.visible)
  }

  deinit {
    for buffer in [gradient, hiddenData, hiddenModel, states, visibleModel] { buffer.deallocate() }
  }

  /// Fills `gradient`.
  /// - Parameters:
  ///   - v: (rows, visible), the data.
  ///   - isMissing: (rows, gaussianUnits): true where nothing was measured. `v` is 0 there and no guess is made, so that
  ///     such a unit says nothing (as Salakhutdinov, Mnih & Hinton 2007, ICML, leave out films that were not rated).
  ///   - steps: of Gibbs sampling; 1 is the usual CD-1.
  ///   - samplesVisible: visible units take states, as they do in the machine itself, instead of their means, which carry less
  ///     noise.
  ///   - chains: (rows, visible): where the model's phase begins instead of at the data, and where it ends: persistent
  ///     contrastive divergence (Tieleman 2008, ICML), which finds and fills the states that the model likes and the data do
  ///     not know. Then nothing is to be missing.
  /// - Returns: mean squared difference a unit of the data and what the model made; missing ones not counted.
  @_specialize(where S == Float)
  package func step(
    _ machine: RestrictedBoltzmannMachine<S>, _ v: UnsafeBufferPointer<S>,
    isMissing: UnsafeBufferPointer<Bool>?,
    rows: Int, steps: Int, samplesVisible: Bool = false,
    chains: UnsafeMutableBufferPointer<S>? = nil, random: inout SeededRandom
  ) -> Double {
    precondition(rows > 0 && rows <= capacity && v.count == rows * machine.visible && steps > 0)
    precondition(isMissing == nil || isMissing?.count == rows * machine.gaussianUnits)
    let (nv, nh) = (machine.visible, machine.hidden)
    let h0 = UnsafeMutableBufferPointer(rebasing: hiddenData[..<(rows * nh)])
    let h1 = UnsafeMutableBufferPointer(rebasing: hiddenModel[..<(rows * nh)])
    let sampled = UnsafeMutableBufferPointer(rebasing: states[..<(rows * nh)])
    let v1 = UnsafeMutableBufferPointer(rebasing: visibleModel[..<(rows * nv)])
    machine.hiddenProbabilities(v, rows: rows, into: h0)
    if let chains {
      precondition(chains.count == v.count && isMissing == nil)
      machine.hiddenProbabilities(UnsafeBufferPointer(chains), rows: rows, into: h1)
    }
    for step in 0..<steps {
      let probabilities = step == 0 && chains == nil ? h0 : h1
      for i in 0..<rows * nh { sampled[i] = S(random.uniform()) < probabilities[i] ? 1 : 0 }
      machine.visibleMeans(UnsafeBufferPointer(sampled), rows: rows, into: v1)
      if samplesVisible {
        let g = machine.gaussianUnits
        for row in 0..<rows {
          for i in row * nv..<row * nv + g { v1[i] += S(random.normal()) }
          for i in row * nv + g..<(row + 1) * nv { v1[i] = S(random.uniform()) < v1[i] ? 1 : 0 }
        }
      }
      if let isMissing {
        let g = machine.gaussianUnits
        for row in 0..<rows {
          for i in 0..<g where isMissing[row * g + i] { v1[row * nv + i] = 0 }
        }
      }
      machine.hiddenProbabilities(UnsafeBufferPointer(v1), rows: rows, into: h1)
    }
    if let chains { _ = chains.update(fromContentsOf: v1) }

    // <v h> of the model less that of the data, a mean over rows.
    let scale = 1 / S(rows)
    let weights = UnsafeMutableBufferPointer(rebasing: gradient[machine.weights])
    let shape = ProductShape(rows: nv, columns: nh, inner: rows, aIsTransposed: true)
    multiplyMatrices(shape, v, UnsafeBufferPointer(h0), into: weights)
    for i in weights.indices { weights[i] = -weights[i] }
    multiplyMatrices(shape, UnsafeBufferPointer(v1), UnsafeBufferPointer(h1), into: weights, beta: 1)
    for i in weights.indices { weights[i] *= scale }
    let b = machine.visibleBiases.lowerBound
    let c = machine.hiddenBiases.lowerBound
    for i in b..<gradient.count { gradient[i] = 0 }
    var squares = 0.0
    var measured = rows * nv
    for row in 0..<rows {
      for i in 0..<nv {
        let difference = v1[row * nv + i] - v[row * nv + i]
        gradient[b + i] += scale * difference
        squares += Double(difference) * Double(difference)
      }
      for j in 0..<nh { gradient[c + j] += scale * (h1[row * nh + j] - h0[row * nh + j]) }
    }
    if let isMissing { for flag in isMissing where flag { measured -= 1 } }
    return squares / Double(max(measured, 1))
  }
}
