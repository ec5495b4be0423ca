/// The layers of a planet from the centre outwards.
package enum InteriorLayer: String, CaseIterable, Sendable {
  case core, mantle, water, envelope

  /// Its thickness over the planet's radius.
  package var radiusFraction: InteriorQuantity {
    switch self {
    case .core: .coreRadiusFraction
    case .mantle: .mantleRadiusFraction
    case .water: .waterRadiusFraction
    case .envelope: .envelopeRadiusFraction
    }
  }

  package var massFraction: InteriorQuantity {
    switch self {
    case .core: .coreMassFraction
    case .mantle: .mantleMassFraction
    case .water: .waterMassFraction
    case .envelope: .envelopeMassFraction
    }
  }

  package var title: String {
    switch self {
    case .core: "Core"
    case .mantle: "Mantle"
    case .water: "Water"
    case .envelope: "Envelope"
    }
  }

  package var material: String {
    switch self {
    case .core: "iron"
    case .mantle: "silicates"
    case .water: "liquid, ice, supercritical"
    case .envelope: "hydrogen and helium"
    }
  }
}
