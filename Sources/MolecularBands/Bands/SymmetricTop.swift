#if canImport(Glibc)
  import Glibc
#endif

/// Rotation-vibration bands of a symmetric top of three like hydrogens that may turn inside out (NH3, PH3).
///
/// E(v, J, K) = G(v) + B J (J + 1) + (C - B) K^2 - D_J [J (J + 1)]^2 - D_JK J (J + 1) K^2 - D_K K^4, with B and C
/// falling by a constant with each quantum; in the upper state of a perpendicular band -2 C zeta K l comes on top
/// (Herzberg 1945, chapter IV,2). Every level is split by inversion into s and a; parallel bands join s with a,
/// perpendicular bands s with s and a with a (Townes & Schawlow 1955, chapter 12).
package struct SymmetricTop: LineModel {
  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  package let modes: VibrationalModes
  package var bands: [VibrationalBand]
  /// B and C of the ground state, cm-1.
  package let rotation: (b: Double, c: Double)
  /// Decrease of B and C with a quantum of each mode, cm-1.
  package let rotationChanges: [(b: Double, c: Double)]
  package let distortion: (j: Double, jk: Double, k: Double)
  /// The inverting mode and its levels above the lowest, s and a, cm-1; nil where inversion splits nothing.
  package let inversion: (mode: Int, symmetric: [Double], antisymmetric: [Double])?
  package var levelLimit: Double
  package let highestJ: Int

  private func constants(_ quanta: [Int]) -> (b: Double, c: Double) {
    zip(quanta, rotationChanges).reduce(rotation) {
      ($0.b - Double($1.0) * $1.1.b, $0.c - Double($1.0) * $1.1.c)
    }
  }

  private func rotationalEnergy(_ constants: (b: Double, c: Double), j: Int, k: Int) -> Double {
    let (product, square) = (Double(j * (j + 1)), Double(k * k))
    return constants.b * product + (constants.c - constants.b) * square - distortion.j * product * product
      - distortion.jk * product * square - distortion.k * square * square
  }

  /// Energy of one inversion component of a vibrational level, cm-1.
  package func energy(_ quanta: [Int], isAntisymmetric: Bool) -> Double {
    guard let inversion else { return modes.energy(quanta) }
    let ladder = isAntisymmetric ? inversion.antisymmetric : inversion.symmetric
    let count = quanta[inversion.mode]
    guard count < ladder.count else { return modes.energy(quanta) }
    var inverting = [Int](repeating: 0, count: quanta.count)
    inverting[inversion.mode] = count
    return modes.energy(quanta) - modes.energy(inverting) + ladder[count]
  }

  /// Weight without 2J + 1: nuclear spin of the hydrogens; of the two components with K = 0 one exists for a J.
  package func weight(j: Int, k: Int, isAntisymmetric: Bool) -> Double {
    if k == 0 { return j.isMultiple(of: 2) == isAntisymmetric ? 4 : 0 }
    return k.isMultiple(of: 3) ? 4 : 2
  }

  package func partitionFunction(temperature: Double) -> Double {
    partitionFunction(temperature: temperature, upTo: 25_000)
  }

  package func partitionFunctionOfLines(temperature: Double) -> Double {
    partitionFunction(temperature: temperature, upTo: levelLimit)
  }

  private func partitionFunction(temperature: Double, upTo limit: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    let vibrations = modes.levels(upTo: limit).reduce(0.0) { sum, level in
      let degeneracy = Double(modes.degeneracy(level.quanta))
      return sum + 0.5 * degeneracy
        * (exp(-factor * energy(level.quanta, isAntisymmetric: false))
          + exp(-factor * energy(level.quanta, isAntisymmetric: true)))
    }
    return vibrations * rotationalPartitionFunction(temperature: temperature)
  }

  /// Of both inversion components of the ground state together, their splitting left out.
  package func rotationalPartitionFunction(temperature: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    var sum = 0.0
    for j in 0...highestJ {
      for k in 0...j {
        let weight =
          weight(j: j, k: k, isAntisymmetric: false) + weight(j: j, k: k, isAntisymmetric: true)
        sum += weight * Double(2 * j + 1) * exp(-factor * rotationalEnergy(rotation, j: j, k: k))
      }
    }
    return sum
  }

  package func addLines(to spectra: inout StickSpectra) {
    for level in modes.levels(upTo: levelLimit) {
      let hotBands = modes.hotBands(from: level.quanta, bands: bands)
      let degeneracy = Double(modes.degeneracy(level.quanta))
      for isAntisymmetric in [false, true] {
        addLines(
          to: &spectra, quanta: level.quanta, isAntisymmetric: isAntisymmetric, degeneracy: degeneracy,
          hotBands: hotBands)
      }
    }
  }

  private func addLines(
    to spectra: inout StickSpectra, quanta: [Int], isAntisymmetric: Bool, degeneracy: Double,
    hotBands: [HotBand]
  ) {
    let energy = energy(quanta, isAntisymmetric: isAntisymmetric)
    let lowerConstants = constants(quanta)
    let uppers = hotBands.map { hotBand -> (constants: (b: Double, c: Double), origin: Double) in
      let changesSide = bands[hotBand.band].direction == .parallel
      // What the observed origin adds to the expansion is kept; the inversion of both levels comes on top.
      let shift = hotBand.origin - (modes.energy(hotBand.upper) - modes.energy(quanta))
      let upper = self.energy(hotBand.upper, isAntisymmetric: isAntisymmetric != changesSide)
      return (constants(hotBand.upper), upper - energy + shift)
    }
    for j in 0...highestJ {
      for k in 0...j {
        let weight =
          degeneracy * weight(j: j, k: k, isAntisymmetric: isAntisymmetric) * Double(2 * j + 1)
        guard weight > 0 else { continue }
        let lower = rotationalEnergy(lowerConstants, j: j, k: k)
        // Far up the distortion's expansion turns over.
        guard lower >= 0 else { continue }
        spectra.setLowerLevel(energy: energy + lower)
        for (index, hotBand) in hotBands.enumerated() {
          let (upperConstants, origin) = uppers[index]
          let band = bands[hotBand.band]
          let strength = weight * hotBand.strength / hotBand.origin
          func add(_ upperJ: Int, _ upperK: Int, _ coriolis: Double, _ share: Double) {
            guard share > 0 else { return }
            let wavenumber =
              origin + rotationalEnergy(upperConstants, j: upperJ, k: abs(upperK)) - coriolis - lower
            spectra.add(wavenumber: wavenumber, strength: strength * share * wavenumber)
          }
          if band.direction == .parallel {
            let shares = HonlLondon.parallel(j: j, k: k)
            add(j - 1, k, 0, shares.p)
            add(j, k, 0, shares.q)
            add(j + 1, k, 0, shares.r)
          } else {
            for step in [1, -1] {
              let shares = HonlLondon.perpendicular(j: j, k: k, step: step)
              let upperK = k + step
              let coriolis = 2 * upperConstants.c * band.coriolis * Double(upperK * step)
              if j > 0 { add(j - 1, upperK, coriolis, 0.5 * shares.p) }
              add(j, upperK, coriolis, 0.5 * shares.q)
              add(j + 1, upperK, coriolis, 0.5 * shares.r)
            }
          }
        }
      }
    }
  }
}
