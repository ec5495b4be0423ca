extension SpectrumModel {
  /// Transit depth (Rp/Rs)^2 in each bin: where aerosols cover a part of the limb, the mean of the covered
  /// and the clear one.
  package func transitDepth(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> [Double] {
    try patchy(planet, mean: Self.mean) { planet throws(AtmosphereError) in try uniformTransitDepth(planet) }
  }

  /// Thermal emission in each bin: where aerosols cover a part of the disc, the mean of the covered and the
  /// clear one.
  package func emission(
    _ planet: PlanetAtmosphere, star: StellarSpectrum
  ) throws(AtmosphereError) -> EmissionSpectrum {
    try patchy(
      planet,
      mean: {
        EmissionSpectrum(
          flux: Self.mean($0.flux, $1.flux, $2), eclipseDepth: Self.mean($0.eclipseDepth, $1.eclipseDepth, $2)
        )
      }
    ) { planet throws(AtmosphereError) in try uniformEmission(planet, star: star) }
  }

  /// Transit depths with all gases and with each one muted.
  /// - Precondition: all gases absorb by k-distributions and none break up.
  package func mutedTransitDepths(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> MutedSpectra {
    try patchy(
      planet,
      mean: { covered, clear, coverage in
        MutedSpectra(
          whole: Self.mean(covered.whole, clear.whole, coverage),
          muted: zip(covered.muted, clear.muted).map { Self.mean($0, $1, coverage) })
      }
    ) { planet throws(AtmosphereError) in try uniformMutedTransitDepths(planet) }
  }

  private static func mean(_ covered: [Double], _ clear: [Double], _ coverage: Double) -> [Double] {
    zip(covered, clear).map { coverage * $0 + (1 - coverage) * $1 }
  }

  private func patchy<Spectrum>(
    _ planet: PlanetAtmosphere, mean: (Spectrum, Spectrum, Double) -> Spectrum,
    _ spectrum: (PlanetAtmosphere) throws(AtmosphereError) -> Spectrum
  ) throws(AtmosphereError) -> Spectrum {
    let coverage = planet.aerosols.coverage
    if coverage == 1 { return try spectrum(planet) }
    guard coverage >= 0, coverage < 1 else {
      throw AtmosphereError(.badComposition, "aerosols cover a part between 0 and 1, not \(coverage)")
    }
    var clear = planet
    clear.aerosols = .clear
    if coverage == 0 { return try spectrum(clear) }
    return mean(try spectrum(planet), try spectrum(clear), coverage)
  }
}
