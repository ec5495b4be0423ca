import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// Lines of an alkali metal in hydrogen and helium, the wings of its resonance doublet included.
///
/// Each line is a Voigt profile up to a detuning where collisions no longer last short against the phase they shift:
/// beyond, the statistical theory's power -3/2 of the detuning, cut off by a Boltzmann factor
/// (Burrows, Marley & Sharp 2000, ApJ 531, 438, section 3):
/// phi(d) = phi(d0) (d0/d)^(3/2) exp[-q c2 (d - d0)/T], d0 = D (T/500 K)^0.6.
/// They give 0 < q < 1. q of the red and of the blue wing are fitted to how the mean of ln k in published k-tables
/// changes from 700 to 1900 K, D to a level between theirs and that of other codes, which differ by up to a factor of
/// five. Burrows & Volobuyev (2003, ApJ 583, 985) and Allard et al. (2016, A&A 589, A21) find satellites in the wings
/// that this leaves out.
package struct AtomicVapour: Sendable {
  package struct Line: Sendable {
    /// In vacuum, nm.
    package let wavelength: Double
    /// Absorption oscillator strength.
    package let oscillatorStrength: Double
    /// Energy of the lower level, cm-1, and its weight.
    package let lowerEnergy: Double
    package let lowerWeight: Double

    package init(_ wavelength: Double, f: Double, from lowerEnergy: Double, weight: Double) {
      self.wavelength = wavelength
      oscillatorStrength = f
      self.lowerEnergy = lowerEnergy
      lowerWeight = weight
    }

    package var wavenumber: Double { 1e7 / wavelength }
  }

  package let species: String
  package let broadening: LineBroadening
  package let provenance: OpacityProvenance
  package let lines: [Line]
  /// Energies (cm-1) and weights of the lowest levels, for the partition function.
  package let levels: [(energy: Double, weight: Double)]
  /// D, cm-1.
  package let detuning: Double
  /// q.
  package let cutoffFactors: (red: Double, blue: Double)

  package func partitionFunction(temperature: Double) -> Double {
    levels.reduce(0) {
      $0 + $1.weight * exp(-Spectroscopy.secondRadiationConstant * $1.energy / temperature)
    }
  }

  /// Integrated cross-section of a line over wavenumber, without its far wings, cm per atom.
  package func strength(_ line: Line, temperature: Double) -> Double {
    let factor = Spectroscopy.secondRadiationConstant / temperature
    return Spectroscopy.strengthOfUnitOscillator * line.oscillatorStrength * line.lowerWeight
      * exp(-factor * line.lowerEnergy) * -expm1(-factor * line.wavenumber)
      / partitionFunction(temperature: temperature)
  }

  /// Everything about one line at one temperature and pressure that does not change with wavenumber.
  private struct Profile {
    let centre: Double
    let strength: Double
    let doppler: Double
    let lorentz: Double
    let edge: Double
    let edgeValue: Double
    let decays: (red: Double, blue: Double)
    let voigt: FaddeevaFunction

    func value(wavenumber: Double) -> Double {
      let distance = abs(wavenumber - centre)
      if distance > edge {
        let ratio = edge / distance
        let decay = wavenumber < centre ? decays.red : decays.blue
        return strength * edgeValue * ratio * ratio.squareRoot() * exp(-decay * (distance - edge))
      }
      return strength * core(distance)
    }

    func core(_ distance: Double) -> Double {
      let width = doppler * 2.0.squareRoot()
      return voigt.voigt(x: distance / width, y: lorentz / width) / (width * Double.pi.squareRoot())
    }
  }

  private func profiles(temperature: Double, pressure: Double) -> [Profile] {
    let voigt = FaddeevaFunction()
    let edge = detuning * pow(temperature / 500, 0.6)
    return lines.map { line in
      let doppler = broadening.dopplerDeviation(temperature: temperature) * line.wavenumber
      let lorentz = broadening.lorentzHalfWidth(temperature: temperature, pressure: pressure)
      let decay = Spectroscopy.secondRadiationConstant / temperature
      let decays = (red: cutoffFactors.red * decay, blue: cutoffFactors.blue * decay)
      let strength = strength(line, temperature: temperature)
      let core = Profile(
        centre: line.wavenumber, strength: strength, doppler: doppler, lorentz: lorentz, edge: edge,
        edgeValue: 0, decays: decays, voigt: voigt)
      return Profile(
        centre: line.wavenumber, strength: strength, doppler: doppler, lorentz: lorentz, edge: edge,
        edgeValue: core.core(edge), decays: decays, voigt: voigt)
    }
  }

  /// Cross-section at wavenumbers in cm-1, m2 per atom.
  package func crossSections(temperature: Double, pressure: Double, wavenumbers: [Double]) -> [Double] {
    let profiles = profiles(temperature: temperature, pressure: pressure)
    return wavenumbers.map { wavenumber in
      1e-4 * profiles.reduce(0) { $0 + $1.value(wavenumber: wavenumber) }
    }
  }

  /// The table of k-distributions. A line in or beside a bin is sampled at 32 768 points of it, others at 128.
  package func table(builder: OpacityBuilder, progress: (Double) -> Void = { _ in }) -> OpacityTable {
    let (grid, temperatures, pressures) = (builder.grid, builder.temperatures, builder.pressures)
    var table = OpacityTable(
      species: species, temperatures: temperatures, pressures: pressures, grid: grid,
      logCrossSections: Array(
        repeating: OpacityTable.nothing,
        count: temperatures.count * pressures.count * grid.binCount * KQuadrature.weights.count))
    // Lines in or beside each bin are sampled finely there, all others coarsely.
    let near = (0..<grid.binCount).map { bin in
      lines.indices.filter {
        let wavelength = 1e4 / lines[$0].wavenumber
        return wavelength > grid.edge(bin) / grid.ratio && wavelength < grid.edge(bin + 1) * grid.ratio
      }
    }
    let (coarseCount, fineCount) = (128, 32_768)
    func wavenumbers(_ bin: Int, _ count: Int) -> [Double] {
      let (first, last) = (1e4 / grid.edge(bin + 1), 1e4 / grid.edge(bin))
      return (0..<count).map { first + (last - first) * (Double($0) + 0.5) / Double(count) }
    }
    for (i, temperature) in temperatures.enumerated() {
      progress(temperature)
      for (j, pressure) in pressures.enumerated() {
        let profiles = profiles(temperature: temperature, pressure: pressure)
        for bin in 0..<grid.binCount {
          let far = profiles.indices.filter { !near[bin].contains($0) }
          var samples = wavenumbers(bin, coarseCount).map { wavenumber in
            1e-4 * far.reduce(0) { $0 + profiles[$1].value(wavenumber: wavenumber) }
          }
          if !near[bin].isEmpty {
            samples = wavenumbers(bin, fineCount).enumerated().map { place, wavenumber in
              samples[place * coarseCount / fineCount]
                + 1e-4 * near[bin].reduce(0) { $0 + profiles[$1].value(wavenumber: wavenumber) }
            }
          }
          let target = table.index(temperature: i, pressure: j, bin: bin)
          for (point, value) in KQuadrature.values(of: samples[...]).enumerated() {
            table.logCrossSections[target + point] =
              value > 0 ? max(OpacityTable.nothing, Float(log(value))) : OpacityTable.nothing
          }
        }
      }
    }
    return table
  }
}
