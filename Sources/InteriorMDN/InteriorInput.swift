#if canImport(Glibc)
  import Glibc
#endif

/// What an interior network is told of a planet. The raw value is the column's name in training sets.
package enum InteriorInput: String, Sendable, Hashable, CaseIterable {
  /// Earth masses.
  case mass
  /// Earth radii.
  case radius
  /// Molar, of the whole planet.
  case ironToMagnesiumSilicon
  /// Fluid k2.
  case loveNumber
  /// K.
  case equilibriumTemperature

  package var noun: String {
    switch self {
    case .mass: "mass"
    case .radius: "radius"
    case .ironToMagnesiumSilicon: "Fe/(Mg+Si)"
    case .loveNumber: "Love number k2"
    case .equilibriumTemperature: "equilibrium temperature"
    }
  }

  package var unit: String {
    switch self {
    case .mass: "Earth masses"
    case .radius: "Earth radii"
    case .ironToMagnesiumSilicon, .loveNumber: ""
    case .equilibriumTemperature: "K"
    }
  }
}

/// The coordinates in which a network sees its inputs: logarithms, and for the radius its ratio to a power law in
/// mass, so that compact and puffy planets of any mass lie side by side.
package struct InteriorFeatures: Sendable, Hashable {
  /// R ~ M^0.27 for bodies of one composition (Valencia, O'Connell & Sasselov 2006, Icarus 181, 545).
  private static let radiusExponent = 0.27

  /// How k2 is seen: as it is, or by its square root where puffy planets take it down to 1e-4.
  package enum LoveNumberFeature: String, Sendable, Hashable {
    case linear, squareRoot
  }

  package let inputs: [InteriorInput]
  package let loveNumberFeature: LoveNumberFeature

  /// - Precondition: begins with mass and radius, no input twice.
  package init(inputs: [InteriorInput], loveNumberFeature: LoveNumberFeature) {
    precondition(inputs.prefix(2) == [.mass, .radius] && Set(inputs).count == inputs.count)
    self.inputs = inputs
    self.loveNumberFeature = loveNumberFeature
  }

  /// - Parameter values: in the inputs' order and units; NaN comes out where a logarithm does not exist.
  package func features(_ values: [Double]) -> [Double] {
    var features = values
    for (i, input) in inputs.enumerated() { features[i] = feature(input, values[i], mass: values[0]) }
    return features
  }

  package func feature(_ input: InteriorInput, _ value: Double, mass: Double) -> Double {
    switch input {
    case .mass, .ironToMagnesiumSilicon, .equilibriumTemperature: log10(value)
    case .radius: log10(value) - Self.radiusExponent * log10(mass)
    case .loveNumber: loveNumberFeature == .linear ? value : value.squareRoot()
    }
  }

  /// The value of an input from its feature.
  package func value(_ input: InteriorInput, feature: Double, mass: Double) -> Double {
    switch input {
    case .mass, .ironToMagnesiumSilicon, .equilibriumTemperature: pow(10, feature)
    case .radius: pow(10, feature + Self.radiusExponent * log10(mass))
    case .loveNumber: loveNumberFeature == .linear ? feature : feature * feature
    }
  }
}
