import Tensors

/// A k-distribution laid out for one pressure grid.
struct LayeredKDistribution: Sendable {
  let species: Species
  let weights: [Float]
  let binCount: Int
  let form: Form

  enum Form: Sendable {
    /// Cross-sections at the law's reference temperature, layers x points x bins, in units of `CrossSectionUnit`: for
    /// rays tangent in each layer, and for each layer by itself.
    case tangent(chord: [Float], layer: [Float], TemperatureLaw)
    case local(LogCrossSectionTable)
    case tangentTable(LogCrossSectionTable)
  }

  var pointCount: Int { weights.count }

  /// - Parameter ceiling: Pa; above it the cross-sections of a tangent distribution are held.
  init(_ distribution: KDistribution, pressures: [Double], ceiling: Double?) {
    species = distribution.species
    weights = distribution.weights.map { Float($0) }
    binCount = distribution.binCount
    switch distribution.form {
    case .local(let table): form = .local(table)
    case .tangentTable(let table): form = .tangentTable(table)
    case .tangent(let level, let law):
      form = .tangent(
        chord: Self.crossSections(level, pressures, ceiling: ceiling),
        layer: Self.crossSections(level, pressures.map { $0 * Self.tangentPressureRatio }, ceiling: ceiling),
        law)
    }
  }

  private init(_ distribution: Self, bins: Range<Int>) {
    species = distribution.species
    weights = distribution.weights
    binCount = bins.count
    switch distribution.form {
    case .local(let table): form = .local(table.cut(to: bins))
    case .tangentTable(let table): form = .tangentTable(table.cut(to: bins))
    case .tangent(let chord, let layer, let law):
      form = .tangent(
        chord: cutColumns(chord, of: distribution.binCount, to: bins),
        layer: cutColumns(layer, of: distribution.binCount, to: bins), law.cut(to: bins))
    }
  }

  func cut(to bins: Range<Int>) -> Self { Self(self, bins: bins) }

  /// Along a chord through an isothermal atmosphere the mean pressure, weighted by density, is that of the tangent
  /// layer over sqrt 2: with z = s^2/2R the integrals over s of exp(-2 z/H) and exp(-z/H) are as 1 to sqrt 2. A layer of
  /// pressure p therefore absorbs like the chord tangent at sqrt 2 p.
  static let tangentPressureRatio = 2.0.squareRoot()

  private static func crossSections(_ level: HermiteLevel, _ pressures: [Double], ceiling: Double?) -> [Float]
  {
    let size = level.quantiles.count * level.binCount
    var table: [Float] = []
    table.reserveCapacity(pressures.count * size)
    var held: (pressure: Double, values: [Float])?
    for pressure in pressures {
      let effective = min(pressure, ceiling ?? .infinity)
      if held?.pressure != effective {
        let logs = level.logCrossSections(pressure: effective)
        var values = logs
        AbsorptionKernels.exponential(logs, &values, size)
        held = (effective, values.map { Float($0 / CrossSectionUnit.squareMeters) })
      }
      table.append(contentsOf: held!.values)
    }
    return table
  }
}
