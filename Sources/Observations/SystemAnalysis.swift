package import Units

/// What follows from a planet's record by arithmetic alone.
package struct DerivedProperties: Sendable, Hashable {
  package var bulkDensity: Measurement<DensityDimension>?
  package var surfaceGravity: Measurement<AccelerationDimension>?
  package var equilibriumTemperature: Measurement<TemperatureDimension>?
  /// How the equilibrium temperature was had, for people.
  package var equilibriumTemperatureSource: String?
  /// How density and gravity were had, for people.
  package var bulkSource: String?
  /// Why something could not be derived, each a sentence for people.
  package var remarks: [String] = []

  package init() {}
}

/// One planet: what was read, what follows, and what the models say.
package struct PlanetAnalysis: Sendable, Hashable {
  package var planet: Planet
  package var host: PlanetHost
  package var derived: DerivedProperties
  package var interiors: [InteriorPosterior]
  /// Marks that hold for the planet whatever the model: `mass-missing`, `radius-missing`, `mass-is-minimum` ...
  package var flags: [String]
  /// The same for people, one sentence each.
  package var remarks: [String]

  package init(
    planet: Planet, host: PlanetHost, derived: DerivedProperties, interiors: [InteriorPosterior],
    flags: [String], remarks: [String]
  ) {
    self.planet = planet
    self.host = host
    self.derived = derived
    self.interiors = interiors
    self.flags = flags
    self.remarks = remarks
  }
}

/// The whole answer to one planet record.
package struct SystemAnalysis: Sendable, Hashable {
  package var names: [String]
  package var planets: [PlanetAnalysis]
  package var remarks: [String]
  package var provenance: Provenance

  package init(names: [String], planets: [PlanetAnalysis], remarks: [String], provenance: Provenance) {
    self.names = names
    self.planets = planets
    self.remarks = remarks
    self.provenance = provenance
  }
}
