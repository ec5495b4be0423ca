package import NumericalMethods
package import Units

/// The best atmosphere behind a measured spectrum, by maximum likelihood: what is given, what is sought, and how.
///
/// A maximum, not a posterior. Errors are those of the parabola at the maximum where that lies well inside the
/// bounds, else limits of the profile likelihood; other maxima may be as good, and `FittedSpectrum.equals` tells where.
package struct SpectrumFit: Sendable {
  package enum Geometry: Sendable {
    /// Transit depths; the radius at 10 bar is sought.
    case transmission
    /// Eclipse depths of a planet of known radius at 10 bar; the star is a black body.
    case eclipse(starTemperature: Temperature, radius: Length)
  }

  package enum TemperatureShape: Sendable, Hashable {
    case isothermal
    /// Guillot (2010): equilibrium temperature, thermal opacity, visible over thermal opacity; 100 K of the planet's own.
    case guillot
    /// So many temperatures between 1e-5 and 10 bar, 2 or more.
    case points(Int)
  }

  package let model: SpectrumModel
  package var mass: Mass
  package var stellarRadius: Length
  package var gases: [Species]
  package var geometry = Geometry.transmission
  package var temperature = TemperatureShape.isothermal
  /// K; the opacity tables reach from 300 to 3000 K.
  package var temperatureBounds = 300.0...2900
  package var hasClouds = true
  /// Particles of this, well mixed: how many and how large.
  package var condensate: Condensate?
  /// Deck, haze and particles over a part of the limb only (Line & Parmentier 2016, ApJ 820, 78).
  package var hasCloudFraction = false
  package var hasHaze = false
  /// Molecules break and atoms are ionised as temperature and pressure have it.
  package var dissociation: ThermalDissociation?
  /// A mixing ratio of H-, whatever makes it.
  package var hasHydrogenAnion = false
  /// An offset of each instrument but the first.
  package var hasOffsets = false
  /// A noise term, the same for all points, added in quadrature to their errors and fitted along.
  package var inflatesErrors = false
  /// Parameters, by key, that stay at a value.
  package var held: [String: Double] = [:]
  /// Limits by the profile likelihood for all parameters, not only for those without a parabola.
  package var profilesAll = false
  package var startCount = 24
  package var seed: UInt64 = 1
  package var threads = 1

  package init(model: SpectrumModel, mass: Mass, stellarRadius: Length, gases: [Species]) {
    self.model = model
    self.mass = mass
    self.stellarRadius = stellarRadius
    self.gases = gases
  }

  /// Searches from `startCount` starts and returns the best.
  /// - Throws: `badData` where there is too little to fit, `missingOpacity` for a gas without a table, `badPlanet`
  ///   where no start has a spectrum.
  package func fit(_ data: MeasuredDepths) throws(AtmosphereError) -> FittedSpectrum {
    precondition(startCount > 0 && threads > 0)
    for gas in gases where !model.species.contains(gas) { throw model.missingOpacity(of: gas) }
    let usable = (0..<data.count).filter {
      data.depth[$0].isFinite && data.error[$0] > 0 && data.error[$0].isFinite
        && PointBinning.covers(model.grid, lower: data.lower[$0], upper: data.upper[$0])
    }
    let used = data[usable]
    let parameters = try self.parameters(for: used)
    let free = parameters.count { !$0.isHeld }
    guard used.count > free + (inflatesErrors ? 1 : 0) else {
      throw AtmosphereError(
        .badData,
        "\(used.count) usable points on the opacity tables' grid cannot fix \(free) parameters: fit fewer "
          + "gases, or more points")
    }
    guard let problem = FitProblem(fit: self, parameters: parameters, data: used) else {
      throw AtmosphereError(.badData, "the model's grid has no bins to compare points with")
    }
    return try FitSearch(problem: problem).result(of: data, usable: usable)
  }

  // MARK: Parameters

  private func parameters(for data: MeasuredDepths) throws(AtmosphereError) -> [FitParameter] {
    var list = freeParameters(for: data)
    for (key, value) in held.sorted(by: { $0.key < $1.key }) {
      guard let place = list.firstIndex(where: { $0.key == key }), value.isFinite else {
        throw AtmosphereError(
          .badProfile,
          "\(key) is no parameter of this fit; there are \(list.map(\.key).joined(separator: ", "))")
      }
      list[place].bounds = value...value
      list[place].startRange = value...value
    }
    return list
  }

  private func freeParameters(for data: MeasuredDepths) -> [FitParameter] {
    var list = temperatureParameters
    if case .transmission = geometry, data.count > 0 {
      let radius = data.weightedMean.squareRoot() * stellarRadius.meters / Constants.jupiterRadius
      // 10 bar lies some ten scale heights below what transits show.
      list.insert(
        FitParameter(
          .radius, radius * 0.5...radius * 1.1, starts: radius * 0.9...radius, step: 1e-4 * radius), at: 0)
    }
    list += gases.map { FitParameter(.logMixingRatio($0), -12 ... -0.3, starts: -8 ... -2, step: 0.02) }
    if hasClouds {
      list.append(FitParameter(.logCloudTop, -6...1, starts: -4...1, step: 0.02))
    }
    if let condensate {
      // The radius first: the amount is of particles that have one.
      list.append(FitParameter(.logParticleRadius, -2.9...0.9, starts: -2...0.5, step: 0.02))
      list.append(FitParameter(.logCondensate(condensate), -12 ... -1, starts: -8 ... -3, step: 0.02))
    }
    if hasCloudFraction, hasClouds || condensate != nil {
      list.append(FitParameter(.cloudFraction, 0...1, starts: 0.2...0.9, step: 0.01))
    }
    if hasHydrogenAnion {
      list.append(FitParameter(.logHydrogenAnion, -14 ... -4, starts: -11 ... -7, step: 0.02))
    }
    if hasHaze {
      list.append(FitParameter(.logHaze, -2...8, starts: -1...4, step: 0.02))
      list.append(FitParameter(.hazeSlope, -14...0, starts: -8 ... -1, step: 0.02))
    }
    if hasOffsets {
      list += data.instruments.dropFirst().map {
        FitParameter(.offset($0), -2000...2000, starts: -100...100, step: 1)
      }
    }
    return list
  }

  private var temperatureParameters: [FitParameter] {
    switch temperature {
    case .isothermal: [FitParameter(.temperature, temperatureBounds, starts: 500...2200, step: 2)]
    case .guillot:
      [
        FitParameter(.equilibriumTemperature, temperatureBounds, starts: 500...2500, step: 2),
        FitParameter(.logThermalOpacity, -6...1, starts: -4 ... -2, step: 0.02),
        FitParameter(.logOpacityRatio, -3...2, starts: -1.5...0.5, step: 0.02),
      ]
    case .points(let count):
      Self.pressures(of: count).map {
        FitParameter(.temperatureAt($0), temperatureBounds, starts: 500...2500, step: 2)
      }
    }
  }

  private static func pressures(of count: Int) -> [Pressure] {
    precondition(count >= 2)
    return (0..<count).map { Pressure(bars: pow(10, -5 + 6 * Double($0) / Double(count - 1))) }
  }
}

extension MeasuredDepths {
  /// The mean depth, each point weighing by 1/error^2.
  package var weightedMean: Double {
    let weights = error.map { 1 / ($0 * $0) }
    return zip(depth, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }
}
