import Tensors

/// k times mixing ratio of one gas in the layers of one atmosphere, 16 bins at a time.
struct VectorCrossSections {
  let table: LogCrossSectionTable
  private let place: Place
  /// By layer.
  let ratios: [Float]

  private enum Place {
    /// One temperature: within a run of pressures k is a geometric progression.
    case isothermal(InverseTemperaturePosition, [PressureRun])
    case layers([TablePosition])
  }

  /// - Parameters:
  ///   - runs: those of the table on the pressure grid, times `pressureFactor`.
  ///   - pressureFactor: where k is taken, over the layers' pressures.
  /// - Throws: `outsideTable` where a temperature is.
  init(
    _ table: LogCrossSectionTable, _ runs: [PressureRun], pressureFactor: Double = 1, mixingRatios: [Double],
    in state: AtmosphericState
  ) throws(AtmosphereError) {
    self.table = table
    ratios = mixingRatios.map { Float($0) }
    if state.hasOneOpacityTemperature {
      place = .isothermal(
        try InverseTemperaturePosition(state.opacityTemperatures[0], on: table.temperatures), runs)
    } else {
      place = .layers(
        try table.positions(
          temperatures: state.opacityTemperatures,
          pressures: state.structure.pressures.map { $0 * pressureFactor }))
    }
  }

  /// Sets k of the layers from `first` on, points x layers x 16, in units of `CrossSectionUnit`.
  func set(_ k: UnsafeMutablePointer<Float>, vector: Int, from first: Int = 0) {
    let offset = LogCrossSectionTable.unitLogarithm
    table.withVector(vector) { logs in
      switch place {
      case .isothermal(let position, let runs):
        ChordKernels.crossSections(
          logs: table.logs(logs, position), points: table.pointCount, offset: offset, runs: runs,
          ratios: ratios, k,
          first: first, layers: ratios.count)
      case .layers(let positions):
        ChordKernels.crossSections(
          table: logs, pressures: table.pressures.count, points: table.pointCount, offset: offset,
          positions: positions, ratios: ratios, k, first: first)
      }
    }
  }
}

extension LogCrossSectionTable {
  /// The two temperatures' parts of a vector's table, and where between them.
  func logs(
    _ vector: UnsafePointer<Float>, _ position: InverseTemperaturePosition
  ) -> (below: UnsafePointer<Float>, above: UnsafePointer<Float>, fraction: Float) {
    let size = pressures.count * pointCount * ChordKernels.lanes
    return (vector + position.lower * size, vector + position.upper * size, position.fraction)
  }
}
