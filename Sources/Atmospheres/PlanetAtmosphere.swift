package import Units

/// A planet as a model sees it: what a spectrum is computed from.
package struct PlanetAtmosphere: Sendable, Hashable {
  package var mass: Mass
  /// At the bottom of the atmosphere: the highest pressure of the model's grid.
  package var radius: Length
  package var stellarRadius: Length
  package var temperature: TemperatureProfile
  /// All but hydrogen and helium.
  package var gases: [TraceGas]
  package var aerosols: Aerosols
  /// Gases break up with heat; nil: they are as `gases` says at any temperature.
  package var dissociation: ThermalDissociation?
  /// Of H- by number; nil: as much as dissociation makes.
  package var hydrogenAnion: MixingRatioProfile?

  package init(
    mass: Mass, radius: Length, stellarRadius: Length, temperature: TemperatureProfile, gases: [TraceGas],
    aerosols: Aerosols = .clear, dissociation: ThermalDissociation? = nil,
    hydrogenAnion: MixingRatioProfile? = nil
  ) {
    self.mass = mass
    self.radius = radius
    self.stellarRadius = stellarRadius
    self.temperature = temperature
    self.gases = gases
    self.aerosols = aerosols
    self.dissociation = dissociation
    self.hydrogenAnion = hydrogenAnion
  }
}

/// What a planet sends out, beside its star.
package struct EmissionSpectrum: Sendable, Hashable {
  /// Flux at the top of the atmosphere, W m-2 m-1.
  package var flux: [Double]
  /// Planet over star as seen from afar: F_p R_p^2 / (F_s R_s^2).
  package var eclipseDepth: [Double]

  package init(flux: [Double], eclipseDepth: [Double]) {
    self.flux = flux
    self.eclipseDepth = eclipseDepth
  }
}
