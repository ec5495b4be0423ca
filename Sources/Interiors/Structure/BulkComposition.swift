/// Counting of elements in a planet.
package enum BulkComposition {
  /// Mass of light elements a core holds for each unit of density deficit. Oxygen, silicon and sulphur
  /// lighten liquid iron by 0.7 to 1.1 % per weight per cent (Hirose, Wood & Vocadlo 2021, Nat. Rev. Earth
  /// Environ. 2, 645).
  package static let lightElementsPerDeficit = 1.2

  /// Molar Fe/(Mg+Si) of the whole planet: iron of the core's metal and the mantle's FeO, silicon of the
  /// mantle.
  ///
  /// The core's light elements are not counted; nickel (5 % of the metal) counts as iron, which offsets
  /// that a mantle of three oxides counts the Earth's 8 % of Al2O3 and CaO as magnesium and silicon. With
  /// the Earth's core (0.3246 of the mass, deficit 0.095) and mantle (Fe/(Mg+Fe) = 0.107) it gives 0.477;
  /// McDonough 2003 (Treatise on Geochemistry 2.15) has 32.0 % Fe, 15.4 % Mg and 16.1 % Si in the bulk
  /// Earth: 0.475.
  static func ironToMagnesiumSilicon(_ p: PlanetParameters, materials: Materials) -> Double {
    let lightElements = lightElementsPerDeficit * p.coreDensityDeficit
    let coreIron = p.coreMassFraction * (1 - lightElements) / Iron.molarMass
    let x = p.mantleIronNumber
    let cation = x * materials.ironMantleMass + (1 - x) * materials.magnesiumMantleMass
    // Moles of cations (Mg + Fe) in a kilogram of planet.
    let cations = p.mantleMassFraction / cation
    let magnesium = (1 - x) * cations
    let silicon = cations / materials.cationsToSilicon
    return (coreIron + x * cations) / (magnesium + silicon)
  }
}
