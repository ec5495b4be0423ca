import FITSFiles
import NumericalMethods
import Units

/// Images of two to six rows, or columns, the first of which holds the wavelengths: then flux, then error.
enum WavelengthRow {
  /// - Parameter formula: the axis that the header gives; the row must then repeat it, for a flux may climb too.
  static func source(
    _ file: borrowing FITSFile, _ unit: FITSStructure.Unit, axes: [Int], formula: [Double]?
  ) throws -> SpectrumSource? {
    let isUpright = (2...6).contains(axes[1]) && axes[0] > 6
    guard isUpright || (2...6).contains(axes[0]) && axes[1] > 6 else { return nil }
    let (count, rows) = isUpright ? (axes[0], axes[1]) : (axes[1], axes[0])
    let unitText = unit.header.text(isUpright ? "CUNIT1" : "CUNIT2") ?? unit.header.text("CUNIT1") ?? ""
    let pixels = try file.image(unit).pixels
    func row(_ number: Int) -> [Double] {
      (0..<count).map { pixels[isUpright ? number * count + $0 : $0 * rows + number] }
    }
    let axis = row(0)
    guard climbs(axis), formula.map({ RowNames.agree(axis, $0) }) ?? true, let median = upperMedian(axis)
    else {
      return nil
    }
    if let spectral = SpectralUnit(unitText) {
      guard (1e-8...1e-3).contains(spectral.wavelength(median)) else { return nil }
    } else {
      guard unitText.isEmpty, SpectralUnit.bySize(median) != nil else { return nil }
    }
    var columns = [
      SpectrumColumn("WAVELENGTH", unit: unitText, axis),
      SpectrumColumn("FLUX", unit: unit.header.text("BUNIT") ?? "", row(1)),
    ]
    var names = "wavelength, flux"
    let known = RowNames(unit.header, rows: rows)
    var source = SpectrumSource(layout: "image of \(rows) rows, wavelengths in the first", columns: columns)
    if rows > 2, known.areEmpty || known.first(.error) == 2, row(2).allSatisfy({ !($0 < 0) }) {
      columns.append(SpectrumColumn("ERROR", row(2)))
      names += ", error"
      source.keys["ERRORHDU"] = "row 2 of the image (the first is 0)"
    }
    source.columns = columns
    source.remarks.assumptions.append(
      "the image's rows were read as \(names)"
        + (rows > columns.count ? "; \(rows - columns.count) more left aside" : ""))
    return source
  }

  /// Climbs or falls in every step, and is positive.
  private static func climbs(_ values: [Double]) -> Bool {
    guard values.allSatisfy({ $0.isFinite && $0 > 0 }) else { return false }
    let pairs = zip(values, values.dropFirst())
    return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
  }
}
