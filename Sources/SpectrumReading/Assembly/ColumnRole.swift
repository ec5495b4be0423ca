/// What a column is, told from its name.
enum ColumnRole: Sendable, Hashable {
  case wavelength, logWavelength, lowerEdge, upperEdge, halfWidth, width
  case ordinate(Ordinate)
  case error, upperError, lowerError, inverseVariance, variance
  case quality

  enum Ordinate: Sendable, Hashable {
    /// (Rp/Rs)^2.
    case transitDepth
    /// Rp/Rs.
    case radiusRatio
    /// Fp/Fs.
    case eclipseDepth
    /// A depth that may be either.
    case depth
    case flux
  }

  var isOrdinate: Bool { if case .ordinate = self { true } else { false } }
}
