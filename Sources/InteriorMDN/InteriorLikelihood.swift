package import Analyses
import Units

/// What is measured of a planet, as a likelihood of simulated ones: each quantity that is known is a term.
package struct InteriorLikelihood: Sendable, Hashable {
  package enum Composition: Sendable, Hashable {
    case measured(MeasuredNumber)
    case star(StellarCompositionTerm)
  }

  /// Earth masses.
  package let mass: MeasuredNumber
  /// The mass is m sin i.
  package let massIsMinimum: Bool
  /// Earth radii.
  package let radius: MeasuredNumber
  package let composition: Composition?
  /// Fluid k2; only for models whose network is told of it, and for giants.
  package let loveNumber: MeasuredNumber?
  /// K; only for models with an envelope.
  package let equilibriumTemperature: MeasuredNumber?
  /// 1e9 years; only for models with an envelope, which it cools.
  package let age: MeasuredNumber?
  /// [M/H] of the atmosphere, dex; only for giants, whose envelopes hold heavy elements.
  package let envelopeMetallicity: MeasuredNumber?

  /// An error counts as this share of its value at least, for the forward model itself is no better; a value without an error is
  /// known to it.
  package static let leastRelativeError = 0.0025
  /// The same of a giant's radius: by as much spheres of other equations of state, and what is seen of one star in several colours, differ.
  private static let leastErrorOfGiants = 0.01
  /// The same of an age: no star's is known better.
  private static let leastErrorOfAges = 0.1

  /// - Parameters:
  ///   - inputs: what the network is told of.
  ///   - isGiant: of rock and ice in unknown shares: k2 counts, iron does not.
  /// - Returns: `nil` without a mass or a radius.
  package init?(
    _ observation: InteriorObservation, inputs: [InteriorInput], isGiant: Bool = false, relation: StarRelation
  ) {
    guard let mass = MeasuredNumber(observation.mass, unit: Constants.earthMass),
      let radius = MeasuredNumber(observation.radius, unit: Constants.earthRadius)
    else { return nil }
    self.mass = mass
    self.radius = isGiant ? radius.withErrors(ofAtLeast: Self.leastErrorOfGiants) : radius
    massIsMinimum = observation.massIsMinimum
    composition =
      if isGiant {
        nil
      } else if let number = MeasuredNumber(observation.ironToMagnesiumSilicon) {
        .measured(number)
      } else {
        MeasuredNumber(observation.stellarMetallicity).map {
          .star(StellarCompositionTerm(StellarComposition(metallicity: $0, relation: relation)))
        }
      }
    loveNumber =
      isGiant || inputs.contains(.loveNumber) ? MeasuredNumber(observation.loveNumber) : nil
    equilibriumTemperature =
      inputs.contains(.equilibriumTemperature) ? MeasuredNumber(observation.equilibriumTemperature) : nil
    age =
      inputs.contains(.equilibriumTemperature)
      ? MeasuredNumber(observation.age, unit: 1e9 * Constants.year)?.withErrors(
        ofAtLeast: Self.leastErrorOfAges)
      : nil
    envelopeMetallicity = isGiant ? MeasuredNumber(observation.atmosphericMetallicity) : nil
  }

  /// Of a planet before it is solved, up to a constant; -infinity where it is excluded.
  /// - Parameters:
  ///   - mass: Earth masses.
  ///   - equilibriumTemperature: K.
  ///   - age: 1e9 years.
  ///   - envelopeMetalFraction: by mass. What the model does not have is `nil`.
  func ofParameters(
    mass: Double, equilibriumTemperature: Double?, age: Double?, envelopeMetalFraction: Double?
  ) -> Double {
    let ofMass =
      massIsMinimum ? self.mass.logLikelihoodOfMinimum(mass) : self.mass.logLikelihood(mass)
    func term(_ measured: MeasuredNumber?, _ truth: Double?) -> Double {
      guard let measured, let truth else { return 0 }
      return measured.logLikelihood(truth)
    }
    return ofMass + term(self.equilibriumTemperature, equilibriumTemperature) + term(self.age, age)
      + term(envelopeMetallicity, envelopeMetalFraction.map(Self.metallicity))
  }

  /// [M/H] of a gas with that mass fraction of heavy elements: Z/X over the Sun's 0.0187 (Asplund, Amarsi & Grevesse 2021, A&A 653, A141,
  /// table 4), hydrogen being 0.725 of the rest, as in the equation of state.
  static func metallicity(metalFraction: Double) -> Double {
    log10(metalFraction / (0.725 * (1 - metalFraction)) / 0.0187)
  }

  /// Of a solved planet, what `ofParameters` has not.
  /// - Parameter radius: Earth radii.
  func ofStructure(radius: Double, ironToMagnesiumSilicon: Double, loveNumber: Double) -> Double {
    var sum = self.radius.logLikelihood(radius)
    switch composition {
    case .measured(let number): sum += number.logLikelihood(ironToMagnesiumSilicon)
    case .star(let term): sum += term.composition.logLikelihood(ironToMagnesiumSilicon)
    case nil: break
    }
    if let number = self.loveNumber { sum += number.logLikelihood(loveNumber) }
    return sum
  }
}

/// The star's relation as a term of the likelihood.
package struct StellarCompositionTerm: Sendable, Hashable {
  let composition: StellarComposition

  init(_ composition: StellarComposition) { self.composition = composition }
}

extension MeasuredNumber {
  /// The same with errors of at least that share of the value.
  fileprivate func withErrors(ofAtLeast share: Double) -> MeasuredNumber {
    var other = self
    other.upperError = max(upperError, share * abs(value))
    other.lowerError = max(lowerError, share * abs(value))
    return other
  }

  /// Standard deviations that a true value on either side has.
  private func error(above: Bool) -> Double {
    max(above ? upperError : lowerError, InteriorLikelihood.leastRelativeError * abs(value), 1e-12)
  }

  /// ln of how likely the measurement is were this the truth, up to a constant: two halves of normal laws, and nothing beyond limits.
  func logLikelihood(_ truth: Double) -> Double {
    guard truth.isFinite, truth <= upperLimit ?? .infinity, truth >= lowerLimit ?? -.infinity else {
      return -.infinity
    }
    let z = (truth - value) / error(above: truth > value)
    return -0.5 * z * z
  }

  /// The same for m sin i, were m the truth, averaged over orbits in all directions: cos i uniform in 0...1.
  ///
  /// With s = sin i the integral over d(cos i) = sin(phi) d(phi), s = sin(phi), runs where m s is within six errors.
  func logLikelihoodOfMinimum(_ truth: Double) -> Double {
    let error = error(above: true)
    let (low, high) = (max(value - 6 * error, 0) / truth, min((value + 6 * error) / truth, 1))
    guard truth > 0, truth.isFinite, low < high else { return -.infinity }
    let (first, last) = (asin(low), asin(high))
    let steps = 64
    var sum = 0.0
    for i in 0...steps {
      let phi = first + (last - first) * Double(i) / Double(steps)
      let term = logLikelihood(truth * sin(phi))
      sum += (i == 0 || i == steps ? 0.5 : 1) * sin(phi) * exp(term)
    }
    return log(sum * (last - first) / Double(steps))
  }
}

#if canImport(Glibc)
  import Glibc
#endif
