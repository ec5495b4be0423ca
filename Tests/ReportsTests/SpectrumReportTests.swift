import Analyses
import Foundation
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

  @Test("one instrument's key has its marks alone", arguments: [nil, ["A", "A", "A", "A", "A", "A"]])
  func oneInstrument(instruments: [String]?) {
    let html = SpectrumReport.html(for: Self.analysis(Self.spectrum(instruments: instruments)))
    #expect(html.contains("<path class=\"points i0\""))
    // Without errors a point is a line, in the key, too.
    #expect(html.contains("d=\"M4 7H22\"/></svg>as read</li>") && html.contains("mean in the grid’s bins"))
    #expect(html.contains("the file has no errors") && !html.contains("one standard deviation"))
  }

  @Test("axes have titles with units", arguments: [SpectrumKind.transmission, .eclipse, .stellar])
  func titles(kind: SpectrumKind) {
    var spectrum = Self.spectrum(instruments: nil)
    spectrum.kind = kind
    if kind == .stellar {
      (spectrum.unit, spectrum.value) = ("erg/s/cm2/A", (0..<6).map { 1e-14 * Double(3 + $0) })
    }
    let html = SpectrumReport.html(for: Self.analysis(spectrum))
    #expect(html.contains(">wavelength, µm</text>"))
    switch kind {
    case .transmission: #expect(html.contains(">transit depth, ppm</text>"))
    case .eclipse: #expect(html.contains(">eclipse depth, ppm</text>"))
    case .stellar: #expect(html.contains(">flux, 10⁻¹⁴ erg/s/cm2/A</text>") && html.contains(">4</text>"))
    }
  }

  @Test("no error bar is cut; a wild point is a triangle at the edge")
  func bars() throws {
    var spectrum = Self.spectrum(instruments: nil)
    (spectrum.value, spectrum.isMasked) = (
      [0.01, 0.0101, 0.0102, 0.0101, 0.01, 5], [Bool](repeating: false, count: 6)
    )
    let errors = [1e-4, 2e-4, 3e-4, 1e-4, 1e-4, 1e-4]
    (spectrum.upperError, spectrum.lowerError) = (errors, errors)
    var many = spectrum
    many.value = many.value.dropLast() + [0.0099]
    let html = SpectrumReport.html(for: Self.analysis(many))
    #expect(!html.contains("class=\"beyond\""))
    let path = try #require(html.firstMatch(of: #/<path class="points i0" d="([^"]+)"/#)?.1)
    let heights = path.matches(of: #/ (-?[0-9.]+)/#).compactMap { Double($0.1) }
    #expect(heights.count == 12 && heights.allSatisfy { (34...362).contains($0) }, "\(path)")
    let wild = SpectrumReport.html(for: Self.analysis(Self.crowd(with: 5)))
    #expect(wild.contains("class=\"beyond\"") && wild.contains("One point lies beyond the frame"))
  }

  /// Three hundred points about 1 % and another one.
  static func crowd(with wild: Double, count: Int = 300) -> Spectrum {
    let wave = (0...count).map { (1 + 0.001 * Double($0)) * 1e-6 }
    var spectrum = Spectrum(
      kind: .transmission, kindSource: "key EXOKIND", layout: "table", wavelength: wave,
      lowerEdge: wave.map { $0 - 0.0005e-6 }, upperEdge: wave.map { $0 + 0.0005e-6 }, edgesAreGiven: true,
      value: (0...count).map { 0.01 + 1e-5 * Double($0 % 10) }, upperError: nil, lowerError: nil,
      isMasked: [Bool](repeating: false, count: count + 1), unit: "ppm", errorSource: "none")
    spectrum.value[count / 2] = wild
    return spectrum
  }

  @Test("a long spectrum is an envelope that holds every point, with a gap where it has one")
  func envelope() throws {
    var spectrum = Self.crowd(with: 0.0101, count: 3000)
    for place in 1000..<1500 { spectrum.isMasked[place] = true }
    let html = SpectrumReport.html(for: Self.analysis(spectrum))
    #expect(!html.contains("<path class=\"points") && html.contains("308 steps of the axis"))
    let path = try #require(html.firstMatch(of: #/<path class="span i0" d="([^"]+)"/#)?.1)
    #expect(path.count { $0 == "Z" } == 2)
    #expect(html.utf8.count < 120_000)
  }

  /// CIELAB, as seen by eyes without one kind of cone, too: Machado, Oliveira & Fernandes 2009, severity 1.
  @Test("colours of eight instruments, means and fits differ for all eyes", arguments: [true, false])
  func colours(isLight: Bool) {
    let fixed = isLight ? ["#8a3b1e", "#1d2330"] : ["#f0a57c", "#eceef2"]
    let colours = InstrumentSpans.palette.map { isLight ? $0.light : $0.dark } + fixed
    #expect(colours.count == 10)
    let eyes: [([[Double]], Double)] = [
      ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 22),
      (
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
        ], 22
      ),
      (
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
        ], 22
      ),
      (
        [
          [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
        ], 17
      ),
    ]
    for (eye, least) in eyes {
      let seen = colours.map { Self.lab($0, eye) }
      for (first, one) in seen.enumerated() {
        for (second, other) in seen.enumerated() where second > first {
          let squares = zip(one, other).map { ($0 - $1) * ($0 - $1) }
          let distance = squares.reduce(0, +).squareRoot()
          #expect(distance > least, "\(colours[first]) \(colours[second]) \(distance)")
        }
      }
    }
  }

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).map { $0 * $1 }.reduce(0, +) }
  }

  private static func lab(_ colour: String, _ eye: [[Double]]) -> [Double] {
    let digits = Array(colour.dropFirst())
    let linear = [0, 2, 4].map { place -> Double in
      let value = Double(Int(String(digits[place...place + 1]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let seen = product(eye, linear).map { min(1, max(0, $0)) }
    let toXYZ = [
      [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883],
    ]
    let f = product(toXYZ, seen).map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  @Test("each figure stands alone as SVG, its numbers as CSV")
  func files() throws {
    let analysis = Samples.completed(Samples.fortyPoints(), Samples.completion(exoGAN: true))
    let files = FigureFile.files(of: analysis)
    #expect(
      files.map(\.name) == [
        "spectrum.svg", "spectrum.csv", "spectrum-grid.csv", "completed.svg", "completed.csv",
        "completed-residuals.csv", "posterior.svg", "posterior.csv", "exogan.svg", "exogan.csv",
      ])
    for file in files where file.name.hasSuffix(".svg") {
      #expect(file.text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"") && !file.text.contains("var("))
    }
    for file in files where file.name.hasSuffix(".csv") {
      let lines = file.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      let widths = Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count })
      #expect(lines.count > 10 && widths.count == 1, "\(file.name)")
    }
    let system = Samples.system([Samples.earthLike()])
    let drawn = FigureFile.files(of: system)
    #expect(
      drawn.contains { $0.name.hasSuffix("-cut.svg") } && drawn.contains { $0.name.hasSuffix("-draws.csv") })
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
