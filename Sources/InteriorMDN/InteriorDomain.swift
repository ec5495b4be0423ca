package import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// Where in the space of its inputs a network was trained: counts of training planets on a grid over the features.
///
/// A cell with fewer than three training planets is outside: one or two are what a prior's far tail leaves anywhere. The counts (their logarithms, in steps of an eighth of an
/// octave) also tell how likely a missing input is, given the others: the training prior.
package struct InteriorDomain: Sendable, Hashable {
  /// One feature, divided evenly.
  package struct Axis: Sendable, Hashable {
    package var low: Double
    package var high: Double
    package var bins: Int

    package init(low: Double, high: Double, bins: Int) {
      precondition(low < high && bins > 0)
      self.low = low
      self.high = high
      self.bins = bins
    }

    func bin(_ value: Double) -> Int? {
      guard value >= low, value <= high else { return nil }
      return min(Int((value - low) / (high - low) * Double(bins)), bins - 1)
    }
  }

  /// Values at ascending masses, linear in ln M and ln R between them.
  package struct RadiusCurve: Sendable, Hashable {
    /// Earth masses, ascending.
    package var masses: [Double]
    /// Earth radii.
    package var radii: [Double]

    package init(masses: [Double], radii: [Double]) {
      precondition(masses.count == radii.count && !masses.isEmpty)
      self.masses = masses
      self.radii = radii
    }

    /// The radius at that mass; `nil` outside the curve.
    package func radius(mass: Double) -> Double? {
      guard mass >= masses[0], mass <= masses[masses.count - 1] else { return nil }
      let above = masses.firstIndex { $0 >= mass } ?? 0
      guard above > 0 else { return radii[0] }
      let t = log(mass / masses[above - 1]) / log(masses[above] / masses[above - 1])
      return radii[above - 1] * pow(radii[above] / radii[above - 1], t)
    }
  }

  /// One a feature, in the network's order of inputs.
  package let axes: [Axis]
  /// The range of each input, in its own unit, that the network answers for: a measured value must lie within. Training
  /// goes somewhat beyond, so that a planet near a bound has neighbours on both sides.
  package let nominal: [ClosedRange<Double>]
  /// Row-major, the last axis fastest: 0 where no planet was trained, else 1 + round(8 log2 count).
  package let cells: [UInt8]
  /// The smallest and the largest radius trained, by mass.
  package let smallest: RadiusCurve
  package let largest: RadiusCurve
  /// The radius of a planet of pure iron, by mass, from the forward model.
  package let iron: RadiusCurve?

  package init(
    axes: [Axis], nominal: [ClosedRange<Double>], cells: [UInt8], smallest: RadiusCurve,
    largest: RadiusCurve, iron: RadiusCurve?
  ) {
    precondition(nominal.count == axes.count)
    precondition(cells.count == axes.reduce(1) { $0 * $1.bins })
    self.axes = axes
    self.nominal = nominal
    self.cells = cells
    self.smallest = smallest
    self.largest = largest
    self.iron = iron
  }

  /// Of a cell that is inside: 1 + round(8 log2 3).
  package static let leastCode: UInt8 = 14

  private func cell(_ features: [Double]) -> Int? {
    var index = 0
    for (axis, feature) in zip(axes, features) {
      guard let bin = axis.bin(feature) else { return nil }
      index = index * axis.bins + bin
    }
    return index
  }

  package func contains(_ features: [Double]) -> Bool {
    guard let cell = cell(features) else { return false }
    return cells[cell] >= Self.leastCode
  }

  /// How likely the feature at `axis` is in the training prior, given all the others, as a share of the likeliest: 0 to 1.
  package func relativeLikelihood(at axis: Int, _ features: [Double]) -> Double {
    guard let here = cell(features), cells[here] > 0 else { return 0 }
    let stride = axes[(axis + 1)...].reduce(1) { $0 * $1.bins }
    let first = here - (here / stride) % axes[axis].bins * stride
    var most = cells[here]
    for bin in 0..<axes[axis].bins { most = max(most, cells[first + bin * stride]) }
    return exp2(Double(Int(cells[here]) - Int(most)) / 8)
  }

  /// Draws the feature at `axis` from the training prior, given all the others.
  /// - Returns: `nil` where no training planet has the other features.
  package func drawFeature(
    at axis: Int, given features: [Double], random: inout SeededRandom
  ) -> Double? {
    var probe = features
    let bins = axes[axis]
    probe[axis] = bins.low
    guard let first = cell(probe) else { return nil }
    let stride = axes[(axis + 1)...].reduce(1) { $0 * $1.bins }
    let weights = (0..<bins.bins).map { bin -> Double in
      let code = cells[first + bin * stride]
      return code == 0 ? 0 : exp2(Double(code - 1) / 8)
    }
    var left = random.uniform() * weights.reduce(0, +)
    let place = random.uniform()
    for (bin, weight) in weights.enumerated() where weight > 0 {
      left -= weight
      if left < 0 { return bins.low + (bins.high - bins.low) * (Double(bin) + place) / Double(bins.bins) }
    }
    return nil
  }
}
