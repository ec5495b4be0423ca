/// A change of vibrational quanta and the strength of its band from the ground state.
package struct VibrationalBand: Sendable {
  /// Direction of the transition moment: along the axis of a linear molecule or symmetric top, or across it; along
  /// the axis of least (a), middle (b) or greatest (c) moment of inertia of an asymmetric top.
  package enum Direction: Sendable { case parallel, perpendicular, a, b, c }

  package let name: String
  /// Change of the quanta of each mode.
  package let change: [Int]
  /// Observed origin of the band from the ground state, cm-1; nil takes the modes' expansion.
  package let origin: Double?
  /// Integrated strength for a molecule in the ground level, without stimulated emission, cm per molecule. Of a
  /// fundamental this is, with its hot bands and in the harmonic limit, the strength of the whole at any temperature:
  /// what integrated absorption measures.
  package let strength: Double
  package let direction: Direction
  /// Coriolis constant zeta of the upper state of a perpendicular band of a symmetric top.
  package let coriolis: Double

  package init(
    _ name: String, _ change: [Int], origin: Double? = nil, strength: Double, _ direction: Direction,
    coriolis: Double = 0
  ) {
    self.name = name
    self.change = change
    self.origin = origin
    self.strength = strength
    self.direction = direction
    self.coriolis = coriolis
  }
}

/// One band from one vibrational level: what hot bands make of a cold band.
struct HotBand {
  /// Index into the molecule's bands.
  let band: Int
  let upper: [Int]
  /// cm-1.
  let origin: Double
  /// Strength for a molecule in the lower level, without stimulated emission, cm per molecule.
  let strength: Double
}

extension VibrationalModes {
  /// The bands that start from a level, difference bands of the binary combinations included.
  ///
  /// A hot band's strength is the cold band's times the ratio of origins times the harmonic ratio of squared moments;
  /// its origin is the cold band's moved by anharmonicity. Both bands nu_i + nu_j and nu_i - nu_j come from the same
  /// second derivative of the dipole moment, so the one's strength gives the other's.
  func hotBands(from lower: [Int], bands: [VibrationalBand]) -> [HotBand] {
    let ground = [Int](repeating: 0, count: lower.count)
    var found: [HotBand] = []
    for (index, band) in bands.enumerated() {
      let coldOrigin = band.origin ?? energy(band.change)
      for change in [band.change] + differences(of: band.change) {
        let upper = zip(lower, change).map { $0 + $1 }
        guard upper.allSatisfy({ $0 >= 0 }) else { continue }
        let factor = momentFactor(lower: lower, change: change)
        guard factor > 0 else { continue }
        let shift = change == band.change ? coldOrigin - (energy(band.change) - energy(ground)) : 0
        let origin = energy(upper) - energy(lower) + shift
        guard origin > 20 else { continue }
        found.append(
          HotBand(
            band: index, upper: upper, origin: origin, strength: band.strength * factor * origin / coldOrigin)
        )
      }
    }
    return found
  }

  private func differences(of change: [Int]) -> [[Int]] {
    guard change.reduce(0, +) == 2, change.max() == 1 else { return [] }
    return change.indices.filter { change[$0] == 1 }.map { mode in
      var difference = change
      difference[mode] = -1
      return difference
    }
  }
}
