import Atmospheres
import FITSFiles
import Observations

/// The tables of H2O, CH4, CO2 and CO, and the collision-induced absorption of the ExoGAN training set, from what was
/// recovered of its spectra: their levels at 1500 K and the temperature law that goes with them.
///
/// Both files have bins by falling wavelength. Levels: tables named by gas with columns C<n>_<m>, ln(cm2 a molecule),
/// table `QUADRATURE` (G, WEIGHT, Q), table `CIA` (CIA_K + CIA_C0, ln m5). Law: table `TEMPERATURE`, images named by gas
/// (ln k/k(1500 K), temperatures x bins), <gas>_SOURCE and <gas>_NEGLIGIBLE (bins).
package struct RecoveredOpacity: ~Copyable {
  private let level: FITSFile
  private let law: FITSFile
  private let levelName: String
  private let lawName: String

  private static let grid = SpectralGrid.standard
  package static let gases = ["H2O", "CH4", "CO2", "CO"]
  /// Those whose temperature law the physical model takes; CO is better computed.
  package static let lawfulGases = ["H2O", "CH4", "CO2"]
  package static let referenceTemperature = 1500.0

  /// - Parameters:
  ///   - level: bytes of the file of levels, and its name for messages and provenance.
  ///   - law: the same of the temperature law.
  package init(
    level: [UInt8], named levelName: String, law: [UInt8], named lawName: String
  ) throws(OpacityFileError) {
    let levelFile = try Self.open(level, levelName)
    let lawFile = try Self.open(law, lawName)
    try Self.checkGrid(levelFile, levelName)
    try Self.checkGrid(lawFile, lawName)
    self.level = levelFile
    self.law = lawFile
    self.levelName = levelName
    self.lawName = lawName
  }

  /// A gas with its temperature law, `OPACTYPE = 'HERMITE'`.
  package func table(_ gas: String, command: String) throws(OpacityFileError) -> [UInt8] {
    let temperatures = try Self.column("TEMPERATURE", of: "TEMPERATURE", in: law, lawName)
    let ratios = try Self.image(gas, in: law, lawName)
    let sources = try Self.image("\(gas)_SOURCE", in: law, lawName)
    let negligible = try Self.image("\(gas)_NEGLIGIBLE", in: law, lawName)
    guard ratios.count == temperatures.count * Self.grid.count, sources.count == Self.grid.count,
      negligible.count == Self.grid.count
    else {
      throw OpacityFileError(.badTable, file: lawName, "the images of \(gas) do not have the table's bins")
    }
    let rising = (0..<temperatures.count).flatMap { row in
      ratios[row * Self.grid.count..<(row + 1) * Self.grid.count].reversed()
    }
    return try encode(
      gas, configuration: nil, temperatures: temperatures, logRatios: rising,
      columns: [
        FITSColumn("SOURCE", values: .integer(sources.reversed().map { Int($0) })),
        FITSColumn("NEGLIGIBLE", values: .logical(negligible.reversed().map { $0 != 0 })),
      ],
      paragraphs: Self.levelParagraphs + Self.lawParagraphs + [Self.fidelity(gas), "Made by: \(command)"])
  }

  /// A gas at 1500 K alone, for the configuration exogan-2018 and no other.
  package func exoGAN2018Table(_ gas: String, command: String) throws(OpacityFileError) -> [UInt8] {
    try encode(
      gas, configuration: "exogan-2018", temperatures: [Self.referenceTemperature],
      logRatios: [Double](repeating: 0, count: Self.grid.count), columns: [],
      paragraphs: Self.levelParagraphs + ["Made by: \(command)"])
  }

  /// Collision-induced absorption with the mixing ratios in it, `OPACTYPE = 'CIA'`.
  package func collisions(command: String) throws(OpacityFileError) -> [UInt8] {
    let base = try Self.column("CIA_K", of: "CIA", in: level, levelName)
    let correction = try Self.column("CIA_C0", of: "CIA", in: level, levelName)
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

  // MARK: Writing

  private func encode(
    _ gas: String, configuration: String?, temperatures: [Double], logRatios: [Double], columns: [FITSColumn],
    paragraphs: [String]
  ) throws(OpacityFileError) -> [UInt8] {
    var cards = [
      FITSCard("OPACTYPE", .text("HERMITE"), "kind of table"),
      FITSCard("OPACVERS", .integer(1), "version of this layout"),
      FITSCard("SPECIES", .text(gas), "the gas"),
      FITSCard("REFTEMP", .real(Self.referenceTemperature), "[K] temperature of the coefficients"),
      FITSCard("PRESKIND", .text("TANGENT"), "where the pressure is taken: TANGENT or LOCAL"),
    ]
    if let configuration {
      cards.append(FITSCard("CONFIG", .text(configuration), "the one configuration the table is for"))
    }
    var bins = OpacityFile.bins(Self.grid)
    for n in 0..<3 {
      for m in 0..<3 {
        guard var values = try Self.optionalColumn("C\(n)_\(m)", of: gas, in: level, levelName) else {
          continue
        }
        values.reverse()
        // ln(cm2) to ln(m2), in double precision: all else is as it was recovered.
        bins.columns.append(
          FITSColumn(
            "C\(n)_\(m)",
            values: n == 0 && m == 0
              ? .double(values.map { $0 - 4 * 2.302_585_092_994_045_7 }) : .float(values.map { Float($0) })))
      }
    }
    bins.columns += columns
    let quadrature = FITSTable(
      name: "QUADRATURE", rowCount: try Self.column("G", of: "QUADRATURE", in: level, levelName).count,
      columns: [
        FITSColumn("G", values: .double(try Self.column("G", of: "QUADRATURE", in: level, levelName))),
        FITSColumn(
          "WEIGHT", values: .double(try Self.column("WEIGHT", of: "QUADRATURE", in: level, levelName))),
        FITSColumn("QUANTILE", values: .double(try Self.column("Q", of: "QUADRATURE", in: level, levelName))),
      ])
    return FITSEncoder.encode(
      primary: FITSHeader(cards + OpacityFile.comments(paragraphs)),
      [
        .table(quadrature), .table(bins), .table(OpacityFile.axis("TEMPERATURE", unit: "K", temperatures)),
        .image(
          FITSImage(
            name: "LNRATIO", axes: [Self.grid.count, temperatures.count], pixels: logRatios, precision: .float
          )),
      ])
  }

  private static let levelParagraphs = [
    "ln k_g(p) [m2 a molecule] = sum over n of He_n(QUANTILE_g) sum over m of Cn_m phi_m(p); He = 1, q, q^2-1; "
      + "phi = 1, log10(1+p/1000)/3, log10(1+p/10)/5, p in Pa. k(T) = k(REFTEMP) exp(LNRATIO), linear in 1/T between "
      + "temperatures. Gases overlap at random: their transmittances multiply.",
    "Pressure dependence is chord-effective: defined at the layer where a ray through an isothermal atmosphere of "
      + "constant mixing ratio is tangent. Taking it layer by layer (emission) is an approximation. The fit is good up "
      + "to 1e5 Pa; above it extrapolates (0.2 to 0.4 in ln k at 1e6 Pa): hold the pressure there.",
    "Level at 1500 K: k-distributions recovered by this project from transmission spectra of the ExoGAN training set "
      + "(Zingales and Waldmann 2018, AJ 156, 268; computed with TauREx 2), by least squares over the coefficients "
      + "below. They give those spectra back within 0.13 ppm (median), 0.7 ppm (p90), 2.7 ppm (p99) on spectra kept "
      + "back. Bin means agree with the narrow-band tables of Riviere and Soufiani (2012, IJHMT 55, 3349) at 1500 K: "
      + "ln ratio -0.1 for H2O at 0.9-5 um, -0.01 for CO2 at 1.3-3 um.",
  ]

  private static let lawParagraphs = [
    "Temperature law, 300 to 3000 K: derived by this project from the narrow-band parameters of Riviere and Soufiani "
      + "(2012) and, where SOURCE says so, from k-tables. SOURCE 1: narrow-band parameters, 25 cm-1; 2: NEMESIS "
      + "k-tables (CH4, 1.13-1.62 um); 3: no data, law of contrast to the local maximum (rough); 4 and 5: as 1 and 3, "
      + "then brought to ExoMol k-tables in 11 broad bands (temperature dependence only). Held inside what lower-state "
      + "energies of 0 to 9000 cm-1 allow.",
    "NEGLIGIBLE T: at mixing ratio 0.1 the gas adds less than a tenth of the Rayleigh scattering of H2 and He; k is an "
      + "upper limit and the law 1.",
  ]

  private static func fidelity(_ gas: String) -> String {
    let measured: String
    switch gas {
    case "H2O": measured = "0.11, 0.07, 0.09, 0.10, 0.11. Rough beyond 8.7 um."
    case "CH4":
      measured = "0.20, 0.10, 0.03, 0.04, 0.03. Contrast outside 1.13-1.62 um rough away from 1500 K."
    default:
      measured =
        "0.21, 0.10, 0.11, 0.09, 0.10. Below 1000 K rough between bands. In the band at 4.3 um the mean is twice what "
        + "its strength allows below 10 Pa."
    }
    return
      "Fidelity: against the k-tables of nemesispy 0.0.10 in the bins of WFC3 at 7.4 kPa, median of abs(d ln k) of "
      + "the mean at 700, 1000, 1500, 2000, 2500 K: \(measured)"
  }

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

  private static func column(
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

  private static func image(
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
