import Tensors

/// A k-distribution laid out for one pressure grid.
struct LayeredKDistribution: Sendable {
  let species: Species
  let weights: [Float]
  let binCount: Int
  let form: Form

  enum Form: Sendable {
    /// Cross-sections of each layer at the law's reference temperature, layers x points x bins, in units of
    /// `CrossSectionUnit`.
    case tangent([Float], TemperatureLaw)
    case local(LogCrossSectionTable)
  }

  var pointCount: Int { weights.count }

  /// - Parameter ceiling: Pa; above it the cross-sections of a tangent distribution are held.
  init(_ distribution: KDistribution, pressures: [Double], ceiling: Double?) {
    species = distribution.species
    weights = distribution.weights.map { Float($0) }
    binCount = distribution.binCount
    switch distribution.form {
    case .local(let table): form = .local(table)
    case .tangent(let level, let law):
      let size = weights.count * binCount
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
      form = .tangent(table, law)
    }
  }
}
