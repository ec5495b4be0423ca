import PlainText
package import Units

/// What is known of a spectrum's star and planet besides the spectrum: from its user, else from the file's own keys, else from
/// the planet record that the object's name leads to. What nobody says is `nil`, never a default.
package struct SpectrumContext: Sendable, Hashable {
  /// Who says a value. The raw value is the word in JSON.
  package enum Source: String, Sendable, Hashable {
    /// A key of the spectrum's own file.
    case input
    /// The user who handed the spectrum in.
    case user
    /// The planet record.
    case catalogue
    /// Arithmetic on the planet record.
    case derived
  }

  package struct Value<Dimension>: Sendable, Hashable {
    package var measurement: Measurement<Dimension>
    package var source: Source

    package init(_ measurement: Measurement<Dimension>, source: Source) {
      self.measurement = measurement
      self.source = source
    }
  }

  /// Where in the catalogue the values stand.
  package struct Record: Sendable, Hashable {
    /// Name of the file in the catalogue's folder.
    package var file: String
    /// The name in the record that agrees with the spectrum's object.
    package var matchedName: String
    /// The planet's and the star's first names; `nil` where the object names a star with several planets, and where
    /// the planet circles no star or several.
    package var planet: String?
    package var star: String?

    package init(file: String, matchedName: String, planet: String? = nil, star: String? = nil) {
      self.file = file
      self.matchedName = matchedName
      self.planet = planet
      self.star = star
    }
  }

  package var starRadius: Value<LengthDimension>?
  package var starTemperature: Value<TemperatureDimension>?
  package var planetMass: Value<MassDimension>?
  /// The mass is m sin i, a lower bound.
  package var planetMassIsMinimum = false
  package var planetRadius: Value<LengthDimension>?
  /// The record's temperature, else the equilibrium temperature for albedo 0.
  package var planetTemperature: Value<TemperatureDimension>?
  /// The record's stellar radius where the file's own went before it.
  package var overruledStarRadius: Measurement<LengthDimension>?
  package var record: Record?
  /// Why something is missing or which of two was taken, one sentence each for people.
  package var remarks: [String] = []

  package init() {}

  package var isEmpty: Bool {
    starRadius == nil && starTemperature == nil && planetMass == nil && planetRadius == nil
      && planetTemperature == nil && record == nil
  }
}

extension SpectrumContext {
  /// What the spectrum's own file says.
  package init(of spectrum: Spectrum) {
    self.init()
    take(statedBy: spectrum)
  }

  /// Takes what a record says of a planet and its host.
  /// - Parameters:
  ///   - planet: `nil` where the record tells the star alone.
  ///   - host: of several stars neither radius nor temperature is taken: a transit covers one of them, and the record
  ///     does not say which.
  package mutating func take(planet: Planet?, host: PlanetHost) {
    if case .star(let star) = host {
      starRadius = star.radius.map { Value($0, source: .catalogue) }
      starTemperature = star.temperature.map { Value($0, source: .catalogue) }
    } else if case .binary = host {
      remarks.append("The planet circles several stars: no stellar radius and temperature are taken.")
    }
    guard let planet else { return }
    planetMass = planet.mass.map { Value($0, source: .catalogue) }
    planetMassIsMinimum = planet.massIsMinimum
    planetRadius = planet.radius.map { Value($0, source: .catalogue) }
    let derived = DerivedProperties(of: planet, around: host)
    if let temperature = planet.temperature, temperature.value != nil {
      planetTemperature = Value(temperature, source: .catalogue)
    } else if let temperature = derived.equilibriumTemperature {
      planetTemperature = Value(temperature, source: .derived)
      if let source = derived.equilibriumTemperatureSource {
        remarks.append("\(Self.equilibriumRemark) \(source)")
      }
    }
  }

  static let equilibriumRemark = "The planet's temperature is the equilibrium temperature."

  /// Takes the stellar radius that the spectrum's file or its user states, before that of any record.
  /// - Parameter solarRadii: positive; in nominal solar radii.
  package mutating func take(starRadiusOfInput solarRadii: Double, source: Source = .input) {
    overruledStarRadius = starRadius?.measurement
    starRadius = Value(Measurement(value: Length(solarRadii: solarRadii)), source: source)
    guard let other = overruledStarRadius?.value, let record else { return }
    remarks.append(
      "The star's radius is \(solarRadii) solar radii, as the \(source == .user ? "user" : "file") says (RSTAR); \(record.file) has "
        + "\(Numerals.fourDigits(other.solarRadii)), which was not used.")
  }
}
