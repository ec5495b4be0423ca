/// A solid or liquid that clouds and hazes are made of.
package enum Condensate: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case enstatite = "MgSiO3"
  case forsterite = "Mg2SiO4"
  case silica = "SiO2"
  case manganeseSulfide = "MnS"
  case potassiumChloride = "KCl"
  /// Haze of Titan's kind, made by discharges in nitrogen and methane.
  case tholin

  package var description: String { rawValue }

  /// kg m-3. Glasses: Dorschner et al. 1995 (MgSiO3), fused silica (SiO2); crystals: CRC Handbook (Mg2SiO4, MnS, KCl);
  /// tholin: Horst & Tolbert 2013, ApJ 770, L10 (1.13 to 1.4 g cm-3).
  package var density: Double {
    switch self {
    case .enstatite: 2710
    case .forsterite: 3270
    case .silica: 2200
    case .manganeseSulfide: 3990
    case .potassiumChloride: 1980
    case .tholin: 1300
    }
  }

  /// Measured at room temperature; each table states its source.
  package var refractiveIndex: RefractiveIndex {
    switch self {
    case .enstatite: .enstatiteGlass
    case .forsterite: .amorphousForsterite
    case .silica: .silicaGlass
    case .manganeseSulfide: .manganeseSulfide
    case .potassiumChloride: .potassiumChloride
    case .tholin: .tholin
    }
  }
}
