import Analyses
import Markup
import ResultFiles

/// The section of a method that has none of its own: its fields and tables as they are described.
enum GenericSection: PlanetSection, SpectrumSection {
  static func markup(_ answer: MethodAnswer, of planet: PlanetAnalysis, id: String) -> Markup {
    answer.findings.map { finding in
      let notes = NoteList(flags: finding.flags, remarks: finding.remarks).markup
      return """
        <div class="model"><h3>\(answer.method.title): <code>\(finding.network.name)</code></h3>
        \(content(of: finding))\(notes)</div>

        """
    }.joined()
  }

  /// Flags and remarks stand with those of the spectrum.
  static func markup(_ answer: MethodAnswer, of subject: PreparedSpectrum) -> Markup {
    answer.findings.map { finding in
      let domain: Markup = finding.domain.words.isEmpty ? "" : ": \(finding.domain.words)"
      return """
        <h2>\(answer.method.title)</h2>
        <p class="caption">By <code>\(finding.network.name)</code>\(domain).</p>
        \(content(of: finding))
        """
    }.joined()
  }

  private static func content(of finding: Finding) -> Markup {
    scalars(finding) + PosteriorTable(finding).markup + finding.tables.map(table).joined()
  }

  private static func scalars(_ finding: Finding) -> Markup {
    let items = finding.fields.compactMap { field -> Markup? in
      guard let presentation = field.description.presentation, let words = field.words else { return nil }
      return
        "<div><dt>\(presentation.title)</dt><dd><b><bdi>\(words)</bdi></b> \(presentation.unit)</dd></div>"
    }
    return items.isEmpty ? "" : "<dl class=\"facts\">\(items)</dl>\n"
  }

  private static func table(_ table: FindingTable) -> Markup {
    let columns = table.shownColumns
    guard table.rowCount > 0, !columns.isEmpty else { return "" }
    let head = columns.map { "<th scope=\"col\">\($0.presentation.title)</th>" as Markup }
    let rows = (0..<table.rowCount).map { row -> Markup in
      let cells = columns.enumerated().map { place, column -> Markup in
        let cell: Markup = "<bdi>\(column.words[row])</bdi>"
        return place == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="\(table.description.name)"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>\(rows)</tbody></table></div>

      """
  }
}
