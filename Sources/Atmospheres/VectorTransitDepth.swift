import Tensors

/// Transits by tables of numbers alone, 16 bins at a time.
///
/// What `layeredTransitDepth` computes ray by ray in all bins is here done vector by vector of bins, so that what can not
/// be seen is told early and left out: rays that are dark by what was counted before, gases that are thin or thick.
extension SpectrumModel {
  func vectorTransitDepth(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> [Double] {
    let transit = VectorTransit(
      try AtmosphericState(planet, configuration), radius: planet.radius.meters,
      cloudedFractions: planet.aerosols.cloudedFractions(configuration.pressures))
    let gases = try vectorGases(transit)
    let continuum = try vectorContinuum(transit, planet.aerosols)
    let paths = gases.contains(where: \.needsPaths) ? ChordPaths(transit) : nil
    let workspace = VectorGas.Workspace(
      points: paths == nil ? 0 : gases.map(\.pointCount).max() ?? 0, layers: transit.rayCount)
    let transmittance = LaneBuffer(count: transit.rayCount * ChordKernels.lanes)
    var area = [Double](repeating: 0, count: binCount.roundedUp(to: ChordKernels.lanes))
    for vector in 0..<area.count / ChordKernels.lanes {
      continuum.set(transmittance.base, vector: vector)
      var first = transit.firstVisible(transmittance.base, from: transit.first)
      // The strongest first: what it darkens the others need not.
      let order = gases.indices.sorted { gases[$0].strengths[vector] > gases[$1].strengths[vector] }
      for gas in order.lazy.map({ gases[$0] }) where first < transit.rayCount {
        guard gas.matters(vector: vector, logColumn: transit.logColumns[first]) else { continue }
        gas.absorb(
          vector: vector, paths: paths, first: first, rays: transit.rayCount, workspace,
          into: transmittance.base)
        first = transit.firstVisible(transmittance.base, from: first)
      }
      transit.setArea(vector, of: &area, transmittance.base, first: first)
    }
    let starArea = planet.stellarRadius.meters * planet.stellarRadius.meters
    return area.prefix(binCount).map { $0 / starArea }
  }

  /// Depths with all gases and with each one muted: what lies behind one gas may be seen without it, so each is computed
  /// wherever the continuum lets light through.
  func vectorMutedTransitDepths(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> MutedSpectra {
    let transit = VectorTransit(
      try AtmosphericState(planet, configuration), radius: planet.radius.meters,
      cloudedFractions: planet.aerosols.cloudedFractions(configuration.pressures))
    let gases = try vectorGases(transit)
    precondition(gases.count == planet.gases.count)
    let continuum = try vectorContinuum(transit, planet.aerosols)
    let paths = gases.contains(where: \.needsPaths) ? ChordPaths(transit) : nil
    let workspace = VectorGas.Workspace(
      points: paths == nil ? 0 : gases.map(\.pointCount).max() ?? 0, layers: transit.rayCount)
    var product = LeaveOneOutProduct(factors: gases.count, count: transit.rayCount * ChordKernels.lanes)
    var areas = [[Double]](
      repeating: [Double](repeating: 0, count: binCount.roundedUp(to: ChordKernels.lanes)),
      count: gases.count + 1)
    for vector in 0..<areas[0].count / ChordKernels.lanes {
      let first = product.common.withUnsafeMutableBufferPointer { common in
        continuum.set(common.baseAddress!, vector: vector)
        return transit.firstVisible(common.baseAddress!, from: transit.first)
      }
      for (index, gas) in gases.enumerated() {
        product.reset(index)
        product.factors[index].withUnsafeMutableBufferPointer {
          gas.absorb(
            vector: vector, paths: paths, first: first, rays: transit.rayCount, workspace,
            into: $0.baseAddress!)
        }
      }
      product.multiply()
      for variant in areas.indices {
        transit.setArea(vector, of: &areas[variant], product.results[variant], first: first)
      }
    }
    let starArea = planet.stellarRadius.meters * planet.stellarRadius.meters
    let depths = areas.map { $0.prefix(binCount).map { $0 / starArea } }
    return MutedSpectra(whole: depths[0], muted: Array(depths.dropFirst()))
  }

  func vectorGases(_ transit: VectorTransit) throws(AtmosphereError) -> [VectorGas] {
    var gases: [VectorGas] = []
    for (distribution, ratios) in try absorbers(transit.state) {
      if let gas = try VectorGas(distribution, mixingRatios: ratios, in: transit) { gases.append(gas) }
    }
    return gases
  }

  func vectorContinuum(
    _ transit: VectorTransit, _ aerosols: Aerosols
  ) throws(AtmosphereError) -> VectorContinuum {
    var depths: [Double]?
    if let absorption = try absorptionCoefficients(transit.state) {
      var sum = [Double](repeating: 0, count: absorption.count)
      multiply(
        transit.chords.lengths, absorption, rows: transit.rayCount, inner: transit.rayCount, into: &sum)
      depths = sum
    }
    return VectorContinuum(
      try continuum(transit.state, aerosols, .transit), in: transit, bins: binCount, more: depths
    ) { sources, columns, sum in add(sources, amounts: columns, to: &sum) }
  }
}
