import Analyses
import Observations
import SpectralSensitivity
import TestSupport
import Testing

@testable import Reports

@Suite("Section of what answers rest on")
struct SensitivityReportTests {
  /// Of the tiny networks, at an atmosphere of no posterior.
  private static func traced() throws -> SpectrumSensitivity {
    let models = SensitivityModelSet(
      SensitivityArchitecture.Kind.allCases.map { (TinySensitivity.model($0), "0") })
    let completion = TinySensitivity.completion
    let observation = TinySensitivity.observation()
    let middles = completion.space.variables.map { 0.5 * ($0.range.lowerBound + $0.range.upperBound) }
    let keys =
      ["planetMass", "planetRadius", "temperature"] + completion.space.variables.dropFirst(3).map(\.key)
    let centre = PosteriorCentre(
      keys: keys, rows: [[1e27, 7e7, 1200] + middles.dropFirst(3)], weights: [1], observation,
      completion.space)
    #expect(centre != nil)
    return try SpectrumSensitivity(
      of: observation, by: models, completion: completion, centre: centre,
      posteriors: [
        "log10H2O": Posterior(mean: -3, sd: 0.1, p025: -3.2, p16: -3.1, p50: -3, p84: -2.9, p975: -2.8)
      ], seed: 1)
  }

  private static func analysis(_ traced: SpectrumSensitivity) -> SpectrumAnalysis {
    let answer = MethodAnswer(
      method: SensitivityMethod.description,
      findings: [Finding(traced, network: NetworkIdentity(name: "sensitivity-transmission-mlp", sha256: "0"))]
    )
    return SpectrumAnalysis(
      of: PreparedSpectrum(Samples.fortyPoints()), answers: [answer],
      provenance: Provenance(
        inputName: "x.fits", inputSHA256: "00", exospoolVersion: "1", networks: [], seed: 0))
  }

  private static func html(_ traced: SpectrumSensitivity) -> String {
    SpectrumReport.html(for: analysis(traced))
  }

  @Test("a row a parameter, marks of bands and of the optimal retrieval, and a column a network")
  func whole() throws {
    let traced = try Self.traced()
    let html = Self.html(traced)
    for part in [
      "What the answers rest on", "H₂O</text>", "Cloud top</text>", ">MLP</th>", ">CNN</th>", ">LSTM</th>",
      " best\"", "How to read this",
    ] { #expect(html.contains(part), "\(part)") }
    let cells = html.split(separator: "<rect class=\"s").count - 1
    #expect(cells == 9 * traced.groups.groups.count)
    // Each row has its darkest.
    #expect(html.split(separator: "class=\"s8").count - 1 >= 9)
    #expect(html == Self.html(try Self.traced()))
  }

  @Test("an answer far from the posterior is flagged, with the parameter and the distance")
  func disagreement() throws {
    let traced = try Self.traced()
    // Networks without training know nothing of water at 1e-3 +- 0.1; how far they are decides.
    for one in traced.disagreements {
      #expect(one.distance > SpectrumSensitivity.largestDistance)
      #expect(traced.parameters[one.parameter].key == "log10H2O")
    }
    #expect(traced.flags.contains(.networksDisagree) == !traced.disagreements.isEmpty)
  }

  @Test("the drawing stands alone, and its numbers beside it")
  func files() throws {
    let traced = try Self.traced()
    let files = FigureFile.files(of: Self.analysis(traced))
    let drawing = try #require(files.first { $0.name == "sensitivity.svg" }).text
    #expect(drawing.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sensitivity\""))
    #expect(!drawing.contains("var(") && drawing.contains("svg.sensitivity"))
    let lines = try #require(files.first { $0.name == "sensitivity.csv" }).text.split(separator: "\n")
      .dropFirst()
    #expect(lines.first?.hasPrefix("wave_min_um,wave_max_um,log10H2O,") == true)
    #expect(lines.count == traced.groups.groups.count + 1)
    #expect(Set(lines.map { $0.split(separator: ",").count }) == [2 + 2 * traced.parameters.count])
  }

  @Test("what could not be traced has a sentence and no figure")
  func untraced() {
    let traced = SpectrumSensitivity(
      untraced: "Why not.", parameters: SensitivityParameter.all(TinySensitivity.completion.space))
    let html = Self.html(traced)
    #expect(html.contains("Why not.") && html.contains("sensitivity-not-traced"))
    #expect(!html.contains("<rect class=\"s") && !html.contains("How to read this: three networks"))
  }
}
