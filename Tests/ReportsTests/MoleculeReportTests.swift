import Analyses
import Observations
import ResultFiles
import RobERt
import TestSupport
import Testing

@testable import Reports

@Suite("Molecules in report, summary and log")
struct MoleculeReportTests {
  static func analysis(_ recognition: MoleculeRecognition?) -> SpectrumAnalysis {
    Samples.spectrum(SpectrumReportTests.spectrum(instruments: nil), recognition: recognition)
  }

  @Test("the line of the log names what is seen, with no certainty that rounding makes")
  func line() {
    #expect(
      LogLine.text(for: Self.analysis(Samples.recognition())).contains("  seen H2O >0.99,CO2 0.97  "))
    var none = Samples.recognition()
    none.molecules.removeFirst(2)
    #expect(LogLine.text(for: Self.analysis(none)).contains("  seen -  "))
    #expect(LogLine.text(for: Self.analysis(nil)).contains("  seen -  "))
  }

  @Test("text: a line a molecule, with verdict and detection limit")
  func text() {
    let text = SpectrumText.text(for: Self.analysis(Samples.recognition()))
    #expect(
      text.contains(
        """
          molecules by robert-transmission, distance 1.23 from its training, within the limit of 3:
            H2O  >0.99  seen         log10 detection limit -5.3
            CO2   0.97  seen         log10 detection limit -6.0
            CO    0.50  unclear      log10 detection limit -3.0
            Na    0.31  cannot tell  no plausible amount would show
            CH4  <0.01  not seen     log10 detection limit -6.5

        """), "\(text)")
    #expect(text.contains("  A remark of the network.\n"))
    var outside = Samples.recognition(inDomain: false)
    let deep = SpectrumText.text(for: Self.analysis(outside))
    #expect(deep.contains("outside its training: no such coverage, depth or contrast; distance 1.23"))
    outside.distance = 5
    let odd = SpectrumText.text(for: Self.analysis(outside))
    #expect(odd.contains("outside its training: distance 5, limit 3"))
    #expect(!SpectrumText.text(for: Self.analysis(nil)).contains("molecules"))
  }

  @Test("summary.json: null where there is no detection limit or no distance")
  func json() {
    var recognition = Samples.recognition()
    recognition.distance = .nan
    let line = SpectrumJSON.document(for: Self.analysis(recognition)).line
    #expect(
      line.contains(
        #"{"name":"Na", "probability":0.31, "detectable":false, "logDetectionLimit":null, "verdict":"cannot-tell", "basis":"network", "networkProbability":0.31, "significance":null, "logBayesFactor":null, "bayesFactorIsLeast":false, "logUpperLimit":null, "logDetectionLimitAbove":null, "detectionLimitIsMost":false, "standIn":"none"}"#
      ),
      "\(line)")
    #expect(
      line.contains(
        #""recognition":{"model":"robert-transmission", "inDomain":true, "distance":null, "distanceLimit":3.0}"#
      ))
    #expect(
      SpectrumJSON.document(for: Self.analysis(nil)).line.contains(#""molecules":[], "recognition":null"#))
  }

  @Test("report: a bar of each verdict's class, as long as the probability, and a row with the limit")
  func report() {
    let html = SpectrumReport.html(for: Self.analysis(Samples.recognition()))
    for word in ["seen", "not-seen", "unclear", "cannot-tell"] {
      #expect(html.contains("<rect class=\"bar \(word)\""), "\(word)")
    }
    // Half of the 340 units that stand for 1.
    #expect(html.contains("<rect class=\"bar unclear\" x=\"84\" y=\"72\" width=\"170\" height=\"18\"/>"))
    #expect(html.contains("0.31 cannot tell</text>"))
    #expect(html.contains("H2O &gt;0.99, seen; CO2 0.97, seen; CO 0.50, unclear; Na 0.31, cannot tell;"))
    #expect(
      html.contains("<th scope=\"row\">H₂O</th><td>&gt;0.99</td><td class=\"words\">seen</td><td>−5.3</td>"))
    #expect(html.contains("<td class=\"words\">cannot tell</td><td>none</td>"))
    #expect(html.contains("<dt><code>errors-estimated</code></dt>"))
    let without = SpectrumReport.html(for: Self.analysis(nil))
    for word in ["<rect class=\"bar", "Molecules</h2>", "class=\"dream\"", "Dashed line"] {
      #expect(!without.contains(word), "\(word)")
    }
  }

  @Test("where a posterior decides its numbers stand beside the network's")
  func weighed() {
    let recognition = Samples.recognition().weighed(
      by: AtmosphericEvidence(
        network: "completion-transmission", isExplained: true,
        molecules: [
          .init(
            formula: "CO", probability: 0.97, significance: 5.5, logBayesFactor: 4.26,
            isLeastBayesFactor: true,
            logUpperLimit: -2.31, logDetectionLimit: -4.2, logDetectionLimitAbove: -3, standIn: "PH3")
        ]))
    let analysis = Self.analysis(recognition)
    let text = SpectrumText.text(for: analysis)
    #expect(
      text.contains(
        "  CO    0.97  seen         log10 detection limit -4.2      posterior, ln B > 4.3, log10 below -2.3, network 0.50, or PH3\n"
      ),
      "\(text)")
    #expect(text.contains("  CO2   0.97  unclear      log10 detection limit -6.0\n"))
    #expect(
      SpectrumJSON.document(for: analysis).line.contains(
        #""basis":"posterior", "networkProbability":0.5, "significance":5.5, "logBayesFactor":4.26, "bayesFactorIsLeast":true, "logUpperLimit":-2.31, "logDetectionLimitAbove":-3.0, "detectionLimitIsMost":false, "standIn":"PH3"}"#
      ))
    let html = SpectrumReport.html(for: analysis)
    #expect(html.contains("<td>−4.2</td><td>−2.3</td><td>&gt; 4.3</td><td>0.50</td>"))
    #expect(html.contains("seen, or PH₃</td>"))
    #expect(html.contains("How to read this: the probability"))
    #expect(LogLine.text(for: analysis).contains("seen CO 0.97"))
  }

  @Test("a limit at the end of what was tried is that or less")
  func edge() {
    var recognition = Samples.recognition()
    recognition.molecules[0].detectionLimitIsMost = true
    let analysis = Self.analysis(recognition)
    #expect(
      SpectrumText.text(for: analysis).contains("  H2O  >0.99  seen         log10 detection limit <= -5.3\n"))
    #expect(SpectrumReport.html(for: analysis).contains("<td>≤ −5.3</td>"))
  }

  @Test("the dream is drawn over the shown wavelengths alone, with a key and a caption")
  func dream() throws {
    let html = SpectrumReport.html(for: Self.analysis(Samples.recognition()))
    #expect(html.contains("<path class=\"dream\" d=\"M1 7H25\"/></svg>dream of H₂O</li>"))
    #expect(html.contains("the network’s dream of H₂O, its most probable molecule here (seen)"))
    let start = try #require(html.range(of: "<path class=\"dream\" clip-path=\"url(#plot)\" d=\""))
    let path = html[start.upperBound...].prefix { $0 != "\"" }
    let places = path.split { "ML".contains($0) }.compactMap { Double($0.split(separator: " ")[0]) }
    // The figure shows 0.95 to 1.55 um.
    let shown = SpectralGrid.standard.wavelengths.filter { (0.95e-6...1.55e-6).contains($0) }.count
    #expect(places.count == shown && places == places.sorted())
    #expect(places.allSatisfy { (92...708).contains($0) })
  }

  @Test("too little to recognise: no chart, but flag and remark")
  func nothingToTell() {
    let recognition = MoleculeRecognition(
      model: "robert-transmission", modelHash: "00", molecules: [], inDomain: false, distance: .nan,
      distanceLimit: 3, dream: nil, flags: [.tooFewBins], remarks: ["Too few."])
    let analysis = Self.analysis(recognition)
    let html = SpectrumReport.html(for: analysis)
    #expect(!html.contains("Molecules</h2>") && html.contains("<li>Too few.</li>"))
    #expect(html.contains(Flag.tooFewBins.meaning))
    #expect(!SpectrumText.text(for: analysis).contains("molecules by"))
  }
}
