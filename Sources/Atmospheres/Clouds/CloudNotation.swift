import Units

extension Cloud {
  /// Reads `MgSiO3:mass=1e-5,radius=0.1`, a condensate, its kg in a kg of gas and the effective radius in um; or
  /// `power:opacity=1e-3,exponent=2`, m2 in a kg of gas at 1 um and the power of wavelength it falls by. Both may say `base=` and
  /// `top=` (bar) and `sedimentation=`; particles `width=`.
  /// - Throws: `badComposition`.
  package init(notation: String) throws(AtmosphereError) {
    let parts = notation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var values: [Substring: Double] = [:]
    for part in (parts.count == 2 ? parts[1] : "").split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2, let value = Double(pair[1]), value.isFinite, values[pair[0]] == nil else {
        throw Self.error(notation)
      }
      values[pair[0]] = value
    }
    let matter: Matter
    if parts[0] == "power", let opacity = values.removeValue(forKey: "opacity") {
      matter = .powerLaw(opacity: opacity, exponent: values.removeValue(forKey: "exponent") ?? 0)
    } else if let condensate = Condensate(rawValue: String(parts[0])),
      let mass = values.removeValue(forKey: "mass"), let radius = values.removeValue(forKey: "radius")
    {
      var sizes = ParticleSizes(effectiveRadius: radius * 1e-6)
      if let width = values.removeValue(forKey: "width") { sizes.width = width }
      matter = .particles(condensate, sizes, massFraction: mass)
    } else {
      throw Self.error(notation)
    }
    self.init(
      matter, base: values.removeValue(forKey: "base").map { Pressure(bars: $0) },
      top: values.removeValue(forKey: "top").map { Pressure(bars: $0) },
      sedimentation: values.removeValue(forKey: "sedimentation") ?? 0)
    guard values.isEmpty else { throw Self.error(notation) }
    try check()
  }

  private static func error(_ notation: String) -> AtmosphereError {
    AtmosphereError(
      .badComposition,
      "\"\(notation)\" is no cloud: write a condensate (\(Condensate.allCases.map(\.rawValue).joined(separator: ", "))) with "
        + "its mass fraction and effective radius in um, MgSiO3:mass=1e-5,radius=0.1, or power:opacity=1e-3,exponent=2 (m2/kg "
        + "at 1 um); after it base=, top= (bar), sedimentation= or width=")
  }
}
