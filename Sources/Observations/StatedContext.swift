package import Units

/// What a spectrum's own file, or its user, says of its star and planet; errors where it gives any.
package struct StatedContext: Sendable, Hashable {
  package var starRadius: Measurement<LengthDimension>?
  package var starTemperature: Measurement<TemperatureDimension>?
  package var planetMass: Measurement<MassDimension>?
  /// The mass is m sin i, a lower bound.
  package var planetMassIsMinimum = false
  package var planetRadius: Measurement<LengthDimension>?
  package var planetTemperature: Measurement<TemperatureDimension>?

  package init() {}
}

extension SpectrumContext {
  /// Takes what a spectrum's file or its user states, before what any record has.
  package mutating func take(statedBy spectrum: Spectrum) {
    let stated = spectrum.stated
    func source(_ key: String) -> Source { spectrum.keysOfUser.contains(key) ? .user : .input }
    if let radius = spectrum.starRadius {
      take(starRadiusOfInput: radius, source: source("RSTAR"))
      if let errors = stated.starRadius {
        starRadius?.measurement.upperError = errors.upperError
        starRadius?.measurement.lowerError = errors.lowerError
      }
    }
    take(stated.starTemperature, \.starTemperature, "star's temperature", key: "TSTAR", source("TSTAR"))
    if stated.planetMass != nil { planetMassIsMinimum = stated.planetMassIsMinimum }
    take(stated.planetMass, \.planetMass, "planet's mass", key: "MPLAN", source("MPLAN"))
    take(stated.planetRadius, \.planetRadius, "planet's radius", key: "RPLAN", source("RPLAN"))
    if stated.planetTemperature != nil {
      remarks.removeAll { $0.hasPrefix(Self.equilibriumRemark) }
    }
    take(stated.planetTemperature, \.planetTemperature, "planet's temperature", key: "TPLAN", source("TPLAN"))
  }

  private mutating func take<Dimension>(
    _ stated: Measurement<Dimension>?, _ path: WritableKeyPath<SpectrumContext, Value<Dimension>?>,
    _ what: String, key: String, _ source: Source
  ) {
    guard let stated else { return }
    if let file = record?.file, let other = self[keyPath: path], other.measurement.value != stated.value {
      remarks.append(
        "The \(what) is as the \(source == .user ? "user" : "file") says (\(key)); what \(file) has was not used."
      )
    }
    self[keyPath: path] = Value(stated, source: source)
  }
}
