/// One column of numbers as a file has it.
package struct SpectrumColumn: Sendable, Hashable {
  package var name: String
  package var unit: String
  package var values: [Double]

  package init(_ name: String, unit: String = "", _ values: [Double]) {
    self.name = name
    self.unit = unit
    self.values = values
  }

  /// The column's own unit, else the one that its name ends in; empty where neither says any.
  var statedUnit: String { unit.isEmpty ? ColumnNames.split(name).unit : unit }
}
