package import Analyses
import FITSFiles
import Observations
import Units

/// The result FITS of a spectrum: the points as read and the same on the 400-bin grid, with provenance.
///
/// HDU 1 holds keys only; HDU 2 `SPECTRUM` a row a point; HDU 3 `RESAMPLED` a row a bin of the grid; then the tables of each
/// finding. Holds no clock time: the same analysis gives the same bytes.
package enum SpectrumFITS {
  package static func bytes(for analysis: SpectrumAnalysis) -> [UInt8] {
    FITSEncoder.encode(
      primary: FITSHeader(SpectrumCards.cards(analysis)),
      [.table(points(analysis.spectrum)), .table(grid(analysis.subject))]
        + analysis.answers.flatMap(FindingFITS.units))
  }

  private static func points(_ spectrum: Spectrum) -> FITSTable {
    let name = spectrum.kind == .stellar ? "FLUX" : "DEPTH"
    let unit = spectrum.kind == .stellar ? standardUnit(spectrum.unit) : ""
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

  private static func grid(_ analysis: PreparedSpectrum) -> FITSTable {
    let resampled = analysis.resampled
    let spectrum = analysis.spectrum
    let name = spectrum.kind == .stellar ? "FLUX" : "DEPTH"
    let unit = spectrum.kind == .stellar ? standardUnit(spectrum.unit) : ""
    let edges = SpectralGrid.standard.edges.map { $0 * 1e6 }
    var columns = [
      FITSColumn(
        "WAVELENGTH", unit: "um", values: .double(SpectralGrid.standard.wavelengths.map { $0 * 1e6 }),
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
    return FITSTable(name: "RESAMPLED", rowCount: SpectralGrid.standard.count, columns: columns)
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
