package import FITSFiles
import Observations

/// Transmission spectra of planets whose parameters are known, from a FITS table: what completions are judged on.
///
/// The table is the first with a column `DEPTH` of 400 depths a row, in the order of the table `GRID` (from long to short
/// wavelengths, as the published ExoGAN set has them), NaN where a bin is absent; `Mp` (kg), `Rp` (m), `T` (K), and a column
/// `log<formula>` for each decimal logarithm of a mixing ratio. The star's radius is
/// `ModelConfiguration.exoGAN2018StellarRadius`.
package struct LabelledSpectra: Sendable {
  /// Ascending in wavelength, one array a planet; NaN where a bin is absent.
  package let depths: [[Double]]
  /// By `planetMass` (kg), `planetRadius` (m), `temperature` (K), `log10<formula>`; one value a planet.
  package let parameters: [String: [Double]]

  /// By bin, ascending: its level was tied to a model and is not the original's (column `ANCHORED` of `GRID`).
  package let isAnchored: [Bool]

  package var count: Int { depths.count }

  /// - Parameter name: of the file, for messages.
  package init(_ bytes: [UInt8], name: String) throws(SpectrumTableError) {
    do {
      let file = try FITSFile(bytes)
      guard let unit = file.units.first(where: { $0.columns.map(\.name).contains("DEPTH") }) else {
        throw SpectrumTableError(file: name, detail: "there is no table with a column DEPTH")
      }
      let table = try file.table(unit)
      let bins = SpectralGrid.standard.count
      guard let column = table["DEPTH"], column.width == bins, let values = column.doubles else {
        throw SpectrumTableError(file: name, detail: "column DEPTH does not hold \(bins) numbers a row")
      }
      depths = (0..<table.rowCount).map { Array(values[$0 * bins..<($0 + 1) * bins].reversed()) }
      var parameters: [String: [Double]] = [:]
      for column in table.columns where column.width == 1 {
        guard let key = Self.key(column.name), let values = column.doubles else { continue }
        parameters[key] = values
      }
      self.parameters = parameters
      isAnchored = try Self.anchored(file) ?? [Bool](repeating: false, count: bins)
      try file.close()
    } catch let error as SpectrumTableError {
      throw error
    } catch {
      throw SpectrumTableError(file: name, detail: "\(error)")
    }
  }

  private static func anchored(_ file: borrowing FITSFile) throws -> [Bool]? {
    guard let unit = file.units.first(where: { $0.columns.map(\.name).contains("ANCHORED") }) else {
      return nil
    }
    let table = try file.table(unit)
    guard let marks = table["ANCHORED"]?.doubles, marks.count == SpectralGrid.standard.count else {
      return nil
    }
    return marks.reversed().map { $0 != 0 }
  }

  private static func key(_ column: String) -> String? {
    switch column {
    case "Mp": "planetMass"
    case "Rp": "planetRadius"
    case "T": "temperature"
    default: column.hasPrefix("log") ? "log10" + column.dropFirst(3) : nil
    }
  }
}
