package import NumericalMethods
package import Tensors

/// A deep belief network (Hinton, Osindero & Teh 2006, Neural Computation 18, 1527): Boltzmann machines stacked, the topmost
/// seeing beside the features below one unit a molecule. It generates: a molecule's unit held on, the topmost machine settles,
/// and its state is carried down to a spectrum - what Waldmann (2016, ApJ 820, 107, section 5) calls a dream.
package struct DeepBeliefNetwork: Sendable, Hashable {
  /// From the spectrum upwards. The last one's last `labels` visible units are the molecules'.
  package var machines: [RestrictedBoltzmannMachine<Float>]
  package let labels: Int

  package init(machines: [RestrictedBoltzmannMachine<Float>], labels: Int) {
    precondition(!machines.isEmpty && labels > 0)
    for (index, pair) in zip(machines, machines.dropFirst()).enumerated() {
      let extra = index == machines.count - 2 ? labels : 0
      precondition(pair.1.visible == pair.0.hidden + extra)
    }
    self.machines = machines
    self.labels = labels
  }

  /// Untrained, with random weights.
  /// - Parameters:
  ///   - widths: visible units and those of each layer above: 800, 500, 200, 50.
  ///   - gaussianUnits: the first visible units, which are real.
  package init(widths: [Int], gaussianUnits: Int, labels: Int, random: inout SeededRandom) {
    precondition(widths.count >= 3)
    var machines: [RestrictedBoltzmannMachine<Float>] = []
    for (index, pair) in zip(widths, widths.dropFirst()).enumerated() {
      let isTop = index == widths.count - 2
      var machine = RestrictedBoltzmannMachine<Float>(
        visible: pair.0 + (isTop ? labels : 0), hidden: pair.1, gaussianUnits: index == 0 ? gaussianUnits : 0)
      machine.initialize(random: &random)
      machines.append(machine)
    }
    self.init(machines: machines, labels: labels)
  }

  package var widths: [Int] { [machines[0].visible] + machines.map(\.hidden) }

  /// Features of each layer but the topmost for the spectra `x`, carried upwards: what the next machine learns from.
  /// - Parameter below: how many machines to pass.
  package func features(_ x: Matrix<Float>, below: Int) -> Matrix<Float> {
    var current = x
    for machine in machines[..<below] {
      var next = Matrix<Float>(rows: current.rows, columns: machine.hidden)
      current.elements.withUnsafeBufferPointer { v in
        next.elements.withUnsafeMutableBufferPointer {
          machine.hiddenProbabilities(v, rows: current.rows, into: $0)
        }
      }
      current = next
    }
    return current
  }
}

/// What a network dreams of a molecule, averaged over chains.
package struct Dream: Sendable, Hashable {
  /// Means of the visible units: the normalised spectrum, then the quality of each bin.
  package let visible: [Float]
  /// Mean activity of each layer, from the lowest hidden layer to the topmost.
  package let activations: [[Float]]
}

extension DeepBeliefNetwork {
  /// Dreams of a molecule.
  ///
  /// The molecules' units are held: `molecule` on, all others off (all off for `nil`). Gibbs sampling in the topmost machine
  /// lets chains that start from random features settle: warm at first, for most of the steps, and slowly cooled (Kirkpatrick,
  /// Gelatt & Vecchi 1983, Science 220, 671), because at the machine's own temperature a chain would stay with the spectrum it
  /// happened to begin near. Then each chain's state is carried down as probabilities, and the chains are averaged.
  /// - Parameters:
  ///   - chains: averaged over.
  ///   - steps: of Gibbs sampling.
  ///   - seed: the same seed dreams the same.
  package func dream(of molecule: Int?, chains: Int = 256, steps: Int = 20_000, seed: UInt64 = 1) -> Dream {
    precondition(molecule == nil || (0..<labels).contains(molecule ?? 0))
    var random = SeededRandom(seed: seed, stream: UInt64((molecule ?? labels) + 1))
    var top = machines[machines.count - 1]
    let coldest = top.parameters
    let features = top.visible - labels
    var v = Matrix<Float>(rows: chains, columns: top.visible)
    for i in v.elements.indices { v.elements[i] = random.uniform() < 0.5 ? 1 : 0 }
    func clamp() {
      v.elements.withUnsafeMutableBufferPointer { v in
        for row in 0..<chains {
          let base = row * (features + labels) + features
          for label in 0..<labels { v[base + label] = label == molecule ? 1 : 0 }
        }
      }
    }
    clamp()
    var h = Matrix<Float>(rows: chains, columns: top.hidden)
    for step in 0..<steps {
      // All energies over a temperature that falls from 10 to 1 in five sixths of the steps.
      let inverse = min(1, 0.1 + 0.9 * Float(step) / max(Float(steps) * 5 / 6, 1))
      top.parameters.withUnsafeMutableBufferPointer { scaled in
        coldest.withUnsafeBufferPointer { for i in scaled.indices { scaled[i] = inverse * $0[i] } }
      }
      v.elements.withUnsafeBufferPointer { v in
        h.elements.withUnsafeMutableBufferPointer { top.hiddenProbabilities(v, rows: chains, into: $0) }
      }
      Self.sample(&h.elements, &random)
      h.elements.withUnsafeBufferPointer { h in
        v.elements.withUnsafeMutableBufferPointer { top.visibleMeans(h, rows: chains, into: $0) }
      }
      clamp()
      // The last step keeps probabilities: they carry less noise down.
      guard step < steps - 1 else { break }
      Self.sample(&v.elements, &random)
      clamp()
    }
    v.elements.withUnsafeBufferPointer { v in
      h.elements.withUnsafeMutableBufferPointer { top.hiddenProbabilities(v, rows: chains, into: $0) }
    }
    var activations = [columnMeans(h.elements, columns: top.hidden)]
    var current = Matrix<Float>(rows: chains, columns: features)
    for row in 0..<chains {
      for i in 0..<features { current[row, i] = v[row, i] }
    }
    for machine in machines.dropLast().reversed() {
      activations.insert(columnMeans(current.elements, columns: machine.hidden), at: 0)
      var below = Matrix<Float>(rows: chains, columns: machine.visible)
      current.elements.withUnsafeBufferPointer { h in
        below.elements.withUnsafeMutableBufferPointer { machine.visibleMeans(h, rows: chains, into: $0) }
      }
      current = below
    }
    return Dream(visible: columnMeans(current.elements, columns: current.columns), activations: activations)
  }

  /// Each probability becomes 1 or 0.
  private static func sample(_ probabilities: inout [Float], _ random: inout SeededRandom) {
    probabilities.withUnsafeMutableBufferPointer { p in
      for i in p.indices { p[i] = Float(random.uniform()) < p[i] ? 1 : 0 }
    }
  }

  private func columnMeans(_ elements: [Float], columns: Int) -> [Float] {
    let rows = elements.count / columns
    return (0..<columns).map { j in
      Float((0..<rows).reduce(0.0) { $0 + Double(elements[$1 * columns + j]) } / Double(rows))
    }
  }
}
