#if canImport(Glibc)
  import Glibc
#endif

/// A gas of which the mean cross-section in bins is known, its distribution within them taken as Malkmus's.
package struct MeanSpectrum: Sendable {
  package let species: String
  package let provenance: OpacityProvenance
  /// phi at low pressure, and what a bar adds to it.
  package let shape: (low: Double, perBar: Double)

  /// - Parameters:
  ///   - means: of the bins; where there are none nothing absorbs.
  ///   - progress: called with each temperature in K.
  package func table(
    builder: OpacityBuilder, means: BandShape?, progress: (Double) -> Void = { _ in }
  ) -> OpacityTable {
    let points = KQuadrature.weights.count
    var logs: [Float] = []
    for temperature in builder.temperatures {
      progress(temperature)
      for pressure in builder.pressures {
        let values = MalkmusDistribution.values(shape: shape.low + shape.perBar * pressure * 1e-5)
        for bin in 0..<builder.grid.binCount {
          let mean = means?.mean(bin: bin, temperature: temperature) ?? 0
          logs +=
            mean > 0
            ? values.map { max(OpacityTable.nothing, Float(log(mean * $0))) }
            : Array(repeating: OpacityTable.nothing, count: points)
        }
      }
    }
    return OpacityTable(
      species: species, temperatures: builder.temperatures, pressures: builder.pressures, grid: builder.grid,
      logCrossSections: logs)
  }
}
