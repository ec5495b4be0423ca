import Atmospheres
import FITSFiles
import Observations

/// The tables of H2O, CH4, CO2 and CO, and the collision-induced absorption of the ExoGAN training set, from what was
/// recovered of its spectra: their levels at 1500 K and the temperature law that goes with them.
///
/// Both files have bins by falling wavelength, that of the laws of shape by rising wavelength. Levels: tables named by gas with columns C<n>_<m>, ln(cm2 a molecule),
/// table `QUADRATURE` (G, WEIGHT, Q), table `CIA` (CIA_K + CIA_C0, ln m5). Law: table `TEMPERATURE`, images named by gas
/// (ln k/k(1500 K), temperatures x bins), <gas>_SOURCE and <gas>_NEGLIGIBLE (bins).
package struct RecoveredOpacity: ~Copyable {
  let level: FITSFile
  let law: FITSFile
  let shapes: FITSFile
  let levelName: String
  let lawName: String
  let shapesName: String

  static let grid = SpectralGrid.standard
  package static let gases = ["H2O", "CH4", "CO2", "CO"]
  /// Those whose temperature law the physical model takes; CO is better computed.
  package static let lawfulGases = ["H2O", "CH4", "CO2"]
  package static let referenceTemperature = 1500.0
  /// ln of a cm2 in m2.
  static let squareCentimetre = -4 * 2.302_585_092_994_045_7

  /// - Parameters:
  ///   - level: bytes of the file of levels, and its name for messages and provenance.
  ///   - law: the same of the temperature law.
  ///   - shapes: the same of the laws of shape.
  package init(
    level: [UInt8], named levelName: String, law: [UInt8], named lawName: String, shapes: [UInt8],
    named shapesName: String
  ) throws(OpacityFileError) {
    let levelFile = try Self.open(level, levelName)
    let lawFile = try Self.open(law, lawName)
    let shapesFile = try Self.open(shapes, shapesName)
    try Self.checkGrid(levelFile, levelName)
    try Self.checkGrid(lawFile, lawName)
    self.level = levelFile
    self.law = lawFile
    self.shapes = shapesFile
    self.levelName = levelName
    self.lawName = lawName
    self.shapesName = shapesName
  }

  /// A gas at 1500 K alone, for the configuration exogan-2018 and no other.
  package func exoGAN2018Table(_ gas: String, command: String) throws(OpacityFileError) -> [UInt8] {
    let cards = [
      FITSCard("OPACTYPE", .text("HERMITE"), "kind of table"),
      FITSCard("OPACVERS", .integer(1), "version of this layout"),
      FITSCard("SPECIES", .text(gas), "the gas"),
      FITSCard("REFTEMP", .real(Self.referenceTemperature), "[K] temperature of the coefficients"),
      FITSCard("PRESKIND", .text("TANGENT"), "where the pressure is taken: TANGENT or LOCAL"),
      FITSCard("CONFIG", .text("exogan-2018"), "the one configuration the table is for"),
    ]
    var bins = OpacityFile.bins(Self.grid)
    for (n, order) in try coefficients(gas).enumerated() {
      for (m, values) in order.enumerated() {
        // In double precision only what is not as it was recovered: ln(cm2) became ln(m2).
        bins.columns.append(
          FITSColumn(
            "C\(n)_\(m)",
            values: n == 0 && m == 0 ? .double(values) : .float(values.map { Float($0) })))
      }
    }
    let quadrature = FITSTable(
      name: "QUADRATURE", rowCount: try levelColumn("G", of: "QUADRATURE").count,
      columns: [
        FITSColumn("G", values: .double(try levelColumn("G", of: "QUADRATURE"))),
        FITSColumn("WEIGHT", values: .double(try levelColumn("WEIGHT", of: "QUADRATURE"))),
        FITSColumn("QUANTILE", values: .double(try levelColumn("Q", of: "QUADRATURE"))),
      ])
    return FITSEncoder.encode(
      primary: FITSHeader(
        cards + OpacityFile.comments(Self.levelParagraphs + ["Made by: \(command)"])),
      [
        .table(quadrature), .table(bins),
        .table(OpacityFile.axis("TEMPERATURE", unit: "K", [Self.referenceTemperature])),
        .image(
          FITSImage(
            name: "LNRATIO", axes: [Self.grid.count, 1],
            pixels: [Double](repeating: 0, count: Self.grid.count), precision: .float)),
      ])
  }

  /// Collision-induced absorption with the mixing ratios in it, `OPACTYPE = 'CIA'`.
  package func collisions(command: String) throws(OpacityFileError) -> [UInt8] {
    let base = try levelColumn("CIA_K", of: "CIA")
    let correction = try levelColumn("CIA_C0", of: "CIA")
    let cards = [
      FITSCard("OPACTYPE", .text("CIA"), "kind of table"),
      FITSCard("OPACVERS", .integer(1), "version of this layout"),
      FITSCard("PAIR", .text("ALL"), "gases, A-B, or ALL: mixing ratios included"),
    ]
    let paragraphs = [
      "Collision-induced absorption of hydrogen and helium at 1500 K as the ExoGAN training set has it (exogan-2018): "
        + "tau = kappa times the integral of the squared number density of all molecules, for x(He)/x(H2) = 0.17647; "
        + "mixing ratios are included.",
      "Recovered by this project from those spectra, with the k-distributions beside this file.",
      "LNKAPPA: ln of m5, bins by temperatures.", "Made by: \(command)",
    ]
    return FITSEncoder.encode(
      primary: FITSHeader(cards + OpacityFile.comments(paragraphs)),
      [
        .table(OpacityFile.bins(Self.grid)),
        .table(OpacityFile.axis("TEMPERATURE", unit: "K", [Self.referenceTemperature])),
        .image(
          FITSImage(
            name: "LNKAPPA", axes: [Self.grid.count, 1], pixels: zip(base, correction).map(+).reversed(),
            precision: .double)),
      ])
  }

  // MARK: Parts

  /// Coefficients by Hermite order and pressure function, by rising wavelength, ln(m2 a molecule).
  func coefficients(_ gas: String) throws(OpacityFileError) -> [[[Double]]] {
    var orders: [[[Double]]] = []
    for n in 0..<3 {
      var order: [[Double]] = []
      for m in 0..<3 {
        guard let column = try Self.optionalColumn("C\(n)_\(m)", of: gas, in: level, levelName) else {
          continue
        }
        order.append(
          column.reversed().map { n == 0 && m == 0 ? $0 + Self.squareCentimetre : $0 })
      }
      orders.append(order)
    }
    return orders
  }

  func levelColumn(_ column: String, of table: String) throws(OpacityFileError) -> [Double] {
    try Self.column(column, of: table, in: level, levelName)
  }

  private static let levelParagraphs = [
    "ln k_g(p) [m2 a molecule] = sum over n of He_n(QUANTILE_g) sum over m of Cn_m phi_m(p); He = 1, q, q^2-1; "
      + "phi = 1, log10(1+p/1000)/3, log10(1+p/10)/5, p in Pa. k(T) = k(REFTEMP) exp(LNRATIO), linear in 1/T between "
      + "temperatures. Gases overlap at random: their transmittances multiply.",
    chordParagraph, recoveredParagraph,
  ]

  static let chordParagraph =
    "Pressure dependence is chord-effective: defined at the layer where a ray through an isothermal atmosphere of "
    + "constant mixing ratio is tangent. Taking it layer by layer (emission) is an approximation. The fit is good up "
    + "to 1e5 Pa; above it extrapolates (0.2 to 0.4 in ln k at 1e6 Pa): hold the pressure there."

  static let recoveredParagraph =
    "Level at 1500 K: k-distributions recovered by this project from transmission spectra of the ExoGAN training set "
    + "(Zingales and Waldmann 2018, AJ 156, 268; computed with TauREx 2), by least squares over the coefficients "
    + "below. They give those spectra back within 0.13 ppm (median), 0.7 ppm (p90), 2.7 ppm (p99) on spectra kept "
    + "back. Bin means agree with the narrow-band tables of Riviere and Soufiani (2012, IJHMT 55, 3349) at 1500 K: "
    + "ln ratio -0.1 for H2O at 0.9-5 um, -0.01 for CO2 at 1.3-3 um."

  // MARK: Reading

  private static func open(_ bytes: [UInt8], _ name: String) throws(OpacityFileError) -> FITSFile {
    do {
      return try FITSFile(bytes)
    } catch {
      throw OpacityFileError(.notAnOpacityTable, file: name, "\(error)")
    }
  }

  private static func checkGrid(_ file: borrowing FITSFile, _ name: String) throws(OpacityFileError) {
    let wavelengths = try Self.column("WAVELENGTH", of: "GRID", in: file, name).reversed()
    guard wavelengths.count == Self.grid.count,
      zip(wavelengths, Self.grid.wavelengths).allSatisfy({ abs($0 * 1e-6 / $1 - 1) < 1e-6 })
    else {
      throw OpacityFileError(
        .badTable, file: name, "GRID has not the \(Self.grid.count) bins of the model, by falling wavelength")
    }
  }

  static func column(
    _ column: String, of table: String, in file: borrowing FITSFile, _ name: String
  ) throws(OpacityFileError) -> [Double] {
    guard let values = try Self.optionalColumn(column, of: table, in: file, name) else {
      throw OpacityFileError(.badTable, file: name, "table \(table) has no column \(column) of numbers")
    }
    return values
  }

  private static func optionalColumn(
    _ column: String, of table: String, in file: borrowing FITSFile, _ name: String
  ) throws(OpacityFileError) -> [Double]? {
    do {
      return try file.table(table)[column]?.doubles
    } catch {
      throw OpacityFileError(.badTable, file: name, "\(error)")
    }
  }

  static func image(
    _ wanted: String, in file: borrowing FITSFile, _ name: String
  ) throws(OpacityFileError) -> [Double] {
    for unit in file.units where unit.name.uppercased() == wanted {
      guard case .image = unit.kind else { continue }
      do {
        return try file.image(unit).pixels
      } catch {
        throw OpacityFileError(.badTable, file: name, "\(error)")
      }
    }
    throw OpacityFileError(.badTable, file: name, "there is no image \(wanted)")
  }
}
