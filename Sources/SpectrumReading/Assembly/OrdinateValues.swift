import Observations
import Units

/// What was measured, with its errors: depths as fractions, fluxes in the file's unit.
struct OrdinateValues {
  private(set) var value: [Double]
  private(set) var upperError: [Double]?
  private(set) var lowerError: [Double]?
  /// The unit of the file's ordinate.
  let unit: String
  /// What made fractions of the file's depths, and whether the file states it.
  let scale: Double
  let isScaleStated: Bool

  /// - Throws: `malformed` where the unit of a depth is none.
  init(
    of ordinate: Ordinate, errors: ErrorColumns, kind: SpectrumKind, words: HeaderWords,
    _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    let column = ordinate.column
    var unit = Self.unit(of: column, kind: kind)
    var scale = 1.0
    var isScaleStated = true
    if kind != .stellar {
      let known = try DepthScale(of: column, unit: unit, ordinate: ordinate.kind, words: words, &remarks)
      (scale, isScaleStated) = (known.factor, known.isStated)
      if !isScaleStated, let fraction = DepthUnit.fraction(errors.unit), fraction == scale {
        isScaleStated = true
      } else if !isScaleStated, let fraction = DepthUnit.fraction(errors.unit), fraction != 1e-6 {
        throw SpectrumError(
          .malformed,
          "the errors are in \(errors.unit), but \(column.name) has no unit and its values do not look like \(errors.unit); "
            + "write the unit into the column's name")
      }
      if unit.isEmpty { unit = scale == 1e-6 ? "ppm" : scale == 1e-2 ? "%" : "fraction" }
    }
    // Per cent may be of the depth; ppm are ppm of the star, whatever the depth's own unit.
    let areErrorsOfStar =
      kind != .stellar && ordinate.kind != .radiusRatio && DepthUnit.fraction(errors.unit) == 1e-6
    let errorScale = areErrorsOfStar ? 1e-6 : scale
    value = column.values.map { $0 * scale }
    upperError = errors.upper?.map { $0 * errorScale }
    lowerError = errors.lower?.map { $0 * errorScale }
    self.unit = unit
    self.scale = scale
    self.isScaleStated = isScaleStated
    if ordinate.kind == .radiusRatio {
      square()
      remarks.assumptions.append(
        "\(column.name) is Rp/Rs: squared to a depth, its errors to 2 (Rp/Rs) d(Rp/Rs)")
    }
  }

  private static func unit(of column: SpectrumColumn, kind: SpectrumKind) -> String {
    var unit = column.unit
    if unit.isEmpty {
      let nameUnit = ColumnNames.split(column.name).unit
      if kind == .stellar || DepthUnit.fraction(nameUnit) != nil { unit = nameUnit }
    }
    return ["cnts", "cts"].contains(unit.lowercased()) ? "counts" : unit
  }

  /// From r to r^2; the error of r^2 is 2 r dr.
  private mutating func square() {
    upperError = upperError.map { zip(value, $0).map { 2 * abs($0) * $1 } }
    lowerError = lowerError.map { zip(value, $0).map { 2 * abs($0) * $1 } }
    value = value.map { $0 * $0 }
  }
}
