import Units

/// Break-up of molecules and atoms by heat, layer by layer, in equilibrium: H2 to 2 H, H2O to OH + H and O + 2 H, TiO and VO to
/// atoms, Na and K (and what else gives electrons) to ions, H + e to H-.
///
/// The planet's mixing ratios are those of the gas before anything breaks: there they hold, and the elements in them are
/// conserved. CO and the other molecules stay as they are; O2 (1e-4 of the oxygen), TiO2 and VO2 (7 and 15 % of the metal at
/// 1800 K, less where it is hotter), hydrides and hydroxides are not made.
package struct ThermalDissociation: Sendable, Hashable {
  /// Of what takes part without being among the planet's gases, over the Sun's: metals that give electrons and, where there
  /// is no water, the oxygen that CO leaves.
  package var metallicity: Double

  package init(metallicity: Double = 1) { self.metallicity = metallicity }

  /// Oxygen less carbon for an atom of hydrogen (Asplund et al. 2021, A&A 653, A141).
  private static let freeOxygen = pow(10, 8.69 - 12) - pow(10, 8.46 - 12)

  /// - Parameters:
  ///   - pressures: of the layers, Pa.
  ///   - temperatures: K.
  /// - Throws: `badComposition` where H, O or OH is among the gases: they come of this.
  func equilibrium(
    of given: LayeredComposition, pressures: [Double], temperatures: [Double]
  ) throws(AtmosphereError) -> (composition: LayeredComposition, hydrogenAnion: [Double]) {
    guard metallicity >= 0, metallicity.isFinite else {
      throw AtmosphereError(.badComposition, "the metallicity of what is ionised is \(metallicity)")
    }
    let products: [Species] = [.atomicHydrogen, .hydroxyl, .atomicOxygen]
    if let known = products.first(where: { given.species.contains($0) }) {
      throw AtmosphereError(
        .badComposition, "\(known) is among the gases, but dissociation makes it: leave out one of the two")
    }
    let species = given.species + products
    var ratios = given.mixingRatios + products.map { _ in pressures.map { _ in 0 } }
    var masses = given.meanMolarMass
    var anion = pressures.map { _ in 0.0 }
    for layer in pressures.indices {
      var gas = BrokenGas(
        counts: ratios.map { $0[layer] }, species: species, pressure: pressures[layer],
        temperature: temperatures[layer])
      gas.breakMolecules(freeOxygen: metallicity * Self.freeOxygen)
      anion[layer] = gas.ionise(metallicity: metallicity) / gas.total
      for index in species.indices { ratios[index][layer] = gas.counts[index] / gas.total }
      // Mass is kept, shared among more particles.
      masses[layer] *= gas.original / gas.total
    }
    return (
      LayeredComposition(
        species: species, mixingRatios: ratios, meanMolarMass: masses, products: Set(products)), anion
    )
  }
}

/// The gas of one layer while it breaks. Amounts are counted for one particle before.
private struct BrokenGas {
  var counts: [Double]
  let species: [Species]
  /// Pa
  let pressure: Double
  /// K
  let temperature: Double
  /// All particles before and after.
  let original: Double
  private(set) var total: Double
  /// Hydrogen nuclei.
  private let hydrogen: Double

  init(counts: [Double], species: [Species], pressure: Double, temperature: Double) {
    self.counts = counts
    self.species = species
    self.pressure = pressure
    self.temperature = temperature
    original = counts.reduce(0, +)
    total = original
    hydrogen = 2 * counts[species.firstIndex(of: .hydrogen)!]
  }

  private subscript(gas: Species) -> Double {
    get { species.firstIndex(of: gas).map { counts[$0] } ?? 0 }
    set { if let place = species.firstIndex(of: gas) { counts[place] = newValue } }
  }

  /// Partial pressures of H (p) and H2 (p^2 / K) follow from the nuclei of hydrogen, R for each C of the other particles:
  /// R (P - p - p^2/K) = C (p + 2 p^2/K). R is what water does not bind, which depends on p again: solved by repetition, each
  /// step being smaller by about the mixing ratio of water.
  mutating func breakMolecules(freeOxygen: Double) {
    let constant = DissociationConstant.hydrogen.value(temperature: temperature)
    let molecules = self[.hydrogen]
    guard molecules > 0, constant > 1e-200 else { return }
    let water = self[.water]
    let others = original - molecules
    var atoms = 0.0
    var unbound = 2 * molecules
    var oxygen = OxygenShares(temperature: temperature, hydrogen: 0)
    for _ in 0..<200 {
      let linear = (others + unbound) * constant
      let next =
        2 * unbound * pressure * constant
        / (linear
          + (linear * linear + 4 * (2 * others + unbound) * unbound * pressure * constant).squareRoot())
      oxygen = OxygenShares(temperature: temperature, hydrogen: next)
      unbound = 2 * molecules + water * (2 * oxygen.atom + oxygen.hydroxyl)
      let isSettled = abs(next - atoms) <= 1e-14 * next
      atoms = next
      if isSettled { break }
    }
    let square = atoms * atoms / constant
    /// Particles for a pascal.
    let scale = unbound / (atoms + 2 * square)
    self[.atomicHydrogen] = atoms * scale
    self[.hydrogen] = square * scale
    self[.water] = water * oxygen.water
    self[.hydroxyl] = water * oxygen.hydroxyl
    self[.atomicOxygen] = water * oxygen.atom

    var metals = 0.0
    /// Partial pressure of O, Pa.
    var freed = oxygen.atom * (water > 0 ? water : freeOxygen * hydrogen) / scale
    for (oxide, constant) in [
      (Species.titaniumOxide, DissociationConstant.titaniumOxide),
      (.vanadiumOxide, .vanadiumOxide),
    ] where self[oxide] > 0 {
      // K = p(metal) p(O) / p(oxide), with the share of its own oxygen that stays an atom.
      let constant = constant.value(temperature: temperature)
      let own = oxygen.atom * self[oxide] / scale
      let sum = freed + constant
      let denominator = sum + (sum * sum + 4 * own * constant).squareRoot()
      let share = denominator > 0 ? 2 * constant / denominator : 0
      let broken = self[oxide] * share
      self[oxide] *= 1 - share
      freed += own * share
      // Its oxygen is shared like that of water, and takes the hydrogen for it.
      self[.water] += broken * oxygen.water
      self[.hydroxyl] += broken * oxygen.hydroxyl
      self[.atomicOxygen] += broken * oxygen.atom
      self[.hydrogen] -= broken * (oxygen.water + oxygen.hydroxyl / 2)
      metals += broken
    }
    total = counts.reduce(metals, +)
  }

  /// - Returns: H-, counted like the rest; it and electrons are too few to be taken off the others.
  mutating func ionise(metallicity: Double) -> Double {
    let energy = Constants.boltzmann * temperature
    // m-3 for one as counted.
    let scale = pressure / energy / total
    let donors = Ionisation.donors.map { donor in
      let own = species.firstIndex { $0.formula == donor.symbol }
      let count = own.map { counts[$0] } ?? metallicity * donor.abundance * hydrogen
      return (own: own, density: count * scale, constant: donor.constant(temperature: temperature))
    }
    let bound =
      self[.atomicHydrogen] * scale * energy / HydrogenAnion.equilibrium(temperature: temperature)
    let electrons = Ionisation.electrons(of: donors.map { ($0.density, $0.constant) }, bound: bound)
    for donor in donors {
      if let own = donor.own { counts[own] *= electrons / (donor.constant + electrons) }
    }
    return electrons * bound / scale
  }
}

/// How oxygen is shared among H2O, OH and O beside so much atomic hydrogen.
private struct OxygenShares {
  let water: Double
  let hydroxyl: Double
  let atom: Double

  /// - Parameter hydrogen: partial pressure of H, Pa.
  init(temperature: Double, hydrogen: Double) {
    guard hydrogen > 0 else {
      (water, hydroxyl, atom) = (1, 0, 0)
      return
    }
    // For one H2O.
    let atoms = DissociationConstant.water.value(temperature: temperature) / (hydrogen * hydrogen)
    let radicals = atoms * hydrogen / DissociationConstant.hydroxyl.value(temperature: temperature)
    water = 1 / (1 + atoms + radicals)
    hydroxyl = radicals * water
    atom = atoms * water
  }
}
