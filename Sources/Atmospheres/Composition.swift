package import Units

/// The mixing ratio (by number) of one gas as a function of pressure.
package enum MixingRatioProfile: Sendable, Hashable {
  case constant(Double)
  /// `deep` below a boundary and `high` above it.
  case twoLevel(TwoLevelMixingRatio)

  /// - Parameter pressure: Pa.
  package func value(at pressure: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .twoLevel(let profile): profile.value(at: pressure)
    }
  }
}

/// Two mixing ratios and a boundary between; within `width` around it log x is linear in log p.
package struct TwoLevelMixingRatio: Sendable, Hashable {
  /// At high pressure.
  package var deep: Double
  /// At low pressure.
  package var high: Double
  package var boundary: Pressure
  /// The whole width of the transition, decades of pressure; 0 is a step.
  package var width: Double

  package init(deep: Double, high: Double, boundary: Pressure, width: Double = 0) {
    self.deep = deep
    self.high = high
    self.boundary = boundary
    self.width = width
  }

  /// - Parameter pressure: Pa.
  package func value(at pressure: Double) -> Double {
    let decades = log10(pressure / boundary.pascals)
    guard width > 0, deep > 0, high > 0, abs(decades) < width / 2 else { return decades >= 0 ? deep : high }
    let fraction = decades / width + 0.5
    return high * pow(deep / high, fraction)
  }
}

/// One trace gas and how much there is of it.
package struct TraceGas: Sendable, Hashable {
  package var species: Species
  package var mixingRatio: MixingRatioProfile

  package init(_ species: Species, _ mixingRatio: MixingRatioProfile) {
    self.species = species
    self.mixingRatio = mixingRatio
  }

  package init(_ species: Species, _ mixingRatio: Double) {
    self.init(species, .constant(mixingRatio))
  }
}

/// What fills the atmosphere: hydrogen and helium.
package enum FillGas: Sendable, Hashable {
  /// Hydrogen and helium share what the trace gases leave, so that all mixing ratios add up to 1.
  case diluted(heliumToHydrogen: Double)
  /// Hydrogen and helium add up to 1 by themselves and trace gases come on top, as TauREx 2 had it; the mean
  /// molecular mass is `molarMass` plus that of the trace gases, g/mol.
  case undiluted(heliumToHydrogen: Double, molarMass: Double)

  /// Protosolar helium: Y/X by mass 0.2735/0.7095 (Asplund et al. 2021, A&A 653, A141), by number He/H2 0.194.
  package static let solar = FillGas.diluted(heliumToHydrogen: 0.194)
}

/// Mixing ratios layer by layer.
package struct LayeredComposition: Sendable {
  package let species: [Species]
  /// One array a species, one value a layer.
  package let mixingRatios: [[Double]]
  /// g/mol, one a layer.
  package let meanMolarMass: [Double]
  /// Gases that others have broken up into: they absorb where there is an opacity of theirs, and need none.
  let products: Set<Species>

  init(
    species: [Species], mixingRatios: [[Double]], meanMolarMass: [Double], products: Set<Species>
  ) {
    self.species = species
    self.mixingRatios = mixingRatios
    self.meanMolarMass = meanMolarMass
    self.products = products
  }

  /// - Parameters:
  ///   - pressures: of the layers, Pa.
  ///   - molarMasses: molar masses to take in place of the species' own, g/mol.
  /// - Throws: `badComposition` where mixing ratios are not in 0...1, add up to more than 1, or a gas is named twice.
  package init(
    _ gases: [TraceGas], fill: FillGas, pressures: [Double], molarMasses: [Species: Double] = [:]
  ) throws(AtmosphereError) {
    var ratios = gases.map { gas in pressures.map { gas.mixingRatio.value(at: $0) } }
    var hydrogen = [Double](repeating: 0, count: pressures.count)
    var mass = hydrogen
    let helium: Double
    switch fill {
    case .diluted(let heliumToHydrogen), .undiluted(let heliumToHydrogen, _): helium = heliumToHydrogen
    }
    var seen = Set<Species>([.hydrogen, .helium])
    for (index, gas) in gases.enumerated() {
      guard seen.insert(gas.species).inserted else {
        throw AtmosphereError(
          .badComposition, "\(gas.species) is given twice, or as a trace gas though it fills the atmosphere")
      }
      guard ratios[index].allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw AtmosphereError(.badComposition, "the mixing ratio of \(gas.species) is outside 0...1")
      }
    }
    func molarMass(_ species: Species) -> Double { molarMasses[species] ?? species.molarMass }
    let traceMasses = gases.map { molarMass($0.species) }
    let fillMass = molarMass(.hydrogen) + helium * molarMass(.helium)
    for layer in pressures.indices {
      let trace = ratios.reduce(0) { $0 + $1[layer] }
      var sum = 0.0
      for (index, mass) in traceMasses.enumerated() { sum += ratios[index][layer] * mass }
      switch fill {
      case .diluted:
        guard trace <= 1 else {
          throw AtmosphereError(.badComposition, "the mixing ratios of the trace gases add up to \(trace)")
        }
        hydrogen[layer] = (1 - trace) / (1 + helium)
        mass[layer] = sum + hydrogen[layer] * fillMass
      case .undiluted(_, let molarMass):
        hydrogen[layer] = 1 / (1 + helium)
        mass[layer] = sum + molarMass
      }
    }
    ratios.append(hydrogen)
    ratios.append(hydrogen.map { helium * $0 })
    species = gases.map(\.species) + [.hydrogen, .helium]
    mixingRatios = ratios
    meanMolarMass = mass
    products = []
  }

  /// Zero where the species is not there.
  package func mixingRatio(of wanted: Species) -> [Double]? {
    species.firstIndex(of: wanted).map { mixingRatios[$0] }
  }
}
