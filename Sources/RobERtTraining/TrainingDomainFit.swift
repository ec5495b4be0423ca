import NumericalMethods
import Observations
package import RobERt
import Tensors

extension TrainingDomain {
  /// Directions kept of the shapes' spread.
  private static let directionCount = 60

  /// Principal directions of the shapes of spectra on the whole grid, by orthogonal iteration; the limit from spectra
  /// observed as in training.
  /// - Parameters:
  ///   - whole: spectra of the whole grid, with no noise to speak of.
  ///   - observed: validation spectra, for the limit.
  package init(whole: [EncodedSpectrum], observed: [ObservedExample], seed: UInt64) {
    let bins = SpectralGrid.standard.count
    let shapes = whole.map { spectrum in spectrum.shape.map { Self.unit(of: spectrum) * $0 } }
    let count = Double(shapes.count)
    var mean = [Double](repeating: 0, count: bins)
    for shape in shapes { for j in 0..<bins { mean[j] += shape[j] / count } }
    var covariance = [Double](repeating: 0, count: bins * bins)
    let centred = shapes.flatMap { shape in zip(shape, mean).map { $0 - $1 } }
    centred.withUnsafeBufferPointer { x in
      covariance.withUnsafeMutableBufferPointer {
        multiplyMatrices(
          ProductShape(rows: bins, columns: bins, inner: shapes.count, aIsTransposed: true), x, x, into: $0)
      }
    }
    for i in covariance.indices { covariance[i] /= count }

    let k = min(Self.directionCount, shapes.count)
    var random = SeededRandom(seed: seed, stream: 11)
    var basis = (0..<k).map { _ in (0..<bins).map { _ in random.normal() } }
    Self.orthonormalise(&basis)
    var sizes = [Double](repeating: 0, count: k)
    for _ in 0..<200 {
      basis = basis.map { Self.product(covariance, $0) }
      sizes = basis.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      Self.orthonormalise(&basis)
    }
    var remainder = (0..<bins).map { covariance[$0 * bins + $0] }
    let directions = zip(basis, sizes).map { vector, size in vector.map { $0 * size.squareRoot() } }
    for direction in directions { for j in 0..<bins { remainder[j] -= direction[j] * direction[j] } }
    // A bin that never varies must not make every other value a surprise.
    let least = 1e-4 * (0..<bins).reduce(0) { $0 + covariance[$1 * bins + $1] } / Double(bins)
    let provisional = TrainingDomain(
      mean: mean, directions: directions, remainder: remainder.map { max($0, least).squareRoot() },
      limit: .infinity, largestContrast: .infinity,
      levels: 0...Double.infinity)
    func limit(_ share: Double, _ measure: (ObservedExample) -> Double) -> Double {
      let values = observed.map(measure).sorted()
      return values.isEmpty ? 1 : quantile(ofSorted: values, share)
    }
    self.init(
      mean: mean, directions: directions, remainder: provisional.remainder,
      limit: limit(0.998) { provisional.distance(of: $0.encoded, points: $0.points) },
      largestContrast: limit(0.998) { provisional.contrast(of: $0.encoded) },
      levels: limit(0.001) { $0.encoded.level }...limit(0.999) { $0.encoded.level })
  }

  private static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    let n = vector.count
    var result = [Double](repeating: 0, count: n)
    matrix.withUnsafeBufferPointer { a in
      vector.withUnsafeBufferPointer { v in
        result.withUnsafeMutableBufferPointer {
          multiplyMatrices(ProductShape(rows: n, columns: 1, inner: n), a, v, into: $0)
        }
      }
    }
    return result
  }

  /// The method of Gram and Schmidt.
  static func orthonormalise(_ vectors: inout [[Double]]) {
    for i in vectors.indices {
      for j in 0..<i {
        let overlap = zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 }
        for n in vectors[i].indices { vectors[i][n] -= overlap * vectors[j][n] }
      }
      let length = vectors[i].reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for n in vectors[i].indices { vectors[i][n] /= length } }
    }
  }
}
