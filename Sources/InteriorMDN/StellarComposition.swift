import Analyses
import NumericalMethods
import PlainText

/// What a star's metallicity says of its planet's Fe/(Mg+Si), molar.
///
/// The star: solar photospheric abundances A(Fe) = 7.46, A(Mg) = 7.55, A(Si) = 7.51 (Asplund, Amarsi & Grevesse 2021, A&A 653, A141),
/// shifted by [Mg/Fe] = [Si/Fe] = -0.12 [Fe/H] with a scatter of 0.06 dex: our rounding of the trend among thin-disc dwarfs (Reddy et al.
/// 2003, MNRAS 340, 304), held to -0.8...+0.4 dex.
///
/// The planet, `oneToOne`: as its star, with a scatter. Homogeneous samples are consistent with it: slope 0.94 +1.02 -1.07 between the
/// iron-mass fractions of 21 planets and their stars (Plotnykov et al. 2025, arXiv:2511.17717); core mass fractions of 15 of 20 planets
/// agree with their star's within one deviation (Brinkman et al. 2024, arXiv:2409.08361). Both are relations of mass fractions; one to
/// one means the same for molar ratios. The scatter is a choice: 25 % by default, in ln of the ratio. Solar Fe/(Mg+Si) is 0.425, the
/// Earth's 0.475.
///
/// `adibekyan2021`: -1.35 (36) + 4.84 (92) x star, as Zhao, Ni & Liu 2023 apply it to molar ratios; Adibekyan et al. 2021, Science 374,
/// 330, fitted it to iron-mass fractions. Its two coefficients' errors are taken as independent, which they are not, so it says next to
/// nothing (0.13 to 1.33 for the Sun); kept for comparison.
struct StellarComposition: Sendable, Hashable {
  let metallicity: MeasuredNumber
  let relation: StarRelation

  static let range = -0.8...0.4
  private static let solar = pow(10, 7.46) / (pow(10, 7.55) + pow(10, 7.51))
  /// [Mg/Fe] over [Fe/H], and its scatter, dex.
  private static let (alphaSlope, alphaScatter) = (-0.12, 0.06)
  private static let (intercept, interceptError, slope, slopeError) = (-1.35, 0.36, 4.84, 0.92)

  var sentence: String {
    switch relation.form {
    case .oneToOne:
      "Fe/(Mg+Si) of the planet is taken as its star's (by [Fe/H], with solar Mg/Fe and Si/Fe and the thin disc's trend) to "
        + "\(Numerals.sentence(100 * relation.scatter, digits: 2)) %."
    case .adibekyan2021:
      "Fe/(Mg+Si) of the planet is inferred from the star's metallicity (solar Mg/Fe and Si/Fe with the thin disc's "
        + "trend, then the relation of Adibekyan et al. 2021 with its scatter)."
    }
  }

  var isClamped: Bool { !Self.range.contains(metallicity.value) }

  private static func clamped(_ metallicity: Double) -> Double {
    min(max(metallicity, range.lowerBound), range.upperBound)
  }

  /// One draw of the planet's ratio; by the relation of 2021 it may be negative.
  func draw(random: inout SeededRandom) -> Double {
    let iron = Self.clamped(metallicity.draw(random: &random))
    let alpha = Self.alphaSlope * iron + Self.alphaScatter * random.normal()
    let star = Self.solar * pow(10, -alpha)
    switch relation.form {
    case .oneToOne: return star * exp(relation.scatter * random.normal())
    case .adibekyan2021:
      return Self.intercept + Self.interceptError * random.normal()
        + (Self.slope + Self.slopeError * random.normal()) * star
    }
  }

  /// Up to a constant.
  func logLikelihood(_ ironToMagnesiumSilicon: Double) -> Double {
    guard ironToMagnesiumSilicon > 0, ironToMagnesiumSilicon.isFinite else { return -.infinity }
    let star = Self.solar * pow(10, -Self.alphaSlope * Self.clamped(metallicity.value))
    let fromMetallicity = Self.alphaSlope * (metallicity.upperError + metallicity.lowerError) / 2
    let starScatter =
      log(10) * (fromMetallicity * fromMetallicity + Self.alphaScatter * Self.alphaScatter).squareRoot()
    switch relation.form {
    case .oneToOne:
      let difference = log(ironToMagnesiumSilicon / star)
      return -difference * difference
        / (2 * (starScatter * starScatter + relation.scatter * relation.scatter))
    case .adibekyan2021:
      let difference = ironToMagnesiumSilicon - (Self.intercept + Self.slope * star)
      let (ofSlope, ofStar) = (Self.slopeError * star, Self.slope * star * starScatter)
      return -difference * difference
        / (2 * (Self.interceptError * Self.interceptError + ofSlope * ofSlope + ofStar * ofStar))
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
