package import Analyses
import Markup
import Observations
import PlainText

/// `report.html` of a spectrum: one self-contained page, with no script and nothing to fetch.
package enum SpectrumReport {
  /// A whole HTML document. The same analysis gives the same bytes.
  package static func html(for analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    let title = spectrum.object ?? analysis.provenance.inputName
    let sections = analysis.answers.map(Sections.spectrum)
    let overlays = zip(sections, analysis.answers).compactMap { $0.overlay($1) }
    let document: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title): spectrum</title>
      <style>
      \(ReportStyle.css)
      \(SpectrumFigure.css)
      \(InstrumentSpans.css)
      \(sections.map { $0.css }.joined(separator: "\n"))
      </style>
      </head>
      <body>
      <main>
      <header>
      <p class="eyebrow">\(eyebrow(spectrum.kind))</p>
      <h1><bdi>\(title)</bdi></h1>
      <p class="lead">\(lead(analysis))</p>
      </header>
      <section class="planet spectrum">
      \(SpectrumFigure(of: analysis.subject, overlays: overlays).markup)\
      \(zip(sections, analysis.answers).map { $0.markup($1, of: analysis.subject) })\
      \(facts(analysis))\
      \(ContextSection.markup(analysis.subject.context))\
      \(NoteList(flags: analysis.flags, remarks: analysis.remarks + spectrum.assumptions).markup)</section>
      \(FlagList.section(analysis.flags))\
      \(SystemReport.provenance(analysis.provenance, analysis.answers))</main>
      </body>
      </html>

      """
    return document.text
  }

  private static func eyebrow(_ kind: SpectrumKind) -> String {
    switch kind {
    case .transmission: "Transmission spectrum"
    case .eclipse: "Eclipse spectrum"
    case .stellar: "Flux spectrum"
    }
  }

  private static func lead(_ analysis: SpectrumAnalysis) -> String {
    let spectrum = analysis.spectrum
    let observer = [spectrum.telescope, spectrum.instrument].compactMap { $0 }.joined(separator: " ")
    return "\(spectrum.count) points from \(micrometers(spectrum.wavelength.first)) to "
      + "\(micrometers(spectrum.wavelength.last)) µm"
      + (observer.isEmpty ? "." : ", observed by \(observer).")
  }

  private static func micrometers(_ wavelength: Double?) -> String {
    Numerals.significant((wavelength ?? .nan) * 1e6, digits: 4)
  }

  private static func facts(_ analysis: SpectrumAnalysis) -> Markup {
    let spectrum = analysis.spectrum
    let masked = spectrum.isMasked.count { $0 }
    let rows: [(String, String)] = [
      ("Layout", spectrum.layout), ("Kind told by", spectrum.kindSource), ("Unit in the file", spectrum.unit),
      ("Errors", spectrum.errorSource), ("Masked points", String(masked)),
      ("Grid observed", Numerals.fixed(analysis.subject.resampled.gridCoverage * 100, decimals: 1) + " %"),
    ]
    let items = rows.map { name, value -> Markup in
      "<div><dt>\(name)</dt><dd><bdi>\(value.isEmpty ? "–" : value)</bdi></dd></div>"
    }
    return "<dl class=\"facts\">\(items)</dl>\n"
  }
}
