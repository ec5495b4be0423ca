import NumericalMethods
import Units

extension SpectrumColumn {
  /// The factor that makes a column's depths fractions: from a unit, else from the column's name, else guessed by size.
  /// - Parameter unit: what is known of the unit; may be empty.
  func depthScale(
    unit: String, ordinate: ColumnRole.Ordinate, _ remarks: inout ReadingRemarks
  ) -> Double {
    for text in [unit, ColumnNames.split(name).unit] where !text.isEmpty {
      if let scale = DepthUnit.fraction(text) { return scale }
    }
    let word = ColumnNames.plain(name)
    if word.contains("ppm") { return 1e-6 }
    if word.contains("percent") { return 1e-2 }
    if word == "trandep" || word == "pltrandep" || word == "especlipdep" { return 1e-2 }
    guard let median = upperMedian(values.filter(\.isFinite).map(abs)), ordinate != .radiusRatio else {
      return 1
    }
    // A disc covers at most some per cent of its star: larger numbers are per cent or ppm.
    let guess: (name: String, scale: Double)? =
      median > 20 ? ("ppm", 1e-6) : median > 0.3 ? ("per cent", 1e-2) : nil
    let sentence = "the depth has no unit: its values were taken as \(guess?.name ?? "fractions")"
    if !remarks.assumptions.contains(sentence) { remarks.assumptions.append(sentence) }
    return guess?.scale ?? 1
  }
}
