import Analyses
import JSONText
import Observations

/// A finding as `summary.json` holds it. Member names are part of the interface.
enum FindingJSON {
  /// Of a planet: one object a network, with its tables inside.
  static func model(_ finding: Finding) -> JSON {
    .object(
      [
        .init("name", .string(finding.network.name)), .init("sha256", .string(finding.network.sha256)),
        .init("inDomain", .bool(finding.domain.isInside)), .init("flags", .strings(finding.flags.names)),
        .init("remarks", .strings(finding.remarks)), .init("outputs", outputs(finding)),
      ] + scalars(finding.fields) + finding.tables.flatMap(members))
  }

  /// Of a spectrum: its tables beside it, as they are HDUs of their own in FITS; empty and null where there is no finding.
  /// - Parameter isLine: without the tables that lines of logs do not have.
  static func spectrumMembers(_ answer: MethodAnswer, isLine: Bool) -> [JSON.Member] {
    func isShown(_ table: TableDescription) -> Bool { table.isLogged || !isLine }
    guard let finding = answer.findings.first else {
      return answer.method.tables.filter(isShown).map { .init($0.name, .array([])) } + [
        .init(answer.method.key, .null)
      ]
    }
    let hasOutputs = answer.method.fields.contains { $0.kind == .posterior }
    return finding.tables.filter { isShown($0.description) }.flatMap(members) + [
      .init(
        answer.method.key,
        .object(
          [.init("model", .string(finding.network.name)), .init("inDomain", .bool(finding.domain.isInside))]
            + (hasOutputs ? [.init("outputs", outputs(finding))] : []) + scalars(finding.fields)))
    ]
  }

  /// The posteriors, each under its name.
  static func outputs(_ finding: Finding?) -> JSON {
    .object((finding?.posteriors ?? []).map { .init($0.description.name, posterior($0.posterior)) })
  }

  private static func posterior(_ posterior: Posterior) -> JSON {
    .object([
      .init("mean", .number(posterior.mean)), .init("sd", .number(posterior.sd)),
      .init("p025", .number(posterior.p025)), .init("p16", .number(posterior.p16)),
      .init("p50", .number(posterior.p50)), .init("p84", .number(posterior.p84)),
      .init("p975", .number(posterior.p975)),
    ])
  }

  private static func scalars(_ fields: [Field], prefix: String = "") -> [JSON.Member] {
    fields.compactMap { field in
      let name = joined(prefix, field.description.name)
      switch field.value {
      case .number(let number): return .init(name, .number(number))
      case .text(let text): return .init(name, .string(text))
      case .logical(let isTrue): return .init(name, .bool(isTrue))
      case .texts(let texts): return .init(name, .strings(texts))
      case .posterior: return nil
      }
    }
  }

  /// `mixture` and `coordinates` make `mixtureCoordinates`.
  static func joined(_ table: String, _ field: String) -> String {
    table.isEmpty ? field : table + field.prefix(1).uppercased() + field.dropFirst()
  }

  /// What holds for the table as a whole, then the table, an object a row.
  private static func members(_ table: FindingTable) -> [JSON.Member] {
    let rows = (0..<table.rowCount).map { row in
      JSON.object(
        zip(table.description.columns, table.columns).map { .init($0.name, cell($1.values, row)) })
    }
    return scalars(table.fields, prefix: table.description.name) + [
      .init(table.description.name, .array(rows))
    ]
  }

  private static func cell(_ values: FindingTable.Column.Values, _ row: Int) -> JSON {
    switch values {
    case .text(let values): .string(values[row])
    case .number(let values): .number(values[row])
    case .logical(let values): .bool(values[row])
    case .numbers(let values): .array(values[row].map(JSON.number))
    }
  }
}
