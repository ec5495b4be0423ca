import NumericalMethods
import Tensors

/// What spectra a network was trained on, to tell one that is like none: how deep they are, how large their features, and a
/// Gaussian of some directions for their shapes.
///
/// Shapes are compared in units of their amplitude (transmission, where no one tells the scale height) or of ln T (eclipse).
/// The distance of a spectrum is r^T (V V^T + N)^-1 r over the points observed, with r the shape less the mean, V the
/// principal directions times their standard deviations and what a narrow window leaves open of level and temperature, N the noise and what the directions leave out. A spectrum of the
/// training's kind lies near 1, whatever its coverage.
package struct TrainingDomain: Sendable, Hashable {
  /// 400 values.
  package let mean: [Double]
  /// Directions of 400 values each, of the length of their standard deviation.
  package let directions: [[Double]]
  /// Standard deviation of what the directions leave out, one a bin.
  package let remainder: [Double]
  /// The distance that one training spectrum in 500 exceeds.
  package let limit: Double
  /// The contrast that one training spectrum in 500 exceeds.
  package let largestContrast: Double
  /// All but one training spectrum in 500 have their level within it.
  package let levels: ClosedRange<Double>

  package init(
    mean: [Double], directions: [[Double]], remainder: [Double], limit: Double, largestContrast: Double,
    levels: ClosedRange<Double>
  ) {
    precondition(mean.count == remainder.count && directions.allSatisfy { $0.count == mean.count })
    self.mean = mean
    self.directions = directions
    self.remainder = remainder
    self.limit = limit
    self.largestContrast = largestContrast
    self.levels = levels
  }

  /// How large a spectrum's features are, the noise taken off: the root mean square over the mean depth (transmission) or of
  /// ln T (eclipse).
  package func contrast(of spectrum: EncodedSpectrum) -> Double {
    var excess = 0.0
    var total = 0.0
    for (shape, noise) in zip(spectrum.shape, spectrum.noise) where noise.isFinite {
      let weight = 1 / (1 + noise * noise)
      excess += weight * (shape * shape - noise * noise)
      total += weight
    }
    guard total > 0, excess > 0 else { return 0 }
    let size = spectrum.amplitude * (excess / total).squareRoot()
    return spectrum.kind == .eclipse ? size : size / max(abs(spectrum.level), .leastNormalMagnitude)
  }

  /// Whether a spectrum is of the training's kind.
  package func contains(_ spectrum: EncodedSpectrum, points: [Double]) -> Bool {
    levels.contains(spectrum.level) && contrast(of: spectrum) <= largestContrast
      && distance(of: spectrum, points: points) <= limit
  }

  /// What one unit of a spectrum's shape is in the domain's unit.
  package static func unit(of spectrum: EncodedSpectrum) -> Double {
    spectrum.kind == .eclipse ? spectrum.amplitude : 1
  }

  /// Directions in which a spectrum of part of the grid can be off because level and temperature were taken from that part: a
  /// constant and, in an eclipse, what a change of size does to ln T.
  private static func openDirections(_ spectrum: EncodedSpectrum) -> [[Double]] {
    let constant = [Double](repeating: spectrum.kind == .eclipse ? 0.3 : 1, count: spectrum.shape.count)
    return spectrum.kind == .eclipse ? [constant, spectrum.sensitivity.map { 1 / $0 }] : [constant]
  }

  /// Noise in units of the shape from which a bin tells nothing: shapes are cut at twice as much.
  private static let mostNoise = 3.0

  /// - Parameter points: how many independent measurements each bin stands for, at most 1: less where one wide channel fills
  ///   several bins.
  package func distance(of spectrum: EncodedSpectrum, points: [Double]) -> Double {
    let bins = spectrum.shape.indices.filter { spectrum.noise[$0] < Self.mostNoise }
    let unit = Self.unit(of: spectrum)
    let directions = directions + Self.openDirections(spectrum)
    let count = directions.count
    var total = 0.0
    var effective = 0.0
    var projected = [Double](repeating: 0, count: count)
    // (bins, directions), each row times the square root of its bin's weight.
    var weighted: [Double] = []
    weighted.reserveCapacity(bins.count * count)
    for bin in bins {
      let share = min(max(points[bin], 1e-3), 1)
      let noise = unit * spectrum.noise[bin]
      let weight = share / (noise * noise + remainder[bin] * remainder[bin])
      let r = unit * spectrum.shape[bin] - mean[bin]
      total += weight * r * r
      effective += share
      let root = weight.squareRoot()
      for i in 0..<count {
        projected[i] += weight * r * directions[i][bin]
        weighted.append(root * directions[i][bin])
      }
    }
    var products = [Double](repeating: 0, count: count * count)
    weighted.withUnsafeBufferPointer { w in
      products.withUnsafeMutableBufferPointer {
        multiplyMatrices(
          ProductShape(rows: count, columns: count, inner: bins.count, aIsTransposed: true), w, w, into: $0)
      }
    }
    let system = (0..<count).map { i in (0..<count).map { products[i * count + $0] + (i == $0 ? 1 : 0) } }
    // Woodbury: r (V V^T + N)^-1 r = r N^-1 r - p (1 + V^T N^-1 V)^-1 p, p = V^T N^-1 r.
    guard effective > 0, let solution = solveSymmetric(system, projected) else { return .infinity }
    let explained = zip(projected, solution).reduce(0) { $0 + $1.0 * $1.1 }
    return (total - explained) / effective
  }
}
