#if canImport(Glibc)
  import Glibc
#endif

/// Rotation-vibration bands of a linear molecule: P, Q and R branches of every band from every vibrational level,
/// with the vibrational angular momentum of the bends, l-doubling and nuclear spin.
///
/// E(v, k, J) = G(v) + B_v [J (J + 1) - k^2] - D [J (J + 1)]^2, B_v = B_0 - sum alpha_i v_i; the levels with |k| = 1
/// split by q/2 J (J + 1) either way (Herzberg 1945, chapter IV,1). Sublevels of one v that differ in k share G(v):
/// they lie within some ten cm-1 of each other. Resonances are not modelled; observed origins carry their shifts.
package struct LinearMolecule: LineModel {
  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  package let modes: VibrationalModes
  package var bands: [VibrationalBand]
  /// B of the ground state and its decrease with a quantum of each mode, cm-1.
  package let rotation: Double
  package let rotationChanges: [Double]
  package let distortion: Double
  /// l-doubling constant q of the bends, cm-1.
  package let doubling: Double
  /// Weights of even and odd J in a level symmetric to inversion, (1, 1) for molecules without a centre.
  package let spinWeights: (even: Double, odd: Double)
  /// Modes of species u, which exchange the weights.
  package let oddModes: [Int]
  /// Levels above this energy (cm-1) are taken to absorb like the average of those below.
  package var levelLimit: Double
  package let highestJ: Int

  /// E(J) - G(v) without l-doubling, cm-1.
  private func rotationalEnergy(_ rotation: Double, j: Int, k: Int) -> Double {
    let product = Double(j * (j + 1))
    return rotation * (product - Double(k * k)) - distortion * product * product
  }

  private func rotation(of quanta: [Int]) -> Double {
    zip(quanta, rotationChanges).reduce(rotation) { $0 - Double($1.0) * $1.1 }
  }

  /// Numbers of sublevels with k = 0, 1, 2...; those with k > 0 are pairs.
  package func sublevels(_ quanta: [Int]) -> [Int] {
    var counts = [0: 1]
    for (mode, degeneracy) in modes.degeneracies.enumerated() where degeneracy == 2 {
      var next: [Int: Int] = [:]
      for (k, count) in counts {
        for l in stride(from: -quanta[mode], through: quanta[mode], by: 2) {
          next[k + l, default: 0] += count
        }
      }
      counts = next
    }
    return (0...(counts.keys.max() ?? 0)).map { counts[$0] ?? 0 }
  }

  /// Weight of level J of component e (f exchanges even and odd J).
  private func weight(j: Int, isF: Bool, quanta: [Int]) -> Double {
    let isOdd = oddModes.reduce(0) { $0 + quanta[$1] }.isMultiple(of: 2) == false
    return (j.isMultiple(of: 2) != isOdd) != isF ? spinWeights.even : spinWeights.odd
  }

  package func partitionFunction(temperature: Double) -> Double {
    modes.partitionFunction(temperature: temperature) * rotationalPartitionFunction(temperature: temperature)
  }

  package func partitionFunctionOfLines(temperature: Double) -> Double {
    modes.partitionFunction(temperature: temperature, upTo: levelLimit)
      * rotationalPartitionFunction(temperature: temperature)
  }

  /// Of the ground state.
  package func rotationalPartitionFunction(temperature: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    let ground = [Int](repeating: 0, count: modes.fundamentals.count)
    return (0...highestJ).reduce(0) {
      $0 + weight(j: $1, isF: false, quanta: ground) * Double(2 * $1 + 1)
        * exp(-factor * rotationalEnergy(rotation, j: $1, k: 0))
    }
  }

  package func addLines(to spectra: inout StickSpectra) {
    for level in modes.levels(upTo: levelLimit) {
      let hotBands = modes.hotBands(from: level.quanta, bands: bands)
      for (k, count) in sublevels(level.quanta).enumerated() where count > 0 {
        for isF in k == 0 ? [false] : [false, true] {
          addLines(
            to: &spectra, quanta: level.quanta, energy: level.energy, k: k, isF: isF, copies: Double(count),
            hotBands: hotBands)
        }
      }
    }
  }

  private func addLines(
    to spectra: inout StickSpectra, quanta: [Int], energy: Double, k: Int, isF: Bool, copies: Double,
    hotBands: [HotBand]
  ) {
    let lowerRotation = rotation(of: quanta)
    let upperRotations = hotBands.map { rotation(of: $0.upper) }
    for j in k...highestJ {
      let product = Double(j * (j + 1))
      let split = k == 1 ? (isF ? 0.5 : -0.5) * doubling * product : 0
      let lower = rotationalEnergy(lowerRotation, j: j, k: k) + split
      let weight = copies * weight(j: j, isF: isF, quanta: quanta) * Double(2 * j + 1)
      guard weight > 0 else { continue }
      spectra.setLowerLevel(energy: energy + lower)
      for (index, hotBand) in hotBands.enumerated() {
        let strength = weight * hotBand.strength / hotBand.origin
        let upperRotation = upperRotations[index]
        func add(_ upperJ: Int, _ upperK: Int, _ upperIsF: Bool, _ share: Double) {
          guard share > 0, upperJ >= upperK else { return }
          let product = Double(upperJ * (upperJ + 1))
          let split = upperK == 1 ? (upperIsF ? 0.5 : -0.5) * doubling * product : 0
          let wavenumber =
            hotBand.origin + rotationalEnergy(upperRotation, j: upperJ, k: upperK) + split - lower
          spectra.add(wavenumber: wavenumber, strength: strength * share * wavenumber)
        }
        if bands[hotBand.band].direction == .parallel {
          let shares = HonlLondon.parallel(j: j, k: k)
          add(j - 1, k, isF, shares.p)
          add(j, k, !isF, shares.q)
          add(j + 1, k, isF, shares.r)
        } else {
          // From k = 0 all goes up to k = 1; elsewhere half goes up and half down.
          let up = HonlLondon.perpendicular(j: j, k: k, step: 1)
          let half = k == 0 ? 1.0 : 0.5
          add(j - 1, k + 1, isF, half * up.p)
          add(j, k + 1, !isF, half * up.q)
          add(j + 1, k + 1, isF, half * up.r)
          guard k > 0 else { continue }
          let down = HonlLondon.perpendicular(j: j, k: k, step: -1)
          // In k = 0 only e levels exist: e reaches them by P and R alone, f by Q alone, each with twice the share.
          if k > 1 {
            add(j - 1, k - 1, isF, half * down.p)
            add(j, k - 1, !isF, half * down.q)
            add(j + 1, k - 1, isF, half * down.r)
          } else if isF {
            add(j, 0, false, 2 * half * down.q)
          } else {
            add(j - 1, 0, false, 2 * half * down.p)
            add(j + 1, 0, false, 2 * half * down.r)
          }
        }
      }
    }
  }
}
