import NumericalMethods
import Observations

/// What no planet can show, checked once units are settled: depths above the star, depths far above any planet's whose
/// unit nobody states, errors below any instrument's.
struct DepthBounds {
  /// Depths written as fractions that may as well be ratios of radii or per cent.
  private static let ambiguous = 0.02..<0.3
  private static let leastError = 1e-7
  private static let mostSignalToNoise = 1e4

  /// - Parameters:
  ///   - values: depths and errors as fractions.
  ///   - areNamed: the file names the columns.
  /// - Throws: `malformed`, with the line of names that would tell.
  static func check(
    _ values: OrdinateValues, of ordinate: Ordinate, kind: SpectrumKind, masked: [Bool], areNamed: Bool,
    _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    guard kind != .stellar else { return }
    let used = masked.indices.filter { !masked[$0] }
    let depths = used.map { values.value[$0] }
    guard let typical = upperMedian(depths.map(abs)) else { return }
    let name = areNamed ? "column \(ordinate.column.name)" : "the column without a name"
    let word = kind == .eclipse ? "eclipse" : "transit"
    if let deepest = depths.first(where: { abs($0) > 1 }) {
      throw tooDeep(deepest, "\(name), read as \(word) depths in \(values.unit),", kind: kind)
    }
    let isRatio = ordinate.kind == .radiusRatio
    if !values.isScaleStated, !isRatio {
      let limit = Spectrum.greatestUsualDepth(kind)
      if typical > limit, !areNamed {
        throw SpectrumError(
          .malformed,
          "\(name) holds numbers about \(Short.text(typical / values.scale)); read as \(word) depths in \(values.unit), they are "
            + "\(Short.text(typical * 100)) % of the star, more than a planet shows"
            + (kind == .transmission ? ". Are they Rp/Rs, or per cent?" : ". Are they per cent, or a flux?")
            + " Name the columns with their units in a line above the numbers, such as "
            + (kind == .transmission ? "'wavelength_um rp_rs rp_rs_err' or " : "")
            + "'\(example(kind, unit: "percent"))'")
      }
      // 0.3 to 1 was taken for per cent, and may be a fraction that is no planet's.
      let mayBeFraction = values.scale == 0.01 && typical < 0.01
      if typical > limit || values.scale == 1 && ambiguous.contains(typical) || mayBeFraction {
        remarks.flags.append(.depthUnitAssumed)
        remarks.assumptions.append(
          "\(name) states no unit: \(Short.text(typical / values.scale)) was taken as \(values.unit), \(Short.text(typical * 100)) % of "
            + "the star; if that is wrong, write the unit into its name")
      }
    }
    guard let upper = values.upperError, let error = upperMedian(used.map { upper[$0] }), error > 0 else {
      return
    }
    if error < leastError || typical / error > mostSignalToNoise {
      remarks.flags.append(.errorsImplausible)
      remarks.assumptions.append(
        "the errors, about \(Short.text(error * 1e6)) ppm of the star, are smaller than any instrument's: a fit that failed, or "
          + "another unit")
    }
  }

  /// - Parameters:
  ///   - depth: as a fraction, above 1.
  ///   - subject: begins the sentence.
  static func tooDeep(_ depth: Double, _ subject: String, kind: SpectrumKind) -> SpectrumError {
    SpectrumError(
      .malformed,
      "\(subject) holds \(Short.text(depth)) times the star: no depth is above 1\(depth < 0 ? " or below -1; a number that stands for a missing one is left empty, or nan" : ""). Name the columns with their units in a line "
        + "above the numbers, such as '\(example(kind, unit: "ppm"))', or 'wavelength_um flux flux_err' where it is a flux"
    )
  }

  private static func example(_ kind: SpectrumKind, unit: String) -> String {
    "wavelength_um \(kind == .eclipse ? "eclipse" : "transit")_depth_\(unit) error_\(unit)"
  }
}
