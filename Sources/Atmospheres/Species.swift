/// A gas of the atmosphere, named by its chemical formula as astronomers write it: `H2O`, `TiO`, `Na`.
package struct Species: Sendable, Hashable, CustomStringConvertible {
  package let formula: String
  /// Molar mass in g/mol from standard atomic weights.
  package let molarMass: Double

  /// - Throws: `unknownSpecies` unless `formula` is a sequence of element symbols of `atomicWeights` and counts.
  package init(_ formula: String) throws(AtmosphereError) {
    guard let mass = Self.molarMass(of: formula) else {
      throw AtmosphereError(
        .unknownSpecies, "\"\(formula)\" is not a gas we know: write a formula such as H2O, CO2, TiO or Na")
    }
    self.formula = formula
    molarMass = mass
  }

  private init(known formula: String) {
    self.formula = formula
    molarMass = Self.molarMass(of: formula)!
  }

  package static let hydrogen = Species(known: "H2")
  package static let helium = Species(known: "He")
  package static let water = Species(known: "H2O")
  package static let methane = Species(known: "CH4")
  package static let carbonDioxide = Species(known: "CO2")
  package static let carbonMonoxide = Species(known: "CO")
  package static let nitrogen = Species(known: "N2")
  package static let ammonia = Species(known: "NH3")
  package static let hydrogenCyanide = Species(known: "HCN")
  package static let acetylene = Species(known: "C2H2")
  package static let hydrogenSulfide = Species(known: "H2S")
  package static let sulfurDioxide = Species(known: "SO2")
  package static let titaniumOxide = Species(known: "TiO")
  package static let vanadiumOxide = Species(known: "VO")
  package static let sodium = Species(known: "Na")
  package static let potassium = Species(known: "K")
  package static let atomicHydrogen = Species(known: "H")
  package static let atomicOxygen = Species(known: "O")
  package static let hydroxyl = Species(known: "OH")

  package var description: String { formula }
  package static func == (a: Self, b: Self) -> Bool { a.formula == b.formula }
  package func hash(into hasher: inout Hasher) { hasher.combine(formula) }

  /// Abridged standard atomic weights (Prohaska et al. 2022, Pure Appl. Chem. 94, 573), g/mol.
  package static let atomicWeights: [String: Double] = [
    "H": 1.008, "He": 4.0026, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998, "Na": 22.990, "Mg": 24.305,
    "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Cl": 35.45, "K": 39.098, "Ca": 40.078, "Ti": 47.867,
    "V": 50.942, "Cr": 51.996, "Fe": 55.845, "Li": 6.94, "Rb": 85.468, "Cs": 132.91,
  ]

  private static func molarMass(of formula: String) -> Double? {
    var rest = Substring(formula)
    var mass = 0.0
    while let first = rest.first {
      guard first.isASCII, first.isUppercase else { return nil }
      var symbol = String(rest.removeFirst())
      if let second = rest.first, second.isASCII, second.isLowercase { symbol.append(rest.removeFirst()) }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let weight = atomicWeights[symbol], digits.count < 4 else { return nil }
      guard let count = digits.isEmpty ? 1 : Int(digits), count > 0 else { return nil }
      mass += weight * Double(count)
    }
    return mass > 0 ? mass : nil
  }
}
