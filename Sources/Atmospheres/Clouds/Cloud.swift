package import Units

/// A cloud between two pressures, thinning out upwards, that light of some colours passes better than of others.
package struct Cloud: Sendable, Hashable {
  package enum Matter: Sendable, Hashable {
    /// Spheres of a condensate; so many kg in a kg of gas at the base.
    case particles(Condensate, ParticleSizes, massFraction: Double)
    /// opacity (wavelength / 1 um)^-exponent, m2 in a kg of gas at the base; 0 is grey, 4 as small particles scatter.
    case powerLaw(opacity: Double, exponent: Double)
  }

  package var matter: Matter
  /// The highest pressure with cloud; nil: as deep as the atmosphere is.
  package var base: Pressure?
  /// The lowest; nil: as high as the atmosphere is.
  package var top: Pressure?
  /// The share of cloud in the gas falls as (p / base)^sedimentation: 0 is well mixed; f_sed of Ackerman & Marley 2001, ApJ
  /// 556, 872, where mixing lengths are scale heights.
  package var sedimentation: Double

  package init(
    _ matter: Matter, base: Pressure? = nil, top: Pressure? = nil, sedimentation: Double = 0
  ) {
    self.matter = matter
    self.base = base
    self.top = top
    self.sedimentation = sedimentation
  }

  /// What there is of the cloud in each layer, over what a layer at the base would have; a layer cut by base or top counts by
  /// log pressure, so that spectra change smoothly as they move.
  func shares(_ grid: PressureGrid) -> [Double] {
    let deepest = base?.pascals ?? grid.levels[0]
    let highest = top?.pascals ?? grid.levels[grid.layerCount]
    return (0..<grid.layerCount).map { layer in
      let (lower, upper) = (min(grid.levels[layer], deepest), max(grid.levels[layer + 1], highest))
      guard lower > upper else { return 0 }
      let part = log(lower / upper) / log(grid.levels[layer] / grid.levels[layer + 1])
      return part * pow((lower * upper).squareRoot() / deepest, sedimentation)
    }
  }

  /// - Throws: `badComposition` where a number is not of a cloud.
  func check() throws(AtmosphereError) {
    switch matter {
    case .particles(_, let sizes, let massFraction):
      try sizes.check()
      guard (0...1).contains(massFraction) else {
        throw AtmosphereError(.badComposition, "a cloud's mass in a kg of gas is 0 to 1 kg")
      }
    case .powerLaw(let opacity, let exponent):
      guard (0...1e6).contains(opacity), (-10...20).contains(exponent) else {
        throw AtmosphereError(
          .badComposition, "a cloud's opacity is 0 to 1e6 m2 in a kg of gas, its exponent -10 to 20")
      }
    }
    guard (0...100).contains(sedimentation) else {
      throw AtmosphereError(.badComposition, "a cloud's sedimentation is 0 to 100")
    }
    let (deepest, highest) = (base?.pascals ?? .infinity, top?.pascals ?? 0)
    guard deepest > highest, deepest > 0, highest >= 0 else {
      throw AtmosphereError(
        .badComposition, "a cloud's base lies below its top: base and top are pressures, base the higher")
    }
  }
}

/// Where light that clouds scatter is lost: from a thin beam all of it, from the light of a whole atmosphere not what goes on.
enum BeamGeometry: Sendable { case transit, emission }

extension SpectrumModel {
  /// Clouds as continuum: kg m-3 of each layer times m2 kg-1 of each bin.
  ///
  /// In emission what is scattered out of the beam counts as absorbed, and is replaced by thermal light of the place.
  func clouds(
    _ state: AtmosphericState, _ aerosols: Aerosols, _ geometry: BeamGeometry
  ) throws(AtmosphereError) -> [ContinuumSource] {
    try aerosols.clouds.map { cloud throws(AtmosphereError) in
      try cloud.check()
      let amount: Double
      let crossSection: [Double]
      switch cloud.matter {
      case .powerLaw(let opacity, let exponent):
        amount = opacity
        crossSection = wavelengths.map { pow($0 / 1e-6, -exponent) }
      case .particles(let condensate, let sizes, let massFraction):
        amount = massFraction
        let opacity = mie.opacity(condensate, sizes)
        crossSection = geometry == .transit ? opacity.extinction : opacity.lossFromDiffuseBeam
      }
      let shares = cloud.shares(configuration.pressures)
      let amounts = shares.indices.map { layer in
        amount * shares[layer] * state.structure.densities[layer]
          * state.composition.meanMolarMass[layer] * configuration.constants.atomicMass
      }
      return ContinuumSource(amounts: amounts, crossSection: crossSection)
    }
  }
}
