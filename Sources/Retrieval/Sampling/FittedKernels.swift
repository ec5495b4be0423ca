package import NumericalMethods

/// A mixture of Student's t laws about some of the points it is fitted to, each with the covariance of the points near it: as curved
/// and as many-peaked as these are.
///
/// A part of the kernels' weight has twice the width: what the points have missed lies at their edges, and weights far above all others
/// would come from there.
package struct FittedKernels: Sendable {
  private let width: Int
  /// To coordinates in which all points together have unit covariance, in which kernels are kept, and back.
  private let whitening: LowerTriangle
  private let unwhitening: LowerTriangle
  private let factors: [LowerTriangle]
  /// Kernels x width, and kernels x lower half of the factor's inverse.
  private let centres: [Double]
  private let inverses: [Double]
  /// The density at a kernel's centre were it narrow alone, over e^logPeak.
  private let peaks: [Double]
  private let logPeak: Double

  /// Points, resampled by their weights, that covariances are made of.
  private static let sampleCount = 400
  /// Of them, those near a kernel; the rest of its covariance is that of all.
  private static let (nearShare, ownShare) = (0.25, 0.9)
  private static let (wide, wideShare) = (2.0, 0.3)
  /// Of freedom: 5, or 6 where that makes the density's power a whole number.
  private static func degrees(_ width: Int) -> Int { width % 2 == 0 ? 6 : 5 }
  private var degrees: Int { Self.degrees(width) }

  /// - Parameters:
  ///   - points: rows of as many coordinates.
  ///   - weights: adding up to 1.
  ///   - count: kernels.
  /// - Precondition: there is a point, and points have a coordinate.
  package init(_ points: [[Double]], weights: [Double], count: Int, _ random: inout SeededRandom) {
    let chosen = systematicResampling(weights, count: Self.sampleCount, &random).map { points[$0] }
    let width = chosen[0].count
    self.width = width
    unwhitening = LowerTriangle(choleskyOf: Self.covariance(chosen), count: width)
    let whitening = unwhitening.inverse
    self.whitening = whitening
    let white = chosen.map { whitening.product($0) }
    let near = max(Int(Self.nearShare * Double(white.count)), 1)
    // A ball that holds this share of the points holds so much less of their variance.
    let shrinkage = pow(Self.nearShare, 2 / Double(width))
    // Equally likely points in the order they were drawn: every so many of them is a fair choice.
    let chosenCentres = (0..<count).map { white[$0 * white.count / count] }
    let factors = chosenCentres.map { centre in
      let distances = white.map { point in
        zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
      var own = Self.covariance(order.prefix(near).map { white[$0] }).map { Self.ownShare * $0 }
      for j in 0..<width { own[j * width + j] += (1 - Self.ownShare) * shrinkage }
      return LowerTriangle(choleskyOf: own, count: width)
    }
    let logPeaks = factors.map { -$0.logDeterminant }
    let largest = logPeaks.max() ?? 0
    let (nu, dimension) = (Double(Self.degrees(width)), Double(width))
    logPeak =
      largest + lgamma((nu + dimension) / 2) - lgamma(nu / 2) - dimension / 2 * log(nu * Double.pi)
      - log(Double(count)) + whitening.logDeterminant
    peaks = logPeaks.map { exp($0 - largest) }
    centres = chosenCentres.flatMap { $0 }
    inverses = factors.flatMap(\.inverse.lowerHalf)
    self.factors = factors
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
    let kernel = Int(random.uniform() * Double(factors.count))
    let scale = random.uniform() < Self.wideShare ? Self.wide : 1
    let normals = (0..<width).map { _ in random.normal() }
    let squares = (0..<degrees).reduce(0.0) { sum, _ in
      let value = random.normal()
      return sum + value * value
    }
    let stretch = scale * (Double(degrees) / squares).squareRoot()
    let step = factors[kernel].product(normals)
    return unwhitening.product((0..<width).map { centres[kernel * width + $0] + stretch * step[$0] })
  }

  package func logDensity(_ point: [Double]) -> Double {
    let white = whitening.product(point)
    let width = self.width
    let power = (degrees + width) / 2
    let (narrow, wide) = (1 / Double(degrees), 1 / (Self.wide * Self.wide * Double(degrees)))
    let shares = (1 - Self.wideShare, Self.wideShare * pow(Self.wide, -Double(width)))
    var sum = 0.0
    centres.withUnsafeBufferPointer { centres in
      inverses.withUnsafeBufferPointer { inverses in
        white.withUnsafeBufferPointer { white in
          var place = 0
          for kernel in 0..<peaks.count {
            let centre = kernel * width
            var squares = 0.0
            for row in 0..<width {
              var value = 0.0
              for column in 0...row {
                value += inverses[place] * (white[column] - centres[centre + column])
                place += 1
              }
              squares += value * value
            }
            let (first, second) = (1 / (1 + narrow * squares), 1 / (1 + wide * squares))
            var (ofNarrow, ofWide) = shares
            for _ in 0..<power {
              ofNarrow *= first
              ofWide *= second
            }
            sum += peaks[kernel] * (ofNarrow + ofWide)
          }
        }
      }
    }
    return log(max(sum, .leastNormalMagnitude)) + logPeak
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

  /// Row by row.
  var lowerHalf: [Double] { (0..<count).flatMap { elements[$0 * count...$0 * count + $0] } }

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
}

#if canImport(Glibc)
  import Glibc
#endif
