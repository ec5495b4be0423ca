import NumericalMethods
package import Retrieval

/// A number that the networks retrieve, and the coordinate in which they do: one in which the prior is a standard normal law, so that
/// a normal answer can say anything from "known exactly" to "as the prior has it".
package struct SensitivityParameter: Sendable, Hashable {
  package enum Prior: Sendable, Hashable {
    /// Uniform between bounds: the coordinate is the normal quantile of the value's share of the range.
    case uniform(ClosedRange<Double>)
    /// Near enough to a normal law: the coordinate is the distance from the mean in deviations.
    case normal(mean: Double, deviation: Double)
  }

  /// As results name it: `log10H2O`, `planetRadius`.
  package let key: String
  /// The prior is one of the natural logarithm of the value.
  package let isLogarithmic: Bool
  package let prior: Prior

  /// H2O, CH4, CO, CO2, NH3, radius, mass, temperature, cloud top.
  package static func all(_ space: AtmosphereSpace) -> [SensitivityParameter] {
    let ranges = space.variables.map(\.range)
    func uniform(_ key: String, _ isLogarithmic: Bool, _ range: ClosedRange<Double>) -> Self {
      SensitivityParameter(key: key, isLogarithmic: isLogarithmic, prior: .uniform(range))
    }
    let gases = ["log10H2O", "log10CH4", "log10CO", "log10CO2", "log10NH3"].compactMap { key in
      space.index(key).map { uniform(key, false, ranges[$0]) }
    }
    // ln M is ln T + ln R - ln s and a constant: a sum of three uniform numbers.
    let middles = ranges.prefix(3).map { ($0.lowerBound + $0.upperBound) / 2 }
    let variance = ranges.prefix(3).reduce(0.0) {
      let width = $1.upperBound - $1.lowerBound
      return $0 + width * width / 12
    }
    let mass = SensitivityParameter(
      key: "planetMass", isLogarithmic: true,
      prior: .normal(mean: log(AtmosphereSpace.mass(middles)), deviation: variance.squareRoot()))
    return gases + [
      uniform("planetRadius", true, ranges[2]), mass, uniform("temperature", true, ranges[1]),
    ] + (space.index("cloudTop").map { [uniform("cloudTop", false, ranges[$0])] } ?? [])
  }

  /// Values at the very ends of a range are held that near to them.
  private static let leastShare = 1e-3

  /// - Parameter value: kg, m, K, or a decimal logarithm.
  package func coordinate(of value: Double) -> Double {
    let x = isLogarithmic ? log(value) : value
    switch prior {
    case .uniform(let range):
      let share = (x - range.lowerBound) / (range.upperBound - range.lowerBound)
      return StandardNormal.value(atRank: min(max(share, Self.leastShare), 1 - Self.leastShare))
    case .normal(let mean, let deviation): return (x - mean) / deviation
    }
  }

  /// Inverse of `coordinate(of:)`.
  package func value(at coordinate: Double) -> Double {
    let x: Double
    switch prior {
    case .uniform(let range):
      x =
        range.lowerBound
        + StandardNormal.rank(of: coordinate) * (range.upperBound - range.lowerBound)
    case .normal(let mean, let deviation): x = mean + deviation * coordinate
    }
    return isLogarithmic ? exp(x) : x
  }

  /// Derivative of `value(at:)`.
  package func slope(at coordinate: Double) -> Double {
    let x: Double
    switch prior {
    case .uniform(let range):
      x =
        (range.upperBound - range.lowerBound) * exp(-0.5 * coordinate * coordinate)
        / (2 * Double.pi).squareRoot()
    case .normal(_, let deviation): x = deviation
    }
    return isLogarithmic ? x * value(at: coordinate) : x
  }

  /// What a row of the space has of it: kg, m, K, or a decimal logarithm.
  package func value(of row: [Double], _ space: AtmosphereSpace) -> Double {
    switch key {
    case "planetMass": AtmosphereSpace.mass(row)
    case "planetRadius": exp(row[2])
    case "temperature": AtmosphereSpace.temperature(row)
    default: space.index(key).map { row[$0] } ?? .nan
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
