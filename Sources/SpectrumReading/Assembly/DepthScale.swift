import NumericalMethods
import Units

/// The factor that makes a column's depths fractions, and whether the file states it.
struct DepthScale {
  var factor: Double
  /// False where the values alone told.
  var isStated: Bool

  /// From a unit, else from the column's name, else from the header's words, else guessed by size.
  /// - Parameter unit: what is known of the unit; may be empty.
  /// - Throws: `malformed` where a unit is stated that is none of a depth, or words and values disagree.
  init(
    of column: SpectrumColumn, unit: String, ordinate: ColumnRole.Ordinate, words: HeaderWords,
    _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    isStated = true
    for text in [unit, ColumnNames.split(column.name).unit] where !text.isEmpty {
      if let scale = DepthUnit.fraction(text) {
        factor = scale
        return
      }
    }
    let word = ColumnNames.plain(column.name)
    if word.contains("ppm") {
      factor = 1e-6
    } else if word.contains("percent") || word == "trandep" || word == "pltrandep" || word == "especlipdep" {
      factor = 1e-2
    } else if !unit.isEmpty, ColumnNames.role(unit)?.isOrdinate != true {
      throw SpectrumError(
        .malformed,
        "column \(column.name) has the unit '\(unit)', which is none of a depth; write ppm, % or fraction")
    } else if let median = upperMedian(column.values.filter(\.isFinite).map(abs)) {
      self = try Self.guess(median, column.name, ordinate, words, &remarks)
    } else {
      factor = 1
    }
  }

  private init(factor: Double, isStated: Bool) {
    self.factor = factor
    self.isStated = isStated
  }

  private static func guess(
    _ median: Double, _ name: String, _ ordinate: ColumnRole.Ordinate, _ words: HeaderWords,
    _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) -> DepthScale {
    // A disc covers at most some per cent of its star: larger numbers are per cent or ppm.
    let guess: (name: String, scale: Double) =
      ordinate == .radiusRatio
      ? ("a ratio", 1) : median > 20 ? ("ppm", 1e-6) : median > 0.3 ? ("per cent", 1e-2) : ("fractions", 1)
    let tied = words.depthUnits.filter(\.isTied)
    let said = tied.isEmpty ? words.depthUnits : tied
    if ordinate != .radiusRatio, let first = said.first {
      if let stated = said.first(where: { $0.size != guess.scale }) {
        let stem = ColumnNames.split(name).stem
        throw SpectrumError(
          .malformed,
          "line \(stated.line) says '\(stated.word)', but \(name) has no unit of its own and its values, about "
            + "\(Short.text(median)), look like \(guess.name); write the unit into the column's name: \(stem)_ppm, "
            + "\(stem)_percent or '\(stem) (fraction)'")
      }
      let sentence = "\(name) has no unit of its own: \(first.word), as line \(first.line) says"
      if !remarks.assumptions.contains(sentence) { remarks.assumptions.append(sentence) }
      return DepthScale(factor: guess.scale, isStated: true)
    }
    guard ordinate != .radiusRatio else { return DepthScale(factor: 1, isStated: true) }
    let sentence = "the depth has no unit: its values were taken as \(guess.name)"
    if !remarks.assumptions.contains(sentence) { remarks.assumptions.append(sentence) }
    return DepthScale(factor: guess.scale, isStated: false)
  }
}
