/// What a table of text is of, where it is no spectrum.
enum TableSubject {
  /// - Throws: `noWavelength`: what was found, and what is missing.
  static func check(_ table: TextTable) throws(SpectrumError) {
    let roles = table.names.map { (name: $0, role: ColumnNames.role($0)) }
    guard !ColumnNames.areOfSpectrum(table.names) else { return }
    let plain = Set(table.names.map { $0.lowercased().filter { $0.isLetter || $0.isNumber } })
    let ofPlanets: Set = [
      "mass", "radius", "starname", "planetstatus", "plname", "plmasse", "plbmassj", "plrade", "plradj",
      "plorbper",
      "orbitalperiod", "semimajoraxis", "hostname", "stteff", "discoverymethod", "period", "planetname",
      "eccentricity",
    ]
    let names = table.names.filter { !$0.isEmpty }.prefix(20).joined(separator: ", ")
    if plain.intersection(ofPlanets).count >= 2 {
      throw SpectrumError(
        .noWavelength,
        "this is a table of planets (columns \(names)), not a spectrum; submit each planet as a record of XML (Open "
          + "Exoplanet Catalogue), which names it with its mass and radius")
    }
    let axes = roles.filter { isAxis($0.role) }.map(\.name)
    let rest = roles.filter { !isAxis($0.role) && !$0.name.isEmpty }.map(\.name).prefix(20)
    if !axes.isEmpty {
      throw SpectrumError(
        .noWavelength,
        "the table has wavelengths (\(axes.joined(separator: ", "))), but no depth or flux "
          + (rest.isEmpty ? "beside them" : "among \(rest.joined(separator: ", "))")
          + ": looked for names like transit_depth, rp_rs, fp_fs, flux")
    }
    throw SpectrumError(
      .noWavelength,
      "the table has no wavelength with a depth or flux beside it: looked for columns like wavelength, wave_min, "
        + "depth, rp_rs, fp_fs, flux; found \(names)")
  }

  private static func isAxis(_ role: ColumnRole?) -> Bool {
    switch role {
    case .wavelength, .logWavelength, .lowerEdge, .upperEdge, .width, .halfWidth, .lowerHalfWidth,
      .upperHalfWidth:
      true
    default: false
    }
  }
}
