package import Atmospheres
import FITSFiles
package import Observations

/// What one file of the layout in `Etc/opacity/README.md` holds.
package enum OpacityFileContent: Sendable {
  case distribution(KDistribution)
  /// A gas as the configuration exogan-2018 has it, and no other.
  case exoGAN2018(KDistribution)
  case collisions(CollisionInducedAbsorption)

  /// Reads a file's bytes.
  /// - Parameters:
  ///   - name: of the file, for messages.
  ///   - grid: the bins the model computes; a file with others is refused.
  package init(_ bytes: [UInt8], name: String, grid: SpectralGrid) throws(OpacityFileError) {
    do {
      self = try Self.decode(bytes, name: name, grid: grid)
    } catch let error as OpacityFileError {
      throw error
    } catch let error as AtmosphereError {
      throw OpacityFileError(.badTable, file: name, error.message)
    } catch {
      throw OpacityFileError(.notAnOpacityTable, file: name, "\(error)")
    }
  }

  private static func decode(_ bytes: [UInt8], name: String, grid: SpectralGrid) throws -> Self {
    let file = try FITSFile(bytes)
    let reader = OpacityFileReader(file: file, name: name)
    let content = try reader.content(grid)
    return content
  }
}

private struct OpacityFileReader: ~Copyable {
  let file: FITSFile
  let name: String

  init(file: consuming FITSFile, name: String) {
    self.file = file
    self.name = name
  }

  func content(_ grid: SpectralGrid) throws -> OpacityFileContent {
    guard let primary = file.units.first?.header, let kind = primary.text("OPACTYPE") else {
      throw OpacityFileError(
        .notAnOpacityTable, file: name, "the primary header has no OPACTYPE, so this is no opacity table")
    }
    guard primary.integer("OPACVERS") == 1 else {
      throw OpacityFileError(
        .notAnOpacityTable, file: name,
        "OPACVERS is not 1: the table is of a layout this version does not know")
    }
    try checkBins(grid)
    switch kind {
    case "HERMITE", "LNK":
      let species = try Species(text("SPECIES", in: primary))
      let weights = try column("WEIGHT", of: "QUADRATURE")
      let form = try kind == "LNK" ? numbers(points: weights.count, primary) : tangent(primary)
      let distribution = try KDistribution(species: species, weights: weights, form: form)
      switch primary.text("CONFIG") {
      case nil: return .distribution(distribution)
      case "exogan-2018": return .exoGAN2018(distribution)
      case let other?:
        throw OpacityFileError(
          .notAnOpacityTable, file: name, "CONFIG is \(other): there is no such configuration but exogan-2018"
        )
      }
    case "CIA":
      return .collisions(try collisions(primary, grid))
    default:
      throw OpacityFileError(
        .notAnOpacityTable, file: name, "OPACTYPE is \(kind), not HERMITE, LNK or CIA")
    }
  }

  private func checkBins(_ grid: SpectralGrid) throws {
    let wavelengths = try column("WAVELENGTH", of: "BINS")
    guard wavelengths.count == grid.count,
      zip(wavelengths, grid.wavelengths).allSatisfy({ abs($0 * 1e-6 / $1 - 1) < 1e-6 })
    else {
      throw OpacityFileError(
        .badTable, file: name,
        "its \(wavelengths.count) bins are not those of the model, \(grid.count) from "
          + "\(grid.wavelengths[0] * 1e6) to \(grid.wavelengths[grid.count - 1] * 1e6) um")
    }
  }

  private func tangent(_ primary: FITSHeader) throws -> KDistribution.Form {
    try require(primary.text("PRESKIND") == "TANGENT", "a table of kind HERMITE needs PRESKIND = 'TANGENT'")
    guard let reference = primary.number("REFTEMP") else {
      throw OpacityFileError(.badTable, file: name, "a table of kind HERMITE needs REFTEMP, K")
    }
    let bins = try file.table("BINS")
    let coefficients = (0..<3).map { n in
      (0..<3).compactMap { m in bins["C\(n)_\(m)"]?.doubles }
    }
    return .tangent(
      try HermiteLevel(quantiles: column("QUANTILE", of: "QUADRATURE"), coefficients: coefficients),
      try TemperatureLaw(
        reference: reference, temperatures: column("TEMPERATURE", of: "TEMPERATURE"),
        logRatios: image("LNRATIO").map { Float($0) }))
  }

  private func numbers(points: Int, _ primary: FITSHeader) throws -> KDistribution.Form {
    let table = try LogCrossSectionTable(
      temperatures: column("TEMPERATURE", of: "TEMPERATURE"), pressures: column("PRESSURE", of: "PRESSURE"),
      pointCount: points, logCrossSections: image("LNK").map { Float($0) })
    switch primary.text("PRESKIND") {
    case "LOCAL": return .local(table)
    case "TANGENT": return .tangentTable(table)
    default:
      throw OpacityFileError(
        .badTable, file: name, "a table of kind LNK needs PRESKIND = 'LOCAL' or 'TANGENT'")
    }
  }

  private func collisions(_ primary: FITSHeader, _ grid: SpectralGrid) throws -> CollisionInducedAbsorption {
    let pair = try text("PAIR", in: primary)
    var gases: (Species, Species)?
    if pair != "ALL" {
      let names = pair.split(separator: "-")
      try require(names.count == 2, "PAIR is \(pair), not two gases such as H2-He, or ALL")
      gases = (try Species(String(names[0])), try Species(String(names[1])))
    }
    return try CollisionInducedAbsorption(
      pair: gases, temperatures: column("TEMPERATURE", of: "TEMPERATURE"),
      coefficients: exponentials(image("LNKAPPA")), grid: grid)
  }

  // MARK: Parts

  private func text(_ key: String, in header: FITSHeader) throws -> String {
    guard let text = header.text(key) else {
      throw OpacityFileError(.badTable, file: name, "the primary header has no \(key)")
    }
    return text
  }

  private func column(_ column: String, of table: String) throws -> [Double] {
    guard let values = try file.table(table)[column]?.doubles else {
      throw OpacityFileError(.badTable, file: name, "table \(table) has no column \(column) of numbers")
    }
    return values
  }

  private func image(_ wanted: String) throws -> [Double] {
    for unit in file.units {
      if unit.name.uppercased() == wanted, case .image = unit.kind { return try file.image(unit).pixels }
    }
    throw OpacityFileError(.badTable, file: name, "there is no image \(wanted)")
  }

  private func require(_ condition: Bool, _ detail: String) throws {
    guard condition else { throw OpacityFileError(.badTable, file: name, detail) }
  }
}
