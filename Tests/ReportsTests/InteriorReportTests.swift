import Analyses
import Foundation
import InteriorMDN
import Observations
import TestSupport
import Testing
import Units

@testable import Reports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SystemReportTests {
  static let systems: [SystemAnalysis] = [
    Samples.system([]), Samples.system([Samples.earthLike()]), Samples.system([Samples.massOnly()]),
    Samples.system((1...9).map { $0 == 4 ? Samples.massOnly() : Samples.earthLike(name: "Sample \($0)") }),
  ]

  /// The page is written so that it is XML too: a parser then finds what a browser would forgive.
  @Test(arguments: systems) func thePageIsWellFormed(system: SystemAnalysis) {
    let page = Page(SystemReport.html(for: system))
    #expect(page.error == nil)
    #expect(page.count(of: "section") == system.planets.count)
    #expect(page.ids.count == Set(page.ids).count)
    #expect(page.danglingReferences.isEmpty)
  }

  @Test(arguments: systems) func nothingIsFetchedOrRun(system: SystemAnalysis) {
    let html = SystemReport.html(for: system)
    for forbidden in ["<script", "http:", "https:", "src=", "@import", "url(", "<link", "onload"] {
      #expect(!html.contains(forbidden))
    }
  }

  @Test func strangersTextStaysText() {
    let hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=y>&\u{0}"
    var planet = Samples.earthLike(name: hostile, aliases: [hostile])
    planet.remarks = [hostile]
    planet.flags = [Flag(hostile, place: 0, hostile)]
    planet.interiors[0].remarks = [hostile]
    planet.interiors[0].model = hostile
    planet.interiors[2].remarks = [hostile]
    planet.derived.equilibriumTemperatureSource = hostile
    var system = Samples.system([planet, planet], names: [hostile])
    system.remarks = [hostile]
    system.provenance.inputName = hostile
    system.provenance.networks = [NetworkIdentity(name: hostile, sha256: hostile)]
    system.provenance.exospoolVersion = hostile
    let html = SystemReport.html(for: system)
    #expect(Page(html).error == nil)
    #expect(!html.contains("<script") && !html.contains("<img"))
  }

  @Test func everyImageHasTitleAndDescription() {
    let page = Page(SystemReport.html(for: Self.systems[1]))
    #expect(page.images == 16)
    #expect(page.count(of: "desc") == page.images)
  }

  @Test func outOfDomainIsASentenceNotANumber() {
    let html = SystemReport.html(for: Samples.system([Samples.massOnly()]))
    #expect(html.contains("none with an interior that the models can tell"))
    #expect(html.contains("The model rocky-A needs a Love number."))
    #expect(html.contains("Line 12: the record has no radius."))
    #expect(html.contains(Flag.massIsMinimum.meaning))
    #expect(!html.contains("class=\"marginals\""))
  }

  @Test func twoKindsOfPlanetAreSaidToAnswer() {
    var planet = Samples.earthLike()
    let words = "Both answer; by what they differ the record cannot tell."
    #expect(!SystemReport.html(for: Samples.system([planet])).contains(words))
    planet.interiors[0].model = "giant"
    #expect(SystemReport.html(for: Samples.system([planet])).contains(words))
    planet.interiors[1].inDomain = false
    #expect(!SystemReport.html(for: Samples.system([planet])).contains(words))
  }

  @Test func flagsAreListedOnceInTheirPlace() {
    var planet = Samples.earthLike()
    planet.flags = [.planetRetracted, .massIsMinimum]
    planet.interiors[0].flags = [.massIsMinimum, .domainEdge]
    let html = SystemReport.html(for: Samples.system([planet]))
    let listed = html.matches(of: #/<dt><code>([a-z0-9-]+)<\/code><\/dt>/#).map { String($0.1) }
    #expect(listed == ["mass-is-minimum", "domain-edge", "love-number-missing", "planet-retracted"])
  }

  @Test func theSameAnalysisGivesTheSameBytes() {
    let system = Self.systems[3]
    #expect(SystemReport.html(for: system) == SystemReport.html(for: system))
  }

  @Test func valuesThatAreNotFiniteAreLeftOut() {
    var planet = Samples.earthLike()
    planet.interiors[0].outputs[.cmbPressure]?.p84 = .nan
    planet.interiors[1].outputs[.waterMassFraction]?.mean = .infinity
    planet.planet.radius?.value = Length(earthRadii: .nan)
    let html = SystemReport.html(for: Samples.system([planet, planet]))
    #expect(Page(html).error == nil)
    #expect(!html.contains("Pressure, core–mantle boundary of"))
  }

  @Test func aModelWithoutDrawsStillShowsItsIntervals() {
    var planet = Samples.earthLike()
    planet.interiors[0].draws = [:]
    let html = SystemReport.html(for: Samples.system([planet]))
    #expect(Page(html).error == nil)
    #expect(html.contains("class=\"line68\""))
  }

  @Test func tenToTheAnythingDoesNotTrap() {
    for value in [1e-300, 1e-30, 1e20, 1e300, -5] {
      var planet = Samples.earthLike()
      planet.planet.radius?.value = Length(earthRadii: value)
      let posterior = Posterior(
        mean: value, sd: 0, p025: value, p16: value, p50: value, p84: value, p975: value)
      for index in 0...1 {
        for quantity in planet.interiors[index].outputs.keys {
          planet.interiors[index].outputs[quantity] = posterior
        }
      }
      #expect(Page(SystemReport.html(for: Samples.system([planet, planet]))).error == nil)
    }
  }
}

/// What the tests ask of a page, by way of an XML parser.
final class Page: NSObject, XMLParserDelegate {
  private(set) var error: (any Error)?
  private(set) var ids: [String] = []
  private(set) var images = 0
  private var references: [String] = []
  private var elements: [String: Int] = [:]

  init(_ html: String) {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError ?? CocoaError(.coderReadCorrupt) }
  }

  func count(of element: String) -> Int { elements[element] ?? 0 }
  var danglingReferences: Set<String> { Set(references).subtracting(ids) }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { ids.append(id) }
    if attributes["role"] == "img" { images += 1 }
    if let labels = attributes["aria-labelledby"] {
      references += labels.split(separator: " ").map(String.init)
    }
    if let link = attributes["href"], link.hasPrefix("#") { references.append(String(link.dropFirst())) }
  }
}

@Suite struct PortraitFigureTests {
  @Test func everyPlanetWithAnInteriorIsDrawnOnce() {
    let systems = [
      Samples.system([Samples.earthLike(name: "a<b"), Samples.massOnly()]),
      Samples.system((1...8).map { Samples.earthLike(name: "Sample \($0)") }),
    ]
    let svg = PortraitFigure.svg(for: systems)
    let page = Page(svg)
    #expect(page.error == nil)
    #expect(svg.matches(of: #/class="name"/#).count == 9)
    #expect(svg.contains("a&lt;b"))
    #expect(!svg.contains("url(") && !svg.contains("href"))
  }

  @Test func noPlanetsGiveAnEmptyImage() {
    #expect(Page(PortraitFigure.svg(for: [])).error == nil)
    #expect(Page(PortraitFigure.svg(for: [Samples.system([Samples.massOnly()])])).error == nil)
  }
}
