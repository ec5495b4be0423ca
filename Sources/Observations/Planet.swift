package import Units

/// A planet as a record describes it. What the record does not say is `nil`, never a default.
package struct Planet: Sendable, Hashable {
  /// The name and its aliases, in the record's order; never empty.
  package var names: [String]
  package var mass: Measurement<MassDimension>?
  /// The mass is m sin i, a lower bound.
  package var massIsMinimum = false
  package var radius: Measurement<LengthDimension>?
  package var temperature: Measurement<TemperatureDimension>?
  package var semimajorAxis: Measurement<LengthDimension>?
  package var period: Measurement<TimeDimension>?
  package var eccentricity: Measurement<DimensionlessDimension>?
  /// Fluid Love number k2, 0 (point mass) to 1.5 (homogeneous).
  package var loveNumber: Measurement<DimensionlessDimension>?
  /// Molar Fe/(Mg+Si) of the whole planet.
  package var ironToMagnesiumSilicon: Measurement<DimensionlessDimension>?
  /// [M/H] of the atmosphere, dex relative to the Sun.
  package var metallicity: Measurement<DimensionlessDimension>?
  /// The lists a catalogue keeps the planet in: "Confirmed planets", "Retracted planet candidate" ...
  package var catalogueLists: [String] = []

  package init(names: [String]) { self.names = names }

  package var name: String { names.first ?? "unnamed planet" }
}

/// A star as a record describes it.
package struct Star: Sendable, Hashable {
  package var names: [String]
  package var mass: Measurement<MassDimension>?
  package var radius: Measurement<LengthDimension>?
  package var temperature: Measurement<TemperatureDimension>?
  /// [Fe/H], dex relative to the Sun.
  package var metallicity: Measurement<DimensionlessDimension>?
  package var age: Measurement<TimeDimension>?
  package var spectralType: String?

  package init(names: [String]) { self.names = names }
}

/// Where a planet is bound.
package enum PlanetHost: Sendable, Hashable {
  /// A single star, or the one member of a binary that the planet circles.
  case star(Star)
  /// Both members of a binary: the stars, in the record's order.
  case binary([Star])
  /// A free-floating planet.
  case none
}

/// A planetary system: the subject of one record.
package struct PlanetarySystem: Sendable, Hashable {
  package struct Member: Sendable, Hashable {
    package var planet: Planet
    package var host: PlanetHost
    /// What the reader had to leave out or assume for this planet and its host, each a sentence for people.
    package var remarks: [String]

    package init(planet: Planet, host: PlanetHost, remarks: [String] = []) {
      self.planet = planet
      self.host = host
      self.remarks = remarks
    }
  }

  package var names: [String]
  package var members: [Member]
  /// What the reader had to leave out or assume, each a sentence for people.
  package var remarks: [String]

  package init(names: [String], members: [Member], remarks: [String] = []) {
    self.names = names
    self.members = members
    self.remarks = remarks
  }
}

extension PlanetHost {
  /// The star, or both of a binary in the record's order.
  package var stars: [Star] {
    switch self {
    case .star(let star): [star]
    case .binary(let stars): stars
    case .none: []
    }
  }
}
