package import NumericalMethods
package import Tensors

/// Layers through which the first numbers of each row go, while the last pass by: a = (layers(x's first), x's last).
///
/// Shapes, row-major, B rows a batch: x (B, layers' inputs + passing), a (B, layers' outputs + passing). Parameters are the layers',
/// `0.weight` and so on. Kept between forward and backward: x's first numbers, (B, layers' inputs), then what each layer makes and
/// what it keeps.
package struct PartialLayers: Layer {
  package let layers: [any Layer]
  package let passing: Int

  /// - Precondition: each layer takes as many numbers as the one before it gives.
  package init(_ layers: [any Layer], passing: Int) {
    precondition(!layers.isEmpty && passing > 0)
    precondition(zip(layers, layers.dropFirst()).allSatisfy { $0.outputs == $1.inputs })
    self.layers = layers
    self.passing = passing
  }

  private var innerInputs: Int { layers[0].inputs }
  private var innerOutputs: Int { layers[layers.count - 1].outputs }
  package var inputs: Int { innerInputs + passing }
  package var outputs: Int { innerOutputs + passing }

  package var parameters: [ParameterShape] {
    layers.enumerated().flatMap { i, layer in
      layer.parameters.map { ParameterShape("\(i).\($0.name)", $0.shape) }
    }
  }

  package func cacheCount(rows: Int) -> Int { places(rows: rows, keepsCaches: true).count }

  /// Where things stand in the cache.
  private struct Places {
    /// Of the layers' inputs, then of what each layer makes.
    var values: [Range<Int>]
    /// Of what each layer keeps.
    var caches: [Range<Int>]
    var count: Int
  }

  private func places(rows: Int, keepsCaches: Bool) -> Places {
    var places = Places(values: [0..<rows * innerInputs], caches: [], count: rows * innerInputs)
    func next(_ count: Int) -> Range<Int> {
      defer { places.count += count }
      return places.count..<places.count + count
    }
    for layer in layers {
      places.values.append(next(rows * layer.outputs))
      places.caches.append(next(keepsCaches ? layer.cacheCount(rows: rows) : 0))
    }
    return places
  }

  /// Of each layer, where its parameters stand.
  private var parts: [Range<Int>] {
    var end = 0
    return layers.map { layer in
      defer { end += layer.parameterCount }
      return end..<end + layer.parameterCount
    }
  }

  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {
    for (i, (layer, part)) in zip(layers, parts).enumerated() {
      layer.initialize(
        UnsafeMutableBufferPointer(rebasing: parameters[part]), isFirst: isFirst && i == 0, random: &random)
    }
  }

  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    let places = places(rows: rows, keepsCaches: cache != nil)
    withUnsafeTemporaryAllocation(of: S.self, capacity: cache == nil ? places.count : 0) { scratch in
      let all = cache ?? scratch
      guard let base = all.baseAddress, let xBase = x.baseAddress, let aBase = a.baseAddress else { return }
      for row in 0..<rows {
        (base + row * innerInputs).update(from: xBase + row * inputs, count: innerInputs)
        (aBase + row * outputs + innerOutputs).update(
          from: xBase + row * inputs + innerInputs, count: passing)
      }
      for (i, (layer, part)) in zip(layers, parts).enumerated() {
        layer.forward(
          UnsafeBufferPointer(rebasing: parameters[part]), rows: rows,
          x: UnsafeBufferPointer(rebasing: all[places.values[i]]),
          a: UnsafeMutableBufferPointer(rebasing: all[places.values[i + 1]]),
          cache: cache.map { UnsafeMutableBufferPointer(rebasing: $0[places.caches[i]]) })
      }
      let made = base + places.values[layers.count].lowerBound
      for row in 0..<rows {
        (aBase + row * outputs).update(from: made + row * innerOutputs, count: innerOutputs)
      }
    }
  }

  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    let rows = pass.rows
    let places = places(rows: rows, keepsCaches: true)
    // The loss's derivatives by the layers' inputs and by what each makes.
    withUnsafeTemporaryAllocation(
      of: S.self, capacity: places.values.reduce(0) { $0 + $1.count }
    ) { scratch in
      var start = 0
      let derivatives = places.values.map { place in
        defer { start += place.count }
        return UnsafeMutableBufferPointer(rebasing: scratch[start..<start + place.count])
      }
      guard let last = derivatives[layers.count].baseAddress, let first = derivatives[0].baseAddress,
        let dy = upstream.baseAddress
      else { return }
      for row in 0..<rows {
        (last + row * innerOutputs).update(from: dy + row * outputs, count: innerOutputs)
      }
      let parts = parts
      for (i, layer) in layers.enumerated().reversed() {
        layer.backward(
          UnsafeBufferPointer(rebasing: parameters[parts[i]]),
          pass: ForwardPass(
            rows: rows, x: UnsafeBufferPointer(rebasing: pass.cache[places.values[i]]),
            a: UnsafeBufferPointer(rebasing: pass.cache[places.values[i + 1]]),
            cache: UnsafeBufferPointer(rebasing: pass.cache[places.caches[i]])),
          upstream: derivatives[i + 1],
          downstream: i == 0 && downstream == nil ? nil : derivatives[i],
          gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[parts[i]]) })
      }
      guard let dx = downstream?.baseAddress else { return }
      for row in 0..<rows {
        (dx + row * inputs).update(from: first + row * innerInputs, count: innerInputs)
        (dx + row * inputs + innerInputs).update(from: dy + row * outputs + innerOutputs, count: passing)
      }
    }
  }

  package func learnStatistics<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, rows: Int, cache: UnsafeBufferPointer<S>
  ) {
    let places = places(rows: rows, keepsCaches: true)
    for (i, (layer, part)) in zip(layers, parts).enumerated() {
      layer.learnStatistics(
        UnsafeMutableBufferPointer(rebasing: parameters[part]), rows: rows,
        cache: UnsafeBufferPointer(rebasing: cache[places.caches[i]]))
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.passing == b.passing && a.layers.map { AnyHashable($0) } == b.layers.map { AnyHashable($0) }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(passing)
    for layer in layers { hasher.combine(layer) }
  }
}
