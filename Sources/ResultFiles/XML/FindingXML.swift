import Analyses
import Observations

/// A finding as an element `model` of the result XML.
enum FindingXML {
  static func write(_ finding: Finding, to writer: inout XMLWriter) {
    writer.element(
      "model",
      [
        ("name", .text(finding.network.name)), ("sha256", .text(finding.network.sha256)),
        ("inDomain", .flag(finding.domain.isInside)),
      ]
    ) { writer in
      for flag in finding.flags.names { writer.element("flag", text: flag) }
      for remark in finding.remarks { writer.element("remark", text: remark) }
      for field in finding.fields { write(field, to: &writer) }
      for table in finding.tables where table.rowCount > 0 { write(table, to: &writer) }
    }
  }

  private static func write(_ field: Field, to writer: inout XMLWriter) {
    let description = field.description
    let unit: XMLWriter.Attribute = ("unit", description.unit.isEmpty ? nil : .text(description.unit))
    if case .posterior(let posterior, _) = field.value {
      writer.element(
        "output",
        [
          ("quantity", .text(description.name)), unit, ("mean", .number(posterior.mean)),
          ("sd", .number(posterior.sd)), ("p025", .number(posterior.p025)), ("p16", .number(posterior.p16)),
          ("p50", .number(posterior.p50)), ("p84", .number(posterior.p84)), ("p975", .number(posterior.p975)),
        ])
    } else if let value = value(field) {
      writer.element("value", [("quantity", .text(description.name)), unit, ("value", value)])
    }
  }

  /// `nil` for a number that there is none of.
  private static func value(_ field: Field) -> XMLWriter.Value? {
    switch field.value {
    case .number(let number): number.isFinite ? .number(number) : nil
    case .text(let text): .text(text)
    case .logical(let isTrue): .flag(isTrue)
    case .texts(let texts): .text(texts.joined(separator: " "))
    case .posterior: nil
    }
  }

  private static func write(_ table: FindingTable, to writer: inout XMLWriter) {
    let attributes = table.fields.map { ($0.description.name, value($0)) }
    writer.element(table.description.name, attributes) { writer in
      for row in 0..<table.rowCount {
        // Outside of the call, which holds the writer.
        let cells = zip(table.description.columns, table.columns).map { description, column in
          (description.name, cell(description.name, column.values, row, in: &writer))
        }
        writer.element(table.description.rowName, cells)
      }
    }
  }

  private static func cell(
    _ name: String, _ values: FindingTable.Column.Values, _ row: Int, in writer: inout XMLWriter
  ) -> XMLWriter.Value? {
    switch values {
    case .text(let values): .text(values[row])
    case .number(let values): values[row].isNaN ? nil : .number(values[row])
    case .logical(let values): .flag(values[row])
    case .numbers(let values): writer.list(name, values[row])
    }
  }
}
