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
  /// Of each, whether it is one of the numbers that stand for a missing one, far below all others.
  let areSentinels: [Bool]

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
    let errorScale =
      kind == .stellar
      ? scale : try Self.errorScale(of: errors, besides: scale, isStated: isScaleStated, column.name)
    areSentinels = Self.areSentinels(column.values)
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

  private static func areSentinels(_ values: [Double]) -> [Bool] {
    let known: Set = [
      -9.0, -99, -99.9, -99.99, -999, -999.9, -999.99, -9999, -99999, -999999, -1e30, -1e31, -1e20,
    ]
    let others = values.filter { $0.isFinite && !known.contains($0) }
    guard let least = others.min() else { return values.map { _ in false } }
    return values.map { known.contains($0) && $0 < 2 * min(least, 0) - 1 }
  }

  /// A unit that the errors state is their own, whatever the depths'.
  /// - Throws: `malformed` where errors in per cent stand beside depths in another unit: they may be of the depth.
  private static func errorScale(
    of errors: ErrorColumns, besides scale: Double, isStated: Bool, _ name: String
  ) throws(SpectrumError) -> Double {
    guard let own = DepthUnit.fraction(errors.unit), own != scale else { return scale }
    // `none`, `--` and the like say that there is no unit.
    let saysNothing =
      own == 1 && errors.unit.lowercased() != "fraction" && errors.unit.lowercased() != "ratio"
    guard !saysNothing else { return scale }
    guard own != 0.01 || !isStated else {
      throw SpectrumError(
        .malformed,
        "the errors (\(errors.names.joined(separator: ", "))) are in \(errors.unit), and \(name) is not: they may be per cent of the "
          + "star or of the depth; write them in the depth's own unit")
    }
    return own
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
