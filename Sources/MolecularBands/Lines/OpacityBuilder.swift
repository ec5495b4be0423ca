#if canImport(Glibc)
  import Glibc
#endif

/// Turns a gas's lines into its table of k-distributions.
package struct OpacityBuilder: Sendable {
  package let grid: SamplingGrid
  /// K.
  package let temperatures: [Double]
  /// Pa, an even number of them.
  package let pressures: [Double]

  /// 12 temperatures between 300 and 3000 K; 0.1 Pa to 1 MPa by decades.
  package static let temperatures: [Double] = [
    300, 400, 500, 650, 800, 1000, 1250, 1500, 1750, 2000, 2500, 3000,
  ]
  package static let pressures: [Double] = [0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6]

  package init(
    grid: SamplingGrid = .networks(), temperatures: [Double] = Self.temperatures,
    pressures: [Double] = Self.pressures
  ) {
    self.grid = grid
    self.temperatures = temperatures
    self.pressures = pressures
  }

  /// The table of a gas.
  /// - Parameter progress: called once a temperature.
  package func table(of model: some LineModel, progress: (Double) -> Void = { _ in }) -> OpacityTable {
    var sticks = StickSpectra(grid: grid, temperatures: temperatures)
    model.addLines(to: &sticks)
    let convolution = VoigtConvolution(grid: grid)
    let quadrature = KQuadrature.weights.count
    let count = temperatures.count * pressures.count * grid.binCount * quadrature
    var table = OpacityTable(
      species: model.species, temperatures: temperatures, pressures: pressures, grid: grid,
      logCrossSections: Array(repeating: OpacityTable.nothing, count: count))
    for (index, temperature) in temperatures.enumerated() {
      progress(temperature)
      let strengths = sticks.lineStrengths(
        temperatureIndex: index, partitionFunction: model.partitionFunctionOfLines(temperature: temperature))
      convolution.forEachBlock(
        strengths: strengths, broadening: model.broadening, temperature: temperature, pressures: pressures
      ) { bins, pressure, crossSections in
        for bin in bins {
          let first = crossSections.startIndex + (bin - bins.lowerBound) * grid.pointsPerBin
          let values = KQuadrature.values(of: crossSections[first..<first + grid.pointsPerBin])
          let target = table.index(temperature: index, pressure: pressure, bin: bin)
          for (point, value) in values.enumerated() {
            table.logCrossSections[target + point] =
              value > 0 ? max(OpacityTable.nothing, Float(log(value))) : OpacityTable.nothing
          }
        }
      }
    }
    return table
  }

  /// The factors that published band means ask of a model.
  package static func anchors(
    of model: some LineModel, moments: BandMoments, completeTo: Double
  ) -> [BandAnchor] {
    // A coarse grid beyond the networks', so that the outermost broad bands are whole.
    let grid = SamplingGrid(firstEdge: 0.25, ratio: 1.01, binCount: 448, pointsPerBin: 64)
    let temperatures = Set(moments.broadBands.map(\.temperature)).sorted()
    var sticks = StickSpectra(grid: grid, temperatures: temperatures)
    model.addLines(to: &sticks)
    let strengths = temperatures.indices.map {
      sticks.lineStrengths(
        temperatureIndex: $0,
        partitionFunction: model.partitionFunctionOfLines(temperature: temperatures[$0]))
    }
    let wavelengths = (0..<grid.pointCount).map { 1e4 / grid.wavenumber(ofPoint: $0) }
    return moments.anchors(completeTo: completeTo) { temperature, lower, upper in
      guard let index = temperatures.firstIndex(of: temperature) else { return 0 }
      return wavelengths.indices.reduce(0.0) {
        lower <= wavelengths[$1] && wavelengths[$1] < upper ? $0 + strengths[index][$1] : $0
      }
    }
  }
}
