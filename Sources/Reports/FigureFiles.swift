package import Analyses
import ExoGAN
import InteriorMDN
import Markup
import Observations
import PlainText
import ResultFiles
import RobERt
import SpectralSensitivity
import SpectrumCompleting

/// The figures of a report as files that stand alone: each drawing as SVG, its numbers as CSV with units in the columns' names.
package struct FigureFile: Sendable {
  package let name: String
  package let text: String
}

extension FigureFile {
  /// The same analysis gives the same bytes.
  package static func files(of analysis: SpectrumAnalysis) -> [FigureFile] {
    let sections = zip(analysis.answers.map(Sections.spectrum), analysis.answers)
    let figure = SpectrumFigure(of: analysis.subject, overlays: sections.compactMap { $0.overlay($1) })
    var files = [
      FigureFile("spectrum", figure.svg), FigureFile("spectrum", points(of: analysis)),
      FigureFile("spectrum-grid", grid(analysis.subject)),
    ]
    for detail in analysis.answers.compactMap(\.findings.first?.detail) {
      if let recognition = detail as? MoleculeRecognition, !recognition.molecules.isEmpty {
        files += [
          FigureFile("molecules", MoleculeFigure(molecules: recognition.molecules).markup),
          FigureFile("molecules", table(of: recognition)),
        ]
      }
      if let atmosphere = detail as? CompletedAtmosphere { files += self.files(of: atmosphere, analysis) }
      if let traced = detail as? SpectrumSensitivity,
        let figure = SensitivityFigure(traced, analysis.subject)
      {
        files += [FigureFile("sensitivity", figure.svg), FigureFile("sensitivity", figure.table)]
      }
    }
    return files
  }

  private static func files(
    of atmosphere: CompletedAtmosphere, _ analysis: SpectrumAnalysis
  ) -> [FigureFile] {
    var files: [FigureFile] = []
    if let figure = CompletedSpectrumFigure(atmosphere, analysis.subject), let band = atmosphere.band {
      files += [
        FigureFile("completed", figure.svg), FigureFile("completed", completed(band, atmosphere.exoGAN)),
        FigureFile("completed-residuals", figure.residualTable),
      ]
    }
    if let figure = CornerFigure(atmosphere) {
      files += [FigureFile("posterior", figure.svg), FigureFile("posterior", samples(of: atmosphere))]
    }
    if let answer = atmosphere.exoGAN {
      files += [FigureFile("exogan", ASPAFigure(answer).svg), FigureFile("exogan", pictures(answer))]
    }
    return files
  }

  package static func files(of analysis: SystemAnalysis) -> [FigureFile] {
    analysis.planets.enumerated().flatMap { number, planet in
      planet.answers.flatMap(\.findings).flatMap { finding -> [FigureFile] in
        guard let interior = finding.detail as? InteriorPosterior, interior.inDomain else { return [] }
        return files(of: interior, finding, planet, stem: "planet-\(number + 1)-\(interior.model)")
      }
    }
  }

  private static func files(
    of interior: InteriorPosterior, _ finding: Finding, _ planet: PlanetAnalysis, stem: String
  ) -> [FigureFile] {
    var files: [FigureFile] = []
    let name = planet.planet.name
    if let structure = LayeredStructure(interior), let radius = planet.planet.radius?.value?.earthRadii {
      let figure = CrossSectionFigure(
        structure: structure, planetName: name, modelName: interior.model, radius: radius, id: "cut")
      files += [FigureFile("\(stem)-cut", figure.svg), FigureFile("\(stem)-cut", boundaries(of: structure))]
    }
    let shown = finding.shownPosteriors
    for posterior in shown {
      let figure = MarginalFigure(
        shown: posterior, cssClass: InteriorQuantity(rawValue: posterior.name)?.cssClass ?? "neutral",
        planetName: name, modelName: interior.model, id: posterior.name)
      files.append(FigureFile("\(stem)-\(posterior.name)", figure.svg))
    }
    if !shown.isEmpty { files.append(FigureFile("\(stem)-draws", draws(of: shown))) }
    return files
  }

  // MARK: Drawings

  private init(_ name: String, _ svg: Markup) {
    self.name = name + ".svg"
    text = StandaloneFigure.document(svg)
  }

  // MARK: Numbers

  private init(_ name: String, _ table: FigureTable) {
    self.name = name + ".csv"
    text = table.text
  }

  /// As read; exospool reads it back.
  private static func points(of analysis: SpectrumAnalysis) -> FigureTable {
    let spectrum = analysis.spectrum
    let (name, factor) = ordinate(spectrum)
    var columns: [(name: String, cells: [String])] = [
      ("wavelength_um", FigureTable.numbers(spectrum.wavelength, times: 1e6)),
      ("wave_min_um", FigureTable.numbers(spectrum.lowerEdge, times: 1e6)),
      ("wave_max_um", FigureTable.numbers(spectrum.upperEdge, times: 1e6)),
      (name, FigureTable.numbers(spectrum.value, times: factor)),
    ]
    let unit = spectrum.kind == .stellar ? "" : "_ppm"
    if let up = spectrum.upperError, let low = spectrum.lowerError {
      columns.append(("error_up\(unit)", FigureTable.numbers(up, times: factor)))
      columns.append(("error_low\(unit)", FigureTable.numbers(low, times: factor)))
    }
    columns.append(("mask", spectrum.isMasked.map { $0 ? "1" : "0" }))
    if let instruments = spectrum.instruments { columns.append(("instrument", instruments)) }
    var remarks = ["EXOKIND = \(spectrum.kind.rawValue)"]
    if let object = spectrum.object { remarks.insert("OBJECT = \(object)", at: 0) }
    if spectrum.kind == .stellar, !spectrum.unit.isEmpty { remarks.append("flux in \(spectrum.unit)") }
    return FigureTable(remarks: remarks, columns: columns)
  }

  private static func ordinate(_ spectrum: Spectrum) -> (name: String, factor: Double) {
    switch spectrum.kind {
    case .transmission: ("transit_depth_ppm", 1e6)
    case .eclipse: ("eclipse_depth_ppm", 1e6)
    case .stellar: ("flux", 1)
    }
  }

  private static func grid(_ subject: PreparedSpectrum) -> FigureTable {
    let bins = (0..<SpectralGrid.standard.count).filter { subject.resampled.isObserved[$0] }
    let (name, factor) = ordinate(subject.spectrum)
    return FigureTable(columns: [
      ("wave_min_um", FigureTable.numbers(bins.map { SpectralGrid.standard.edges[$0] }, times: 1e6)),
      ("wave_max_um", FigureTable.numbers(bins.map { SpectralGrid.standard.edges[$0 + 1] }, times: 1e6)),
      (name, FigureTable.numbers(bins.map { subject.resampled.value[$0] }, times: factor)),
    ])
  }

  private static func table(of recognition: MoleculeRecognition) -> FigureTable {
    let molecules = recognition.molecules
    return FigureTable(columns: [
      ("molecule", molecules.map(\.name)),
      ("probability", FigureTable.numbers(molecules.map(\.probability))),
      ("verdict", molecules.map(\.verdict.rawValue)),
      ("log10_detection_limit", FigureTable.numbers(molecules.map { $0.logDetectionLimit ?? .nan })),
    ])
  }

  private static func completed(_ band: CompletedAtmosphere.Band, _ answer: ExoGANAnswer?) -> FigureTable {
    let edges = SpectralGrid.standard.edges
    var columns: [(name: String, cells: [String])] = [
      ("wave_min_um", FigureTable.numbers(edges.dropLast(), times: 1e6)),
      ("wave_max_um", FigureTable.numbers(edges.dropFirst(), times: 1e6)),
      ("mean_ppm", FigureTable.numbers(band.mean, times: 1e6)),
      ("p16_ppm", FigureTable.numbers(band.lower, times: 1e6)),
      ("p84_ppm", FigureTable.numbers(band.upper, times: 1e6)),
    ]
    if let answer {
      columns.append(("exogan_median_ppm", FigureTable.numbers(answer.depth.map(\.median), times: 1e6)))
    }
    return FigureTable(columns: columns)
  }

  private static func samples(of atmosphere: CompletedAtmosphere) -> FigureTable {
    let samples = atmosphere.samples
    let units = Dictionary(CompletedParameter.all.map { ($0.key, $0.unit) }) { first, _ in first }
    let columns = samples.keys.enumerated().map { place, key -> (name: String, cells: [String]) in
      let unit = units[key].map { $0.isEmpty ? "" : "_\($0)" } ?? ""
      return (key + unit, FigureTable.numbers(samples.rows.map { $0[place] }))
    }
    return FigureTable(columns: [("weight", FigureTable.numbers(samples.weights))] + columns)
  }

  private static func pictures(_ answer: ExoGANAnswer) -> FigureTable {
    let cells = 0..<(ASPALayout.side * ASPALayout.side)
    func column(_ name: String, _ picture: ASPA) -> (name: String, cells: [String]) {
      (name, cells.map { picture.isKnown[$0] ? FigureTable.number(Double(picture.cells[$0])) : "" })
    }
    return FigureTable(columns: [
      ("row", cells.map { String($0 / ASPALayout.side) }),
      ("column", cells.map { String($0 % ASPALayout.side) }),
      column("before", answer.before), column("masked", answer.masked), column("completed", answer.completed),
    ])
  }

  private static func boundaries(of structure: LayeredStructure) -> FigureTable {
    let boundaries = structure.boundaries
    func column(_ name: String, _ read: (Posterior) -> Double) -> (name: String, cells: [String]) {
      (name, FigureTable.numbers(boundaries.map { $0.radius.map(read) ?? 1 }))
    }
    return FigureTable(
      remarks: ["outer boundary of each layer, in units of the planet's radius"],
      columns: [("layer", boundaries.map(\.layer.rawValue)), column("p025") { $0.p025 }] + [
        column("p16") { $0.p16 }, column("p50") { $0.p50 }, column("p84") { $0.p84 },
        column("p975") { $0.p975 },
      ])
  }

  private static func draws(of shown: [Finding.ShownPosterior]) -> FigureTable {
    FigureTable(
      columns: shown.map { shown in
        let unit = shown.presentation.unit.filter { $0.isLetter || $0.isNumber }
        return (
          unit.isEmpty ? shown.name : "\(shown.name)_\(unit)",
          FigureTable.numbers(shown.marginal.draws, times: shown.presentation.factor)
        )
      })
  }
}

/// A drawing of the page as an image by itself: on white, with the light page's colours written out.
enum StandaloneFigure {
  static func document(_ svg: Markup) -> String {
    let text = svg.text
    guard let end = text.firstIndex(of: ">"), text.hasPrefix("<svg ") else { return text }
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\"" + text[text.index(text.startIndex, offsetBy: 4)..<end]
    return head + "><style>\(style)</style><rect width=\"100%\" height=\"100%\" style=\"fill:#ffffff\"/>"
      + text[text.index(after: end)...] + "\n"
  }

  private static let style: String = {
    let css = [
      ReportStyle.figures, SpectrumFigure.css, InstrumentSpans.lightRules, MoleculeSection.figureCSS,
      CompletedSpectrumFigure.css, CompletionSection.figureCSS, CornerFigure.figureCSS, ASPAFigure.figureCSS,
      SensitivityFigure.css,
    ].map(\.text).joined(separator: "\n")
    return ReportStyle.light.reduce(css) { $0.replacing("var(--\($1.name))", with: $1.value) }
  }()
}

/// Columns of numbers and words as CSV (RFC 4180), remarks above them.
struct FigureTable {
  var remarks: [String] = []
  /// All of one length; a shorter one is filled with empty cells.
  var columns: [(name: String, cells: [String])]

  var text: String {
    let rows = columns.map(\.cells.count).max() ?? 0
    let head = remarks.map { "# \(PlainText.line($0, limit: 400))" }
    let names = columns.map(\.name).joined(separator: ",")
    let lines = (0..<rows).map { row in
      columns.map { row < $0.cells.count ? Self.quoted($0.cells[row]) : "" }.joined(separator: ",")
    }
    return (head + [names] + lines).joined(separator: "\n") + "\n"
  }

  static func numbers(_ values: some Sequence<Double>, times factor: Double = 1) -> [String] {
    values.map { number($0 * factor) }
  }

  /// Ten digits; empty where there is no number.
  static func number(_ value: Double) -> String {
    value.isFinite ? Numerals.significant(value, digits: 10) : ""
  }

  private static func quoted(_ cell: String) -> String {
    let line = PlainText.line(cell, limit: 400)
    guard line.contains(where: { ",\"".contains($0) }) else { return line }
    return "\"" + line.replacing("\"", with: "\"\"") + "\""
  }
}
