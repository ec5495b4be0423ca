import Analyses
import FITSFiles
import JSONText
import Observations
import SpectrumCompleting
import TestSupport
import Testing

@testable import ResultFiles

@Suite("What completing a spectrum found, in files and lines")
struct CompletionResultTests {
  static let whole = Samples.completed(Samples.fortyPoints(), Samples.completion(exoGAN: true))
  /// Too few effective samples: nothing but their number.
  static var withheld: SpectrumAnalysis {
    var atmosphere = Samples.completion(flags: [.effectiveSampleTooSmall], effectiveSampleSize: 12)
    (atmosphere.band, atmosphere.parameters) = (nil, [])
    atmosphere.samples = .init(keys: [], rows: [], weights: [])
    return Samples.completed(Samples.fortyPoints(), atmosphere)
  }

  @Test("FITS: the spectrum on 400 bins, weighted samples by name, posteriors, ExoGAN and its pictures")
  func fits() throws {
    let file = try FITSFile(SpectrumFITS.bytes(for: Self.whole))
    #expect(
      file.units.map(\.name).dropFirst(3) == ["COMPLETION", "PARAMETERS", "EXOGAN", "ASPA", "POSTERIOR"])
    let completion = try file.table("COMPLETION")
    #expect(completion.rowCount == 400)
    #expect(completion["WAVELENGTH"]?.unit == "um" && completion["WAVELENGTH"]?.doubles?[0] ?? 0 < 0.31)
    #expect(completion["MEAN"]?.doubles?[20] == 0.01 && completion["P84"]?.doubles?[20] == 0.01002)
    let observed = Self.whole.subject.resampled.isObserved
    #expect(completion["OBSERVED"]?.values == .logical(observed) && observed.contains(true))
    #expect(completion.header.number("EXOESS") == 812 && completion.header.text("EXOSPACE") == "transmission")
    #expect(completion.header.number("EXONPTS") == 40)
    let samples = try file.table("PARAMETERS")
    #expect(samples.rowCount == 400)
    let weights = try #require(samples["WEIGHT"]?.doubles)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-9)
    #expect(samples["TEMPERATURE"]?.unit == "K" && samples["PLANETMASS"]?.unit == "")
    #expect(samples["CLOUDTOP"]?.doubles?.allSatisfy(\.isNaN) == true)
    let posteriors = try file.table("POSTERIOR")
    #expect(
      posteriors["NAME"]?.values
        == .text(["log10H2O", "log10CO", "planetMass", "planetRadius", "temperature"]))
    #expect(posteriors["P50"]?.doubles?[0] == Self.posterior("log10H2O")?.p50)
    let exoGAN = try file.table("EXOGAN")
    #expect(
      exoGAN["NAME"]?.values == .text(Self.exoGANNames) && exoGAN.header.text("EXOGMOD") == "exogan-2018")
    // 1.4 Jupiter masses of the published code.
    #expect(abs((exoGAN["P50"]?.doubles?[0] ?? 0) - 1.4 * 1.898e27 / 5.9722e24) < 0.1)
    let pictures = try file.table("ASPA")
    #expect(pictures.rowCount == 33 && pictures["MASKED"]?.width == 33)
    // Row 32 holds the temperature, which ExoGAN was not shown.
    #expect(pictures["BEFORE"]?.doubles?[32 * 33] == 1100 / 2000.0)
    #expect(pictures["MASKED"]?.doubles?[32 * 33] == -1)
    try file.close()
  }

  static let exoGANNames = [
    "planetMass", "planetRadius", "temperature", "log10H2O", "log10CO", "log10CO2", "log10CH4",
  ]

  static func posterior(_ key: String) -> Posterior? {
    (whole.answers[0].findings[0].detail as? CompletedAtmosphere)?.posterior(key)
  }

  @Test("JSON: all of it in the summary, in the log's line all but the long tables")
  func json() throws {
    let document = SpectrumJSON.document(for: Self.whole)
    let spectrum = try #require(document["spectrum"])
    #expect(spectrum["completedSpectrum"]?.elements?.count == 400)
    #expect(spectrum["samples"]?.elements?.count == 400 && spectrum["aspa"]?.elements?.count == 33)
    #expect(document.text(.compact).contains("\"cloudTop\":null"))
    let completion = try #require(spectrum["completion"])
    #expect(completion["effectiveSampleSize"]?.number == 812 && completion["space"]?.string == "transmission")
    #expect(completion["outputs"]?["log10H2O"]?["p84"]?.number == Self.posterior("log10H2O")?.p84)
    #expect(completion["outputs"]?["cloudTop"] == nil && completion["seconds"] == nil)
    let line = try JSON(parsing: Array(SpectrumJSON.line(for: Self.whole).utf8))
    #expect(line["spectrum"]?["completion"]?["outputs"]?["log10H2O"] != nil)
    for table in ["completedSpectrum", "samples", "aspa"] { #expect(line["spectrum"]?[table] == nil) }
    #expect(line["spectrum"]?["exogan"]?.elements?.count == 7)
  }

  @Test("the log's line and the text name the gases that the data tell, temperature and effective samples")
  func lines() throws {
    let line = LogLine.text(for: Self.whole)
    #expect(
      line.contains(#/  H2O -3\.4 \+- 0\.3, T 11\d\d (\+- \d+|\+\d+ -\d+) K, ESS 812  -/#), "\(line)")
    let text = SpectrumText.text(for: Self.whole)
    #expect(text.contains("log10CO ") && text.contains("planetMass, M_J"))
  }

  @Test("numbers that are withheld stand nowhere")
  func withheldNumbers() throws {
    #expect(LogLine.text(for: Self.withheld).contains("  retrieved -  effective-sample-too-small"))
    let completion = try #require(SpectrumJSON.document(for: Self.withheld)["spectrum"]?["completion"])
    #expect(completion["outputs"] == .object([]) && completion["effectiveSampleSize"]?.number == 12)
    #expect(completion["inDomain"]?.bool == false)
    let file = try FITSFile(SpectrumFITS.bytes(for: Self.withheld))
    let rows = try ["COMPLETION", "PARAMETERS"].map { try file.table($0).rowCount }
    #expect(rows == [0, 0] && !file.units.map(\.name).contains("POSTERIOR"))
    try file.close()
  }

  @Test("the schema lets a summary lack what is out of play, and asks for the rest")
  func schema() throws {
    let schema = ResultSchema(planetMethods: [], spectrumMethods: [CompletionMethod.description])
    let text = try #require(schema.files.first { $0.name == "summary.schema.json" }).text
    let required = try #require(
      try JSON(parsing: Array(text.utf8))["properties"]?["spectrum"]?["required"]?.elements)
    #expect(required.contains(.string("kind")) && !required.contains(.string("completion")))
    #expect(!required.contains(.string("samples")))
  }

  @Test("gases of hot atmospheres and all keys are described once, with units that programs know")
  func keys() {
    let keys = CompletedParameter.all.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(keys.prefix(4) == ["log10H2O", "log10CO", "log10CO2", "log10CH4"])
    #expect(CompletedParameter.all.first { $0.key == "log10H-" }?.gas == "H-")
    #expect(CompletedParameter.all.first { $0.key == "log10Haze" }?.gas == nil)
  }
}
