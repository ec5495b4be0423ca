import NumericalMethods

#if canImport(Glibc)
  import Glibc
#endif

/// A planet's Fe/(Mg+Si), guessed from its star's metallicity.
///
/// Step 1, the star: solar photospheric abundances A(Fe) = 7.46, A(Mg) = 7.55, A(Si) = 7.51 (Asplund, Amarsi &
/// Grevesse 2021, A&A 653, A141), shifted by [Mg/Fe] = [Si/Fe] = -0.12 [Fe/H] with a scatter of 0.06 dex: our
/// rounding of the trend among thin-disc dwarfs (Reddy et al. 2003, MNRAS 340, 304), held to -0.8...+0.4 dex.
/// Step 2, the planet: -1.35 (36) + 4.84 (92) x star, molar, as Zhao, Ni & Liu 2023 apply the relation of
/// Adibekyan et al. 2021, Science 374, 330. The two coefficients' errors are taken as independent, which is wider
/// than a fit with its covariance would be.
enum StellarComposition {
  static let sentence =
    "Fe/(Mg+Si) of the planet is inferred from the star's metallicity (solar Mg/Fe and Si/Fe with the thin disc's "
    + "trend, then the relation of Adibekyan et al. 2021 with its scatter)."

  private static let solar = pow(10, 7.46) / (pow(10, 7.55) + pow(10, 7.51))

  /// One draw of the planet's ratio; may be negative, which no network was trained on.
  static func draw(metallicity: MeasuredNumber, random: inout SeededRandom) -> Double {
    let iron = min(max(metallicity.draw(random: &random), -0.8), 0.4)
    let alpha = -0.12 * iron + 0.06 * random.normal()
    let star = solar * pow(10, -alpha)
    return -1.35 + 0.36 * random.normal() + (4.84 + 0.92 * random.normal()) * star
  }
}
