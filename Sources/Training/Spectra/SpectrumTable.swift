package import Atmospheres
import FITSFiles
package import Units

/// A table of planets that cannot be simulated: where, and what is the matter with it.
package struct SpectrumTableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Name of the file.
  package let file: String
  package let detail: String
  package var description: String { "\(file): \(detail)" }
}

/// Spectra of a whole FITS table of planets: the same table comes back with a column of spectra added.
///
/// The table is the first with columns `Mp` (kg), `Rp` (m) and `T` (K). Each column `log<formula>`, such as `logH2O`, is
/// the decimal logarithm of a mixing ratio; `Rs` (m) is the star's radius and `logPcloud` (Pa) the top of a grey cloud
/// deck, where they are there. `DEPTH` holds 400 transit depths a row in the order of the table `GRID`: from long to
/// short wavelengths, as the published ExoGAN set has them.
package struct SpectrumTable: Sendable {
  package let planets: [PlanetAtmosphere]
  private let table: FITSTable
  private let name: String

  /// - Parameters:
  ///   - bytes: of a FITS file.
  ///   - name: of the file, for messages.
  ///   - stellarRadius: where the table has no column `Rs`.
  package init(_ bytes: [UInt8], name: String, stellarRadius: Length) throws(SpectrumTableError) {
    self.name = name
    do {
      let file = try FITSFile(bytes)
      guard let unit = file.units.first(where: { Self.isTableOfPlanets($0.columns.map(\.name)) }) else {
        throw SpectrumTableError(
          file: name, detail: "there is no table with columns Mp (kg), Rp (m), T (K) and log<formula>")
      }
      table = try file.table(unit)
      planets = try Self.planets(of: table, name: name, stellarRadius: stellarRadius)
    } catch let error as SpectrumTableError {
      throw error
    } catch {
      throw SpectrumTableError(file: name, detail: "\(error)")
    }
  }

  private static func isTableOfPlanets(_ columns: [String]) -> Bool {
    let names = Set(columns.map { $0.uppercased() })
    return names.isSuperset(of: ["MP", "RP", "T"])
  }

  private static func planets(
    of table: FITSTable, name: String, stellarRadius: Length
  ) throws -> [PlanetAtmosphere] {
    func numbers(_ column: FITSColumn) throws -> [Double] {
      guard let values = column.doubles, column.width == 1 else {
        throw SpectrumTableError(file: name, detail: "column \(column.name) does not hold one number a row")
      }
      return values
    }
    func numbers(_ column: String) throws -> [Double]? { try table[column].map { try numbers($0) } }
    let masses = try numbers("Mp") ?? []
    let radii = try numbers("Rp") ?? []
    let temperatures = try numbers("T") ?? []
    let stars = try numbers("Rs")
    let clouds = try numbers("logPcloud")
    var gases: [(species: Species, logarithms: [Double])] = []
    for column in table.columns where column.name.hasPrefix("log") && column.name.lowercased() != "logpcloud"
    {
      gases.append((try Species(String(column.name.dropFirst(3))), try numbers(column)))
    }
    return table.rows.map { row in
      PlanetAtmosphere(
        mass: Mass(kilograms: masses[row]), radius: Length(meters: radii[row]),
        stellarRadius: stars.map { Length(meters: $0[row]) } ?? stellarRadius,
        temperature: .isothermal(Temperature(kelvins: temperatures[row])),
        gases: gases.map { TraceGas($0.species, powerOfTen($0.logarithms[row])) },
        aerosols: Aerosols(cloudTop: clouds.map { Pressure(pascals: powerOfTen($0[row])) }))
    }
  }

  /// Simulates every planet.
  /// - Parameters:
  ///   - threads: at least 1; results do not depend on it.
  ///   - progress: called with the planets done so far.
  /// - Returns: a FITS file with the tables GRID and SPECTRA; and what went wrong, row by row counted from 1. Spectra of
  ///   such rows are NaN.
  package func simulate(
    _ model: SpectrumModel, threads: Int, progress: (Int) -> Void = { _ in }
  ) -> (bytes: [UInt8], failures: [(row: Int, reason: String)]) {
    var depths: [Double] = []
    depths.reserveCapacity(planets.count * model.grid.count)
    var failures: [(row: Int, reason: String)] = []
    var done = 0
    while done < planets.count {
      let part = Array(planets[done..<min(done + 256, planets.count)])
      for (offset, result) in model.transitDepths(of: part, threads: threads).enumerated() {
        switch result {
        case .success(let depth): depths += depth.reversed()
        case .failure(let error):
          depths += [Double](repeating: .nan, count: model.grid.count)
          failures.append((done + offset + 1, error.message))
        }
      }
      done += part.count
      progress(done)
    }
    var columns = table.columns.filter { $0.name.uppercased() != "DEPTH" && $0.rowLengths == nil }
    columns.insert(
      FITSColumn(
        "DEPTH", width: model.grid.count, values: .double(depths), comment: "(Rp/Rs)^2, bins as in GRID"),
      at: 0)
    let grid = FITSTable(
      name: "GRID", rowCount: model.grid.count,
      columns: [
        FITSColumn(
          "WAVELENGTH", unit: "um", values: .double(model.grid.wavelengths.reversed().map { $0 * 1e6 }))
      ])
    let spectra = FITSTable(
      name: "SPECTRA",
      header: FITSHeader([
        FITSCard("CONFIG", .text(model.configuration.name), "configuration of the forward model")
      ]),
      rowCount: table.rowCount, columns: columns)
    return (FITSEncoder.encode([.table(grid), .table(spectra)]), failures)
  }
}

extension FITSTable {
  fileprivate var rows: Range<Int> { 0..<rowCount }
}

#if canImport(Glibc)
  import Glibc
#endif

private func powerOfTen(_ x: Double) -> Double { pow(10, x) }
