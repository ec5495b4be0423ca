import Tensors

/// The continuum of one transit as kernels take it, 16 bins at a time.
///
/// Sources whose amounts go with the density n everywhere, or with n^2, are one cross-section each, times two columns for
/// all of them; what is left has its optical depth computed ray by ray.
struct VectorContinuum {
  /// By ray, relative to the lowest.
  private let densityColumns: [Float]
  private let squareColumns: [Float]
  /// Optical depths of the lowest ray, by bin, filled up to whole vectors.
  private let density: [Float]
  private let squares: [Float]
  /// Optical depths, rays x bins; nil where there is nothing left.
  private let more: [Double]?
  private let bins: Int

  /// - Parameters:
  ///   - more: optical depths to begin with, rays x bins; nil for none.
  ///   - add: adds sources with the columns of their amounts, rays x sources, to optical depths.
  init(
    _ sources: [ContinuumSource], in transit: VectorTransit, bins: Int, more: [Double]?,
    add: ([ContinuumSource], [[Double]], inout [Double]) -> Void
  ) {
    let densities = transit.state.structure.densities
    var sums = [[Double](repeating: 0, count: bins), [Double](repeating: 0, count: bins)]
    var others: [ContinuumSource] = []
    for source in sources {
      if let factor = Self.ratio(source.amounts, densities) {
        Self.add(source.crossSection, times: factor, to: &sums[0])
      } else if let factor = Self.ratio(source.amounts, transit.squaredDensities) {
        Self.add(source.crossSection, times: factor, to: &sums[1])
      } else {
        others.append(source)
      }
    }
    var rest = more
    if !others.isEmpty {
      var depths = more ?? [Double](repeating: 0, count: transit.rayCount * bins)
      add(others, others.map { transit.chords.integrate($0.amounts) }, &depths)
      rest = depths
    }
    self.more = rest
    self.bins = bins
    let filled = bins.roundedUp(to: ChordKernels.lanes)
    func scaled(_ columns: [Double], _ sum: [Double]) -> (columns: [Float], depths: [Float]) {
      (
        columns.map { Float($0 / columns[0]) },
        (0..<filled).map { Float(sum[min($0, bins - 1)] * columns[0]) }
      )
    }
    (densityColumns, density) = scaled(transit.columns, sums[0])
    (squareColumns, squares) = scaled(transit.squareColumns, sums[1])
  }

  /// The one factor between two quantities in all layers, to rounding; nil where there is none.
  private static func ratio(_ amounts: [Double], _ unit: [Double]) -> Double? {
    let factor = amounts[0] / unit[0]
    for (amount, one) in zip(amounts, unit) where abs(amount - factor * one) > 1e-12 * abs(amount) {
      return nil
    }
    return factor
  }

  private static func add(_ crossSection: [Double], times factor: Double, to sum: inout [Double]) {
    for bin in sum.indices { sum[bin] += factor * crossSection[bin] }
  }

  /// Sets the transmittance of one vector of bins, rays x 16.
  func set(_ transmittance: UnsafeMutablePointer<Float>, vector: Int) {
    let start = vector * ChordKernels.lanes
    func set(_ more: UnsafePointer<Double>?) {
      density.withUnsafeBufferPointer { density in
        squares.withUnsafeBufferPointer { squares in
          ChordKernels.continuum(
            densityColumns: densityColumns, density: density.baseAddress! + start,
            squareColumns: squareColumns,
            squares: squares.baseAddress! + start, more: more, stride: bins,
            count: min(ChordKernels.lanes, bins - start), transmittance, rays: densityColumns.count)
        }
      }
    }
    if let more {
      more.withUnsafeBufferPointer { set($0.baseAddress! + start) }
    } else {
      set(nil)
    }
  }
}
