import Observations

/// The errors of an ordinate, as standard deviations in the file's unit: from a pair of columns, one column, variances
/// or their inverses.
struct ErrorColumns {
  /// Absent where the file has none.
  private(set) var upper: [Double]?
  private(set) var lower: [Double]?
  private(set) var source = "none in the file"
  /// The unit that the errors' own column states.
  private(set) var unit = ""

  init(of ordinate: Ordinate, in source: SpectrumSource, _ remarks: inout ReadingRemarks) {
    let stem = ColumnNames.stem(ordinate.column.name)
    var candidates = source.roles.filter { $0.place != ordinate.place }
    // Of several pairs, the one that shares the ordinate's name.
    let own = candidates.filter { ColumnNames.stem(source.columns[$0.place].name) == stem }
    if !own.isEmpty, candidates.contains(where: \.role.isOrdinate) { candidates = own }
    func first(_ role: ColumnRole) -> SpectrumColumn? {
      (own.first { $0.role == role } ?? candidates.first { $0.role == role }).map {
        source.columns[$0.place]
      }
    }
    if let up = first(.upperError), let low = first(.lowerError) {
      // Archives write the lower error with a minus sign.
      (upper, lower) = (up.values.map(abs), low.values.map(abs))
      self.source = "columns \(up.name) and \(low.name)"
      unit = up.statedUnit
    } else if let column = first(.error) {
      take(column.values, of: column)
      unit = column.statedUnit
    } else if let column = first(.inverseVariance) {
      // ivar = 0 says that there is no datum.
      take(column.values.map { $0 > 0 ? 1 / $0.squareRoot() : .infinity }, of: column)
    } else if let column = first(.variance) {
      take(column.values.map { $0 >= 0 ? $0.squareRoot() : .nan }, of: column)
    } else if let column = first(.upperError) ?? first(.lowerError) {
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
  }
}
