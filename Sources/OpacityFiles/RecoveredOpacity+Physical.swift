import Atmospheres
import FITSFiles
import MolecularBands
import Observations

#if canImport(Glibc)
  import Glibc
#endif

extension RecoveredOpacity {
  /// A gas at all temperatures, `OPACTYPE = 'LNK'`: the recovered level with its temperature law, and the shape that
  /// changes with temperature.
  package func table(_ gas: String, command: String) throws(OpacityFileError) -> [UInt8] {
    let laws = try shapeLaws(gas)
    let (weights, wavelengths) = (try levelColumn("WEIGHT", of: "QUADRATURE"), Self.grid.wavelengths)
    guard zip(weights, KQuadrature.weights).allSatisfy({ abs($0 - $1) < 1e-9 }),
      weights.count == KQuadrature.weights.count
    else {
      throw OpacityFileError(
        .badTable, file: levelName,
        "QUADRATURE is not the \(KQuadrature.weights.count) points of Gauss and Legendre")
    }
    let hermite: HermiteLevel
    do {
      hermite = try HermiteLevel(
        quantiles: levelColumn("Q", of: "QUADRATURE"), coefficients: Self.mended(coefficients(gas), gas))
    } catch let error as AtmosphereError {
      throw OpacityFileError(.badTable, file: levelName, error.message)
    } catch let error as OpacityFileError {
      throw error
    } catch {
      throw OpacityFileError(.badTable, file: levelName, "\(error)")
    }
    let law = try temperatureLaw(gas)
    let micrometers = wavelengths.map { $0 * 1e6 }
    let nodes = laws.temperatures.indices.flatMap { t in laws.pressures.indices.map { (t, $0) } }
    let logs = nodes.flatMap { t, p in
      laws.logCrossSections(
        temperature: t, pressure: p, level: hermite, weights: weights, wavelengths: micrometers,
        logRatios: law.logRatios(at: laws.temperatures[t]))
    }
    var bins = OpacityFile.bins(Self.grid)
    bins.columns += [
      FITSColumn("SOURCE", values: .integer(law.sources)),
      FITSColumn("NEGLIGIBLE", values: .logical(law.negligible)),
    ]
    return OpacityFile.distribution(
      species: gas, pressureKind: "TANGENT", bins: bins, temperatures: laws.temperatures,
      pressures: laws.pressures, logCrossSections: logs, errors: laws.errors,
      comments: OpacityFile.comments(Self.paragraphs(gas) + ["Made by: \(command)"]))
  }

  /// Bins, from the short end, in which the level is not to be believed. TauREx 2's own table of CH4 has a hole
  /// between 985 and 1004 cm-1: in one bin k spans 1e-30 to 1e-23 m2. The recovered coefficients reproduce it; real CH4
  /// has none, and with the hole ln k spreads wider over 8.7-16 um (sd 2.7 at 1500 K and 1 kPa) than the ExoMol
  /// k-tables have it (2.2).
  private static let holes = ["CH4": 352...353]

  /// Coefficients with holes bridged linearly between the bins on either side.
  private static func mended(_ coefficients: [[[Double]]], _ gas: String) -> [[[Double]]] {
    guard let hole = holes[gas] else { return coefficients }
    let (first, last) = (hole.lowerBound - 1, hole.upperBound + 1)
    return coefficients.map { order in
      order.map { column in
        var column = column
        for bin in hole {
          let part = Double(bin - first) / Double(last - first)
          column[bin] = (1 - part) * column[first] + part * column[last]
        }
        return column
      }
    }
  }

  // MARK: Temperature law

  private struct Law {
    let temperatures: [Double]
    /// ln k(T)/k(1500 K), temperatures x bins.
    let ratios: [Double]
    let sources: [Int]
    let negligible: [Bool]

    /// Linear in 1/T between temperatures, held beyond them.
    func logRatios(at temperature: Double) -> [Double] {
      let bins = sources.count
      let upper = max(1, temperatures.firstIndex { $0 >= temperature } ?? temperatures.count - 1)
      let (low, high) = (temperatures[upper - 1], temperatures[upper])
      let part = min(max((1 / temperature - 1 / low) / (1 / high - 1 / low), 0), 1)
      return (0..<bins).map {
        ratios[(upper - 1) * bins + $0] * (1 - part) + ratios[upper * bins + $0] * part
      }
    }
  }

  private func temperatureLaw(_ gas: String) throws(OpacityFileError) -> Law {
    let temperatures = try Self.column("TEMPERATURE", of: "TEMPERATURE", in: law, lawName)
    let ratios = try Self.image(gas, in: law, lawName)
    let sources = try Self.image("\(gas)_SOURCE", in: law, lawName)
    let negligible = try Self.image("\(gas)_NEGLIGIBLE", in: law, lawName)
    let bins = Self.grid.count
    guard temperatures.count > 1, ratios.count == temperatures.count * bins, sources.count == bins,
      negligible.count == bins
    else {
      throw OpacityFileError(.badTable, file: lawName, "the images of \(gas) do not have the table's bins")
    }
    return Law(
      temperatures: temperatures,
      ratios: temperatures.indices.flatMap { ratios[$0 * bins..<($0 + 1) * bins].reversed() },
      sources: sources.reversed().map { Int($0) }, negligible: negligible.reversed().map { $0 != 0 })
  }

  // MARK: Laws of shape

  private func shapeLaws(_ gas: String) throws(OpacityFileError) -> ShapeLaws {
    func column(_ name: String, _ table: String) throws(OpacityFileError) -> [Double] {
      try Self.column(name, of: table, in: shapes, shapesName)
    }
    func image(_ name: String) throws(OpacityFileError) -> [Double] {
      try Self.image("\(gas)_\(name)", in: shapes, shapesName)
    }
    let error = "\(gas)_ERROR"
    let (low, high) = (try column("LOW", error), try column("HIGH", error))
    let (coldest, hottest) = (try column("TLOW", error), try column("THIGH", error))
    let (ofMean, ofLogs) = (try column("LNMEAN", error), try column("MEANLN", error))
    let laws = ShapeLaws(
      temperatures: try column("TEMPERATURE", "TEMPERATURE"),
      pressures: try column("PRESSURE", "PRESSURE"),
      logMeans: try column("LNMEAN", "\(gas)_BINS").map { $0 + Self.squareCentimetre },
      levels: try image("LEVEL"), knots: try column("WAVELENGTH", "\(gas)_KNOTS"), widths: try image("WIDTH"),
      couplings: try image("COUPLING"), skews: try image("SKEW"),
      errors: low.indices.map {
        StatedError(
          wavelengths: low[$0]...max(low[$0], high[$0]),
          temperatures: coldest[$0]...max(coldest[$0], hottest[$0]), logOfMean: ofMean[$0],
          meanOfLog: ofLogs[$0])
      })
    let (temperatures, nodes) = (
      laws.temperatures.count, laws.temperatures.count * laws.pressures.count
    )
    guard laws.logMeans.count == Self.grid.count, laws.levels.count == temperatures * Self.grid.count,
      laws.widths.count == nodes * laws.knots.count, laws.couplings.count == nodes,
      laws.skews.count == nodes
    else {
      throw OpacityFileError(
        .badTable, file: shapesName,
        "the laws of \(gas) do not have its bins, knots, temperatures and pressures")
    }
    return laws
  }

  // MARK: Provenance

  private static func paragraphs(_ gas: String) -> [String] {
    [
      "Numbers of k over temperature, pressure, bin and g; ln k is bilinear in ln p and 1/T, held at the ends of the "
        + "pressure axis. Gases overlap at random: their transmittances multiply.",
      chordParagraph, recoveredParagraph,
      "ln of the mean of k: the level where spectra see it, at all pressures; times the temperature law of this project, from "
        + "the narrow-band parameters of Riviere and Soufiani (2012) and, where SOURCE says so, from k-tables (1: narrow-band "
        + "parameters, 25 cm-1; 2: NEMESIS k-tables; 3: contrast to the local maximum, rough; 4 and 5: as 1 and 3, then "
        + "brought to ExoMol k-tables in 11 broad bands); times a correction of the fit below.",
      "Width and skew of k(g) by temperature and pressure: laws fitted by this project (Etc/opacity/fit-shapes.py) to "
        + "moments of published k-tables in broad bands (averages of ELeeAstro/Exo-FMS_column_ck, from ExoMol) and to the "
        + "k-tables of nemesispy 0.0.10 (BSD-3) in the channels of WFC3. The moments at 0.01 bar and the k-tables at other "
        + "temperatures were kept to test.",
      "NEGLIGIBLE T: at mixing ratio 0.1 the gas adds less than a tenth of the Rayleigh scattering of H2 and He; k is an "
        + "upper limit.",
      "Fidelity: table ERROR, one standard deviation in ln by region, of ln of the mean and of the mean of ln k; 1 where "
        + "nothing was found to compare with. \(remarks[gas] ?? "")",
    ]
  }

  private static let remarks = [
    "H2O":
      "At 1500 K as recovered: mean of ln k exactly, ln of the mean to what it varies with pressure (0.1).",
    "CH4":
      "At 1500 K moved by up to 0.5 in the mean of ln k outside 1.1-1.7 um. A hole of the recovered level at 985-1004 cm-1 is "
      + "bridged from its neighbours. Above 2300 K extrapolated.",
    "CO2":
      "At 1500 K moved where the band moments ask for it: at 4.3 um the recovered mean is twice what the band's strength "
      + "allows. Between bands below 1000 K the references end and the laws extrapolate.",
  ]
}
