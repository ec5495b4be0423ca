#if canImport(Glibc)
  import Glibc
#endif

/// What the structure equations need at a point of a layer.
struct LayerState {
  /// m3 kg-1
  var specificVolume: Double
  /// dT/dP on the isentrope, K Pa-1.
  var adiabaticGradient: Double
  /// d ln v per d ln P, positive: how fast the volume changes with pressure.
  var softness: Double
}

/// The four layers' materials as tables, made once and shared by all threads.
package struct Materials: Sendable {
  /// Pressure of half the width over which a solid-solid transition is spread, Pa: natural mantles are
  /// mixtures whose transitions run over about 1 GPa, and the tables need it smooth.
  static let transitionHalfWidth = 0.75e9

  /// How far the core's solidus lies below its liquidus, over the liquidus: an alloy melts over an interval, and is solid below
  /// it. The Earth's inner core has its radius in PREM (1,221 km) with it: that radius is no test of the model.
  static let coreMeltingInterval = 0.03

  let solidIron: MaterialTable
  let liquidIron: MaterialTable
  let magnesiumMantle: MaterialTable
  let ironMantle: MaterialTable
  let water: MaterialTable
  let envelope: MaterialTable
  let heavyElements: MaterialTable
  /// (Mg+Fe)/Si of the mantle, molar: 1 is a pyroxene, 2 an olivine mantle; the primitive mantle has 1.40
  /// (McDonough & Sun 1995, Chem. Geol. 120, 223: 37.8 % MgO, 8.05 % FeO, 45.0 % SiO2).
  package let cationsToSilicon: Double

  /// kg of one mole of cations of the magnesium and iron mantle.
  package let magnesiumMantleMass: Double
  package let ironMantleMass: Double

  package init(cationsToSilicon: Double = 1.40) {
    precondition((1...2).contains(cationsToSilicon))
    self.cationsToSilicon = cationsToSilicon
    let silicate = MantleMinerals.silicon + 2 * MantleMinerals.oxygen
    magnesiumMantleMass = MantleMinerals.magnesium + MantleMinerals.oxygen + silicate / cationsToSilicon
    ironMantleMass = MantleMinerals.iron + MantleMinerals.oxygen + silicate / cationsToSilicon
    let hot = 200.0...60_000
    solidIron = MaterialTable(
      pressures: 0...21e12, shift: 10e9, pressureCount: 320, temperatures: hot, temperatureCount: 100
    ) { p, t in t > 20_000 + p / 1e8 ? nil : try? Iron.hexagonal.state(pressure: p, temperature: t) }
    liquidIron = MaterialTable(
      pressures: 0...21e12, shift: 10e9, pressureCount: 320, temperatures: hot, temperatureCount: 100
    ) { p, t in try? Iron.liquid.state(pressure: p, temperature: t) }
    func mantle(_ assemblage: MantleAssemblage) -> MaterialTable {
      MaterialTable(
        pressures: 0...13.5e12, shift: 10e9, pressureCount: 600, temperatures: 200...30_000,
        temperatureCount: 90
      ) { p, t in assemblage.state(pressure: p, temperature: t) }
    }
    magnesiumMantle = mantle(.magnesium(cationsToSilicon: cationsToSilicon))
    ironMantle = mantle(.iron(cationsToSilicon: cationsToSilicon))
    water = MaterialTable(
      pressures: 500...13e12, shift: 0, pressureCount: 480, temperatures: 250...40_000, temperatureCount: 120,
      state: Self.waterState)
    func envelope(_ equation: any EquationOfState) -> MaterialTable {
      MaterialTable(
        pressures: 100...3e15, shift: 0, pressureCount: 440, temperatures: 40...4e5, temperatureCount: 134
      ) { p, t in try? equation.state(pressure: p, temperature: t) }
    }
    self.envelope = envelope(HydrogenHelium())
    heavyElements = envelope(HeavyElements())
  }

  /// Water in its stable phase among fluid, ice VI, VII and X.
  package static func waterState(pressure: Double, temperature: Double) -> ThermodynamicState? {
    let melting = Ice.meltingTemperature(pressure: pressure)
    if temperature >= melting {
      return try? FluidWater().state(pressure: pressure, temperature: temperature)
    }
    let ice = pressure < 2.17e9 ? Ice.six : pressure < Ice.symmetrization ? Ice.seven : Ice.ten
    return try? ice.state(pressure: pressure, temperature: temperature)
  }

  /// The core: iron, lighter by `deficit` where liquid and by half of it where solid (light elements prefer
  /// the melt).
  ///
  /// All is molten above the liquidus T_m / (1 - ln x), x = 1 - 2 deficit the mole fraction of iron (the ideal
  /// depression of the melting point in the form of Stixrude 2014, Phil. Trans. R. Soc. A 372, 20130076,
  /// eq. 2).
  @inline(__always)
  func core(_ pressure: Double, _ temperature: Double, deficit: Double, depression: Double) -> LayerState {
    let liquidus = Iron.meltingTemperature(pressure: pressure) * depression
    let melt = min(max(1 + (temperature - liquidus) / (Self.coreMeltingInterval * liquidus), 0), 1)
    var v = 0.0
    var expansion = 0.0
    var heat = 0.0
    var slope = 0.0
    if melt > 0 {
      let l = liquidIron.lookup(pressure, temperature)
      v = melt * exp(l.x) / (1 - deficit)
      expansion = v * l.y
      heat = melt * l.z
      slope = l.w
    }
    if melt < 1 {
      let s = solidIron.lookup(pressure, temperature)
      let solid = (1 - melt) * exp(s.x) / (1 - 0.5 * deficit)
      v += solid
      expansion += solid * s.y
      heat += (1 - melt) * s.z
      slope = s.w
    }
    return LayerState(
      specificVolume: v, adiabaticGradient: expansion / heat, softness: slope * pressure / (pressure + 10e9))
  }

  /// The mantle: `ironMass` is the mass fraction of the iron end member; ideal mixing adds volumes.
  @inline(__always)
  func mantle(_ pressure: Double, _ temperature: Double, ironMass: Double) -> LayerState {
    let m = magnesiumMantle.lookup(pressure, temperature)
    var v = (1 - ironMass) * exp(m.x)
    var expansion = v * m.y
    var heat = (1 - ironMass) * m.z
    if ironMass > 0 {
      let f = ironMantle.lookup(pressure, temperature)
      let iron = ironMass * exp(f.x)
      v += iron
      expansion += iron * f.y
      heat += ironMass * f.z
    }
    return LayerState(
      specificVolume: v, adiabaticGradient: expansion / heat, softness: m.w * pressure / (pressure + 10e9))
  }

  @inline(__always)
  func waterLayer(_ pressure: Double, _ temperature: Double) -> LayerState {
    Self.single(water.lookup(pressure, temperature))
  }

  /// The envelope: volumes and entropies of hydrogen and helium and of heavy elements add up.
  ///
  /// - Parameter metals: mass fraction of heavy elements.
  @inline(__always)
  func envelopeLayer(_ pressure: Double, _ temperature: Double, metals: Double) -> LayerState {
    let light = envelope.lookup(pressure, temperature)
    guard metals > 0 else { return Self.single(light) }
    let heavy = heavyElements.lookup(pressure, temperature)
    let (ofLight, ofHeavy) = ((1 - metals) * exp(light.x), metals * exp(heavy.x))
    let volume = ofLight + ofHeavy
    return LayerState(
      specificVolume: volume,
      adiabaticGradient: (ofLight * light.y + ofHeavy * heavy.y)
        / ((1 - metals) * light.z + metals * heavy.z),
      softness: (ofLight * light.w + ofHeavy * heavy.w) / volume)
  }

  @inline(__always)
  private static func single(_ s: SIMD4<Double>) -> LayerState {
    let v = exp(s.x)
    return LayerState(specificVolume: v, adiabaticGradient: s.y * v / s.z, softness: s.w)
  }
}

extension Materials {
  /// Specific volumes of the tables and of the equations they hold, at one point; for tests.
  package func comparisons(pressure: Double, temperature: Double) -> [(table: Double, direct: Double)] {
    let gas = HydrogenHelium()
    let magnesium = MantleAssemblage.magnesium(cationsToSilicon: cationsToSilicon)
    let iron = MantleAssemblage.iron(cationsToSilicon: cationsToSilicon)
    let pairs: [(MaterialTable, ThermodynamicState?)] = [
      (solidIron, try? Iron.hexagonal.state(pressure: pressure, temperature: temperature)),
      (liquidIron, try? Iron.liquid.state(pressure: pressure, temperature: temperature)),
      (magnesiumMantle, magnesium.state(pressure: pressure, temperature: temperature)),
      (ironMantle, iron.state(pressure: pressure, temperature: temperature)),
      (water, Self.waterState(pressure: pressure, temperature: temperature)),
      (envelope, try? gas.state(pressure: pressure, temperature: temperature)),
    ]
    return pairs.compactMap { table, direct in
      guard let direct else { return nil }
      return (exp(table.lookup(pressure, temperature).x), direct.specificVolume)
    }
  }
}
