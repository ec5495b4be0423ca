#if canImport(Glibc)
  import Glibc
#endif

/// The stable minerals of one end member of the mantle, (Mg or Fe) O + SiO2 with a fixed cation-to-silicon
/// ratio.
///
/// With c cations to a silicon, a mole of silicon makes (c-1) moles of olivine (M2SiO4) or its polymorphs
/// and (2-c) moles of pyroxene (MSiO3) or majorite; deeper, one mole of bridgmanite or post-perovskite and
/// (c-1) of ferropericlase. An iron-magnesium mantle mixes the two end members of the same depth ideally.
package struct MantleAssemblage: Sendable {
  /// One mineral and the moles of its formula in a mole of silicon.
  private struct Part {
    var mineral: MieGruneisen
    var moles: Double
  }

  private let zones: [[Part]]
  private let melt: LiquidSilicate
  private let mass: Double

  package static func magnesium(cationsToSilicon c: Double) -> MantleAssemblage {
    MantleAssemblage(
      c, olivine: MantleMinerals.forsterite, wadsleyite: MantleMinerals.magnesiumWadsleyite,
      ringwoodite: MantleMinerals.magnesiumRingwoodite, pyroxene: MantleMinerals.enstatite,
      majorite: MantleMinerals.magnesiumMajorite, bridgmanite: MantleMinerals.magnesiumBridgmanite,
      oxide: MantleMinerals.periclase, postPerovskite: MantleMinerals.magnesiumPostPerovskite,
      melt: .magnesium)
  }

  package static func iron(cationsToSilicon c: Double) -> MantleAssemblage {
    MantleAssemblage(
      c, olivine: MantleMinerals.fayalite, wadsleyite: MantleMinerals.ironWadsleyite,
      ringwoodite: MantleMinerals.ironRingwoodite, pyroxene: MantleMinerals.ferrosilite,
      majorite: MantleMinerals.ironMajorite, bridgmanite: MantleMinerals.ironBridgmanite,
      oxide: MantleMinerals.wustite, postPerovskite: MantleMinerals.ironPostPerovskite, melt: .iron)
  }

  private init(
    _ c: Double, olivine: MieGruneisen, wadsleyite: MieGruneisen, ringwoodite: MieGruneisen,
    pyroxene: MieGruneisen, majorite: MieGruneisen, bridgmanite: MieGruneisen, oxide: MieGruneisen,
    postPerovskite: MieGruneisen, melt: LiquidSilicate
  ) {
    self.melt = melt
    func upper(_ o: MieGruneisen, _ p: MieGruneisen, formula: Double) -> [Part] {
      [Part(mineral: o, moles: c - 1), Part(mineral: p, moles: (2 - c) / formula)].filter { $0.moles > 0 }
    }
    func lower(_ b: MieGruneisen) -> [Part] {
      [Part(mineral: b, moles: 1), Part(mineral: oxide, moles: c - 1)].filter { $0.moles > 0 }
    }
    zones = [
      upper(olivine, pyroxene, formula: 2), upper(wadsleyite, majorite, formula: 4),
      upper(ringwoodite, majorite, formula: 4), lower(bridgmanite), lower(postPerovskite),
    ]
    mass = zones[3].reduce(0) { $0 + $1.moles * $1.mineral.molarMass }
  }

  /// Pressures (Pa) at which each zone gives way to the next at a temperature.
  ///
  /// Olivine, wadsleyite, ringwoodite and bridgmanite: the linear boundaries of Dorogokupets et al. 2015,
  /// Russ. Geol. Geophys. 56, 172; post-perovskite: Ono & Oganov 2005, Earth Planet. Sci. Lett. 236, 914.
  package static func boundaries(temperature t: Double) -> (Double, Double, Double, Double) {
    let bridgmanite = max(24.3 - 2.12e-4 * t - 3.49e-7 * t * t, 10)
    let ringwoodite = min(8.69 + 6.05e-3 * t, bridgmanite)
    let wadsleyite = min(9.45 + 2.76e-3 * t, ringwoodite)
    return (wadsleyite * 1e9, ringwoodite * 1e9, bridgmanite * 1e9, (112.5 + 7e-3 * t) * 1e9)
  }

  /// How much of the mantle is molten at a pressure and temperature, 0 to 1: all above the melting
  /// temperature of MgSiO3, over 4 % of it. The melt's equation ends at 250 GPa; over the last 40 GPa
  /// before that, and deeper, the solid's takes its place (they differ by 2 % in density there).
  private static func meltFraction(pressure: Double, temperature: Double) -> Double {
    let melting = LiquidSilicate.meltingTemperature(pressure: pressure)
    let share = min(max(0.5 + (temperature / melting - 1) / 0.04, 0), 1)
    return share * min(max((250e9 - pressure) / 40e9, 0), 1)
  }

  /// The assemblage at a pressure (Pa) and temperature, with neighbouring zones mixed across a boundary;
  /// `nil` outside the range of its equations of state.
  package func state(pressure: Double, temperature: Double) -> ThermodynamicState? {
    var sum = Mixture()
    let molten = Self.meltFraction(pressure: pressure, temperature: temperature)
    if molten > 0 {
      guard let s = try? melt.state(pressure: pressure, temperature: temperature) else { return nil }
      sum.add(molten, s)
    }
    guard molten < 1 else { return sum.state }
    let b = Self.boundaries(temperature: temperature)
    let w = Materials.transitionHalfWidth
    func above(_ boundary: Double) -> Double { min(max(0.5 + (pressure - boundary) / (2 * w), 0), 1) }
    let a = (above(b.0), above(b.1), above(b.2), above(b.3))
    let shares = [1 - a.0, a.0 - a.1, a.1 - a.2, a.2 - a.3, a.3]
    for (share, zone) in zip(shares, zones) where share > 0 {
      for part in zone {
        guard let s = try? part.mineral.state(pressure: pressure, temperature: temperature) else {
          return nil
        }
        sum.add((1 - molten) * share * part.moles * part.mineral.molarMass / mass, s)
      }
    }
    return sum.state
  }
}

/// An ideal mixture by mass: volumes, heat capacities and their derivatives add.
struct Mixture {
  private var volume = 0.0
  private var expansion = 0.0
  private var heat = 0.0
  private var compression = 0.0

  mutating func add(_ kilograms: Double, _ s: ThermodynamicState) {
    volume += kilograms * s.specificVolume
    expansion += kilograms * s.specificVolume * s.expansion
    heat += kilograms * s.heatCapacity
    compression += kilograms * s.specificVolume / s.bulkModulus
  }

  var state: ThermodynamicState {
    ThermodynamicState(
      specificVolume: volume, expansion: expansion / volume, heatCapacity: heat,
      bulkModulus: volume / compression)
  }
}
