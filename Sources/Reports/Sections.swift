import Analyses
import InteriorMDN
import Markup
import RobERt
import SpectralSensitivity
import SpectrumCompleting

/// The methods that have a section of their own on a page, one line each; the others get the generic one.
enum Sections {
  static let ofPlanets: [String: any PlanetSection.Type] = [
    InteriorMethod.description.key: InteriorSection.self
  ]
  static let ofSpectra: [String: any SpectrumSection.Type] = [
    RecognitionMethod.description.key: MoleculeSection.self,
    CompletionMethod.description.key: CompletionSection.self,
    SensitivityMethod.description.key: SensitivitySection.self,
  ]

  static func planet(_ answer: MethodAnswer) -> any PlanetSection.Type {
    ofPlanets[answer.method.key] ?? GenericSection.self
  }

  static func spectrum(_ answer: MethodAnswer) -> any SpectrumSection.Type {
    ofSpectra[answer.method.key] ?? GenericSection.self
  }
}

/// What a method says of a planet, as a part of the planet's section.
protocol PlanetSection {
  /// - Parameter id: makes ids unique on the page.
  static func markup(_ answer: MethodAnswer, of planet: PlanetAnalysis, id: String) -> Markup
  /// Columns of the table that lists several planets.
  static var overview: [OverviewColumn] { get }
  /// What the overview's columns are, as a sentence.
  static var overviewCaption: String { get }
  /// Layers of the planet's disc from the surface inwards: colour class and outer radius over the planet's.
  static func disc(_ answer: MethodAnswer) -> [(cssClass: String, radius: Double)]?
  /// How to read the section, once a page.
  static var readingAid: Markup { get }
}

/// What a method says of a spectrum.
protocol SpectrumSection {
  static func markup(_ answer: MethodAnswer, of subject: PreparedSpectrum) -> Markup
  /// A curve over the observed spectrum.
  static func overlay(_ answer: MethodAnswer) -> SpectrumOverlay?
  static var css: Markup { get }
}

extension PlanetSection {
  static var overview: [OverviewColumn] { [] }
  static var overviewCaption: String { "" }
  static func disc(_ answer: MethodAnswer) -> [(cssClass: String, radius: Double)]? { nil }
  static var readingAid: Markup { "" }
}

extension SpectrumSection {
  static func overlay(_ answer: MethodAnswer) -> SpectrumOverlay? { nil }
  static var css: Markup { "" }
}

/// A column of the table that lists several planets.
struct OverviewColumn: Sendable {
  let heading: Markup
  let cell: @Sendable (MethodAnswer) -> Markup

  init(_ heading: Markup, cell: @escaping @Sendable (MethodAnswer) -> Markup) {
    self.heading = heading
    self.cell = cell
  }
}

/// A line on the 400-bin grid, laid over an observed spectrum.
struct SpectrumOverlay {
  /// Depth at each bin; not finite where there is none.
  var depth: [Double]
  var cssClass: String
  /// An item of the figure's key.
  var key: Markup
  /// What the line is, for the figure's caption.
  var caption: String
}
