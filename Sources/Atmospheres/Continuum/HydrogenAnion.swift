import Units

/// Absorption by H-: photons that free its electron, and electrons that pass H (John 1988, A&A 193, 189; within 1.6 % of
/// McLaughlin et al. 2017, J. Phys. B 50, 114001, and 0.6 % of Bell & Berrington 1987, J. Phys. B 20, 801).
package enum HydrogenAnion {
  /// The longest wavelength that frees the electron, um: 0.755 eV.
  private static let threshold = 1.6419

  /// Bound-free (John's equations 4 and 5), light emitted under stimulation not taken off.
  /// - Parameter wavelength: m; the fit begins at 0.125 um.
  /// - Returns: m2 an ion.
  package static func photodetachment(at wavelength: Double) -> Double {
    let l = wavelength * 1e6
    guard l < threshold else { return 0 }
    let x = 1 / l - 1 / threshold
    let series = [152.519, 49.534, -118.858, 92.536, -34.194, 4.982].reversed()
      .reduce(0) { $0 * x.squareRoot() + $1 }
    return 1e-22 * l * l * l * pow(x, 1.5) * series
  }

  /// Free-free (John's equation 6, table 3a), stimulated emission taken off.
  /// - Parameters:
  ///   - wavelength: m; below 0.3645 um, where bound-free is a hundred times more, that at 0.3645 um.
  ///   - temperature: K, 1400 to 10 080.
  /// - Returns: m4 N-1, a hydrogen atom and pascal of electrons' pressure.
  package static func freeFree(at wavelength: Double, temperature: Double) -> Double {
    let theta = 5040 / temperature
    let terms = freeFreeTerms(at: wavelength)
    return terms.indices.reduce(0) { $0 + terms[$1] * pow(theta, Double($1 + 3) / 2) }
  }

  /// What theta^1.5, theta^2 ... theta^3.5 are multiplied by, m4 N-1.
  static func freeFreeTerms(at wavelength: Double) -> [Double] {
    let l = max(wavelength * 1e6, 0.3645)
    let inverse = 1 / l
    return coefficients.map { c in
      // 1e-29 cm4 dyn-1
      1e-32 * (l * l * c.a + c.b + inverse * (c.c + inverse * (c.d + inverse * (c.e + inverse * c.f))))
    }
  }

  private static let coefficients = [
    (a: 2483.346, b: 285.827, c: -2054.291, d: 2827.776, e: -1341.537, f: 208.952),
    (a: -3449.889, b: -1158.382, c: 8746.523, d: -11485.632, e: 5303.609, f: -812.939),
    (a: 2200.04, b: 2427.719, c: -13651.105, d: 16755.524, e: -7510.494, f: 1132.738),
    (a: -696.271, b: -1841.4, c: 8624.97, d: -10051.53, e: 4400.067, f: -655.02),
    (a: 88.283, b: 444.517, c: -1863.865, d: 2095.288, e: -901.788, f: 132.985),
  ]

  /// p(H) p(e) / p(H-) in equilibrium, Pa: Saha's law with statistical weights 2, 2 and 1 (in cgs, k T over this is John's
  /// 0.750 T^-2.5 exp(8763 K / T)).
  package static func equilibrium(temperature: Double) -> Double {
    let affinity = Constants.secondRadiation / (threshold * 1e-6)
    return 4 * Ionisation.electronDensity(temperature: temperature) * Constants.boltzmann * temperature
      * exp(-affinity / temperature)
  }

  /// What ions absorb, and the electrons and atoms they are in equilibrium with.
  /// - Parameters:
  ///   - densities: of the ions, m-3, one a layer.
  ///   - temperatures: K, one a layer.
  ///   - wavelengths: m, one a bin.
  static func sources(
    densities: [Double], temperatures: [Double], wavelengths: [Double]
  ) -> [ContinuumSource] {
    let free = wavelengths.map { freeFreeTerms(at: $0) }
    var sources = coefficients.indices.map { term in
      ContinuumSource(
        amounts: zip(densities, temperatures).map { density, temperature in
          density * equilibrium(temperature: temperature) * pow(5040 / temperature, Double(term + 3) / 2)
        },
        crossSection: free.map { $0[term] })
    }
    let bound = wavelengths.map { photodetachment(at: $0) }
    for (temperature, amounts) in densities.shared(among: nodes, by: temperatures) {
      let crossSection = zip(wavelengths, bound).map { wavelength, bound in
        -bound * expMinusOne(-Constants.secondRadiation / (wavelength * nodes[temperature]))
      }
      sources.append(ContinuumSource(amounts: amounts, crossSection: crossSection))
    }
    return sources
  }

  /// Stimulated emission takes off 5 % at most, at the threshold at 3000 K: between these temperatures it is linear to 4e-4.
  private static let nodes = stride(from: 500.0, through: 5000, by: 250).map { $0 }
}
