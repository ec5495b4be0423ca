import InteriorMDN
import Observations
import PlainText
import TestSupport
import Testing

@testable import ResultFiles

@Suite struct TextReportTests {
  @Test func everyOutputHasItsRow() throws {
    let text = SystemText.text(for: Samples.system([Samples.earthLike()], names: ["Sample"]))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first == "Sample: 1 planet")
    #expect(
      lines.contains { $0.contains("M 1.000 +0.012 -0.010 M_E   R 1.000 +-0.010 R_E   T_eq 255.0 +-3.0 K") })
    let row = try #require(lines.first { $0.contains("CMB pressure, GPa") })
    let posterior = try #require(Samples.rocky().outputs[.cmbPressure])
    #expect(row.contains(Numerals.fixed(posterior.p50, decimals: 1)))
    #expect(lines.count { $0.contains("% of radius") } == 3 + 4)
    #expect(text.contains("  rocky-B: no numbers\n"))
    #expect(text.contains("The model rocky-B needs a Love number."))
  }

  @Test func namesCannotDriveTheTerminal() {
    var planet = Samples.earthLike(name: "\u{1B}]0;owned\u{7}\r\nb")
    planet.remarks = ["a\u{1B}[31mb"]
    planet.interiors[0].model = "x\ny"
    let text = SystemText.text(for: Samples.system([planet], names: ["\u{9B}31m"]))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(text.contains("?]0;owned???b"))
  }

  @Test func sparklinesShowTheShape() {
    let posterior = Posterior(mean: 0.5, sd: 0.3, p025: 0, p16: 0.1, p50: 0.5, p84: 0.9, p975: 1)
    let marginal = Marginal(of: posterior, draws: [0.1, 0.6, 0.6, 0.6, 0.9, 0.9], isFraction: true)
    #expect(marginal.sparkline(width: 4) == "▃ █▆")
  }

  @Test func histogramsCountEveryDrawInRangeOnce() {
    let posterior = Posterior(mean: 0.5, sd: 0.3, p025: 0, p16: 0.1, p50: 0.5, p84: 0.9, p975: 1)
    let marginal = Marginal(of: posterior, draws: [0, 0.1, 0.5, 0.99, 1, -0.1, 1.1, .nan], isFraction: true)
    #expect(marginal.range == 0...1)
    #expect(marginal.histogram(bins: 4) == [2, 0, 1, 2])
  }
}
