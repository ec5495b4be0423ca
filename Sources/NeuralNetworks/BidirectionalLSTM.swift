package import NumericalMethods
package import Tensors

/// Long short-term memory along a sequence, once from either end (Hochreiter & Schmidhuber 1997, Neural Comput. 9, 1735, with the
/// forget gate of Gers et al. 2000, Neural Comput. 12, 2451; Schuster & Paliwal 1997, IEEE Trans. Signal Process. 45, 2673):
///
///     (i, f, g, o) = x_t U + h_(t-1) V + b,   c_t = s(f) c_(t-1) + s(i) tanh(g),   h_t = s(o) tanh(c_t)
///
/// with s(x) = 1 / (1 + exp(-x)), c and h 0 before the first step.
///
/// Shapes, row-major, B rows a batch: x (B, steps, features), U (features, 4 hidden), V (hidden, 4 hidden), b (4 hidden), in this
/// order for the pass forwards and again for that backwards; gates in the order i, f, g, o; a (B, steps, 2 hidden): of each step the
/// state forwards, then that backwards. Kept between forward and backward, all (steps, B, ...): x, and of each pass the gates behind
/// their functions, c, tanh(c) and h.
package struct BidirectionalLSTM: Layer {
  package let steps: Int
  package let features: Int
  package let hidden: Int

  package init(steps: Int, features: Int, hidden: Int) {
    precondition(steps > 0 && features > 0 && hidden > 0)
    self.steps = steps
    self.features = features
    self.hidden = hidden
  }

  package var inputs: Int { steps * features }
  package var outputs: Int { steps * 2 * hidden }

  package var parameters: [ParameterShape] {
    ["forwards", "backwards"].flatMap { pass in
      [
        ParameterShape("\(pass).inputWeight", [features, 4 * hidden]),
        ParameterShape("\(pass).stateWeight", [hidden, 4 * hidden]),
        ParameterShape("\(pass).bias", [4 * hidden]),
      ]
    }
  }

  /// Where one pass's parameters stand.
  private struct Part {
    let inputWeights: Range<Int>
    let stateWeights: Range<Int>
    let biases: Range<Int>

    init(_ layer: BidirectionalLSTM, _ direction: Int) {
      let (u, v, b) = (
        4 * layer.features * layer.hidden, 4 * layer.hidden * layer.hidden, 4 * layer.hidden
      )
      let start = direction * (u + v + b)
      inputWeights = start..<start + u
      stateWeights = start + u..<start + u + v
      biases = start + u + v..<start + u + v + b
    }
  }

  private func sequenceCount(rows: Int) -> Int { steps * rows * features }
  private func memoryCount(rows: Int) -> Int { steps * rows * 7 * hidden }

  package func cacheCount(rows: Int) -> Int { sequenceCount(rows: rows) + 2 * memoryCount(rows: rows) }

  /// Weights of variance 1 over what they sum, so that gates see sums of unit size; biases 0, of the forget gates 1.
  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    for direction in 0..<2 {
      let part = Part(self, direction)
      let (u, v) = (1 / Double(features).squareRoot(), 1 / Double(hidden).squareRoot())
      for i in part.inputWeights { parameters[i] = S(u * random.normal()) }
      for i in part.stateWeights { parameters[i] = S(v * random.normal()) }
      for (place, i) in part.biases.enumerated() { parameters[i] = place / hidden == 1 ? 1 : 0 }
    }
  }

  /// What one pass remembers: (steps, B, ...).
  private struct Memory<S: Scalar> {
    let gates: UnsafeMutablePointer<S>
    let cells: UnsafeMutablePointer<S>
    let squashed: UnsafeMutablePointer<S>
    let states: UnsafeMutablePointer<S>

    init(_ base: UnsafeMutablePointer<S>, steps: Int, rows: Int, hidden: Int) {
      let count = steps * rows * hidden
      gates = base
      cells = base + 4 * count
      squashed = base + 5 * count
      states = base + 6 * count
    }
  }

  /// The steps in the order a pass takes them.
  private func order(_ direction: Int) -> [Int] {
    direction == 0 ? Array(0..<steps) : (0..<steps).reversed()
  }

  // MARK: Forward

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    withUnsafeTemporaryAllocation(of: S.self, capacity: cache == nil ? cacheCount(rows: rows) : 0) {
      scratch in
      guard rows > 0, let base = (cache ?? scratch).baseAddress, let xBase = x.baseAddress,
        let aBase = a.baseAddress
      else { return }
      for row in 0..<rows {
        for step in 0..<steps {
          (base + (step * rows + row) * features).update(
            from: xBase + (row * steps + step) * features, count: features)
        }
      }
      for direction in 0..<2 {
        let start = sequenceCount(rows: rows) + direction * memoryCount(rows: rows)
        let memory = Memory(base + start, steps: steps, rows: rows, hidden: hidden)
        remember(parameters, direction, rows: rows, sequence: base, memory)
        for row in 0..<rows {
          for step in 0..<steps {
            (aBase + ((row * steps + step) * 2 + direction) * hidden).update(
              from: memory.states + (step * rows + row) * hidden, count: hidden)
          }
        }
      }
    }
  }

  private func remember<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, _ direction: Int, rows: Int, sequence: UnsafeMutablePointer<S>,
    _ memory: Memory<S>
  ) {
    let part = Part(self, direction)
    let (gates, states) = (rows * 4 * hidden, rows * hidden)
    multiplyMatrices(
      ProductShape(rows: steps * rows, columns: 4 * hidden, inner: features),
      UnsafeBufferPointer(start: sequence, count: steps * rows * features),
      UnsafeBufferPointer(rebasing: parameters[part.inputWeights]),
      into: UnsafeMutableBufferPointer(start: memory.gates, count: steps * gates))
    if let bias = UnsafeBufferPointer(rebasing: parameters[part.biases]).baseAddress {
      S.addRow(bias, to: memory.gates, rows: steps * rows, columns: 4 * hidden)
    }
    var before: Int?
    for step in order(direction) {
      let ofStep = memory.gates + step * gates
      if let before {
        multiplyMatrices(
          ProductShape(rows: rows, columns: 4 * hidden, inner: hidden),
          UnsafeBufferPointer(start: memory.states + before * states, count: states),
          UnsafeBufferPointer(rebasing: parameters[part.stateWeights]),
          into: UnsafeMutableBufferPointer(start: ofStep, count: gates), beta: 1)
      }
      // tanh(x) = 2 s(2 x) - 1.
      doubleCandidates(ofStep, rows: rows)
      S.sigmoid(ofStep, gates)
      let squashed = memory.squashed + step * states
      takeIn(
        ofStep, before: before.map { UnsafePointer(memory.cells + $0 * states) },
        cells: memory.cells + step * states, doubled: squashed, rows: rows)
      S.sigmoid(squashed, states)
      giveOut(ofStep, squashed: squashed, states: memory.states + step * states, rows: rows)
      before = step
    }
  }

  @_specialize(where S == Float)
  private func doubleCandidates<S: Scalar>(_ gates: UnsafeMutablePointer<S>, rows: Int) {
    for row in 0..<rows {
      let candidates = gates + (4 * row + 2) * hidden
      for j in 0..<hidden { candidates[j] *= 2 }
    }
  }

  /// The cells after a step, and twice them; candidates become what tanh makes of them.
  @_specialize(where S == Float)
  private func takeIn<S: Scalar>(
    _ gates: UnsafeMutablePointer<S>, before: UnsafePointer<S>?, cells: UnsafeMutablePointer<S>,
    doubled: UnsafeMutablePointer<S>, rows: Int
  ) {
    for row in 0..<rows {
      let gate = gates + 4 * row * hidden
      for j in 0..<hidden {
        let candidate = 2 * gate[2 * hidden + j] - 1
        gate[2 * hidden + j] = candidate
        let place = row * hidden + j
        var cell = gate[j] * candidate
        if let before { cell += gate[hidden + j] * before[place] }
        cells[place] = cell
        doubled[place] = 2 * cell
      }
    }
  }

  @_specialize(where S == Float)
  private func giveOut<S: Scalar>(
    _ gates: UnsafeMutablePointer<S>, squashed: UnsafeMutablePointer<S>, states: UnsafeMutablePointer<S>,
    rows: Int
  ) {
    for row in 0..<rows {
      for j in 0..<hidden {
        let place = row * hidden + j
        squashed[place] = 2 * squashed[place] - 1
        states[place] = gates[(4 * row + 3) * hidden + j] * squashed[place]
      }
    }
  }

  // MARK: Backward

  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    let rows = pass.rows
    let gates = steps * rows * 4 * hidden
    let sequence = sequenceCount(rows: rows)
    withUnsafeTemporaryAllocation(of: S.self, capacity: gates + 2 * rows * hidden + sequence) { scratch in
      guard rows > 0, let base = scratch.baseAddress, let dy = upstream.baseAddress,
        let kept = UnsafeMutablePointer(mutating: pass.cache.baseAddress)
      else { return }
      let byGates = UnsafeMutableBufferPointer(rebasing: scratch[..<gates])
      let bySequence = UnsafeMutableBufferPointer(rebasing: scratch[(gates + 2 * rows * hidden)...])
      for direction in 0..<2 {
        let part = Part(self, direction)
        let memory = Memory(
          kept + sequence + direction * memoryCount(rows: rows), steps: steps, rows: rows, hidden: hidden)
        recall(
          UnsafeBufferPointer(rebasing: parameters[part.stateWeights]), direction, rows: rows, dy, memory,
          byGates: base, byState: base + gates)
        if let gradient {
          learn(gradient, part, direction, rows: rows, kept, memory, UnsafeBufferPointer(byGates))
        }
        if downstream != nil {
          multiplyMatrices(
            ProductShape(rows: steps * rows, columns: features, inner: 4 * hidden, bIsTransposed: true),
            UnsafeBufferPointer(byGates), UnsafeBufferPointer(rebasing: parameters[part.inputWeights]),
            into: bySequence, beta: direction == 0 ? 0 : 1)
        }
      }
      guard let dx = downstream?.baseAddress, let source = bySequence.baseAddress else { return }
      for row in 0..<rows {
        for step in 0..<steps {
          (dx + (row * steps + step) * features).update(
            from: source + (step * rows + row) * features, count: features)
        }
      }
    }
  }

  /// The loss's derivative by each step's sums, (steps, B, 4 hidden), from the pass's last step to its first.
  /// - Parameter byState: room for that by state and cell of the step before, (B, hidden) each.
  private func recall<S: Scalar>(
    _ stateWeights: UnsafeBufferPointer<S>, _ direction: Int, rows: Int, _ dy: UnsafeMutablePointer<S>,
    _ memory: Memory<S>, byGates: UnsafeMutablePointer<S>, byState: UnsafeMutablePointer<S>
  ) {
    let (gates, states) = (rows * 4 * hidden, rows * hidden)
    let byCell = byState + states
    byState.update(repeating: 0, count: 2 * states)
    let order = order(direction)
    for (place, step) in order.enumerated().reversed() {
      let before = place > 0 ? order[place - 1] : nil
      recallStep(
        gates: memory.gates + step * gates, squashed: memory.squashed + step * states,
        before: before.map { UnsafePointer(memory.cells + $0 * states) },
        dy: dy + (step * 2 + direction) * hidden, byState: byState, byCell: byCell,
        byGates: byGates + step * gates, rows: rows)
      guard before != nil else { break }
      multiplyMatrices(
        ProductShape(rows: rows, columns: hidden, inner: 4 * hidden, bIsTransposed: true),
        UnsafeBufferPointer(start: byGates + step * gates, count: gates), stateWeights,
        into: UnsafeMutableBufferPointer(start: byState, count: states))
    }
  }

  /// - Parameter dy: of the first row's step; a row further lies the next one's.
  @_specialize(where S == Float)
  private func recallStep<S: Scalar>(
    gates: UnsafePointer<S>, squashed: UnsafePointer<S>, before: UnsafePointer<S>?, dy: UnsafePointer<S>,
    byState: UnsafePointer<S>, byCell: UnsafeMutablePointer<S>, byGates: UnsafeMutablePointer<S>, rows: Int
  ) {
    for row in 0..<rows {
      let (gate, target) = (gates + 4 * row * hidden, byGates + 4 * row * hidden)
      for j in 0..<hidden {
        let place = row * hidden + j
        let (input, forget) = (gate[j], gate[hidden + j])
        let (candidate, output) = (gate[2 * hidden + j], gate[3 * hidden + j])
        let h = dy[row * outputs + j] + byState[place]
        let c = byCell[place] + h * output * (1 - squashed[place] * squashed[place])
        target[j] = c * candidate * input * (1 - input)
        target[hidden + j] = (before.map { c * $0[place] } ?? 0) * forget * (1 - forget)
        target[2 * hidden + j] = c * input * (1 - candidate * candidate)
        target[3 * hidden + j] = h * squashed[place] * output * (1 - output)
        byCell[place] = c * forget
      }
    }
  }

  private func learn<S: Scalar>(
    _ gradient: UnsafeMutableBufferPointer<S>, _ part: Part, _ direction: Int, rows: Int,
    _ sequence: UnsafeMutablePointer<S>, _ memory: Memory<S>, _ byGates: UnsafeBufferPointer<S>
  ) {
    multiplyMatrices(
      ProductShape(rows: features, columns: 4 * hidden, inner: steps * rows, aIsTransposed: true),
      UnsafeBufferPointer(start: sequence, count: steps * rows * features), byGates,
      into: UnsafeMutableBufferPointer(rebasing: gradient[part.inputWeights]))
    // Each step's sums with the state before them: all but one of either, one beside the other.
    let (states, pairs) = (rows * hidden, (steps - 1) * rows)
    let byStates = UnsafeMutableBufferPointer(rebasing: gradient[part.stateWeights])
    if pairs == 0 {
      byStates.update(repeating: 0)
    } else {
      let sums = direction == 0 ? 4 * states..<byGates.count : 0..<byGates.count - 4 * states
      multiplyMatrices(
        ProductShape(rows: hidden, columns: 4 * hidden, inner: pairs, aIsTransposed: true),
        UnsafeBufferPointer(start: memory.states + (direction == 0 ? 0 : states), count: pairs * hidden),
        UnsafeBufferPointer(rebasing: byGates[sums]), into: byStates)
    }
    if let bias = UnsafeMutableBufferPointer(rebasing: gradient[part.biases]).baseAddress,
      let source = byGates.baseAddress
    {
      S.columnSums(source, bias, rows: steps * rows, columns: 4 * hidden)
    }
  }
}
