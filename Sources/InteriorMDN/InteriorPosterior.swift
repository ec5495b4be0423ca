package import Analyses
package import Observations

/// What an interior network can say of a planet. The raw value is the key in JSON and XML results.
package enum InteriorQuantity: String, Sendable, Hashable, Codable, CaseIterable {
  case waterRadiusFraction, mantleRadiusFraction, coreRadiusFraction, envelopeRadiusFraction
  case waterMassFraction, mantleMassFraction, coreMassFraction, envelopeMassFraction
  /// Pressure at the core-mantle boundary, GPa.
  case cmbPressure
  /// Temperature at the mantle side of the core-mantle boundary, K.
  case cmbTemperature
  /// Mass fraction of heavy elements in the envelope.
  case envelopeMetalFraction
  /// Of core and envelope together, Earth masses.
  case heavyElementMass
  /// Pressure at the top of a giant's core, GPa.
  case corePressure
  /// Temperature at the top of a giant's core, K.
  case coreTemperature
  /// Fluid k2 and C/(M R2) that the sphere of the model has.
  case loveNumber, momentOfInertiaFactor

  /// The unit the quantity is reported in; empty for a fraction.
  package var unit: String {
    switch self {
    case .cmbPressure, .corePressure: "GPa"
    case .cmbTemperature, .coreTemperature: "K"
    case .heavyElementMass: "Earth masses"
    default: ""
    }
  }
}

/// One Gaussian of a mixture over the network's (transformed) outputs.
package struct MixtureComponent: Sendable, Hashable, Codable {
  package var weight: Double
  package var mean: [Double]
  package var sd: [Double]

  package init(weight: Double, mean: [Double], sd: [Double]) {
    self.weight = weight
    self.mean = mean
    self.sd = sd
  }
}

/// What one interior model says of one planet.
package struct InteriorPosterior: FindingDetail, Hashable {
  /// The model's name: one of `InteriorModelSet.knownNames`.
  package var model: String
  /// SHA-256 of the model's weights, hexadecimal.
  package var modelHash: String
  package var inDomain: Bool
  package var flags: [Flag]
  /// Sentences for people: why there are no numbers, what was assumed.
  package var remarks: [String]
  /// Empty when the planet is outside the model's domain.
  package var outputs: [InteriorQuantity: Posterior]
  /// Equally likely draws of each output, aligned by index, for plots; empty outside the domain.
  package var draws: [InteriorQuantity: [Double]]
  /// In the network's output space, the heaviest first: of the posterior; of the network alone its answer at the best input.
  package var mixture: [MixtureComponent]
  /// Names of the network's output coordinates, as the mixture orders them.
  package var mixtureCoordinates: [String]

  /// What the network alone says, where the forward model had the last word; else empty.
  package var networkOutputs: [InteriorQuantity: Posterior] = [:]
  /// How the posterior was weighed; `nil` for the network alone.
  package var weighing: Weighing?

  package struct Weighing: Sendable, Hashable {
    /// So many independent draws the posterior is worth.
    package var effectiveSampleSize: Double
    /// k-hat of the weights' tail; above 0.7 they are not to be relied on.
    package var paretoShape: Double
    /// Planets solved.
    package var forwardModels: Int

    package init(effectiveSampleSize: Double, paretoShape: Double, forwardModels: Int) {
      self.effectiveSampleSize = effectiveSampleSize
      self.paretoShape = paretoShape
      self.forwardModels = forwardModels
    }
  }

  package init(
    model: String, modelHash: String, inDomain: Bool, flags: [Flag], remarks: [String],
    outputs: [InteriorQuantity: Posterior], draws: [InteriorQuantity: [Double]],
    mixture: [MixtureComponent], mixtureCoordinates: [String]
  ) {
    self.model = model
    self.modelHash = modelHash
    self.inDomain = inDomain
    self.flags = flags
    self.remarks = remarks
    self.outputs = outputs
    self.draws = draws
    self.mixture = mixture
    self.mixtureCoordinates = mixtureCoordinates
  }
}
