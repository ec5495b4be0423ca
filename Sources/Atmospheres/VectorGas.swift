import Tensors

/// A gas in one atmosphere, absorbing along tangent rays by a table of numbers, 16 bins at a time.
struct VectorGas {
  private let weights: [Float]
  private let form: Form
  /// How strong it is in each vector of bins, ln of an optical depth in any unit.
  let strengths: [Float]
  /// ln of the largest optical depth of a column of one molecule of anything, 1/`CrossSectionUnit`, in each vector.
  private let logPeaks: [Float]

  private enum Form {
    /// k by ray, one temperature: the gas's columns and their logarithms.
    case tangent(
      LogCrossSectionTable, InverseTemperaturePosition, [PressureRun], columns: [Float], logColumns: [Float])
    /// k by layer.
    case local(VectorCrossSections)
    /// k by ray, following the temperature.
    case following(
      LogCrossSectionTable, [TablePosition], raised: [TablePosition], ratios: [Float], uniform: Int)
  }

  /// - Returns: nil where the distribution is not one of numbers.
  /// - Throws: `outsideTable` where a temperature is.
  init?(
    _ distribution: LayeredKDistribution, mixingRatios: [Double], in transit: VectorTransit
  ) throws(AtmosphereError) {
    weights = distribution.weights
    guard let numbers = distribution.table else { return nil }
    let logAmount = Float(log(mixingRatios[mixingRatios.count / 4]))
    strengths = numbers.strengths.map { $0 + logAmount }
    let most = Float(log(mixingRatios.max()!)) + LogCrossSectionTable.unitLogarithm
    logPeaks = numbers.peaks.map { $0 + most }
    let temperatures = transit.state.opacityTemperatures
    let pressures = transit.state.structure.pressures
    switch distribution.form {
    case .tangent: return nil
    case .local(let table, let runs):
      form = .local(try VectorCrossSections(table, runs, mixingRatios: mixingRatios, in: transit.state))
    case .tangentTable(let table, let runs, _) where transit.state.hasOneOpacityTemperature:
      let columns = transit.columns(mixingRatios: mixingRatios)
      form = .tangent(
        table, try InverseTemperaturePosition(temperatures[0], on: table.temperatures), runs,
        columns: columns.map { Float($0) }, logColumns: columns.map { Float(log($0)) })
    case .tangentTable(let table, _, _):
      form = .following(
        table, try table.positions(temperatures: temperatures, pressures: pressures),
        raised: try table.positions(
          temperatures: Array(temperatures.dropFirst()), pressures: Array(pressures.dropLast())),
        ratios: mixingRatios.map { Float($0) },
        uniform: max(Self.end(temperatures), Self.end(mixingRatios)))
    }
  }

  /// The layer from which on a quantity stays the same.
  private static func end(_ values: [Double]) -> Int {
    (values.lastIndex { $0 != values[values.count - 1] } ?? -1) + 1
  }

  var pointCount: Int { weights.count }

  /// Whether it may absorb more than 5e-8 anywhere above a ray.
  /// - Parameter logColumn: ln of all molecules along the ray, 1/`CrossSectionUnit`.
  func matters(vector: Int, logColumn: Float) -> Bool {
    // Following the temperature k may leave the table's range.
    if case .following = form { return true }
    return logPeaks[vector] + logColumn > Self.logUnseen
  }

  private static let logUnseen = Float(log(5e-8))

  /// Whether the layers a ray passes count one by one.
  var needsPaths: Bool { if case .tangent = form { false } else { true } }

  /// Room for one gas's work on one vector of bins.
  struct Workspace: ~Copyable {
    let k: LaneBuffer
    let tangent: LaneBuffer
    let sum: LaneBuffer
    let absorbed: LaneBuffer

    /// - Parameter points: the most that any gas has; 0 where no gas needs paths.
    init(points: Int, layers: Int) {
      let size = layers * ChordKernels.lanes
      k = LaneBuffer(count: points * size)
      tangent = LaneBuffer(count: points * size)
      sum = LaneBuffer(count: size)
      absorbed = LaneBuffer(count: layers.roundedUp(to: ChordKernels.rayBlock) * ChordKernels.lanes)
    }
  }

  /// transmittance[ray] *= this gas's, for rays from `first` on.
  /// - Parameters:
  ///   - vector: which 16 bins.
  ///   - paths: nil where no gas needs them.
  ///   - transmittance: rays x 16.
  func absorb(
    vector: Int, paths: ChordPaths?, first: Int, rays: Int, _ workspace: borrowing Workspace,
    into transmittance: UnsafeMutablePointer<Float>
  ) {
    let offset = LogCrossSectionTable.unitLogarithm
    // The kernel takes whole blocks of rays.
    let block = first / ChordKernels.rayBlock * ChordKernels.rayBlock
    let (k, tangent) = (workspace.k.base, workspace.tangent.base)
    var (isFollowing, uniform) = (false, rays)
    switch form {
    case .tangent(let table, let position, let runs, let columns, let logColumns):
      table.withVector(vector) {
        ChordKernels.absorb(
          logs: table.logs($0, position), points: pointCount, offset: offset, weights: weights, runs: runs,
          columns: columns, logColumns: logColumns, first: first, rays: rays,
          absorbed: workspace.absorbed.base,
          into: transmittance)
      }
      return
    case .local(let crossSections): crossSections.set(k, vector: vector, from: block)
    case .following(let table, let positions, let raised, let ratios, let end):
      (isFollowing, uniform) = (true, end)
      table.withVector(vector) {
        ChordKernels.followedCrossSections(
          table: $0, pressures: table.pressures.count, points: pointCount, offset: offset,
          positions: positions,
          raised: raised, ratios: ratios, k, tangent: tangent, first: block)
      }
    }
    guard let paths else { return }
    ChordKernels.absorb(
      k: k, tangent: isFollowing ? UnsafePointer(tangent) : nil, points: pointCount, weights: weights,
      paths: paths.blocks, columns: paths.columns, near: paths.near, uniform: uniform, first: first,
      layers: rays,
      sum: workspace.sum.base, absorbed: workspace.absorbed.base, into: transmittance)
  }
}
