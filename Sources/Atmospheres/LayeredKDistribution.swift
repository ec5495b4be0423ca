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
    case local(LogCrossSectionTable, [PressureRun])
    /// The runs are those of rays tangent in each layer, and of each layer by itself.
    case tangentTable(LogCrossSectionTable, chord: [PressureRun], layer: [PressureRun])
  }

  var pointCount: Int { weights.count }

  /// Where it is one of numbers.
  var table: LogCrossSectionTable? {
    switch form {
    case .tangent: nil
    case .local(let table, _), .tangentTable(let table, _, _): table
    }
  }

  /// - Parameter ceiling: Pa; above it the cross-sections of a tangent distribution are held.
  init(_ distribution: KDistribution, grid: PressureGrid, ceiling: Double?) {
    species = distribution.species
    weights = distribution.weights.map { Float($0) }
    binCount = distribution.binCount
    switch distribution.form {
    case .local(let table): form = .local(table, table.runs(grid))
    case .tangentTable(let table):
      form = .tangentTable(
        table, chord: table.runs(grid), layer: table.runs(grid, times: Self.tangentPressureRatio))
    case .tangent(let level, let law):
      form = .tangent(
        chord: Self.crossSections(level, grid.layers, ceiling: ceiling),
        layer: Self.crossSections(
          level, grid.layers.map { $0 * Self.tangentPressureRatio }, ceiling: ceiling),
        law)
    }
  }

  private init(_ distribution: Self, bins: [Int]) {
    species = distribution.species
    weights = distribution.weights
    binCount = bins.count
    switch distribution.form {
    case .local(let table, let runs): form = .local(table.cut(to: bins), runs)
    case .tangentTable(let table, let chord, let layer):
      form = .tangentTable(table.cut(to: bins), chord: chord, layer: layer)
    case .tangent(let chord, let layer, let law):
      form = .tangent(
        chord: cutColumns(chord, of: distribution.binCount, to: bins),
        layer: cutColumns(layer, of: distribution.binCount, to: bins), law.cut(to: bins))
    }
  }

  func cut(to bins: [Int]) -> Self { Self(self, bins: bins) }

  /// Whether it is one of numbers, of a size that the kernels of `VectorGas` have room for.
  func isVectorized(layers: Int) -> Bool {
    if case .tangent = form { return false }
    return pointCount <= ChordKernels.mostPoints && layers <= ChordKernels.mostRays
  }

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
