package import Atmospheres
package import FITSFiles
package import Units

/// A table of planets that cannot be simulated: where, and what is the matter with it.
package struct SpectrumTableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Name of the file.
  package let file: String
  package let detail: String
  package var description: String { "\(file): \(detail)" }
}

/// A FITS table of planets, whose spectra come as a column added to it.
///
/// The table is the first with columns `Mp` (kg), `Rp` (m) and `T` (K). Each column `log<formula>`, such as `logH2O`, is
/// the decimal logarithm of a mixing ratio; `Rs` (m) is the star's radius, `Ts` (K) its temperature, `logPcloud` (Pa) the top of
/// a grey cloud deck, where they are there. With `logGamma`, visible over thermal opacity, profiles are those of Guillot (2010)
/// with `T` as equilibrium temperature, `Tint` (K, otherwise 100) and `logKappa` (m2/kg, otherwise -3). The spectra are 400
/// depths a row in the order of the table `GRID`: from long to short wavelengths, as the published ExoGAN set has them.
package struct SpectrumTable: Sendable {
  /// What a row is computed to.
  package enum Quantity: String, Sendable {
    case transitDepth = "DEPTH"
    case eclipseDepth = "FP_FS"
  }

  package var rowCount: Int { table.rowCount }
  private let table: FITSTable
  private let name: String
  private let numbers: [String: [Double]]
  private let gases: [(species: Species, logarithms: [Double])]
  private let stellarRadius: Length
  private let stellarTemperature: Temperature

  /// - Parameters:
  ///   - bytes: of a FITS file.
  ///   - name: of the file, for messages.
  ///   - stellarRadius, stellarTemperature: where the table has no column `Rs` or `Ts`.
  package init(
    _ bytes: [UInt8], name: String, stellarRadius: Length,
    stellarTemperature: Temperature = Temperature(kelvins: 5772)
  ) throws(SpectrumTableError) {
    self.name = name
    self.stellarRadius = stellarRadius
    self.stellarTemperature = stellarTemperature
    do {
      let file = try FITSFile(bytes)
      guard let unit = file.units.first(where: { Self.isTableOfPlanets($0.columns.map(\.name)) }) else {
        throw SpectrumTableError(
          file: name, detail: "there is no table with columns Mp (kg), Rp (m), T (K) and log<formula>")
      }
      table = try file.table(unit)
      var numbers: [String: [Double]] = [:]
      for column in ["Mp", "Rp", "T"] + Self.optional {
        if let found = table[column] { numbers[column] = try Self.numbers(found, name) }
      }
      self.numbers = numbers
      var gases: [(species: Species, logarithms: [Double])] = []
      for column in table.columns
      where column.name.hasPrefix("log") && !Self.optional.contains(column.name) {
        gases.append((try Species(String(column.name.dropFirst(3))), try Self.numbers(column, name)))
      }
      self.gases = gases
    } catch let error as SpectrumTableError {
      throw error
    } catch {
      throw SpectrumTableError(file: name, detail: "\(error)")
    }
  }

  private static let optional = ["Rs", "Ts", "Tint", "logPcloud", "logKappa", "logGamma"]

  private static func isTableOfPlanets(_ columns: [String]) -> Bool {
    Set(columns.map { $0.uppercased() }).isSuperset(of: ["MP", "RP", "T"])
  }

  private static func numbers(_ column: FITSColumn, _ name: String) throws -> [Double] {
    guard let values = column.doubles, column.width == 1 else {
      throw SpectrumTableError(file: name, detail: "column \(column.name) does not hold one number a row")
    }
    return values
  }

  /// The planet of one row.
  package func planet(_ row: Int) -> PlanetAtmosphere {
    func value(_ column: String) -> Double? { numbers[column]?[row] }
    let temperature = Temperature(kelvins: value("T") ?? .nan)
    let profile: TemperatureProfile =
      if let gamma = value("logGamma") {
        .guillot(
          GuillotProfile(
            internalTemperature: Temperature(kelvins: value("Tint") ?? 100),
            equilibriumTemperature: temperature, thermalOpacity: pow(10, value("logKappa") ?? -3),
            visibleToThermalOpacity: pow(10, gamma)))
      } else {
        .isothermal(temperature)
      }
    return PlanetAtmosphere(
      mass: Mass(kilograms: value("Mp") ?? .nan), radius: Length(meters: value("Rp") ?? .nan),
      stellarRadius: value("Rs").map { Length(meters: $0) } ?? stellarRadius, temperature: profile,
      gases: gases.map { TraceGas($0.species, pow(10, $0.logarithms[row])) },
      aerosols: Aerosols(cloudTop: value("logPcloud").map { Pressure(pascals: pow(10, $0)) }))
  }

  /// Rows whose spectra are computed together.
  package static let block = 256

  /// How the result is written: GRID, then SPECTRA, row by row.
  package func stream(_ model: SpectrumModel, quantity: Quantity) -> FITSTableStream {
    let grid = FITSTable(
      name: "GRID", rowCount: model.grid.count,
      columns: [
        FITSColumn(
          "WAVELENGTH", unit: "um", values: .double(model.grid.wavelengths.reversed().map { $0 * 1e6 }))
      ])
    return FITSTableStream(
      preceding: FITSEncoder.encode([.table(grid)]), name: "SPECTRA",
      header: FITSHeader([
        FITSCard("CONFIG", .text(model.configuration.name), "configuration of the forward model")
      ]),
      layout: [spectra([], model, quantity)] + ownColumns(quantity), rowCount: rowCount)
  }

  /// Computes the next rows, at most `block` of them.
  /// - Parameters:
  ///   - stream: as `stream(_:quantity:)` made it; its next row is where this begins.
  ///   - threads: at least 1; results do not depend on it.
  /// - Returns: the rows' bytes; and what went wrong, row by row counted from 1. Spectra of such rows are NaN.
  package func simulate(
    _ model: SpectrumModel, quantity: Quantity, stream: inout FITSTableStream, threads: Int
  ) -> (bytes: [UInt8], failures: [(row: Int, reason: String)]) {
    let rows = stream.rowsWritten..<min(stream.rowsWritten + Self.block, rowCount)
    let planets = rows.map { planet($0) }
    let results: [Result<[Double], AtmosphereError>] =
      switch quantity {
      case .transitDepth: model.transitDepths(of: planets, threads: threads)
      case .eclipseDepth: eclipseDepths(model, planets, rows, threads: threads)
      }
    var spectra: [Double] = []
    spectra.reserveCapacity(rows.count * model.grid.count)
    var failures: [(row: Int, reason: String)] = []
    for (row, result) in zip(rows, results) {
      switch result {
      case .success(let depth): spectra += depth.reversed()
      case .failure(let error):
        spectra += [Double](repeating: .nan, count: model.grid.count)
        failures.append((row + 1, error.message))
      }
    }
    return (
      stream.append(
        [self.spectra(spectra, model, quantity)] + ownColumns(quantity).map { $0.rows(rows) },
        rows: rows.count), failures
    )
  }

  /// Stars may differ from row to row: rows of one star go together.
  private func eclipseDepths(
    _ model: SpectrumModel, _ planets: [PlanetAtmosphere], _ rows: Range<Int>, threads: Int
  ) -> [Result<[Double], AtmosphereError>] {
    let stars = rows.map { numbers["Ts"]?[$0] ?? stellarTemperature.kelvins }
    var results: [Result<[Double], AtmosphereError>?] = planets.map { _ in nil }
    for star in Set(stars).sorted() {
      let places = planets.indices.filter { stars[$0] == star }
      let part = model.emissions(
        of: places.map { planets[$0] }, star: .blackBody(Temperature(kelvins: star)), threads: threads)
      for (place, result) in zip(places, part) { results[place] = result.map(\.eclipseDepth) }
    }
    // A star whose temperature is no number is equal to none.
    let noStar = AtmosphereError(.badPlanet, "the star's temperature is not a number")
    return results.map { $0 ?? .failure(noStar) }
  }

  private func ownColumns(_ quantity: Quantity) -> [FITSColumn] {
    table.columns.filter { $0.name.uppercased() != quantity.rawValue && $0.rowLengths == nil }
  }

  private func spectra(_ values: [Double], _ model: SpectrumModel, _ quantity: Quantity) -> FITSColumn {
    FITSColumn(
      quantity.rawValue, width: model.grid.count, values: .double(values),
      comment: quantity == .transitDepth ? "(Rp/Rs)^2, bins as in GRID" : "Fp/Fs, bins as in GRID")
  }
}

extension FITSColumn {
  /// The same column with some of its rows.
  fileprivate func rows(_ rows: Range<Int>) -> FITSColumn {
    let cells = rows.lowerBound * width..<rows.upperBound * width
    var part = self
    switch values {
    case .double(let values): part.values = .double(Array(values[cells]))
    case .float(let values): part.values = .float(Array(values[cells]))
    case .integer(let values): part.values = .integer(Array(values[cells]))
    case .logical(let values): part.values = .logical(Array(values[cells]))
    case .text(let values): part.values = .text(Array(values[rows]))
    }
    return part
  }
}

#if canImport(Glibc)
  import Glibc
#endif
