import Analyses
import FITSFiles
import Observations

/// The HDUs of one method's finding on a spectrum: its tables, or one named after the method where it has none.
enum FindingFITS {
  /// Tables, then images that are not empty.
  static func units(_ answer: MethodAnswer) -> [FITSEncoder.Unit] {
    let images = answer.findings.first?.images.filter { !$0.rows.isEmpty } ?? []
    return tables(answer).map { .table($0) } + images.map { .image(image($0)) }
  }

  private static func image(_ image: FindingImage) -> FITSImage {
    let description = image.description
    let cards =
      [
        FITSCard("CTYPE1", .text(description.axes[0]), "along the columns"),
        FITSCard("CTYPE2", .text(description.axes[1]), "along the rows"),
        FITSCard("EXOMEAN", .text(description.meaning), "what a pixel is"),
      ]
      + image.rowNames.enumerated().map {
        FITSCard("EXOROW\($0.offset + 1)", .text($0.element), "what row \($0.offset + 1) is of")
      }
    return FITSImage(
      name: description.fitsName, header: FITSHeader(cards), axes: [image.rows[0].count, image.rows.count],
      pixels: image.rows.flatMap { $0 })
  }

  private static func tables(_ answer: MethodAnswer) -> [FITSTable] {
    guard let finding = answer.findings.first else { return [] }
    let header = cards(finding, method: answer.method)
    var tables = finding.tables.map { table($0, header: header) }
    if tables.isEmpty || !finding.posteriors.isEmpty {
      tables.append(posteriors(finding, name: answer.method.fitsName, header: header))
    }
    return tables
  }

  private static func cards(_ finding: Finding, method: MethodDescription) -> [FITSCard] {
    [
      FITSCard("EXOMODEL", .text(finding.network.name), method.networkMeaning),
      FITSCard("EXOMSHA", .text(finding.network.sha256), "SHA-256 of its weights"),
      FITSCard("EXOINDOM", .logical(finding.domain.isInside), "is like what the network was trained on"),
    ] + finding.fields.compactMap(card)
  }

  /// As the standard recommends for cards (4.0, section 4.3.2).
  private static func comment(_ meaning: String, unit: String) -> String {
    unit.isEmpty ? meaning : "[\(unit)] \(meaning)"
  }

  /// Of the units in use those that a TUNIT may have (4.0, section 4.3): readers warn of others, such as Earth's mass, which stand in
  /// the column's comment.
  private static let columnUnits: Set<String> = ["um", "m", "kg", "K", "Pa", "s"]

  private static func card(_ field: Field) -> FITSCard? {
    let description = field.description
    let comment = comment(description.meaning, unit: description.unit)
    switch field.value {
    // A keyword cannot hold NaN or infinity.
    case .number(let number):
      return number.isFinite ? FITSCard(description.fitsKey, .real(number), comment) : nil
    case .text(let text): return FITSCard(description.fitsKey, .text(text), comment)
    case .logical(let isTrue): return FITSCard(description.fitsKey, .logical(isTrue), comment)
    case .texts(let texts):
      return FITSCard(description.fitsKey, .text(texts.joined(separator: "; ")), comment)
    case .posterior: return nil
    }
  }

  private static func table(_ table: FindingTable, header: [FITSCard]) -> FITSTable {
    FITSTable(
      name: table.description.fitsName, header: FITSHeader(header + table.fields.compactMap(card)),
      rowCount: table.rowCount,
      columns: zip(table.description.columns, table.columns).map(column))
  }

  /// A list a row is a vector column; where lists differ in length the shorter end in NaN.
  private static func column(
    _ description: ColumnDescription, _ column: FindingTable.Column
  ) -> FITSColumn {
    var width = 1
    let values: FITSColumn.Values
    switch column.values {
    case .text(let texts): values = .text(texts)
    case .number(let numbers): values = .double(numbers)
    case .logical(let answers): values = .logical(answers)
    case .numbers(let rows):
      width = rows.map(\.count).max() ?? 1
      let longest = width
      values = .double(
        rows.flatMap { $0 + [Double](repeating: .nan, count: longest - $0.count) })
    }
    let isStandard = columnUnits.contains(description.unit)
    return FITSColumn(
      description.fitsName, unit: isStandard ? description.unit : "", width: width, values: values,
      comment: comment(description.meaning, unit: isStandard ? "" : description.unit))
  }

  /// A row a posterior.
  private static func posteriors(_ finding: Finding, name: String, header: [FITSCard]) -> FITSTable {
    let rows = finding.posteriors
    func numbers(_ key: String, _ meaning: String, _ read: (Posterior) -> Double) -> FITSColumn {
      FITSColumn(key, values: .double(rows.map { read($0.posterior) }), comment: meaning)
    }
    return FITSTable(
      name: name, header: FITSHeader(header), rowCount: rows.count,
      columns: [
        FITSColumn("NAME", values: .text(rows.map(\.description.name)), comment: "quantity"),
        FITSColumn("UNIT", values: .text(rows.map(\.description.unit)), comment: "its unit"),
        numbers("MEAN", "mean") { $0.mean }, numbers("SD", "standard deviation") { $0.sd },
        numbers("P025", "quantile at 2.5 %") { $0.p025 }, numbers("P16", "quantile at 16 %") { $0.p16 },
        numbers("P50", "median") { $0.p50 }, numbers("P84", "quantile at 84 %") { $0.p84 },
        numbers("P975", "quantile at 97.5 %") { $0.p975 },
      ])
  }
}
