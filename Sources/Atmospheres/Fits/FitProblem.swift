import NumericalMethods
import Units

/// A fit as the search sees it: unknowns in, residuals out.
struct FitProblem: Sendable {
  let fit: SpectrumFit
  let parameters: [FitParameter]
  let data: MeasuredDepths
  /// The fit's model in the bins the data reach.
  private let model: SpectrumModel
  private let binning: PointBinning
  private let planets: PlanetParameters
  /// Added in quadrature to every error; a fraction, as depths.
  var extraNoise = 0.0

  /// - Returns: nil where the data do not lie on the model's grid.
  init?(fit: SpectrumFit, parameters: [FitParameter], data: MeasuredDepths) {
    guard let binning = PointBinning(data, on: fit.model.grid), !binning.bins.isEmpty else { return nil }
    self.fit = fit
    self.parameters = parameters
    self.data = data
    model = fit.model.cut(to: binning.bins)
    self.binning = binning
    var radius: Length?
    if case .eclipse(_, let known) = fit.geometry { radius = known }
    planets = PlanetParameters(
      columns: parameters.map(\.quantity), mass: fit.mass, stellarRadius: fit.stellarRadius, radius: radius,
      dissociation: fit.dissociation)
  }

  /// Squared errors, the extra noise included.
  var variances: [Double] { data.error.map { $0 * $0 + extraNoise * extraNoise } }

  /// The model on all of its grid.
  /// - Returns: nil where there is none for these values: an atmosphere that is not bound, mixing ratios above 1.
  func spectrum(_ values: [Double]) -> [Double]? { try? spectrum(values, fit.model) }

  /// Why these parameters have no spectrum; nil where they have one.
  func failure(_ values: [Double]) -> AtmosphereError? {
    do throws(AtmosphereError) {
      _ = try spectrum(values, model)
      return nil
    } catch {
      return error
    }
  }

  private func spectrum(_ values: [Double], _ model: SpectrumModel) throws(AtmosphereError) -> [Double] {
    let planet = atmosphere(values)
    switch fit.geometry {
    case .transmission: return try model.transitDepth(planet)
    case .eclipse(let temperature, _):
      return try model.emission(planet, star: .blackBody(temperature)).eclipseDepth
    }
  }

  /// The model at the points, offsets included.
  func depths(_ values: [Double]) -> [Double]? {
    guard let spectrum = try? spectrum(values, model) else { return nil }
    var means = binning.means(of: spectrum)
    for (parameter, value) in zip(parameters, values) {
      guard case .offset(let instrument) = parameter.quantity else { continue }
      for place in means.indices where data.instrument[place] == instrument { means[place] += value * 1e-6 }
    }
    return means
  }

  /// Model less measurement, over the errors.
  func residuals(_ values: [Double]) -> [Double]? {
    guard let depths = depths(values) else { return nil }
    let variances = self.variances
    return depths.indices.map { (depths[$0] - data.depth[$0]) / variances[$0].squareRoot() }
  }

  func atmosphere(_ values: [Double]) -> PlanetAtmosphere { planets.planet(values) }

  /// The least squares from `start`, one unknown held where it is if asked.
  /// - Parameter precision: in chi2; what two steps in a row gain less than ends the search. Limits are drawn at
  ///   differences of 1 and more.
  func minimum(
    from start: [Double], holding held: Int? = nil, precision: Double = 0.02, mostIterations: Int = 40
  ) -> LevenbergMarquardt.Solution? {
    let free = parameters.indices.filter { $0 != held }
    var search = LevenbergMarquardt()
    search.tolerance = precision / Double(data.count)
    search.mostIterations = mostIterations
    func whole(_ values: [Double]) -> [Double] {
      var all = start
      for (place, index) in free.enumerated() { all[index] = values[place] }
      return all
    }
    let solution = search.minimize(free.map { parameters[$0].unknown(from: start[$0]) }) {
      residuals(whole($0))
    }
    guard var solution else { return nil }
    var errors = [Double?](repeating: nil, count: parameters.count)
    for (place, index) in free.enumerated() { errors[index] = solution.errors[place] }
    solution.values = whole(solution.values)
    solution.errors = errors
    return solution
  }

  /// `values` with the radius at which the model's mean depth is the measured one: without it most random starts lie
  /// hundreds of errors away, and the first steps go to waste.
  func withMatchedRadius(_ values: [Double]) -> [Double] {
    guard let index = parameters.firstIndex(where: { $0.quantity == .radius }) else { return values }
    var matched = values
    for _ in 0..<3 {
      guard let depths = depths(matched) else { return values }
      var model = data
      model.depth = depths
      let ratio = data.weightedMean / model.weightedMean
      let bounds = parameters[index].bounds
      matched[index] = min(max(matched[index] * ratio.squareRoot(), bounds.lowerBound), bounds.upperBound)
    }
    return matched
  }
}
