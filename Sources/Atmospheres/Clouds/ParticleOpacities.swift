import Synchronization

/// How large particles are: log-normal in number, dN/d ln r ~ exp(-ln^2(r/r_g) / 2 s^2).
package struct ParticleSizes: Sendable, Hashable {
  /// Of r^3 over of r^2, averaged over all particles (Hansen & Travis 1974, Space Sci. Rev. 16, 527, equation 2.53), m.
  package var effectiveRadius: Double
  /// Standard deviation s of ln r.
  package var width: Double

  package static let radii = 1e-9...1e-5
  package static let widths = 0.2...0.7

  package init(effectiveRadius: Double, width: Double = 0.5) {
    self.effectiveRadius = effectiveRadius
    self.width = width
  }

  /// - Throws: `badComposition` outside `radii` and `widths`: beyond, a part of the particles would lie outside the table.
  func check() throws(AtmosphereError) {
    guard Self.radii.contains(effectiveRadius), Self.widths.contains(width) else {
      throw AtmosphereError(
        .badComposition,
        "particles have effective radii of 0.001 to 10 um, and logarithms of radius that scatter by 0.2 to 0.7; not "
          + "\(effectiveRadius * 1e6) um and \(width)")
    }
  }
}

/// What a mass of particles takes from a beam, by bin, m2 kg-1.
package struct ParticleOpacity: Sendable {
  package var extinction: [Double]
  package var scattering: [Double]
  /// Mean cosine of the scattering angle.
  package var asymmetry: [Double]

  /// What is lost to a beam when light scattered forward is not: absorption + (1 - g) scattering, the similarity relation
  /// (van de Hulst 1980, Multiple Light Scattering, chapter 14).
  var lossFromDiffuseBeam: [Double] {
    extinction.indices.map { extinction[$0] - asymmetry[$0] * scattering[$0] }
  }
}

/// Efficiencies of one condensate's spheres at so many wavelengths, for radii from 0.1 nm to 250 um by steps of 5 %: a
/// quarter of the narrowest distribution's width, so that sums over sizes are exact but for the ripples of transparent
/// spheres of x > 30, which they average to 1 %.
struct MieTable: Sendable {
  private let condensate: Condensate
  private let binCount: Int
  /// m
  private let radii: [Double]
  /// Radii x bins.
  private let extinction: [Float]
  private let scattering: [Float]
  private let scatteringTimesAsymmetry: [Float]

  /// - Parameter wavelengths: m.
  init(_ condensate: Condensate, wavelengths: [Double]) {
    let step = 0.05
    let count = Int(log(250e-6 / 1e-10) / step) + 1
    radii = (0..<count).map { 1e-10 * exp(step * Double($0)) }
    let table = condensate.refractiveIndex
    let indices = wavelengths.map { table.value(at: $0) }
    var sphere = MieSphere()
    var values = (e: [Float](), s: [Float](), g: [Float]())
    for radius in radii {
      for (index, wavelength) in zip(indices, wavelengths) {
        let q = sphere.efficiencies(index: index, size: 2 * Double.pi * radius / wavelength)
        values.e.append(Float(q.extinction))
        values.s.append(Float(q.scattering))
        values.g.append(Float(q.scattering * q.asymmetry))
      }
    }
    self.condensate = condensate
    binCount = wavelengths.count
    (extinction, scattering, scatteringTimesAsymmetry) = (values.e, values.s, values.g)
  }

  /// 3/(4 rho) sum N r^2 Q / sum N r^3.
  func opacity(_ sizes: ParticleSizes) -> ParticleOpacity {
    let median = sizes.effectiveRadius * exp(-2.5 * sizes.width * sizes.width)
    let numbers = radii.map { exp(-pow(log($0 / median) / sizes.width, 2) / 2) }
    let volume = zip(numbers, radii).reduce(0) { $0 + $1.0 * $1.1 * $1.1 * $1.1 }
    let weights = zip(numbers, radii).map { 3 * $0 * $1 * $1 / (4 * condensate.density * volume) }
    func sum(_ efficiencies: [Float]) -> [Double] {
      var result = [Double](repeating: 0, count: binCount)
      for (row, weight) in weights.enumerated() where numbers[row] > 1e-20 {
        for bin in 0..<binCount { result[bin] += weight * Double(efficiencies[row * binCount + bin]) }
      }
      return result
    }
    let (all, scattered) = (sum(extinction), sum(scattering))
    return ParticleOpacity(
      extinction: all, scattering: scattered,
      asymmetry: zip(sum(scatteringTimesAsymmetry), scattered).map { $0 / $1 })
  }
}

/// The tables of a model's wavelengths, each made at its first use (half a second for 400 bins) and then shared by all threads.
final class MieTables: Sendable {
  private let wavelengths: [Double]
  private let tables = Mutex<[Condensate: MieTable]>([:])

  /// - Parameter wavelengths: m.
  init(_ wavelengths: [Double]) { self.wavelengths = wavelengths }

  func opacity(_ condensate: Condensate, _ sizes: ParticleSizes) -> ParticleOpacity {
    let table = tables.withLock { tables in
      if let known = tables[condensate] { return known }
      let made = MieTable(condensate, wavelengths: wavelengths)
      tables[condensate] = made
      return made
    }
    return table.opacity(sizes)
  }
}
