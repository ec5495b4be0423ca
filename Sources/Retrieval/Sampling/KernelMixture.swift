import NumericalMethods

/// A mixture of Student's t laws about some of the points it is fitted to, each with the covariance of the points near it: as curved
/// and as many-peaked as these are.
///
/// Half of the kernels' weight has twice the width: what the points have missed lies at their edges, and weights far above all others
/// would come from there.
package struct KernelMixture: Sendable {
  private struct Kernel: Sendable {
    /// In the coordinates in which all points together have unit covariance.
    let centre: [Double]
    let factor: LowerTriangle
    let inverse: LowerTriangle
    /// Of the kernel's density at its centre, with its share; in those coordinates.
    let logPeak: Double
  }

  private let width: Int
  private let whitening: LowerTriangle
  private let unwhitening: LowerTriangle
  private let kernels: [Kernel]
  private let largestLogPeak: Double

  /// Points, resampled by their weights, that covariances are made of.
  private static let sampleCount = 400
  /// Of them, those near a kernel; the rest of its covariance is that of all.
  private static let (nearShare, ownShare) = (0.5, 0.9)
  private static let widths = [1.0, 2.0]
  /// Of freedom: 5, or 6 where that makes the density's power a whole number.
  private var degrees: Int { width % 2 == 0 ? 6 : 5 }
  private var power: Int { (degrees + width) / 2 }

  /// - Parameters:
  ///   - points: rows of as many coordinates.
  ///   - weights: adding up to 1.
  ///   - count: kernels.
  /// - Precondition: there is a point, and points have a coordinate.
  package init(_ points: [[Double]], weights: [Double], count: Int, _ random: inout SeededRandom) {
    let chosen = systematicResampling(weights, count: Self.sampleCount, &random).map { points[$0] }
    let width = chosen[0].count
    self.width = width
    let all = Self.covariance(chosen)
    unwhitening = LowerTriangle(choleskyOf: all, count: width)
    whitening = unwhitening.inverse
    let whitening = self.whitening
    let white = chosen.map { whitening.product($0) }
    let near = max(Int(Self.nearShare * Double(white.count)), 1)
    let degrees = Double(width % 2 == 0 ? 6 : 5)
    let dimension = Double(width)
    // A ball that holds this share of the points holds so much less of their variance.
    let shrinkage = pow(Self.nearShare, 2 / dimension)
    let logNorm =
      lgamma((degrees + dimension) / 2) - lgamma(degrees / 2) - dimension / 2 * log(degrees * Double.pi)
      - log(Double(count * Self.widths.count))
    // Equally likely points in the order they were drawn: every so many of them is a fair choice.
    kernels = (0..<count).flatMap { kernel -> [Kernel] in
      let centre = white[kernel * white.count / count]
      let distances = white.map { point in
        zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
      var own = Self.covariance(order.prefix(near).map { white[$0] }).map { Self.ownShare * $0 }
      for j in 0..<width { own[j * width + j] += (1 - Self.ownShare) * shrinkage }
      let factor = LowerTriangle(choleskyOf: own, count: width)
      return Self.widths.map { scale in
        let scaled = factor.times(scale)
        return Kernel(
          centre: centre, factor: scaled, inverse: scaled.inverse,
          logPeak: logNorm - scaled.logDeterminant)
      }
    }
    largestLogPeak = kernels.map(\.logPeak).max() ?? 0
  }

  private static func covariance(_ points: [[Double]]) -> [Double] {
    let (width, count) = (points[0].count, Double(points.count))
    let mean = (0..<width).map { j in points.reduce(0) { $0 + $1[j] } / count }
    var result = [Double](repeating: 0, count: width * width)
    for point in points {
      for i in 0..<width {
        for j in 0...i { result[i * width + j] += (point[i] - mean[i]) * (point[j] - mean[j]) / count }
      }
    }
    return result
  }

  package func sample(_ random: inout SeededRandom) -> [Double] {
    let kernel = kernels[Int(random.uniform() * Double(kernels.count))]
    let normals = (0..<width).map { _ in random.normal() }
    let squares = (0..<degrees).reduce(0.0) { sum, _ in
      let value = random.normal()
      return sum + value * value
    }
    let stretch = (Double(degrees) / squares).squareRoot()
    let step = kernel.factor.product(normals).map { stretch * $0 }
    return unwhitening.product(zip(kernel.centre, step).map { $0 + $1 })
  }

  package func logDensity(_ point: [Double]) -> Double {
    let white = whitening.product(point)
    let scale = 1 / Double(degrees)
    let power = self.power
    var difference = [Double](repeating: 0, count: width)
    var sum = 0.0
    for kernel in kernels {
      for j in 0..<width { difference[j] = white[j] - kernel.centre[j] }
      let base = 1 / (1 + scale * kernel.inverse.squaredLength(difference))
      var value = 1.0
      for _ in 0..<power { value *= base }
      sum += value * exp(kernel.logPeak - largestLogPeak)
    }
    return log(max(sum, .leastNormalMagnitude)) + largestLogPeak + whitening.logDeterminant
  }
}

/// Small and dense, row-major with zeros above the diagonal.
private struct LowerTriangle: Sendable {
  private let count: Int
  private let elements: [Double]

  /// - Parameter choleskyOf: a symmetric matrix's lower half, row-major; pivots that rounding has made vanish are held above it.
  init(choleskyOf matrix: [Double], count: Int) {
    self.count = count
    var result = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        var sum = matrix[row * count + column]
        for k in 0..<column { sum -= result[row * count + k] * result[column * count + k] }
        result[row * count + column] =
          row == column
          ? max(sum, 1e-12 * matrix[row * count + row], 1e-24).squareRoot()
          : sum / result[column * count + column]
      }
    }
    elements = result
  }

  private init(count: Int, elements: [Double]) {
    self.count = count
    self.elements = elements
  }

  var logDeterminant: Double { (0..<count).reduce(0) { $0 + log(elements[$1 * count + $1]) } }

  func times(_ factor: Double) -> LowerTriangle {
    LowerTriangle(count: count, elements: elements.map { factor * $0 })
  }

  var inverse: LowerTriangle {
    var result = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      for row in column..<count {
        var sum = row == column ? 1.0 : 0
        for k in column..<row { sum -= elements[row * count + k] * result[k * count + column] }
        result[row * count + column] = sum / elements[row * count + row]
      }
    }
    return LowerTriangle(count: count, elements: result)
  }

  func product(_ vector: [Double]) -> [Double] {
    (0..<count).map { row in (0...row).reduce(0) { $0 + elements[row * count + $1] * vector[$1] } }
  }

  /// Of the product with a vector.
  func squaredLength(_ vector: [Double]) -> Double {
    elements.withUnsafeBufferPointer { elements in
      vector.withUnsafeBufferPointer { vector in
        var total = 0.0
        for row in 0..<count {
          var sum = 0.0
          for column in 0...row { sum += elements[row * count + column] * vector[column] }
          total += sum * sum
        }
        return total
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
