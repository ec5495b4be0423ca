import NumericalMethods
package import Observations
import Tensors
import Units

/// Opacities a model absorbs with. A gas in both lists absorbs by its cross-sections.
package struct Opacities: Sendable {
  package var crossSections: [CrossSectionTable]
  package var distributions: [KDistribution]
  package var collisions: [CollisionInducedAbsorption]

  package init(
    crossSections: [CrossSectionTable] = [], distributions: [KDistribution] = [],
    collisions: [CollisionInducedAbsorption] = []
  ) {
    self.crossSections = crossSections
    self.distributions = distributions
    self.collisions = collisions
  }
}

/// Turns planets into spectra: a configuration and opacities on one spectral grid, prepared once and then only read,
/// so that any number of threads may share it.
package struct SpectrumModel: Sendable {
  package let configuration: ModelConfiguration
  package let grid: SpectralGrid
  /// The bins of the grid in which spectra are computed, ascending.
  package let bins: [Int]
  /// Of the bins, m.
  package let wavelengths: [Double]
  private let crossSections: [Species: CrossSectionTable]
  private let distributions: [Species: LayeredKDistribution]
  private let collisions: [CollisionInducedAbsorption]
  private let rayleigh: [Species: [Double]]
  let isVectorized: Bool
  let mie: MieTables
  let angles: GaussLegendreRule

  /// - Throws: `badTable` where a table was made for another grid.
  package init(
    configuration: ModelConfiguration, grid: SpectralGrid, opacities: Opacities
  ) throws(AtmosphereError) {
    let counts =
      opacities.crossSections.map(\.binCount) + opacities.distributions.map(\.binCount)
      + opacities.collisions.map(\.binCount)
    guard counts.allSatisfy({ $0 == grid.count }) else {
      throw AtmosphereError(.badTable, "an opacity table does not have the grid's \(grid.count) wavelengths")
    }
    let pressures = configuration.pressures
    self.configuration = configuration
    self.grid = grid
    bins = Array(0..<grid.count)
    wavelengths = grid.wavelengths
    crossSections = Dictionary(opacities.crossSections.map { ($0.species, $0) }) { first, _ in first }
    distributions = Dictionary(
      opacities.distributions.map {
        (
          $0.species,
          LayeredKDistribution(
            $0, grid: pressures, ceiling: configuration.opacityPressureCeiling?.pascals)
        )
      }
    ) { first, _ in first }
    collisions = opacities.collisions
    rayleigh = configuration.rayleigh.mapValues { law in grid.wavelengths.map { law.crossSection(at: $0) } }
    angles = GaussLegendreRule(count: configuration.angleCount)
    isVectorized =
      !distributions.isEmpty
      && distributions.values.allSatisfy { $0.isVectorized(layers: pressures.layerCount) }
      && angles.nodes.count <= EmissionKernels.mostSlants && distributions.count <= EmissionKernels.mostGases
    mie = MieTables(wavelengths)
  }

  private init(_ model: SpectrumModel, places: [Int]) {
    configuration = model.configuration
    grid = model.grid
    bins = places.map { model.bins[$0] }
    wavelengths = places.map { model.wavelengths[$0] }
    crossSections = model.crossSections.mapValues { $0.cut(to: places) }
    distributions = model.distributions.mapValues { $0.cut(to: places) }
    collisions = model.collisions.map { $0.cut(to: places) }
    rayleigh = model.rayleigh.mapValues { law in places.map { law[$0] } }
    angles = model.angles
    isVectorized = model.isVectorized
    mie = MieTables(wavelengths)
  }

  /// The same model in some of its grid's bins only, as much faster as there are fewer: neighbours or not.
  /// - Precondition: `bins` are ascending, among this model's own, and not empty.
  package func cut(to bins: some Sequence<Int>) -> SpectrumModel {
    var place = 0
    let places = bins.map { bin in
      while self.bins[place] < bin { place += 1 }
      precondition(self.bins[place] == bin, "bins are ascending and the model's own")
      return place
    }
    precondition(!places.isEmpty, "a model needs bins")
    return SpectrumModel(self, places: places)
  }

  package var binCount: Int { bins.count }

  /// The gases this model can absorb with.
  package var species: Set<Species> { Set(crossSections.keys).union(distributions.keys) }

  func missingOpacity(of gas: Species) -> AtmosphereError {
    AtmosphereError(
      .missingOpacity,
      "no opacity of \(gas) is loaded; there are \(species.map(\.formula).sorted().joined(separator: ", "))")
  }

  /// Transit depth (Rp/Rs)^2 in each bin, aerosols covering all of the limb.
  ///
  /// Where all k-distributions are tables of numbers, 16 bins at a time; else, as for `exogan-2018`, by all bins of a ray.
  func uniformTransitDepth(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> [Double] {
    isVectorized ? try vectorTransitDepth(planet) : try layeredTransitDepth(planet)
  }

  /// The same by all bins of one ray after the other, nothing left out: what `vectorTransitDepth` is measured by.
  func layeredTransitDepth(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> [Double] {
    let state = try AtmosphericState(planet, configuration)
    let chords = TransitChords(state.structure)
    let bins = binCount
    let layers = state.layerCount

    // Optical depths along the chords, row by row the ray: what is the same for all of a bin, in Double.
    var opticalDepth = [Double](repeating: 0, count: layers * bins)
    let sources = try continuum(state, planet.aerosols, .transit)
    add(sources, amounts: sources.map { chords.integrate($0.amounts) }, to: &opticalDepth)
    if let absorption = try absorptionCoefficients(state) {
      multiply(chords.lengths, absorption, rows: layers, inner: layers, into: &opticalDepth)
    }
    let gases = try distributedGases(state)
    let clouded = planet.aerosols.cloudedFractions(configuration.pressures)

    var area = [Double](repeating: planet.radius.meters * planet.radius.meters, count: bins)
    if gases.isEmpty {
      opticalDepth.withUnsafeBufferPointer { depth in
        for ray in 0..<layers {
          let ring = chords.ringAreas[ray]
          if clouded[ray] > 0 { for bin in 0..<bins { area[bin] += ring * clouded[ray] } }
          AbsorptionKernels.addAbsorbed(
            opticalDepth: depth.baseAddress! + ray * bins, weight: ring * (1 - clouded[ray]), to: &area, bins)
        }
      }
    } else {
      let paths = try gases.map { gas throws(AtmosphereError) in try gas.along(chords) }
      var transmittance = [Float](repeating: 1, count: bins)
      for ray in 0..<layers {
        let ring = chords.ringAreas[ray]
        if clouded[ray] > 0 { for bin in 0..<bins { area[bin] += ring * clouded[ray] } }
        if clouded[ray] == 1 { continue }
        opticalDepth.withUnsafeBufferPointer {
          AbsorptionKernels.transmittance(opticalDepth: $0.baseAddress! + ray * bins, &transmittance, bins)
        }
        for (gas, path) in zip(gases, paths) { gas.absorb(ray: ray, path, into: &transmittance) }
        AbsorptionKernels.addAbsorbed(
          transmittance: transmittance, weight: ring * (1 - clouded[ray]), to: &area, bins)
      }
    }
    let starArea = planet.stellarRadius.meters * planet.stellarRadius.meters
    return area.map { $0 / starArea }
  }

  /// Thermal emission in each bin: plane-parallel, without scattering into the beam, aerosols covering all of the disc.
  ///
  /// With T the transmittance from a level to space at the cosine mu, intensities add up as B(T_0) T(bottom) + sum of
  /// B(T_i) (T(top of i) - T(bottom of i)), the lowest layer standing for what is beneath it; the flux is
  /// 2 pi sum of w mu I over the quadrature's angles.
  func uniformEmission(
    _ planet: PlanetAtmosphere, star: StellarSpectrum
  ) throws(AtmosphereError) -> EmissionSpectrum {
    let starFlux = try star.flux(on: grid, bins: bins, constants: configuration.constants)
    let flux = isVectorized ? try vectorFluxes(planet, isMuting: false)[0] : try layeredFlux(planet)
    let scale = planet.radius / planet.stellarRadius
    return EmissionSpectrum(flux: flux, eclipseDepth: zip(flux, starFlux).map { $0 / $1 * scale * scale })
  }

  /// The flux of `uniformEmission` by all bins of one layer after the other, nothing left out: what `vectorFluxes` is measured by.
  func layeredFlux(_ planet: PlanetAtmosphere) throws(AtmosphereError) -> [Double] {
    let state = try AtmosphericState(planet, configuration)
    let bins = binCount
    let layers = state.layerCount
    let thicknesses = state.structure.thicknesses

    var opticalDepth = [Double](repeating: 0, count: layers * bins)
    let sources = try continuum(state, planet.aerosols, .emission)
    add(sources, amounts: sources.map { zip($0.amounts, thicknesses).map(*) }, to: &opticalDepth)
    if let absorption = try absorptionCoefficients(state) {
      for layer in 0..<layers {
        for j in layer * bins..<(layer + 1) * bins { opticalDepth[j] += thicknesses[layer] * absorption[j] }
      }
    }
    var beam = SlantBeam(
      bins: bins, angles: angles, gases: try distributedGases(state),
      blackBody: BlackBodySpectrum(wavelengths: wavelengths, constants: configuration.constants))
    let clouded = planet.aerosols.cloudedFractions(configuration.pressures)
    var lowest = 0
    for layer in (0..<layers).reversed() {
      lowest = layer
      if clouded[layer] == 1 { break }
      try opticalDepth.withUnsafeBufferPointer { depth throws(AtmosphereError) in
        try beam.descend(
          layer: layer, opticalDepth: depth.baseAddress! + layer * bins, part: 1 - clouded[layer],
          thickness: thicknesses[layer], temperature: state.temperatures[layer])
      }
      if clouded[layer] > 0 { break }
    }
    beam.addSurface(temperature: state.temperatures[lowest])
    return beam.flux
  }

  // MARK: Parts of the optical depth

  /// Everything whose optical depth is an amount, by layer, times a cross-section, by bin.
  func continuum(
    _ state: AtmosphericState, _ aerosols: Aerosols, _ geometry: BeamGeometry
  ) throws(AtmosphereError) -> [ContinuumSource] {
    let densities = state.structure.densities
    var sources: [ContinuumSource] = []
    for (species, ratios) in zip(state.composition.species, state.composition.mixingRatios) {
      if let crossSection = rayleigh[species] {
        sources.append(ContinuumSource(amounts: zip(densities, ratios).map(*), crossSection: crossSection))
      }
    }
    for table in collisions {
      var factors = densities.map { $0 * $0 }
      if let (a, b) = table.pair {
        guard let first = state.composition.mixingRatio(of: a),
          let second = state.composition.mixingRatio(of: b)
        else { continue }
        for layer in factors.indices { factors[layer] *= first[layer] * second[layer] }
      }
      for (node, amounts) in factors.shared(among: table.temperatures, by: state.opacityTemperatures) {
        sources.append(
          ContinuumSource(
            amounts: amounts,
            crossSection: Array(table.coefficients[node * binCount..<(node + 1) * binCount])))
      }
    }
    if let haze = aerosols.haze, let ratios = state.composition.mixingRatio(of: .hydrogen) {
      sources.append(
        ContinuumSource(
          amounts: zip(densities, ratios).map(*),
          crossSection: wavelengths.map { haze.crossSection(at: $0) }))
    }
    sources += try clouds(state, aerosols, geometry)
    if let ratios = state.hydrogenAnion {
      sources += HydrogenAnion.sources(
        densities: zip(densities, ratios).map(*), temperatures: state.temperatures,
        wavelengths: wavelengths)
    }
    return sources
  }

  /// opticalDepth += amounts (layers x sources) times cross-sections (sources x bins).
  func add(_ sources: [ContinuumSource], amounts: [[Double]], to opticalDepth: inout [Double]) {
    guard let layers = amounts.first?.count else { return }
    var left = [Double](repeating: 0, count: layers * sources.count)
    for (s, column) in amounts.enumerated() {
      for layer in 0..<layers { left[layer * sources.count + s] = column[layer] }
    }
    multiply(left, sources.flatMap(\.crossSection), rows: layers, inner: sources.count, into: &opticalDepth)
  }

  func multiply(
    _ a: [Double], _ b: [Double], rows: Int, inner: Int, into c: inout [Double]
  ) {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          multiplyMatrices(
            ProductShape(rows: rows, columns: binCount, inner: inner), a, b, into: c, beta: 1)
        }
      }
    }
  }

  /// sum of sigma n x over the gases with cross-sections, layers x bins, m-1; nil where there is none.
  func absorptionCoefficients(_ state: AtmosphericState) throws(AtmosphereError) -> [Double]? {
    let gases = zip(state.composition.species, state.composition.mixingRatios).compactMap { species, ratios in
      crossSections[species].map { ($0, ratios) }
    }
    guard !gases.isEmpty else { return nil }
    var result = [Double](repeating: 0, count: state.layerCount * binCount)
    result.withUnsafeMutableBufferPointer { result in
      for layer in 0..<state.layerCount {
        for (table, ratios) in gases {
          table.add(
            temperature: state.opacityTemperatures[layer], pressure: state.structure.pressures[layer],
            factor: state.structure.densities[layer] * ratios[layer],
            to: result.baseAddress! + layer * binCount)
        }
      }
    }
    return result
  }

  /// The gases that absorb by k-distributions.
  /// - Throws: `missingOpacity` where a trace gas has no opacity at all.
  func distributedGases(_ state: AtmosphericState) throws(AtmosphereError) -> [DistributedGas] {
    try absorbers(state).map { distribution, ratios in
      DistributedGas(
        distribution: distribution, amounts: zip(state.structure.densities, ratios).map(*),
        temperatures: state.opacityTemperatures, pressures: state.structure.pressures)
    }
  }

  /// The k-distributions of the gases that have one, and their mixing ratios by layer.
  /// - Throws: `missingOpacity` where a trace gas has no opacity at all.
  func absorbers(
    _ state: AtmosphericState
  ) throws(AtmosphereError) -> [(LayeredKDistribution, mixingRatios: [Double])] {
    var gases: [(LayeredKDistribution, mixingRatios: [Double])] = []
    for (species, ratios) in zip(state.composition.species, state.composition.mixingRatios) {
      if crossSections[species] != nil || species == .hydrogen || species == .helium
        || configuration.transparent.contains(species)
      {
        continue
      }
      guard let distribution = distributions[species] else {
        if state.composition.products.contains(species) { continue }
        throw missingOpacity(of: species)
      }
      gases.append((distribution, ratios))
    }
    return gases
  }
}

/// An absorber whose optical depth is an amount times a cross-section.
struct ContinuumSource {
  /// One a layer: m-3, or m-6 for pairs.
  var amounts: [Double]
  /// One a bin: m2, or m5 for pairs.
  var crossSection: [Double]
}
