package import NeuralNetworks
package import NumericalMethods
package import Tensors

/// What stands in for the forward model while particles move.
package protocol SpectrumSurrogate: Sendable {
  /// Levels, one a row, and shapes, rows x bins of the whole grid, as `SpectrumShape` has them.
  func shapes(of rows: Matrix<Double>) -> (levels: [Double], shapes: Matrix<Double>)
  /// rms of its errors in the shape, one a bin, and in the level.
  var deviation: [Double] { get }
  var levelDeviation: Double { get }
}

/// Where a retrieval's first points come from: a density in the unit box of `ProposalCoordinates`.
package protocol BoxProposal: Sendable {
  func sample(_ random: inout SeededRandom) -> [Double]
  func logDensity(_ point: [Double]) -> Double
}

extension SpectrumEmulator: SpectrumSurrogate {}
extension BoxDensity: BoxProposal {}

/// A surrogate with what forward models have taught it about this observation, in the bins that its points touch.
struct CorrectedSurrogate: Sendable {
  private let base: any SpectrumSurrogate
  private let space: AtmosphereSpace
  private let bins: [Int]
  private var correction: QuadraticRegression?
  /// rms of the errors that are left and that bins do not share, one a bin, in the unit of heights.
  private(set) var deviations: [Double]
  /// Errors that bins share: modes x bins, one standard deviation each. What they are is learnt with the correction.
  private(set) var modes: Matrix<Double>
  private static let modeCount = 4

  init(_ base: any SpectrumSurrogate, _ space: AtmosphereSpace, bins: [Int]) {
    self.base = base
    self.space = space
    self.bins = bins
    modes = Matrix(rows: 0, columns: bins.count)
    deviations = bins.map {
      (base.deviation[$0] * base.deviation[$0] + base.levelDeviation * base.levelDeviation).squareRoot()
    }
  }

  /// Rows x bins, as `PointDepths` takes them.
  func heights(of rows: Matrix<Double>) -> Matrix<Double> {
    var heights = uncorrectedHeights(of: rows)
    if let correction {
      let added = correction(rows).elements
      for index in added.indices { heights.elements[index] += added[index] }
    }
    return heights
  }

  private func uncorrectedHeights(of rows: Matrix<Double>) -> Matrix<Double> {
    let (levels, shapes) = base.shapes(of: rows)
    var result = Matrix<Double>(rows: rows.rows, columns: bins.count)
    for row in 0..<rows.rows {
      let (level, factor) =
        space.kind == .eclipse
        ? (0, 1) : (levels[row], 1 + exp(rows.elements[row * rows.columns]) * levels[row])
      for (place, bin) in bins.enumerated() {
        result.elements[row * bins.count + place] =
          level + factor * shapes.elements[row * shapes.columns + bin]
      }
    }
    return result
  }

  /// Learns the errors at some rows.
  /// - Parameters:
  ///   - heights: of the forward model, rows x bins.
  ///   - errors: what a height is to be known to, one a bin.
  mutating func learn(rows: Matrix<Double>, heights: Matrix<Double>, errors: [Double]) {
    var misses = uncorrectedHeights(of: rows)
    for index in misses.elements.indices {
      misses.elements[index] = heights.elements[index] - misses.elements[index]
    }
    guard let learnt = QuadraticRegression(inputs: rows, outputs: misses, errors: errors) else { return }
    correction = learnt
    let left = ErrorModes(learnt.misses, errors: errors, count: Self.modeCount)
    (modes, deviations) = (left.modes, left.deviations)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
