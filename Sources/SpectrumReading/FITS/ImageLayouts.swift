import FITSFiles
import Observations
import Units

/// Spectra as rows of an image, their wavelengths in the header: IRAF, SDSS `spSpec`, ESO DRS, SpeXtool.
enum ImageLayouts {
  static func primary(_ file: borrowing FITSFile) throws -> SpectrumSource? {
    for unit in file.units {
      guard case .image(let axes, _) = unit.kind else { continue }
      if let source = try source(file, unit, axes: axes) { return source }
    }
    return nil
  }

  static func cube(_ unit: FITSStructure.Unit, _ axes: [Int]) -> SpectrumError {
    SpectrumError(
      .notOneSpectrum,
      "HDU \(unit.number) is a cube or an image of \(axes.map(String.init).joined(separator: " x ")) pixels, "
        + "not a one-dimensional spectrum; extract one first")
  }

  private static func source(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, axes: [Int]
  ) throws -> SpectrumSource? {
    let header = unit.header
    let count = axes[0]
    let rows = axes.dropFirst().reduce(1, *)
    if header["XUNITS"] != nil, header["YUNITS"] != nil, rows >= 2, axes.count == 2 {
      return try spex(file, unit, count: count, rows: rows)
    }
    if header.text("CTYPE1")?.uppercased().hasPrefix("MULTISPE") == true {
      return try multispec(file, unit, count: count, axes: axes)
    }
    let formula = try FormulaAxis(header, count: count)
    if axes.count == 2, header["COEFF0"] == nil,
      let source = try WavelengthRow.source(file, unit, axes: axes, formula: formula?.values)
    {
      return source
    }
    guard let axis = formula else { return nil }
    let areRowsNamed = rows > 1 && rows <= 9 && RowNames(header, rows: rows).first(.ordinate(.flux)) != nil
    if axes.count == 2, areRowsNamed || header["COEFF0"] != nil && (header["ARRAY1"] != nil || rows >= 3) {
      return try spSpec(file, unit, axis: axis, count: count, rows: rows)
    }
    guard axes.count <= 3 else { throw cube(unit, axes) }
    if rows > 1 {
      // IRAF's third axis holds the optimal, the raw, the sky and the error spectrum of one aperture.
      let bands = (1...min(rows, 9)).compactMap { header.text("BANDID\($0)")?.lowercased() }
      guard axes.count == 3, axes[1] == 1, bands.count == rows || rows == 4 else { throw cube(unit, axes) }
      let sigma = bands.firstIndex { $0.hasPrefix("sigma") }
      return try iraf(
        file, unit, axis: axis, count: count, errorRow: bands.count == rows ? sigma : 3)
    }
    return try iraf(file, unit, axis: axis, count: count, errorRow: nil)
  }

  private static func iraf(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, axis: FormulaAxis, count: Int, errorRow: Int?
  ) throws -> SpectrumSource {
    let pixels = try file.image(unit).pixels
    var columns = [
      SpectrumColumn("WAVELENGTH", unit: axis.unit, axis.values),
      SpectrumColumn("FLUX", unit: unit.header.text("BUNIT") ?? "", Array(pixels.prefix(count))),
    ]
    var errorUnit: FITSStructure.Unit?
    if let errorRow, pixels.count >= (errorRow + 1) * count {
      columns.append(SpectrumColumn("ERROR", Array(pixels[errorRow * count..<(errorRow + 1) * count])))
    } else if errorRow == nil, let (other, role) = ErrorImage.of(unit, in: file) {
      columns.append(SpectrumColumn(role, try file.image(other).pixels))
      errorUnit = other
    }
    var source = SpectrumSource(layout: axis.layout, columns: columns)
    if let errorUnit { source.keys["ERRORHDU"] = errorUnit.label }
    source.remarks.assumptions = axis.assumptions
    let object = (unit.header.text("OBJECT") ?? "").lowercased()
    if object.contains("(error)") || object.contains("(sigma)") || object.contains("variance") {
      source.remarks.assumptions.append(
        "OBJECT is '\(unit.header.text("OBJECT") ?? "")': this is the array of errors of another file, not a flux"
      )
      source.remarks.flags.append(.errorArray)
    } else if errorRow == nil, errorUnit == nil {
      let others = file.units.filter { $0.number != unit.number && $0.kind != .empty }.map(\.label)
      if !others.isEmpty {
        source.remarks.assumptions.append(
          "no errors were found: \(others.prefix(8).joined(separator: ", ")) left aside")
      } else if axis.layout.hasPrefix("IRAF") {
        source.remarks.assumptions.append("the file has no errors; IRAF keeps them in a sibling file")
      }
    }
    return source
  }

  private static func spSpec(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, axis: FormulaAxis, count: Int, rows: Int
  ) throws -> SpectrumSource {
    let pixels = try file.image(unit).pixels
    func row(_ number: Int) -> [Double] { Array(pixels[number * count..<(number + 1) * count]) }
    let rowNames = RowNames(unit.header, rows: rows)
    let axisRow = rowNames.first(.wavelength) ?? (1..<rows).first { RowNames.agree(row($0), axis.values) }
    var columns = [
      SpectrumColumn("WAVELENGTH", unit: axis.unit, axisRow.map(row) ?? axis.values),
      SpectrumColumn(
        "FLUX", unit: unit.header.text("BUNIT") ?? "", row(rowNames.first(.ordinate(.flux)) ?? 0)),
    ]
    var errorRow: Int?
    if let named = rowNames.first(.error) {
      errorRow = named
    } else if let inverse = rowNames.first(.inverseVariance) ?? (axisRow == 2 ? 1 : nil) {
      // LAMOST: flux, inverse variance, wavelength, masks.
      columns.append(SpectrumColumn("IVAR", row(inverse)))
      errorRow = inverse
    } else if rowNames.areEmpty, rows > 2 {
      errorRow = 2
    }
    if let errorRow, columns.count == 2 {
      // spSpec writes 0 where there are no data.
      columns.append(SpectrumColumn("ERROR", row(errorRow).map { $0 > 0 ? $0 : .infinity }))
    }
    let isLAMOST = unit.header.text("TELESCOP")?.uppercased() == "LAMOST"
    var source = SpectrumSource(
      layout: isLAMOST ? "LAMOST rows" : unit.header["COEFF0"] != nil ? "SDSS spSpec" : "image of named rows",
      columns: columns)
    if let errorRow { source.keys["ERRORHDU"] = "row \(errorRow) of the image (the first is 0)" }
    source.keys["OBJECT"] = unit.header.text("NAME")
    source.remarks.assumptions = axis.assumptions
    return source
  }

  private static func spex(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, count: Int, rows: Int
  ) throws -> SpectrumSource {
    let pixels = try file.image(unit).pixels
    var columns = [
      SpectrumColumn("WAVELENGTH", unit: unit.header.text("XUNITS") ?? "", Array(pixels.prefix(count))),
      SpectrumColumn("FLUX", unit: unit.header.text("YUNITS") ?? "", Array(pixels[count..<2 * count])),
    ]
    if rows >= 3 { columns.append(SpectrumColumn("ERROR", Array(pixels[2 * count..<3 * count]))) }
    var source = SpectrumSource(layout: "SpeXtool \(rows)xN", columns: columns)
    source.keys["ERRORHDU"] = "row 2 of the image (the first is 0)"
    return source
  }

  private static func multispec(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, count: Int, axes: [Int]
  ) throws -> SpectrumSource {
    let orders = axes.count > 1 ? axes[1] : 1
    let specs = MultispecAxis(unit.header)
    let pixels = try file.image(unit).pixels
    var wavelengths: [Double] = []
    for order in 1...max(orders, 1) {
      wavelengths += try specs.wavelengths(order: order, count: count)
    }
    var columns = [
      SpectrumColumn("WAVELENGTH", unit: specs.unit, wavelengths),
      SpectrumColumn("FLUX", unit: unit.header.text("BUNIT") ?? "", Array(pixels.prefix(count * orders))),
    ]
    // Planes: optimal, raw, sky, sigma, unless they are named otherwise.
    let planes = axes.count == 3 ? axes[2] : 1
    let names = (0..<min(planes, 9)).map { unit.header.text("BANDID\($0 + 1)")?.lowercased() }
    let sigma = names.allSatisfy { $0 == nil } ? 3 : names.firstIndex { $0?.hasPrefix("sigma") == true }
    if let sigma, sigma < planes {
      columns.append(
        SpectrumColumn("ERROR", Array(pixels[sigma * count * orders..<(sigma + 1) * count * orders])))
    }
    var source = SpectrumSource(layout: "IRAF MULTISPEC, \(orders) orders", columns: columns)
    source.segments = (0..<count * orders).map { $0 / count }
    return source
  }
}
