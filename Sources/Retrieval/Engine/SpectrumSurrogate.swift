package import NeuralNetworks
package import NumericalMethods
package import Tensors

/// What a surrogate says of some rows.
package struct SurrogateSpectra: Sendable {
  /// One a row, as `SpectrumShape` has them.
  package var levels: [Double]
  /// Rows x bins of the whole grid, likewise.
  package var shapes: Matrix<Double>
  /// Rows x as many numbers as the surrogate likes: what its errors go with is learnt from these, beside the rows themselves.
  package var clues: Matrix<Float>

  package init(levels: [Double], shapes: Matrix<Double>, clues: Matrix<Float>) {
    precondition(levels.count == shapes.rows && clues.rows == shapes.rows)
    self.levels = levels
    self.shapes = shapes
    self.clues = clues
  }
}

/// What stands in for the forward model while particles move.
package protocol SpectrumSurrogate: Sendable {
  func spectra(of rows: Matrix<Double>) -> SurrogateSpectra
  /// rms of its errors in the shape, one a bin, and in the level.
  var deviation: [Double] { get }
  var levelDeviation: Double { get }
}

/// Where a retrieval's first points come from: a density in the unit box of `ProposalCoordinates`.
package protocol BoxProposal: Sendable {
  func sample(_ random: inout SeededRandom) -> [Double]
  func logDensity(_ point: [Double]) -> Double
}

extension SpectrumSurrogate {
  package func shapes(of rows: Matrix<Double>) -> (levels: [Double], shapes: Matrix<Double>) {
    let spectra = spectra(of: rows)
    return (spectra.levels, spectra.shapes)
  }
}

extension SpectrumEmulator: SpectrumSurrogate {}
extension BoxDensity: BoxProposal {}

/// A surrogate with what forward models have taught it about this observation, in the bins that its points touch.
struct CorrectedSurrogate: Sendable {
  private let base: any SpectrumSurrogate
  private let space: AtmosphereSpace
  private let bins: [Int]
  private var correction: CorrectionRegression?
  /// rms of the errors that are left and that bins do not share, one a bin, in the unit of heights.
  private(set) var deviations: [Double]
  /// Errors that bins share: modes x bins, one standard deviation each. What they are is learnt with the correction.
  private(set) var modes: Matrix<Double>
  private static let modeCount = 12

  init(_ base: any SpectrumSurrogate, _ space: AtmosphereSpace, bins: [Int]) {
    self.base = base
    self.space = space
    self.bins = bins
    modes = Matrix(rows: 0, columns: bins.count)
    deviations = bins.map {
      (base.deviation[$0] * base.deviation[$0] + base.levelDeviation * base.levelDeviation).squareRoot()
    }
  }

  /// Rows x bins, as `PointDepths` takes them; and by row, how much larger than `deviations` and `modes` its errors are there.
  func heights(of rows: Matrix<Double>) -> (heights: Matrix<Double>, stretches: [Double]) {
    var (heights, clues) = uncorrectedHeights(of: rows)
    guard let (added, stretches) = correction?(rows, clues: clues) else {
      return (heights, [Double](repeating: 1, count: rows.rows))
    }
    for index in added.elements.indices { heights.elements[index] += Double(added.elements[index]) }
    return (heights, stretches)
  }

  private func uncorrectedHeights(
    of rows: Matrix<Double>
  ) -> (heights: Matrix<Double>, clues: Matrix<Float>) {
    let spectra = base.spectra(of: rows)
    let (levels, shapes) = (spectra.levels, spectra.shapes)
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
    return (result, spectra.clues)
  }

  /// Learns the errors at some rows.
  /// - Parameters:
  ///   - heights: of the forward model, rows x bins.
  ///   - errors: what a height is to be known to, one a bin.
  mutating func learn(rows: Matrix<Double>, heights: Matrix<Double>, errors: [Double]) {
    var (misses, clues) = uncorrectedHeights(of: rows)
    for index in misses.elements.indices {
      misses.elements[index] = heights.elements[index] - misses.elements[index]
    }
    guard let learnt = CorrectionRegression(inputs: rows, clues: clues, outputs: misses, errors: errors)
    else { return }
    correction = learnt
    let left = ErrorModes(learnt.misses, errors: errors, count: Self.modeCount)
    (modes, deviations) = (left.modes, left.deviations)
  }
}

#if canImport(Glibc)
  import Glibc
#endif
