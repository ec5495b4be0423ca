package import Atmospheres
package import JSONText
package import NeuralNetworks
package import NumericalMethods
package import Observations
import Units

/// What a training set of spectra is drawn from.
package protocol SpectrumPrior: Sendable {
  /// The set's name, and the first part of its shards' names.
  var name: String { get }
  var kind: SpectrumKind { get }
  /// Every range, for the shards' metadata and the model card.
  var description: JSON { get }
  func draw(_ random: inout SeededRandom) -> DrawnPlanet
}

/// One planet of a training set, before its spectrum is computed.
package struct DrawnPlanet: Sendable, Hashable {
  package var atmosphere: PlanetAtmosphere
  /// Of a black body, K.
  package var starTemperature: Double
  /// What stands for the atmosphere's temperature, K.
  package var temperature: Double

  package init(atmosphere: PlanetAtmosphere, starTemperature: Double, temperature: Double) {
    self.atmosphere = atmosphere
    self.starTemperature = starTemperature
    self.temperature = temperature
  }
}

/// The gases RobERt knows, in the order of its outputs, with the mixing ratios they are trained on.
package enum KnownMolecules {
  package struct Entry: Sendable, Hashable {
    package let species: Species
    /// log10 of the mixing ratio in mixtures.
    package let logMixingRatio: ClosedRange<Double>
    /// The same where the gas is alone: the paper's range, shifted for gases that are seen in traces.
    package let aloneLogMixingRatio: ClosedRange<Double>
    /// How often it is part of a mixture.
    package let frequency: Double
  }

  package static let all: [Entry] = [
    entry(.water, 0.55), entry(.carbonMonoxide, 0.35), entry(.carbonDioxide, 0.35), entry(.methane, 0.35),
    entry(.ammonia, 0.25), entry(.hydrogenCyanide, 0.25), entry(.acetylene, 0.25),
    entry(.hydrogenSulfide, 0.25),
    entry(.sulfurDioxide, 0.25),
    entry(.titaniumOxide, 0.15, -11 ... -6), entry(.vanadiumOxide, 0.15, -11 ... -6),
    entry(.sodium, 0.3, -9 ... -4, alone: -8 ... -4), entry(.potassium, 0.3, -9 ... -4, alone: -8 ... -4),
  ]

  package static let names = all.map(\.species.formula)

  private static func entry(
    _ species: Species, _ frequency: Double, _ range: ClosedRange<Double> = -8 ... -1.5,
    alone: ClosedRange<Double> = -6 ... -2
  ) -> Entry {
    Entry(species: species, logMixingRatio: range, aloneLogMixingRatio: alone, frequency: frequency)
  }

  /// At most one gas: the n-th of all.
  package static func alone(_ index: Int, _ random: inout SeededRandom) -> [TraceGas] {
    let entry = all[index]
    return [TraceGas(entry.species, pow(10, random.uniform(in: entry.aloneLogMixingRatio)))]
  }

  /// None at 5 %, one alone at 15 %, else each with its own frequency.
  package static func mixture(_ random: inout SeededRandom) -> [TraceGas] {
    let choice = random.uniform()
    if choice < 0.05 { return [] }
    if choice < 0.20 {
      return alone(min(Int(random.uniform() * Double(all.count)), all.count - 1), &random)
    }
    return all.compactMap { entry in
      // Both numbers are drawn for every gas, so that one gas' presence does not move the others.
      let isThere = random.uniform() < entry.frequency
      let ratio = pow(10, random.uniform(in: entry.logMixingRatio))
      return isThere ? TraceGas(entry.species, ratio) : nil
    }
  }

  static var description: JSON {
    .object(
      all.map { entry in
        .init(
          entry.species.formula,
          .object([
            .init("frequency", .number(entry.frequency)),
            .init("logMixingRatio", range(entry.logMixingRatio)),
            .init("aloneLogMixingRatio", range(entry.aloneLogMixingRatio)),
          ]))
      })
  }

  private static func range(_ range: ClosedRange<Double>) -> JSON {
    .array([.number(range.lowerBound), .number(range.upperBound)])
  }
}

extension SeededRandom {
  package mutating func uniform(in range: ClosedRange<Double>) -> Double {
    uniform(range.lowerBound, range.upperBound)
  }

  /// Uniform in the logarithm.
  package mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * pow(high / low, uniform())
  }
}

#if canImport(Glibc)
  import Glibc
#endif
