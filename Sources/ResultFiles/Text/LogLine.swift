package import Analyses
import Observations
import PlainText
import Units

/// One line a planet or spectrum for `log/results.log`. The service adds the time. A column without a value holds `-`.
package enum LogLine {
  /// Planet, mass (Earth masses), radius (Earth radii), what each method has to say, flags.
  package static func text(for analysis: PlanetAnalysis) -> String {
    let planet = analysis.planet
    let mass = ValueText(planet.mass, isMinimum: planet.massIsMinimum) { $0.earthMasses }
    let radius = ValueText(planet.radius) { $0.earthRadii }
    return joined(
      [
        PlainText.padded(PlainText.line(planet.name), to: 20),
        PlainText.padded("M_E \(mass?.plain ?? "-")", to: 26),
        PlainText.padded("R_E \(radius?.plain ?? "-")", to: 26),
      ], analysis.answers, analysis.spokenFlags)
  }

  /// Object, kind, range, points, coverage of the grid, layout, what each method has to say, flags.
  package static func text(for analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    let low = Numerals.significant((spectrum.wavelength.first ?? .nan) * 1e6, digits: 4)
    let high = Numerals.significant((spectrum.wavelength.last ?? .nan) * 1e6, digits: 4)
    let coverage = Numerals.fixed(analysis.subject.resampled.gridCoverage * 100, decimals: 1)
    return joined(
      [
        PlainText.padded(PlainText.line(spectrum.object ?? analysis.provenance.inputName), to: 20),
        PlainText.padded(spectrum.kind.rawValue, to: 12),
        PlainText.padded("um \(low)-\(high)", to: 18),
        PlainText.padded("points \(spectrum.count)", to: 14),
        PlainText.padded("grid% \(coverage)", to: 11),
        PlainText.line(spectrum.layout, limit: 30),
      ], analysis.answers, analysis.flags)
  }

  private static func joined(_ subject: [String], _ answers: [MethodAnswer], _ flags: [Flag]) -> String {
    let marks = flags.isEmpty ? "-" : flags.names.map { PlainText.line($0) }.joined(separator: ",")
    return (subject + answers.map(\.digest) + [marks]).joined(separator: "  ")
  }
}
