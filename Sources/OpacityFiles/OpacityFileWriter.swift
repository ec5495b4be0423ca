import Atmospheres
import FITSFiles
package import MolecularBands
import Observations

/// Opacity tables as FITS files of the layout in `Etc/opacity/README.md`.
package enum OpacityFile {
  /// A table of k-distributions, `OPACTYPE = 'LNK'`.
  /// - Parameters:
  ///   - anchors: factors that brought a model to published band means; nil where there was no model.
  ///   - errors: what the table is expected to be off by, a row each of its table `ERROR`.
  package static func bytes(
    _ table: OpacityTable, provenance: OpacityProvenance, anchors: [BandAnchor]?, errors: [StatedError] = [],
    command: String
  ) -> [UInt8] {
    distribution(
      species: table.species, pressureKind: "LOCAL", bins: bins(table.grid), temperatures: table.temperatures,
      pressures: table.pressures, logCrossSections: table.logCrossSections.map(Double.init), errors: errors,
      comments: comments(
        provenance, anchors: anchors, command: command, lastEdge: table.grid.edge(table.grid.binCount)))
  }

  /// k-distributions as numbers, whatever they were made from.
  /// - Parameters:
  ///   - pressureKind: `LOCAL`, or `TANGENT` where k is that of the chord tangent at a pressure.
  ///   - temperatures: K.
  ///   - pressures: Pa.
  ///   - logCrossSections: temperatures x pressures x bins x points of `KQuadrature`, ln(m2 a molecule).
  static func distribution(
    species: String, pressureKind: String, bins: FITSTable, temperatures: [Double], pressures: [Double],
    logCrossSections: [Double], errors: [StatedError], comments: [FITSCard]
  ) -> [UInt8] {
    let cards = [
      FITSCard("OPACTYPE", .text("LNK"), "kind of table"),
      FITSCard("OPACVERS", .integer(1), "version of this layout"),
      FITSCard("SPECIES", .text(species), "the gas"),
      FITSCard("PRESKIND", .text(pressureKind), "where the pressure is taken: TANGENT or LOCAL"),
    ]
    return FITSEncoder.encode(
      primary: FITSHeader(cards + comments),
      [
        .table(
          FITSTable(
            name: "QUADRATURE", rowCount: KQuadrature.weights.count,
            columns: [
              FITSColumn("G", values: .double(KQuadrature.abscissae)),
              FITSColumn("WEIGHT", values: .double(KQuadrature.weights)),
            ])),
        .table(bins),
        .table(axis("TEMPERATURE", unit: "K", temperatures)),
        .table(axis("PRESSURE", unit: "Pa", pressures)),
        .image(
          FITSImage(
            name: "LNK",
            axes: [KQuadrature.weights.count, bins.rowCount, pressures.count, temperatures.count],
            pixels: logCrossSections, precision: .float)),
      ] + errorUnits(errors))
  }

  /// Table `ERROR`, a row a region: LOW, HIGH (um), TLOW, THIGH (K), LNMEAN and MEANLN, one standard deviation in ln
  /// of ln of the mean and of the mean of ln k. None where nothing is stated.
  static func errorUnits(_ errors: [StatedError]) -> [FITSEncoder.Unit] {
    guard !errors.isEmpty else { return [] }
    return [
      .table(
        FITSTable(
          name: "ERROR", rowCount: errors.count,
          columns: [
            FITSColumn("LOW", unit: "um", values: .double(errors.map(\.wavelengths.lowerBound))),
            FITSColumn("HIGH", unit: "um", values: .double(errors.map(\.wavelengths.upperBound))),
            FITSColumn("TLOW", unit: "K", values: .double(errors.map(\.temperatures.lowerBound))),
            FITSColumn("THIGH", unit: "K", values: .double(errors.map(\.temperatures.upperBound))),
            FITSColumn("LNMEAN", values: .double(errors.map(\.logOfMean))),
            FITSColumn("MEANLN", values: .double(errors.map(\.meanOfLog))),
          ]))
    ]
  }

  /// A table of collision-induced absorption, `OPACTYPE = 'CIA'`.
  /// - Parameters:
  ///   - pair: such as `H2-He`.
  ///   - logCoefficients: ln of m5 a pair of molecules, temperatures x bins.
  package static func bytes(
    collisionPair pair: String, temperatures: [Double], logCoefficients: [Double],
    grid: SamplingGrid,
    provenance: OpacityProvenance, command: String
  ) -> [UInt8] {
    var cards = [
      FITSCard("OPACTYPE", .text("CIA"), "kind of table"),
      FITSCard("OPACVERS", .integer(1), "version of this layout"),
      FITSCard("PAIR", .text(pair), "gases, A-B, or ALL: mixing ratios included"),
    ]
    cards += comments(provenance, anchors: [], command: command, lastEdge: 0)
    return FITSEncoder.encode(
      primary: FITSHeader(cards),
      [
        .table(bins(grid)),
        .table(axis("TEMPERATURE", unit: "K", temperatures)),
        .image(
          FITSImage(
            name: "LNKAPPA", axes: [grid.binCount, temperatures.count], pixels: logCoefficients,
            precision: .float)),
      ])
  }

  /// Reads a table of `OPACTYPE = 'LNK'` back, as it was computed.
  /// - Parameter name: of the file, for messages.
  /// - Throws: `OpacityFileError` where it is none, or its parts do not fit.
  package static func table(_ bytes: [UInt8], name: String) throws(OpacityFileError) -> OpacityTable {
    let parts:
      (species: String, temperatures: [Double], pressures: [Double], edges: [Double], image: FITSImage)
    do throws(FITSError) {
      let file = try FITSFile(bytes)
      let primary = file.units.first?.header
      guard let kind = primary?.text("OPACTYPE"), kind == "LNK" else {
        throw FITSError(.missing, "OPACTYPE is not LNK: this is no table of k-distributions as numbers")
      }
      guard let unit = file.units.first(where: { $0.name == "LNK" }) else {
        throw FITSError(.missing, "there is no image named LNK")
      }
      parts = (
        primary?.text("SPECIES") ?? "", try file.table("TEMPERATURE")["TEMPERATURE"]?.doubles ?? [],
        try file.table("PRESSURE")["PRESSURE"]?.doubles ?? [], try file.table("BINS")["LOW"]?.doubles ?? [],
        try file.image(unit)
      )
      try file.close()
    } catch {
      throw OpacityFileError(.notAnOpacityTable, file: name, "\(error)")
    }
    let points = KQuadrature.weights.count
    let (temperatures, pressures) = (parts.temperatures, parts.pressures)
    guard parts.edges.count > 1, parts.edges[0] > 0, parts.edges[1] > parts.edges[0], !temperatures.isEmpty,
      !pressures.isEmpty
    else {
      throw OpacityFileError(.badTable, file: name, "there are no bins, temperatures or pressures")
    }
    guard parts.image.axes == [points, parts.edges.count, pressures.count, temperatures.count] else {
      throw OpacityFileError(
        .badTable, file: name,
        "the image LNK is \(parts.image.axes), not \(points) points x \(parts.edges.count) bins x "
          + "\(pressures.count) pressures x \(temperatures.count) temperatures")
    }
    let grid = SamplingGrid(
      firstEdge: parts.edges[0], ratio: parts.edges[1] / parts.edges[0], binCount: parts.edges.count,
      pointsPerBin: 1)
    return OpacityTable(
      species: parts.species, temperatures: temperatures, pressures: pressures, grid: grid,
      logCrossSections: parts.image.pixels.map { Float($0) })
  }

  /// The table `BINS` of a grid of the forward model, edges and all.
  static func bins(_ grid: SpectralGrid) -> FITSTable {
    let edges = grid.edges.map { $0 * 1e6 }
    return FITSTable(
      name: "BINS", rowCount: grid.count,
      columns: [
        FITSColumn("WAVELENGTH", unit: "um", values: .double(grid.wavelengths.map { $0 * 1e6 })),
        FITSColumn("LOW", unit: "um", values: .double(edges.dropLast())),
        FITSColumn("HIGH", unit: "um", values: .double(Array(edges.dropFirst()))),
      ])
  }

  private static func bins(_ grid: SamplingGrid) -> FITSTable {
    let all = 0..<grid.binCount
    return FITSTable(
      name: "BINS", rowCount: grid.binCount,
      columns: [
        FITSColumn("WAVELENGTH", unit: "um", values: .double(all.map { grid.centre($0) })),
        FITSColumn("LOW", unit: "um", values: .double(all.map { grid.edge($0) })),
        FITSColumn("HIGH", unit: "um", values: .double(all.map { grid.edge($0 + 1) })),
      ])
  }

  static func axis(_ name: String, unit: String, _ values: [Double]) -> FITSTable {
    FITSTable(
      name: name, rowCount: values.count, columns: [FITSColumn(name, unit: unit, values: .double(values))])
  }

  private static func comments(
    _ provenance: OpacityProvenance, anchors: [BandAnchor]?, command: String, lastEdge: Double
  ) -> [FITSCard] {
    var paragraphs = ["Model: \(provenance.method)."]
    paragraphs += provenance.sources.map { "Source: \($0)." }
    paragraphs.append("Fidelity: \(provenance.fidelity).")
    if let anchors, anchors.isEmpty {
      paragraphs.append("Level: the model's own constants.")
    } else if let anchors {
      paragraphs.append(
        "Level: sums over broad bands brought to means of the ExoMol k-tables of ELeeAstro/Exo-FMS_column_ck at "
          + "0.1 bar; the factors, by temperature, were:")
      for anchor in anchors where anchor.lowerEdge < lastEdge {
        let factors = anchor.points.map { "\(Int($0.temperature)) K \(hundredths($0.factor))" }
        paragraphs.append(
          "\(hundredths(anchor.lowerEdge))-\(hundredths(anchor.upperEdge)) um: \(factors.joined(separator: ", "))"
        )
      }
    }
    paragraphs.append("Made by: \(command)")
    return comments(paragraphs)
  }

  /// Paragraphs as comment cards.
  static func comments(_ paragraphs: [String]) -> [FITSCard] {
    paragraphs.flatMap { lines($0) }.map { FITSCard("COMMENT", .text($0)) }
  }

  /// A paragraph broken between words into what a comment card holds.
  private static func lines(_ paragraph: String) -> [String] {
    var lines: [String] = []
    for word in paragraph.split(separator: " ") {
      if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= 70 {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static func hundredths(_ value: Double) -> String {
    let whole = Int((value * 100).rounded())
    let fraction = whole % 100
    return "\(whole / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
