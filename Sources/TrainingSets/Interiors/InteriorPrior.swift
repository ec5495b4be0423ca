package import Interiors
package import JSONText
package import NeuralNetworks
package import NumericalMethods
package import Units

/// How the planets of a training set are drawn, and what is kept of each.
package protocol InteriorPrior: Sendable {
  /// The set's name, the beginning of its shards' file names.
  var name: String { get }
  /// Names of the columns, in the order of `row`.
  var columns: [String] { get }
  /// Every distribution with its numbers, for the shards' metadata and the model cards.
  var description: JSON { get }

  /// Planets larger than this are left out.
  var largestRadius: Length { get }

  func draw(_ random: inout SeededRandom) -> PlanetParameters
  /// The row of a solved planet, or why it is left out.
  func row(_ planet: InteriorStructure) -> Result<[Float], Rejection>
}

/// Why a draw is not in the set. Rejection is part of the prior, so the shards count it.
package struct Rejection: Error, Sendable, Hashable {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// One parameter's distribution, drawn and described from the same numbers.
package enum PriorDistribution: Sendable, Hashable {
  case uniform(Double, Double)
  case logUniform(Double, Double)
  /// Normal, drawn again until it lies in the range.
  case truncatedNormal(mean: Double, sd: Double, ClosedRange<Double>)
  /// low + (high - low) u^power with u uniform: a density that falls as x^(1/power - 1).
  case power(Double, Double, power: Double)

  package func draw(_ random: inout SeededRandom) -> Double {
    switch self {
    case .uniform(let low, let high): return random.uniform(low, high)
    case .logUniform(let low, let high): return low * exp(log(high / low) * random.uniform())
    case .truncatedNormal(let mean, let sd, let range):
      while true {
        let x = mean + sd * random.normal()
        if range.contains(x) { return x }
      }
    case .power(let low, let high, let power): return low + (high - low) * pow(random.uniform(), power)
    }
  }

  package var description: JSON {
    switch self {
    case .uniform(let low, let high):
      .object([.init("uniform", .array([.number(low), .number(high)]))])
    case .logUniform(let low, let high):
      .object([.init("logUniform", .array([.number(low), .number(high)]))])
    case .truncatedNormal(let mean, let sd, let range):
      .object([
        .init("normal", .array([.number(mean), .number(sd)])),
        .init("within", .array([.number(range.lowerBound), .number(range.upperBound)])),
      ])
    case .power(let low, let high, let power):
      .object([
        .init("lowPlusRangeTimesUniformToThePower", .array([.number(low), .number(high), .number(power)]))
      ])
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
