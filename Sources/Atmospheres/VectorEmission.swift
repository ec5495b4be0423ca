import Tensors

/// Thermal emission by tables of numbers alone, 16 bins at a time, from the top down as far as anything is seen; what is
/// computed is told at `emission`.
extension SpectrumModel {
  /// The flux of all gases and, if asked for, one without each gas in the order of the absorbers, W m-2 m-1.
  func vectorFluxes(_ planet: PlanetAtmosphere, isMuting: Bool) throws(AtmosphereError) -> [[Double]] {
    let state = try AtmosphericState(planet, configuration)
    let (layers, lanes) = (state.layerCount, ChordKernels.lanes)
    // Layers are passed down to the deck's top, the deck's own layer in part.
    let clouded = planet.aerosols.cloudedFractions(configuration.pressures)
    let surface = clouded.lastIndex { $0 > 0 } ?? 0
    let lowest = clouded[surface] == 1 ? surface + 1 : surface
    var thicknesses = state.structure.thicknesses
    thicknesses[surface] *= 1 - clouded[surface]

    let continuum = try layerOpticalDepths(state, planet.aerosols, thicknesses)
    let sources = blackBodies(state, from: surface)
    let brightest = (0..<binCount).map { bin in
      stride(from: surface * binCount + bin, to: sources.count, by: binCount).reduce(0) {
        max($0, sources[$1])
      }
    }
    let amounts = zip(state.structure.densities, thicknesses).map {
      Float($0 * $1 * CrossSectionUnit.squareMeters)
    }
    var gases: [LayerAbsorber] = []
    for (distribution, ratios) in try absorbers(state) {
      if let gas = try LayerAbsorber(distribution, mixingRatios: ratios, in: state) { gases.append(gas) }
    }
    let slants = angles.nodes.map { 1 / $0 }
    let weights = zip(angles.nodes, angles.weights).map { 2 * $0 * $1 }
    let count = isMuting ? gases.count + 1 : 1
    let size = (gases.map(\.pointCount).max() ?? 0) * lanes
    let k = LaneBuffer(count: gases.count * size * layers)
    let quadrature = LaneBuffer(count: gases.count * size)
    for (index, gas) in gases.enumerated() { gas.copyWeights(to: quadrature.base + index * size) }
    let depths = LaneBuffer(count: gases.count * size)
    let transmittance = LaneBuffer(count: count * slants.count * lanes)
    var fluxes = [[Double]](repeating: [Double](repeating: 0, count: binCount), count: count)
    for start in stride(from: 0, to: binCount, by: lanes) {
      let width = min(lanes, binCount - start)
      depths.fill(0, count: gases.count * size)
      transmittance.fill(1, count: count * slants.count * lanes)
      var flux = [Double](repeating: 0, count: count * lanes)
      if lowest < layers {
        let passed = gases.enumerated().map { index, gas in
          gas.passed(
            vector: start / lanes, k: k.base + index * size * layers, weights: quadrature.base + index * size,
            depth: depths.base + index * size)
        }
        continuum.withUnsafeBufferPointer { continuum in
          sources.withUnsafeBufferPointer { sources in
            brightest.withUnsafeBufferPointer { brightest in
              EmissionKernels.emit(
                passed, isMuting: isMuting, layers: layers, lowest: lowest, amounts: amounts,
                continuum: continuum.baseAddress! + start, sources: sources.baseAddress! + start,
                brightest: brightest.baseAddress! + start, stride: binCount,
                count: width, slants: slants.map { Float($0) }, weights: weights,
                transmittance: transmittance.base,
                flux: &flux)
            }
          }
        }
      }
      // A black surface beneath.
      for variant in 0..<count {
        for lane in 0..<width {
          var sum = flux[variant * lanes + lane]
          let source = sources[surface * binCount + start + lane]
          for (s, weight) in weights.enumerated() {
            sum += weight * source * Double(transmittance.base[(variant * slants.count + s) * lanes + lane])
          }
          fluxes[variant][start + lane] = sum
        }
      }
    }
    return fluxes
  }

  /// Of the continuum and of gases with cross-sections in each layer, layers x bins.
  private func layerOpticalDepths(
    _ state: AtmosphericState, _ aerosols: Aerosols, _ thicknesses: [Double]
  ) throws(AtmosphereError) -> [Double] {
    var depths = [Double](repeating: 0, count: state.layerCount * binCount)
    let sources = try continuum(state, aerosols, .emission)
    add(sources, amounts: sources.map { zip($0.amounts, thicknesses).map(*) }, to: &depths)
    if let absorption = try absorptionCoefficients(state) {
      for layer in 0..<state.layerCount {
        for j in layer * binCount..<(layer + 1) * binCount { depths[j] += thicknesses[layer] * absorption[j] }
      }
    }
    return depths
  }

  /// The flux of black bodies as warm as the layers from `first` on, layers x bins.
  private func blackBodies(_ state: AtmosphericState, from first: Int) -> [Double] {
    var body = BlackBodySpectrum(wavelengths: wavelengths, constants: configuration.constants)
    var sources = [Double](repeating: 0, count: first * binCount)
    sources.reserveCapacity(state.layerCount * binCount)
    for layer in first..<state.layerCount {
      body.set(temperature: state.temperatures[layer])
      sources += body.flux
    }
    return sources
  }
}

/// A gas in one atmosphere, absorbing layer by layer by a table of numbers, 16 bins at a time.
private struct LayerAbsorber {
  private let weights: [Float]
  private let crossSections: VectorCrossSections

  /// - Returns: nil where the distribution is not one of numbers.
  /// - Throws: `outsideTable` where a temperature is.
  init?(
    _ distribution: LayeredKDistribution, mixingRatios: [Double], in state: AtmosphericState
  ) throws(AtmosphereError) {
    weights = distribution.weights
    switch distribution.form {
    case .tangent: return nil
    case .local(let table, let runs):
      crossSections = try VectorCrossSections(table, runs, mixingRatios: mixingRatios, in: state)
    case .tangentTable(let table, _, let runs):
      crossSections = try VectorCrossSections(
        table, runs, pressureFactor: LayeredKDistribution.tangentPressureRatio, mixingRatios: mixingRatios,
        in: state)
    }
  }

  var pointCount: Int { weights.count }

  func copyWeights(to target: UnsafeMutablePointer<Float>) {
    for (point, weight) in weights.enumerated() { target[point] = weight }
  }

  /// As the kernel takes it, `k` and `depth` being room for it; k is set.
  func passed(
    vector: Int, k: UnsafeMutablePointer<Float>, weights: UnsafePointer<Float>,
    depth: UnsafeMutablePointer<Float>
  ) -> LayerGas {
    crossSections.set(k, vector: vector)
    return LayerGas(k: k, weights: weights, points: pointCount, depth: depth)
  }
}
