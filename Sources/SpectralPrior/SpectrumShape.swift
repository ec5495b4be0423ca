/// A spectrum freed of what the sizes of planet and star do to it: the unit in which all networks learn.
///
/// Transmission: with D the transit depths over that of the planet's disc at 10 bar, `level` N = (mean of D over all bins - 1) / s
/// and `values` y = (D / mean of D - 1) / s, both in scale heights:
///
///     depth = (R_p / R_s)^2 (1 + s N) (1 + s y)
///
/// Eclipse: y = T_b / T - 1 with T_b the brightness temperatures and T the space's temperature; the level is 0.
package struct SpectrumShape: Sendable, Hashable {
  package var level: Double
  package var values: [Double]

  package init(level: Double, values: [Double]) {
    self.level = level
    self.values = values
  }

  /// - Parameters:
  ///   - relativeDepths: transit depths over that of the planet's disc at 10 bar, one a bin.
  ///   - ratio: s, twice the scale height over the radius.
  package init(relativeDepths: [Double], scaleHeightRatio ratio: Double) {
    let mean = relativeDepths.reduce(0, +) / Double(relativeDepths.count)
    level = (mean - 1) / ratio
    values = relativeDepths.map { ($0 / mean - 1) / ratio }
  }

  /// - Parameters:
  ///   - brightnessTemperatures: one a bin, K.
  ///   - temperature: K
  package init(brightnessTemperatures: [Double], temperature: Double) {
    level = 0
    values = brightnessTemperatures.map { $0 / temperature - 1 }
  }

  /// Transit depths over that of the planet's disc.
  package func relativeDepths(scaleHeightRatio ratio: Double) -> [Double] {
    let mean = 1 + ratio * level
    return values.map { mean * (1 + ratio * $0) }
  }

  /// K, one a bin.
  package func brightnessTemperatures(temperature: Double) -> [Double] {
    values.map { temperature * (1 + $0) }
  }
}
