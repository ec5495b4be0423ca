import FITSFiles

/// Spectra whose wavelength, flux and error are images of their own HDUs (JWST NIRSpec GTO, HPF, ...).
enum SeparateImages {
  static func source(_ file: borrowing FITSFile) throws -> SpectrumSource? {
    var images: [String: FITSStructure.Unit] = [:]
    for unit in file.units {
      guard case .image = unit.kind else { continue }
      let name = plain(unit.name)
      if images[name] == nil { images[name] = unit }
    }
    let pairs: [(flux: String, error: [String], wavelength: [String])] = [
      ("sciflux", ["scivariance", "scivar", "scierror", "scierr"], ["sciwavl", "sciwave", "sciwavelength"]),
      (
        "flux", ["error", "err", "fluxerr", "fluxerror", "sigma", "uncertainty", "ivar", "var", "variance"],
        axisNames
      ),
      ("data", ["err", "error", "sigma"], axisNames), ("spectrum", ["error", "err", "sigma"], axisNames),
      ("sci", ["err", "error"], axisNames), ("spec", ["err", "error", "sigma"], axisNames),
      ("depth", ["error", "err"], axisNames),
    ]
    for pair in pairs {
      guard let axis = pair.wavelength.lazy.compactMap({ images[$0] }).first,
        let flux = images[pair.flux] ?? primary(file, pair.flux),
        case .image(let axisShape, _) = axis.kind, case .image(let shape, _) = flux.kind
      else { continue }
      guard shape == axisShape else {
        throw SpectrumError(
          .malformed,
          "HDU \(flux.number) (\(flux.name)) has \(text(shape)) pixels, its wavelengths in HDU \(axis.number) \(text(axisShape))"
        )
      }
      guard shape.filter({ $0 > 1 }).count <= 2,
        shape.count <= 2 || shape.dropFirst(2).allSatisfy({ $0 == 1 })
      else {
        throw ImageLayouts.cube(flux, shape)
      }
      return try source(
        file, axis: axis, flux: flux,
        error: pair.error.lazy.compactMap { images[$0] }.first ?? ErrorImage.of(flux, in: file)?.unit,
        shape: shape)
    }
    return nil
  }

  private static let axisNames = ["wavelength", "wave", "wavl", "lambda", "wavelengths", "wl"]

  /// The flux may be the primary image, which has no EXTNAME.
  private static func primary(_ file: borrowing FITSFile, _ name: String) -> FITSStructure.Unit? {
    guard name == "flux", let unit = file.units.first, unit.name.isEmpty, case .image = unit.kind else {
      return nil
    }
    return unit
  }

  private static func source(
    _ file: borrowing FITSFile, axis: FITSStructure.Unit, flux: FITSStructure.Unit,
    error: FITSStructure.Unit?,
    shape: [Int]
  ) throws -> SpectrumSource {
    let wavelength = try file.image(axis).pixels
    let value = try file.image(flux).pixels
    var columns = [
      SpectrumColumn(
        "WAVELENGTH", unit: axis.header.text("BUNIT") ?? axis.header.text("CUNIT1") ?? "", wavelength),
      SpectrumColumn(
        plain(flux.name) == "depth" ? "DEPTH" : "FLUX", unit: flux.header.text("BUNIT") ?? "", value),
    ]
    if let error, case .image(let errorShape, _) = error.kind, errorShape == shape {
      let name = plain(error.name)
      let role =
        ErrorImage.role(error, besides: flux)
        ?? (name.hasSuffix("ivar") ? "IVAR" : name.contains("var") ? "VARIANCE" : "ERROR")
      columns.append(SpectrumColumn(role, try file.image(error).pixels))
    }
    let names = [flux, error, axis].compactMap { $0?.name }.joined(separator: "/")
    let isJWST = file.units.first?.header.text("TELESCOP")?.uppercased() == "JWST"
    var source = SpectrumSource(layout: (isJWST ? "JWST images " : "images ") + names, columns: columns)
    if shape.count > 1, shape[1] > 1 {
      source.segments = (0..<shape[0] * shape[1]).map { $0 / shape[0] }
    }
    if let error, columns.count > 2 { source.keys["ERRORHDU"] = "HDU \(error.name)" }
    if flux.header["CRVAL1"] != nil {
      source.remarks.assumptions.append(
        "HDU \(axis.name) gives each wavelength: the linear axis in the header was not used")
    }
    return source
  }

  /// `Sci Flux` to `sciflux`.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private static func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " x ") }
}
