import Analyses
import Observations
import ResultFiles
import TestSupport
import Testing
import Units

@testable import Reports

@Suite("Report and summary of a spectrum")
struct SpectrumReportTests {
  static func spectrum(instruments: [String]?) -> Spectrum {
    let wave = (0..<6).map { (1 + 0.1 * Double($0)) * 1e-6 }
    var spectrum = Spectrum(
      kind: .transmission, kindSource: "key EXOKIND", layout: "table", wavelength: wave,
      lowerEdge: wave.map { $0 - 0.05e-6 }, upperEdge: wave.map { $0 + 0.05e-6 }, edgesAreGiven: true,
      value: wave.map { _ in 0.01 }, upperError: nil, lowerError: nil,
      isMasked: [false, false, false, false, false, true], unit: "ppm", errorSource: "none")
    spectrum.instruments = instruments
    return spectrum
  }

  static func analysis(_ spectrum: Spectrum, _ context: SpectrumContext? = nil) -> SpectrumAnalysis {
    Samples.spectrum(spectrum, context: context)
  }

  @Test("each instrument has a colour, a range and a number of usable points")
  func instruments() {
    let html = SpectrumReport.html(
      for: Self.analysis(Self.spectrum(instruments: ["NIRISS", "NIRISS", "<b>", "<b>", "<b>", "<b>"])))
    #expect(html.contains("<path class=\"points i0\"") && html.contains("<path class=\"points i1\""))
    #expect(!html.contains("<path class=\"points i2\""))
    #expect(html.contains("<bdi>NIRISS</bdi>: 2 points, 1 to 1.1 µm"))
    #expect(html.contains("<bdi>&lt;b&gt;</bdi>: 3 points, 1.2 to 1.4 µm"))
  }

  @Test("one instrument needs no key", arguments: [nil, ["A", "A", "A", "A", "A", "A"]])
  func oneInstrument(instruments: [String]?) {
    let html = SpectrumReport.html(for: Self.analysis(Self.spectrum(instruments: instruments)))
    #expect(html.contains("<path class=\"points i0\"") && !html.contains("<ul class=\"instruments\""))
  }

  @Test("upper and lower errors of star and planet stand on their sides")
  func unequalErrors() {
    var context = SpectrumContext()
    var planet = Planet(names: ["A b"])
    planet.mass = Measurement(
      value: Mass(earthMasses: 5), upperError: Mass(earthMasses: 0.4), lowerError: Mass(earthMasses: 0.3))
    planet.radius = Measurement(
      value: Length(earthRadii: 1.6), upperError: Length(earthRadii: 0.12),
      lowerError: Length(earthRadii: 0.2))
    planet.temperature = Measurement(
      value: Temperature(kelvins: 900), upperError: Temperature(kelvins: 30),
      lowerError: Temperature(kelvins: 50))
    var star = Star(names: ["A"])
    star.radius = Measurement(
      value: Length(solarRadii: 0.5), upperError: Length(solarRadii: 0.02),
      lowerError: Length(solarRadii: 0.03))
    star.temperature = Measurement(
      value: Temperature(kelvins: 3800), upperError: Temperature(kelvins: 70),
      lowerError: Temperature(kelvins: 90))
    context.record = .init(file: "a.xml", matchedName: "A b", planet: "A b", star: "A")
    context.take(planet: planet, host: .star(star))
    #expect(
      SpectrumText.text(for: Self.analysis(Self.spectrum(instruments: nil), context)).contains(
        "\n  star R_sun 0.500 +0.020 -0.030  K 3800 +70 -90  planet M_E 5.00 +0.40 -0.30  R_E 1.60 +0.12 -0.20  "
          + "K 900 +30 -50 (a.xml)\n"))
  }

  @Test("star and planet, each with who says it; nothing where nothing is known")
  func context() {
    let nothing = Self.analysis(Self.spectrum(instruments: nil))
    #expect(!SpectrumReport.html(for: nothing).contains("Star and planet"))
    #expect(SpectrumJSON.document(for: nothing).line.contains("\"context\":null"))
    var context = SpectrumContext()
    var planet = Planet(names: ["A b"])
    planet.mass = Measurement(value: Mass(earthMasses: 5))
    planet.massIsMinimum = true
    context.record = .init(file: "a&b.xml", matchedName: "A b", planet: "A b", star: "A")
    context.take(planet: planet, host: .none)
    context.take(starRadiusOfInput: 0.5)
    let analysis = Self.analysis(Self.spectrum(instruments: nil), context)
    let html = SpectrumReport.html(for: analysis)
    #expect(html.contains("<dt>Star’s radius</dt><dd>0.5 R☉ <small>(<bdi>the spectrum’s file</bdi>)"))
    #expect(html.contains("<dt>Planet’s mass</dt><dd>&gt;\u{2009}5 M⊕ <small>(<bdi>a&amp;b.xml</bdi>)"))
    #expect(SpectrumText.text(for: analysis).contains("star R_sun 0.5  planet M_E >5 (a&b.xml)"))
    #expect(SpectrumJSON.document(for: analysis).line.contains("\"planetMassIsMinimum\":true"))
  }
}
