import NumericalMethods
import Observations

/// The errors of an ordinate, as standard deviations in the file's unit: from a pair of columns, one column, variances
/// or their inverses, or from columns of the value one deviation below and above.
struct ErrorColumns {
  /// Absent where the file has none.
  private(set) var upper: [Double]?
  private(set) var lower: [Double]?
  private(set) var source = "none in the file"
  /// The unit that the errors' own column states.
  private(set) var unit = ""
  /// The names of the columns that were used.
  private(set) var names: [String] = []

  init(of ordinate: Ordinate, in source: SpectrumSource, _ remarks: inout ReadingRemarks) {
    let columns = Candidates(of: ordinate, in: source)
    if let up = columns.first(.upperError), let low = columns.first(.lowerError) ?? columns.first(.error) {
      // Archives write the lower error with a minus sign.
      (upper, lower) = (up.values.map(abs), low.values.map(abs))
      self.source = "columns \(up.name) and \(low.name)"
      unit = up.statedUnit
      names = [up.name, low.name]
    } else if let column = columns.first(.error) {
      take(column.values, of: column)
      unit = column.statedUnit
    } else if let column = columns.first(.inverseVariance) {
      // ivar = 0 says that there is no datum.
      take(column.values.map { $0 > 0 ? 1 / $0.squareRoot() : .infinity }, of: column)
    } else if let column = columns.first(.variance) {
      take(column.values.map { $0 >= 0 ? $0.squareRoot() : .nan }, of: column)
    } else if let up = columns.first(.upperBound), let low = columns.first(.lowerBound) {
      take(above: up, below: low, around: ordinate.column, &remarks)
    } else if let column = columns.first(.upperError) ?? columns.first(.lowerError) {
      take(column.values.map(abs), of: column)
      remarks.assumptions.append("only \(column.name) is given: taken for both sides")
    } else {
      remarks.flags.append(.errorsAbsent)
    }
  }

  /// One array for both sides.
  private mutating func take(_ values: [Double], of column: SpectrumColumn) {
    (upper, lower) = (values, values)
    source = "column \(column.name)"
    names = [column.name]
  }

  /// Two columns beside the ordinate are its errors where they are far smaller than it, else what it is at one deviation
  /// from what was measured.
  private mutating func take(
    above up: SpectrumColumn, below low: SpectrumColumn, around column: SpectrumColumn,
    _ remarks: inout ReadingRemarks
  ) {
    let sizes = zip(up.values, column.values).filter { $0.isFinite && $1.isFinite && $1 != 0 }
      .map { abs($0 / $1) }
    if let size = upperMedian(sizes), size < 0.5 {
      (upper, lower) = (up.values.map(abs), low.values.map(abs))
    } else {
      upper = zip(up.values, column.values).map { $0 - $1 }
      lower = zip(low.values, column.values).map { $1 - $0 }
      remarks.assumptions.append(
        "\(low.name) and \(up.name) are \(column.name) one deviation below and above: the errors are what lies between"
      )
    }
    source = "columns \(up.name) and \(low.name)"
    unit = up.statedUnit
    names = [up.name, low.name]
  }

  /// The columns that may hold this ordinate's errors: those that share its name, then those that share no other's.
  private struct Candidates {
    let columns: [(column: SpectrumColumn, role: ColumnRole)]

    init(of ordinate: Ordinate, in source: SpectrumSource) {
      let stem = ColumnNames.stem(ordinate.column.name)
      let roles = source.roles
      let others = Set(
        roles.filter { $0.role.isOrdinate && $0.place != ordinate.place }
          .map { ColumnNames.stem(source.columns[$0.place].name) }
      ).subtracting([stem, ""])
      // Archive tables hold columns that are null throughout.
      let usable = roles.filter { role in
        role.place != ordinate.place && source.columns[role.place].values.contains(where: \.isFinite)
      }.map {
        (
          column: source.columns[$0.place], role: $0.role,
          stem: ColumnNames.stem(source.columns[$0.place].name)
        )
      }
      let own = usable.filter { $0.stem == stem }
      let free = usable.filter { $0.stem != stem && !others.contains($0.stem) }
      columns = (own + free).map { ($0.column, $0.role) }
    }

    func first(_ role: ColumnRole) -> SpectrumColumn? { columns.first { $0.role == role }?.column }
  }
}
