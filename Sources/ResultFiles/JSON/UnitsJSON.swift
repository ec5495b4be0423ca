import Analyses
import JSONText

/// `units` of `summary.json`: the unit of every number that stands there without one, by its path. `1` is a pure number.
enum UnitsJSON {
  static func ofSpectra(_ methods: [MethodDescription]) -> JSON {
    let read = (SpectrumField.head + SpectrumField.tail).compactMap { field -> JSON.Member? in
      field.unit.map { .init("spectrum.\(field.name)", .string($0)) }
    }
    return .object(
      read + methods.flatMap { members(of: $0, within: "spectrum.\($0.key).", tables: "spectrum.") })
  }

  static func ofPlanets(_ methods: [MethodDescription]) -> JSON {
    .object(
      methods.flatMap {
        let path = "planets[].\($0.key).models[]."
        return members(of: $0, within: path, tables: path)
      })
  }

  private static func members(
    of method: MethodDescription, within path: String, tables: String
  ) -> [JSON.Member] {
    let fields = method.fields.compactMap { field -> JSON.Member? in
      switch field.kind {
      case .number: member(path + field.name, field.unit)
      case .posterior: member(path + "outputs." + field.name, field.unit)
      case .text, .logical, .texts: nil
      }
    }
    return fields
      + method.tables.flatMap { table in
        table.fields.filter { $0.kind == .number }.map {
          member(tables + FindingJSON.joined(table.name, $0.name), $0.unit)
        }
          + table.columns.filter { $0.kind == .number || $0.kind == .numbers }.map {
            member("\(tables)\(table.name)[].\($0.name)", $0.unit)
          }
      }
  }

  private static func member(_ path: String, _ unit: String) -> JSON.Member {
    .init(path, .string(unit.isEmpty ? "1" : unit))
  }
}
