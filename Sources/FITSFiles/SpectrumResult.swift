package import Observations
import Units

/// The result FITS of a spectrum: the points as read and the same on the 400-bin grid, with provenance.
///
/// HDU 1 holds keys only; HDU 2 `SPECTRUM` a row a point; HDU 3 `RESAMPLED` a row a bin of the grid;
/// HDU 4 `MOLECULES` a row a molecule, where a network read the spectrum. Holds no clock time: the same analysis gives the
/// same bytes.
package enum SpectrumResult {
  package static func fits(for analysis: SpectrumAnalysis) -> [UInt8] {
    let keys = FITSHeader(cards(analysis))
    return FITSEncoder.encode(
      primary: keys,
      [.table(points(analysis.spectrum)), .table(grid(analysis))]
        + (analysis.molecules.map { [.table(MoleculeTable.table($0))] } ?? []))
  }

  private static func cards(_ analysis: SpectrumAnalysis) -> [FITSCard] {
    let spectrum = analysis.spectrum
    let provenance = analysis.provenance
    var cards = [
      FITSCard("ORIGIN", .text("exospool"), "program that wrote this file"),
      FITSCard("CREATOR", .text("exospool \(provenance.exospoolVersion)"), "program and version"),
    ]
    if let object = spectrum.object {
      cards.append(FITSCard("OBJECT", .text(object), "as the input names it"))
    }
    if let telescope = spectrum.telescope { cards.append(FITSCard("TELESCOP", .text(telescope))) }
    if let instrument = spectrum.instrument { cards.append(FITSCard("INSTRUME", .text(instrument))) }
    cards += context(analysis.context)
    cards += [
      FITSCard("EXOKIND", .text(spectrum.kind.rawValue), "transmission, eclipse or stellar"),
      FITSCard("EXOKSRC", .text(spectrum.kindSource), "what told the kind"),
      FITSCard("EXOLAYO", .text(spectrum.layout), "layout of the input"),
      FITSCard("EXOUNIT", .text(spectrum.unit), "unit of the ordinate in the input"),
      FITSCard("EXOERRS", .text(spectrum.errorSource), "where the errors come from"),
      FITSCard("EXOCOVER", .real(analysis.resampled.gridCoverage), "fraction of the grid's bins observed"),
      FITSCard("EXOINPUT", .text(provenance.inputName), "name of the input"),
      FITSCard("EXOSHA", .text(provenance.inputSHA256), "SHA-256 of the input"),
      FITSCard("EXOSEED", .text(String(provenance.seed)), "seed of the random numbers"),
    ]
    if let hash = provenance.catalogueHash {
      cards.append(FITSCard("EXOCAT", .text(hash), "SHA-256 of the catalogue of planets"))
    }
    for flag in analysis.flags { cards.append(FITSCard("HISTORY", .text("flag: \(flag)"))) }
    for sentence in spectrum.assumptions { cards.append(FITSCard("HISTORY", .text("assumed: \(sentence)"))) }
    for sentence in analysis.remarks { cards.append(FITSCard("HISTORY", .text("remark: \(sentence)"))) }
    for (model, hash) in provenance.modelHashes.sorted(by: { $0.key < $1.key }) {
      cards.append(FITSCard("HISTORY", .text("model \(model): SHA-256 \(hash)")))
    }
    return cards
  }

  /// Star and planet: value, and errors upwards and downwards (`_UP`, `_LO`), each where it is known.
  private static func context(_ context: SpectrumContext) -> [FITSCard] {
    var cards: [FITSCard] = []
    func add<Dimension>(
      _ key: String, _ value: SpectrumContext.Value<Dimension>?, _ unit: String, _ meaning: String,
      in read: (Quantity<Dimension>) -> Double
    ) {
      guard let value, let central = value.measurement.value else { return }
      cards.append(FITSCard(key, .real(read(central)), "[\(unit)] \(meaning), \(value.source.rawValue)"))
      for (suffix, error) in [("_UP", value.measurement.upperError), ("_LO", value.measurement.lowerError)] {
        guard let error else { continue }
        cards.append(FITSCard(key + suffix, .real(read(error)), "[\(unit)] one standard deviation"))
      }
    }
    add("RSTAR", context.starRadius, "solRad", "stellar radius") { $0.solarRadii }
    if let radius = context.overruledStarRadius?.value {
      cards.append(FITSCard("RSTARCAT", .real(radius.solarRadii), "[solRad] the same in the catalogue"))
    }
    add("TSTAR", context.starTemperature, "K", "stellar temperature") { $0.kelvins }
    let mass = context.planetMassIsMinimum ? "planet's m sin i" : "planet's mass"
    add("MPLAN", context.planetMass, "earthMass", mass) { $0.earthMasses }
    add("RPLAN", context.planetRadius, "earthRad", "planet's radius") { $0.earthRadii }
    add("TPLAN", context.planetTemperature, "K", "planet's temperature") { $0.kelvins }
    if let record = context.record {
      cards += [
        FITSCard("EXOCATF", .text(record.file), "record in the catalogue"),
        FITSCard("EXOCATM", .text(record.matchedName), "name in it that agrees with OBJECT"),
      ]
      if let planet = record.planet { cards.append(FITSCard("EXOCATP", .text(planet), "the planet there")) }
      if let star = record.star { cards.append(FITSCard("EXOCATS", .text(star), "the star there")) }
    }
    return cards
  }

  private static func points(_ spectrum: Spectrum) -> FITSTable {
    let name = spectrum.kind == .stellar ? "FLUX" : "DEPTH"
    let unit = spectrum.kind == .stellar ? SpectrumResult.standardUnit(spectrum.unit) : ""
    func micrometers(_ values: [Double]) -> FITSColumn.Values { .double(values.map { $0 * 1e6 }) }
    var columns = [
      FITSColumn(
        "WAVELENGTH", unit: "um", values: micrometers(spectrum.wavelength), comment: "centre of the bin"),
      FITSColumn("WAVE_MIN", unit: "um", values: micrometers(spectrum.lowerEdge), comment: "lower edge"),
      FITSColumn("WAVE_MAX", unit: "um", values: micrometers(spectrum.upperEdge), comment: "upper edge"),
      FITSColumn(
        name, unit: unit, values: .double(spectrum.value), comment: "as read; a depth as a fraction"),
    ]
    if let upper = spectrum.upperError, let lower = spectrum.lowerError {
      // Zero and less mean "none" in many archives; readers take them for errors and complain.
      let (upper, lower) = (upper.map { $0 > 0 ? $0 : .nan }, lower.map { $0 > 0 ? $0 : .nan })
      columns += [
        FITSColumn(
          "ERROR_UP", unit: unit, values: .double(upper), comment: "one standard deviation upwards, NaN: none"
        ),
        FITSColumn(
          "ERROR_LOW", unit: unit, values: .double(lower),
          comment: "one standard deviation downwards, NaN: none"),
      ]
    }
    columns.append(FITSColumn("MASKED", values: .logical(spectrum.isMasked), comment: "true: not used"))
    if let instruments = spectrum.instruments {
      columns.append(FITSColumn("INSTRUMENT", values: .text(instruments)))
    }
    return FITSTable(name: "SPECTRUM", rowCount: spectrum.count, columns: columns)
  }

  private static func grid(_ analysis: SpectrumAnalysis) -> FITSTable {
    let resampled = analysis.resampled
    let spectrum = analysis.spectrum
    let name = spectrum.kind == .stellar ? "FLUX" : "DEPTH"
    let unit = spectrum.kind == .stellar ? SpectrumResult.standardUnit(spectrum.unit) : ""
    let edges = SpectralGrid.edges.map { $0 * 1e6 }
    var columns = [
      FITSColumn(
        "WAVELENGTH", unit: "um", values: .double(SpectralGrid.centres.map { $0 * 1e6 }),
        comment: "centre of the bin"),
      FITSColumn("WAVE_MIN", unit: "um", values: .double(Array(edges.dropLast())), comment: "lower edge"),
      FITSColumn("WAVE_MAX", unit: "um", values: .double(Array(edges.dropFirst())), comment: "upper edge"),
      FITSColumn(
        name, unit: unit, values: .double(resampled.value), comment: "overlap-weighted mean; NaN: no data"),
    ]
    if spectrum.upperError != nil {
      columns.append(
        FITSColumn("ERROR", unit: unit, values: .double(resampled.error), comment: "one standard deviation"))
    }
    columns += [
      FITSColumn(
        "OBSERVED", values: .logical(resampled.isObserved), comment: "half the bin or more is covered"),
      FITSColumn("COVERAGE", values: .double(resampled.coverage), comment: "covered fraction of the bin"),
      FITSColumn("NPOINTS", values: .double(resampled.pointsInBin), comment: "points' worth of data"),
      FITSColumn(
        "CORRNEXT", values: .double(resampled.correlationWithNext), comment: "correlation with the next bin"),
    ]
    return FITSTable(name: "RESAMPLED", rowCount: SpectralGrid.count, columns: columns)
  }

  /// A unit string readers of the standard accept, where ours is one of the common ways to write it; else none:
  /// the input's own words stand in EXOUNIT.
  static func standardUnit(_ unit: String) -> String {
    let word = unit.lowercased().filter { !" ()*^".contains($0) }
    let known: [(String, [String])] = [
      (
        "erg s-1 cm-2 Angstrom-1",
        [
          "erg/cm2/s/a", "erg/cm2/s/angstrom", "erg/s/cm2/a", "erg/s/cm2/angstrom", "ergss-1cm-2a-1",
          "ergs-1cm-2a-1", "ergs-1cm-2angstrom-1", "erg/cm2/s/ang", "erg/s/cm2/ang",
        ]
      ),
      (
        "10**(-17) erg s-1 cm-2 Angstrom-1",
        ["1e-17erg/cm2/s/ang", "1.0e-17erg/cm2/s/ang", "1e-17erg/s/cm2/ang", "1.0e-17erg/cm/s/ang"]
      ),
      ("erg s-1 cm-2 nm-1", ["ergs-1cm-2nm-1", "erg/s/cm2/nm"]),
      ("Jy", ["jy"]), ("mJy", ["mjy"]), ("MJy/sr", ["mjy/sr"]), ("count", ["counts", "count", "cnts"]),
      ("W m-2 um-1", ["w/m2/um", "wm-2um-1"]), ("adu", ["adu", "dn"]),
    ]
    // MJy and mJy differ by case alone.
    if unit == "MJy" { return "MJy" }
    return known.first { $0.1.contains(word) }?.0 ?? ""
  }
}
