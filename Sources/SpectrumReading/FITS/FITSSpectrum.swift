import FITSFiles
import JobContract
import Observations

/// Reads one spectrum from a FITS file, its layout told by what is in it, never by its name.
enum FITSSpectrum {
  /// - Throws: a sentence that names HDU and key, and what was looked for and found.
  static func read(_ bytes: [UInt8], _ statement: UserStatement) throws(SpectrumError) -> Spectrum {
    do {
      let file = try FITSFile(bytes)
      let warnings = file.structure.warnings
      var spectrum = try read(file, statement)
      if file.structure.isShort { spectrum.flags.append(.paddingMissing) }
      spectrum.assumptions = warnings + spectrum.assumptions
      try file.close()
      return spectrum
    } catch let error as FITSError {
      throw SpectrumError(code(of: error), error.sentence, place: error.place, cause: error)
    } catch let error as SpectrumError {
      throw error
    } catch {
      throw SpectrumError(.malformed, "\(error)", cause: error)
    }
  }

  private static func code(of error: FITSError) -> SpectrumError.Code {
    switch error.code {
    case .truncated: .truncated
    case .tooLarge: .tooLarge
    case .notFITS, .unsupported, .missing: .unrecognised
    case .malformed, .library: .malformed
    }
  }

  /// Tries the layouts, the most telling signs first.
  private static func read(_ file: borrowing FITSFile, _ statement: UserStatement) throws -> Spectrum {
    let layouts: [(borrowing FITSFile) throws -> SpectrumSource?] = [
      TableLayouts.declared, SeparateImages.source, ImageLayouts.primary, TableLayouts.any,
    ]
    for layout in layouts {
      guard var source = try layout(file) else { continue }
      source.keys = keys(file, own: source.keys)
      return try SpectrumAssembly.spectrum(of: source.heeding(statement))
    }
    throw refusal(file)
  }

  /// Keys of all headers, the first that has it wins; `own` before all.
  private static func keys(_ file: borrowing FITSFile, own: [String: String]) -> [String: String] {
    var keys = own
    let wanted = ["EXOKIND", "OBJECT", "TARGNAME", "TARGPROP", "TELESCOP", "INSTRUME", "SDQFLAGS"]
    for unit in file.units {
      for key in wanted where keys[key] == nil {
        keys[key] = unit.header.text(key) ?? unit.header.number(key).map { plain($0) }
      }
      for key in StatedContext.keyNames where keys[key] == nil {
        keys[key] =
          unit.header.text(key)
          ?? unit.header.number(key).map { number in
            plain(number) + unitOfComment(unit.header[key]?.comment ?? "")
          }
      }
    }
    return keys
  }

  /// ` solRad` of a comment such as `[solRad] stellar radius`; that a mass is m sin i is kept with it. Empty where it has no
  /// unit, and for solar radii, which are the usual one.
  private static func unitOfComment(_ comment: String) -> String {
    let minimum = comment.contains("sin i") ? " (m sin i)" : ""
    guard comment.first == "[", let end = comment.firstIndex(of: "]") else { return minimum }
    let unit = String(comment[comment.index(after: comment.startIndex)..<end])
    return (unit == "solRad" ? "" : " " + unit) + minimum
  }

  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }

  /// A table that has wavelengths, and nothing known beside them.
  private static func fluxMissing(in unit: FITSStructure.Unit) -> SpectrumError? {
    guard case .table = unit.kind else { return nil }
    let names = unit.columns.filter(\.isNumeric).map(\.name)
    let axes = names.filter { [.wavelength, .logWavelength, .lowerEdge].contains(ColumnNames.role($0)) }
    guard let axis = axes.first else { return nil }
    let others = names.filter { !axes.contains($0) }.prefix(20).joined(separator: ", ")
    return SpectrumError(
      .unrecognised,
      "\(unit.label) has wavelengths (column \(axis)), but no depth or flux "
        + (others.isEmpty ? "beside them" : "is recognised among its columns \(others)")
        + "; name the one that holds it FLUX, TRANSIT_DEPTH, RP_RS or FP_FS")
  }

  private static func refusal(_ file: borrowing FITSFile) -> SpectrumError {
    var found: [String] = []
    var hasVector = false
    for unit in file.units {
      let name = unit.label
      if let refusal = fluxMissing(in: unit) { return refusal }
      switch unit.kind {
      case .empty: continue
      case .image(let axes, _):
        if axes.filter({ $0 > 1 }).count == 1 { hasVector = true }
        found.append("\(name): an image of \(axes.map(String.init).joined(separator: " x ")) pixels")
      case .table(let rows, _):
        let names = unit.columns.prefix(8).map(\.name).joined(separator: ", ")
        found.append("\(name): a table of \(rows) rows with columns \(names)")
      }
      if found.count == 8 { break }
    }
    let what = found.isEmpty ? "no data" : found.joined(separator: "; ")
    return SpectrumError(
      hasVector ? .noWavelength : .notOneSpectrum,
      "no spectrum with a wavelength for each point: looked for a table with a WAVELENGTH column, a WAVELENGTH "
        + "image, CRVAL1 with CDELT1 or CD1_1 and a wavelength unit (CTYPE1, CUNIT1, WAT1_001), COEFF0 and COEFF1; "
        + "found \(what). Add a wavelength column or these keys")
  }
}

extension FITSStructure.Unit {
  /// For sentences: `HDU 2 (SCI)`.
  var label: String { name.isEmpty ? "HDU \(number)" : "HDU \(number) (\(name))" }
}
