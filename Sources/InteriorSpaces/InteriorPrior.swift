package import Interiors
package import JSONText
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

  /// What fixes a planet, each with its distribution, in the order in which they are drawn.
  var parameters: [(parameter: InteriorParameter, distribution: PriorDistribution)] { get }
  /// - Parameter values: of `parameters`, in their order and units.
  func planet(_ values: [Double]) -> PlanetParameters
  /// The row of a solved planet, or why it is left out.
  func row(_ planet: InteriorStructure) -> Result<[Float], Rejection>
}

extension InteriorPrior {
  package func draw(_ random: inout SeededRandom) -> PlanetParameters {
    planet(parameters.map { $0.distribution.draw(&random) })
  }
}

/// What is drawn of a planet.
package enum InteriorParameter: Sendable, Hashable, CaseIterable {
  /// Earth masses.
  case mass
  /// Of the whole mass.
  case envelopeMassFraction
  /// Of the mass without the envelope.
  case waterShare
  /// Of the mass of core and mantle; of all, in a giant.
  case coreShare
  /// Heavy elements of the envelope's mass.
  case envelopeMetalFraction
  /// K, of the envelope's isothermal part.
  case equilibriumTemperature
  /// Fe/(Mg+Fe) of the mantle, molar.
  case mantleIronNumber
  case coreDensityDeficit
  /// K.
  case potentialTemperature
  /// Of the jump at the core-mantle boundary, over its usual size.
  case temperatureJumpFactor
  /// Of the pressure at which convection begins, over the usual at its age.
  case radiativeConvectiveFactor
  /// K, where there is no envelope.
  case surfaceTemperature
  /// 1e9 years.
  case age
  /// Of the temperature of the flux from inside, over the usual.
  case internalTemperatureFactor
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

  /// The value below which that share of the draws lies.
  /// - Parameter rank: 0 to 1.
  package func value(atRank rank: Double) -> Double {
    switch self {
    case .uniform(let low, let high): low + (high - low) * rank
    case .logUniform(let low, let high): low * exp(log(high / low) * rank)
    case .truncatedNormal(let mean, let sd, let range):
      {
        let below = StandardNormal.rank(of: (range.lowerBound - mean) / sd)
        let above = StandardNormal.rank(of: (range.upperBound - mean) / sd)
        let value = mean + sd * StandardNormal.value(atRank: below + rank * (above - below))
        return min(max(value, range.lowerBound), range.upperBound)
      }()
    case .power(let low, let high, let power): low + (high - low) * pow(rank, power)
    }
  }

  /// The share of the draws that lie below a value.
  package func rank(of value: Double) -> Double {
    let rank =
      switch self {
      case .uniform(let low, let high): (value - low) / (high - low)
      case .logUniform(let low, let high): value > 0 ? log(value / low) / log(high / low) : 0
      case .truncatedNormal(let mean, let sd, let range):
        {
          let below = StandardNormal.rank(of: (range.lowerBound - mean) / sd)
          let above = StandardNormal.rank(of: (range.upperBound - mean) / sd)
          return (StandardNormal.rank(of: (value - mean) / sd) - below) / (above - below)
        }()
      case .power(let low, let high, let power):
        value > low ? pow((value - low) / (high - low), 1 / power) : 0
      }
    return min(max(rank, 0), 1)
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
