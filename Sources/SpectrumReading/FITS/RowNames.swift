import FITSFiles

/// What the rows of an image hold, as the keys ARRAYn (SDSS), ROWn (LAMOST) or BANDIDn say.
struct RowNames {
  private let roles: [ColumnRole?]
  /// No key names any row.
  let areEmpty: Bool

  init(_ header: FITSHeader, rows: Int) {
    let names = (0..<min(rows, 99)).map { row in
      ["ARRAY", "ROW", "BANDID"].lazy.compactMap { header.text("\($0)\(row + 1)") }.first
    }
    areEmpty = names.allSatisfy { $0 == nil }
    roles = names.map { name in
      guard let name else { return nil }
      let word = ColumnNames.plain(name)
      if word.hasPrefix("inverse") || word == "ivar" || word == "invvar" { return .inverseVariance }
      if word == "spectrum" || word == "flux" { return .ordinate(.flux) }
      return ColumnNames.role(name)
    }
  }

  /// The first row of a role, from 0.
  func first(_ role: ColumnRole) -> Int? { roles.firstIndex(of: role) }

  /// Whether a row repeats the axis, to the precision of a float.
  static func agree(_ row: [Double], _ axis: [Double]) -> Bool {
    !row.isEmpty && zip(row, axis).allSatisfy { abs($0 - $1) <= 1e-4 * abs($1) }
  }
}
