package import Observations
package import Units

/// A planet as every method gets it: read, with what follows by arithmetic and what is known of its star.
package struct PreparedPlanet: Sendable, Hashable {
  package let planet: Planet
  package let host: PlanetHost
  package let derived: DerivedProperties
  /// The record's own equilibrium temperature, else the derived one.
  package let equilibriumTemperature: Measurement<TemperatureDimension>?
  /// [Fe/H] of the host, dex: of the first star that has one.
  package let stellarMetallicity: Measurement<DimensionlessDimension>?
  /// Of the host: of the first star that has one.
  package let age: Measurement<TimeDimension>?
  /// Marks that hold for the planet whatever the method.
  package let flags: [Flag]
  /// The same for people, one sentence each.
  package let remarks: [String]

  /// Derives what follows from the record, and says what it lacks.
  package init(_ member: PlanetarySystem.Member) {
    let derived = DerivedProperties(of: member.planet, around: member.host)
    let judgement = Judgement(of: member.planet, derived: derived)
    let withMetallicity = member.host.stars.filter { $0.metallicity?.value != nil }
    let choice =
      withMetallicity.count > 1
      ? withMetallicity[0].names.first.map { "Several stars have a metallicity; that of \($0) counts." } : nil
    self.init(
      planet: member.planet, host: member.host, derived: derived, flags: judgement.flags,
      remarks: member.remarks + judgement.remarks + derived.remarks + (choice.map { [$0] } ?? []))
  }

  package init(
    planet: Planet, host: PlanetHost, derived: DerivedProperties, flags: [Flag], remarks: [String]
  ) {
    self.planet = planet
    self.host = host
    self.derived = derived
    self.flags = flags
    self.remarks = remarks
    equilibriumTemperature =
      planet.temperature?.value != nil ? planet.temperature : derived.equilibriumTemperature
    stellarMetallicity = host.stars.lazy.compactMap(\.metallicity).first { $0.value != nil }
    age = host.stars.lazy.compactMap(\.age).first { $0.value != nil }
  }
}

/// What a record lacks, and what a catalogue thinks of the planet.
private struct Judgement {
  private(set) var flags: [Flag] = []
  private(set) var remarks: [String] = []

  init(of planet: Planet, derived: DerivedProperties) {
    note(planet.mass, "mass", missing: .massMissing, limit: .massIsLimit)
    if planet.massIsMinimum { add(.massIsMinimum) }
    note(planet.radius, "radius", missing: .radiusMissing, limit: .radiusIsLimit)
    if planet.temperature?.value == nil {
      add(derived.equilibriumTemperature != nil ? .temperatureDerived : .temperatureUnknown)
    }
    for list in planet.catalogueLists {
      switch list {
      case "Retracted planet candidate":
        add(.planetRetracted, "The catalogue lists the planet as retracted.")
      case "Controversial":
        add(.planetControversial, "The catalogue lists the planet as controversial.")
      default: break
      }
    }
  }

  private mutating func note<Dimension>(
    _ measurement: Measurement<Dimension>?, _ name: String, missing: Flag, limit: Flag
  ) {
    guard measurement?.value == nil else { return }
    if measurement == nil {
      add(missing, "The record gives no \(name).")
    } else {
      add(limit, "The record gives only a limit of the \(name).")
    }
  }

  private mutating func add(_ flag: Flag, _ remark: String? = nil) {
    guard !flags.contains(flag) else { return }
    flags.append(flag)
    if let remark { remarks.append(remark) }
  }
}
