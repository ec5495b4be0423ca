import Units

/// Rayleigh scattering cross-section of one gas.
package enum RayleighScattering: Sendable, Hashable {
  /// From the refractive index n at the standard density N (Sneep & Ubachs 2005, JQSRT 92, 293, equation 1):
  /// sigma = 24 pi^3 F / lambda^4 ((n^2 - 1) / (N (n^2 + 2)))^2, F the King factor; `scale` multiplies the result.
  case refraction(RefractionLaw, king: Double, scale: Double = 1)
  /// sigma = a w^-4 (1 + b w^-2 + c w^-4) cm2, w the wavelength in Angstrom.
  case dalgarno(a: Double, b: Double, c: Double)

  /// - Parameter wavelength: m.
  /// - Returns: m2 a molecule.
  package func crossSection(at wavelength: Double) -> Double {
    switch self {
    case .refraction(let law, let king, let scale):
      let n = 1 + law.refractivity(atMicrometers: wavelength * 1e6)
      let ratio = (n * n - 1) / (Constants.loschmidt2010 * (n * n + 2))
      let squared = wavelength * wavelength
      return scale * 24 * Double.pi * Double.pi * Double.pi * king * ratio * ratio / (squared * squared)
    case .dalgarno(let a, let b, let c):
      let w = wavelength * 1e10
      let inverse = 1 / (w * w)
      return a * inverse * inverse * (1 + b * inverse + c * inverse * inverse) * 1e-4
    }
  }
}

/// n - 1 of a gas at standard density as a function of wavelength.
package enum RefractionLaw: Sendable, Hashable {
  /// a (1 + b / w^2), w in um (Allen's Astrophysical Quantities, 4th edition, table 4.4).
  case cauchy(a: Double, b: Double)
  /// Sum of a_i / (b_i - w^-2), w in um; `scale` multiplies it.
  case sellmeier([(Double, Double)], scale: Double = 1)
  /// a + b / w^2, w in cm.
  case sum(a: Double, b: Double)

  package func refractivity(atMicrometers w: Double) -> Double {
    switch self {
    case .cauchy(let a, let b): return a * (1 + b / (w * w))
    case .sellmeier(let terms, let scale):
      let q = 1 / (w * w)
      return scale * terms.reduce(0) { $0 + $1.0 / ($1.1 - q) }
    case .sum(let a, let b): return a + b / (w * w * 1e-8)
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.cauchy(let a, let b), .cauchy(let c, let d)): a == c && b == d
    case (.sellmeier(let a, let b), .sellmeier(let c, let d)): b == d && a.elementsEqual(c, by: ==)
    case (.sum(let a, let b), .sum(let c, let d)): a == c && b == d
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(refractivity(atMicrometers: 1)) }
}
