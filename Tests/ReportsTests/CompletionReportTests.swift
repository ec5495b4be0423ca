import Analyses
import SpectrumCompleting
import TestSupport
import Testing

@testable import Reports

@Suite("Section of a completed spectrum")
struct CompletionReportTests {
  static func html(_ atmosphere: CompletedAtmosphere?) -> String {
    SpectrumReport.html(for: Samples.completed(Samples.fortyPoints(), atmosphere))
  }

  @Test("band, residuals, corner of what the data tell, numbers and how to read them")
  func whole() {
    let html = Self.html(Samples.completion())
    for part in [
      "<h2>Atmosphere</h2>", "<path class=\"band\" d=\"M", "<path class=\"completed\"",
      "Parameters two by two", "log H₂O", "Least χ²", "38.5 of 40 points", "worth 812 independent",
      "enough for medians and for 16 and 84 %", "the fit is as good as the errors let expect",
    ] { #expect(html.contains(part), "\(part)") }
    // Four of five are told: four histograms, six pairs.
    #expect(html.split(separator: "class=\"frame\"").count - 1 == 10)
    #expect(!html.contains("ExoGAN beside it"))
    #expect(html == Self.html(Samples.completion()))
  }

  @Test("ExoGAN's answer and pictures stand beside the posterior")
  func reference() {
    let html = Self.html(Samples.completion(exoGAN: true))
    for part in [
      "ExoGAN beside it", "<path class=\"exogan\"", ">before</text>", ">masked</text>", ">completed</text>",
      "<code>exogan-2018</code>", "neither is measured",
    ] { #expect(html.contains(part), "\(part)") }
    #expect(html.utf8.count < 250_000, "\(html.utf8.count)")
  }

  @Test("where numbers are withheld there is no figure of them")
  func withheld() {
    var atmosphere = Samples.completion(flags: [.effectiveSampleTooSmall], effectiveSampleSize: 12)
    (atmosphere.band, atmosphere.parameters) = (nil, [])
    atmosphere.samples = .init(keys: [], rows: [], weights: [])
    let html = Self.html(atmosphere)
    #expect(html.contains("too few for any numbers") && html.contains("effective-sample-too-small"))
    #expect(!html.contains("<path class=\"band\"") && !html.contains("Parameters two by two"))
    #expect(!html.contains("log H₂O"))
  }

  @Test("without a finding there is no section")
  func silence() { #expect(!Self.html(nil).contains("<h2>Atmosphere</h2>")) }

}
