import Tensors
import Units

/// A spectrum, and the same with one gas after the other silent: still there, weighing and diluting, but without its lines.
package struct MutedSpectra: Sendable, Hashable {
  /// Transit or eclipse depths.
  package var whole: [Double]
  /// Those with a trace gas muted, in the order of the planet's gases.
  package var muted: [[Double]]
}

extension SpectrumModel {
  /// Transit depths with all gases and with each one muted. Each gas' transmittance is computed once and shared, so this
  /// costs little more than one spectrum.
  /// - Precondition: all gases absorb by k-distributions and none break up. Aerosols are taken to cover all of the limb.
  func uniformMutedTransitDepths(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> MutedSpectra {
    precondition(planet.dissociation == nil)
    if isVectorized { return try vectorMutedTransitDepths(planet) }
    let state = try AtmosphericState(planet, configuration)
    let chords = TransitChords(state.structure)
    let bins = binCount
    let layers = state.layerCount
    var opticalDepth = [Double](repeating: 0, count: layers * bins)
    let sources = try continuum(state, planet.aerosols, .transit)
    add(sources, amounts: sources.map { chords.integrate($0.amounts) }, to: &opticalDepth)
    let gases = try distributedGases(state)
    precondition(gases.count == planet.gases.count)
    let paths = try gases.map { gas throws(AtmosphereError) in try gas.along(chords) }
    let clouded = planet.aerosols.cloudedFractions(configuration.pressures)
    let surface = planet.radius.meters * planet.radius.meters
    var areas = [[Double]](
      repeating: [Double](repeating: surface, count: bins), count: gases.count + 1)
    var product = LeaveOneOutProduct(factors: gases.count, count: bins)
    for ray in 0..<layers {
      let ring = chords.ringAreas[ray]
      if clouded[ray] > 0 {
        for variant in areas.indices {
          for bin in 0..<bins { areas[variant][bin] += ring * clouded[ray] }
        }
      }
      if clouded[ray] == 1 { continue }
      opticalDepth.withUnsafeBufferPointer {
        AbsorptionKernels.transmittance(opticalDepth: $0.baseAddress! + ray * bins, &product.common, bins)
      }
      for (index, gas) in gases.enumerated() {
        product.reset(index)
        gas.absorb(ray: ray, paths[index], into: &product.factors[index])
      }
      product.multiply()
      for variant in areas.indices {
        AbsorptionKernels.addAbsorbed(
          transmittance: product.results[variant], weight: ring * (1 - clouded[ray]), to: &areas[variant],
          bins)
      }
    }
    let starArea = planet.stellarRadius.meters * planet.stellarRadius.meters
    let depths = areas.map { $0.map { $0 / starArea } }
    return MutedSpectra(whole: depths[0], muted: Array(depths.dropFirst()))
  }

  /// Eclipse depths with all gases and with each one muted; see `mutedTransitDepths`.
  package func mutedEclipseDepths(
    _ planet: PlanetAtmosphere, star: StellarSpectrum
  ) throws(AtmosphereError) -> MutedSpectra {
    precondition(planet.aerosols.coverage == 1 && planet.dissociation == nil)
    let scale = planet.radius / planet.stellarRadius
    if isVectorized {
      let starFlux = try star.flux(on: grid, bins: self.bins, constants: configuration.constants)
      let fluxes = try vectorFluxes(planet, isMuting: true)
      precondition(fluxes.count == planet.gases.count + 1)
      let depths = fluxes.map { zip($0, starFlux).map { $0 / $1 * scale * scale } }
      return MutedSpectra(whole: depths[0], muted: Array(depths.dropFirst()))
    }
    let state = try AtmosphericState(planet, configuration)
    let starFlux = try star.flux(on: grid, bins: self.bins, constants: configuration.constants)
    let bins = binCount
    let thicknesses = state.structure.thicknesses
    var layerDepths = [Double](repeating: 0, count: state.layerCount * bins)
    let sources = try continuum(state, planet.aerosols, .emission)
    add(sources, amounts: sources.map { zip($0.amounts, thicknesses).map(*) }, to: &layerDepths)
    let gases = try distributedGases(state)
    precondition(gases.count == planet.gases.count)
    let clouded = planet.aerosols.cloudedFractions(configuration.pressures)
    let slants = angles.nodes.map { 1 / $0 }
    let singleSlants = slants.map { Float($0) }
    let weights = zip(angles.nodes, angles.weights).map { 2 * $0 * $1 }
    let width = slants.count * bins

    var blackBody = BlackBodySpectrum(wavelengths: wavelengths, constants: configuration.constants)
    var opticalDepth = [Double](repeating: 0, count: bins)
    var slanted = opticalDepth
    var gasDepths = gases.map { [Float](repeating: 0, count: $0.pointCount * bins) }
    var product = LeaveOneOutProduct(factors: gases.count, count: width)
    var fluxes = [[Double]](repeating: [Double](repeating: 0, count: bins), count: gases.count + 1)
    var above = [[Float]](repeating: [Float](repeating: 1, count: width), count: gases.count + 1)
    var lowest = 0
    for layer in (0..<state.layerCount).reversed() {
      lowest = layer
      if clouded[layer] == 1 { break }
      let part = 1 - clouded[layer]
      for j in 0..<bins { opticalDepth[j] += part * layerDepths[layer * bins + j] }
      blackBody.set(temperature: state.temperatures[layer])
      for (s, slant) in slants.enumerated() {
        for j in 0..<bins { slanted[j] = slant * opticalDepth[j] }
        product.common.withUnsafeMutableBufferPointer {
          AbsorptionKernels.transmittance(opticalDepth: slanted, $0.baseAddress! + s * bins, bins)
        }
      }
      for (index, gas) in gases.enumerated() {
        product.reset(index)
        try gas.descend(
          layer: layer, thickness: part * thicknesses[layer], opticalDepth: &gasDepths[index],
          slants: singleSlants, transmittance: &product.factors[index])
      }
      product.multiply()
      for variant in fluxes.indices {
        AbsorptionKernels.emit(
          below: product.results[variant], source: blackBody.flux, weights: weights,
          slantCount: slants.count, transmittance: &above[variant], flux: &fluxes[variant], bins)
      }
      if clouded[layer] > 0 { break }
    }
    blackBody.set(temperature: state.temperatures[lowest])
    let depths = fluxes.indices.map { variant in
      (0..<bins).map { j in
        var flux = fluxes[variant][j]
        for s in slants.indices {
          flux += weights[s] * blackBody.flux[j] * Double(above[variant][s * bins + j])
        }
        return flux / starFlux[j] * scale * scale
      }
    }
    return MutedSpectra(whole: depths[0], muted: Array(depths.dropFirst()))
  }
}

/// A common factor times all of several others, and times all but each one.
struct LeaveOneOutProduct {
  var common: [Float]
  var factors: [[Float]]
  /// The product of all, then those without the first, the second ...
  private(set) var results: [[Float]]
  private let ones: [Float]
  private var running: [Float]

  init(factors count: Int, count width: Int) {
    ones = [Float](repeating: 1, count: width)
    common = ones
    running = ones
    factors = [[Float]](repeating: ones, count: count)
    results = [[Float]](repeating: ones, count: count + 1)
  }

  mutating func reset(_ index: Int) { copy(ones, to: &factors[index]) }

  /// Products from both ends: no division, since a transmittance may be 0.
  mutating func multiply() {
    copy(ones, to: &running)
    for index in factors.indices.reversed() {
      copy(running, to: &results[index + 1])
      Float.multiply(&running, by: factors[index], running.count)
    }
    copy(common, to: &running)
    for index in factors.indices {
      Float.multiply(&results[index + 1], by: running, running.count)
      Float.multiply(&running, by: factors[index], running.count)
    }
    copy(running, to: &results[0])
  }
}

/// In place: assigning the array would have the next write copy it anew.
private func copy(_ source: [Float], to target: inout [Float]) {
  target.withUnsafeMutableBufferPointer { target in
    source.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
  }
}
