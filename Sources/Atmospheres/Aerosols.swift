package import Units

/// What hides the gas: a grey deck of cloud, a haze that scatters more the shorter the wavelength, clouds of particles.
package struct Aerosols: Sendable, Hashable {
  /// Pressure at the top of an opaque grey deck; nil where the sky is clear.
  package var cloudTop: Pressure?
  package var haze: Haze?
  package var clouds: [Cloud]
  /// The part of the limb or of the disc that all of these cover; the rest is clear (Line & Parmentier 2016, ApJ 820, 78).
  package var coverage: Double

  package init(
    cloudTop: Pressure? = nil, haze: Haze? = nil, clouds: [Cloud] = [], coverage: Double = 1
  ) {
    self.cloudTop = cloudTop
    self.haze = haze
    self.clouds = clouds
    self.coverage = coverage
  }

  package static let clear = Aerosols()

  /// The part of each layer that lies below the cloud top, 0...1, by log pressure: so spectra change smoothly as
  /// the deck rises through a layer.
  func cloudedFractions(_ grid: PressureGrid) -> [Double] {
    guard let top = cloudTop?.pascals else { return [Double](repeating: 0, count: grid.layerCount) }
    return (0..<grid.layerCount).map { layer in
      let covered = log(grid.levels[layer] / top) / log(grid.levels[layer] / grid.levels[layer + 1])
      return min(max(covered, 0), 1)
    }
  }
}

/// A haze spread like hydrogen: sigma = enhancement * 5.31e-31 m2 (wavelength / 0.35 um)^slope for each H2
/// (MacDonald & Madhusudhan 2017, MNRAS 469, 1979, equation 5; the cross-section is that of H2 at 0.35 um).
/// Counted as extinction: in emission nothing is scattered back into the beam.
package struct Haze: Sendable, Hashable {
  package var enhancement: Double
  /// -4 is Rayleigh scattering.
  package var slope: Double

  package init(enhancement: Double, slope: Double) {
    self.enhancement = enhancement
    self.slope = slope
  }

  /// - Parameter wavelength: m.
  /// - Returns: m2 a hydrogen molecule.
  package func crossSection(at wavelength: Double) -> Double {
    enhancement * 5.31e-31 * pow(wavelength / 0.35e-6, slope)
  }
}
