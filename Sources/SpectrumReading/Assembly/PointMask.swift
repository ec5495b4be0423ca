/// The points that hold their place but cannot be used: not finite, flagged, or with an error that is none.
struct PointMask {
  private(set) var masked: [Bool]

  /// - Parameter isDepth: a depth of exactly zero stands for "no value"; a flux may be zero.
  init(source: SpectrumSource, values: OrdinateValues, isDepth: Bool, _ remarks: inout ReadingRemarks) {
    masked = [Bool](repeating: false, count: values.value.count)
    mask(values.value.map { !$0.isFinite }, "no finite value", &remarks)
    if isDepth {
      mask(values.areSentinels, "a number that stands for a missing one (-99, -999 ...)", &remarks)
    }
    for place in source.roles.filter({ $0.role == .quality }).map(\.place) {
      let column = source.columns[place]
      mask(Self.flagged(by: column, keys: source.keys), "flagged by column \(column.name)", &remarks)
    }
    if let upper = values.upperError, let lower = values.lowerError {
      mask(zip(upper, lower).map { !$0.isFinite || !$1.isFinite }, "no finite error", &remarks)
      mask(zip(upper, lower).map { $0 < 0 || $1 < 0 }, "negative error", &remarks)
      if upper.contains(where: { $0 > 0 }) {
        mask(zip(upper, lower).map { $0 == 0 && $1 == 0 }, "an error of exactly zero", &remarks)
      }
    }
    if isDepth { mask(values.value.map { $0 == 0 }, "a depth of exactly zero", &remarks) }
  }

  private mutating func mask(_ bad: [Bool], _ why: String, _ remarks: inout ReadingRemarks) {
    let count = zip(bad, masked).count { $0 && !$1 }
    guard count > 0 else { return }
    remarks.assumptions.append("\(count) of \(masked.count) points masked: \(why)")
    for place in masked.indices where bad[place] { masked[place] = true }
  }

  /// JWST's bit 0 means "do not use"; HST names its serious bits in SDQFLAGS; else any flag counts.
  private static func flagged(by column: SpectrumColumn, keys: [String: String]) -> [Bool] {
    let bits: Int? =
      if keys["TELESCOP"]?.uppercased() == "JWST" {
        1
      } else {
        keys["SDQFLAGS"].flatMap { Int($0) }
      }
    return column.values.map { value in
      // A cell left empty is no flag.
      if value.isNaN { return false }
      guard let flag = Int(exactly: value) else { return true }
      return bits.map { flag & $0 != 0 } ?? (flag != 0)
    }
  }
}
