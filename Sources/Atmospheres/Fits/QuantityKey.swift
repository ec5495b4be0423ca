import Units

extension FitParameter.Quantity {
  /// For programs: letters, digits and underscores, but for an instrument's own name.
  package var key: String {
    switch self {
    case .radius: "radius_jupiter"
    case .temperature: "temperature_k"
    case .temperatureAt(let pressure): "\(Self.pointPrefix)\(pressure.decimalExponent)\(Self.pointSuffix)"
    case .equilibriumTemperature: "equilibrium_temperature_k"
    case .logThermalOpacity: "log10_thermal_opacity_m2_kg"
    case .logOpacityRatio: "log10_opacity_ratio"
    case .logMixingRatio(let species): "\(Self.ratioPrefix)\(species)"
    case .logCloudTop: "log10_cloud_top_bar"
    case .cloudFraction: "cloud_fraction"
    case .logHaze: "log10_haze"
    case .hazeSlope: "haze_slope"
    case .logCondensate(let condensate): "\(Self.massPrefix)\(condensate)"
    case .logParticleRadius: "log10_particle_radius_um"
    case .logHydrogenAnion: "log10_x_hydrogen_anion"
    case .offset(let instrument): "\(Self.offsetPrefix)\(instrument)"
    }
  }

  /// - Returns: nil for what is no key.
  package init?(key: String) {
    if let known = Self.simple.first(where: { $0.key == key }) {
      self = known
    } else if let exponent = key.between(Self.pointPrefix, Self.pointSuffix).flatMap(Double.init) {
      self = .temperatureAt(Pressure(bars: pow(10, exponent)))
    } else if let species = key.between(Self.ratioPrefix).flatMap({ try? Species($0) }) {
      self = .logMixingRatio(species)
    } else if let condensate = key.between(Self.massPrefix).flatMap(Condensate.init) {
      self = .logCondensate(condensate)
    } else if let instrument = key.between(Self.offsetPrefix), !instrument.isEmpty {
      self = .offset(instrument)
    } else {
      return nil
    }
  }

  private static let simple: [Self] = [
    .radius, .temperature, .equilibriumTemperature, .logThermalOpacity, .logOpacityRatio, .logCloudTop,
    .cloudFraction, .logHaze, .hazeSlope, .logParticleRadius, .logHydrogenAnion,
  ]
  private static let (pointPrefix, pointSuffix) = ("temperature_k_at_1e", "_bar")
  private static let ratioPrefix = "log10_x_"
  private static let massPrefix = "log10_mass_"
  private static let offsetPrefix = "offset_ppm_"
}

extension Pressure {
  /// log10 of bars, to a tenth.
  var decimalExponent: String {
    let exponent = (log10(bars) * 10).rounded() / 10
    return exponent == exponent.rounded() ? String(Int(exponent)) : String(exponent)
  }
}

extension String {
  /// What stands between two ends; nil where they are not there.
  fileprivate func between(_ prefix: String, _ suffix: String = "") -> String? {
    guard hasPrefix(prefix), hasSuffix(suffix), count >= prefix.count + suffix.count else { return nil }
    return String(dropFirst(prefix.count).dropLast(suffix.count))
  }
}
