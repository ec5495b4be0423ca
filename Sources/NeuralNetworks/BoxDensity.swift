package import NumericalMethods
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// One row of an `AutoregressiveDensity`'s numbers, made ready to be drawn from and asked: a density in the unit box, exactly
/// normalised.
package struct BoxDensity: Sendable, Hashable {
  package let dimension: Int
  private let coordinates: [Coordinate]

  private struct Coordinate: Sendable, Hashable {
    let location, scale: Double
    /// On those before it, from `centre`.
    let slopes: [Double]
    /// The location, held in the box: from where later coordinates' slopes count.
    let centre: Double
    let spline: Spline
  }

  /// - Parameter output: one row.
  package init<S: Scalar>(_ density: AutoregressiveDensity, output: ArraySlice<S>) {
    precondition(output.count == density.width)
    dimension = density.dimensions
    let bins = density.bins
    coordinates = output.map { Double($0) }.withUnsafeBufferPointer { row in
      (0..<density.dimensions).map { i in
        let place = density.start(i)
        return Coordinate(
          location: row[place],
          scale: exp(AutoregressiveDensity.held(row[place + 1], in: AutoregressiveDensity.logScales)),
          slopes: Array(row[(place + 2)..<(place + 2 + i)]),
          centre: AutoregressiveDensity.held(row[place], in: 0...1),
          spline: Spline(density, UnsafeBufferPointer(rebasing: row[(place + 2 + i)...].prefix(3 * bins + 1)))
        )
      }
    }
  }

  /// Whether the network's numbers are all finite.
  package var isFinite: Bool {
    coordinates.allSatisfy { $0.location.isFinite && $0.scale.isFinite && $0.slopes.allSatisfy(\.isFinite) }
      && coordinates.allSatisfy { $0.spline.isFinite }
  }

  private func logistic(_ i: Int, _ point: [Double]) -> TruncatedLogistic {
    var location = coordinates[i].location
    for (j, slope) in coordinates[i].slopes.enumerated() {
      location += slope * (point[j] - coordinates[j].centre)
    }
    return TruncatedLogistic(location: location, scale: coordinates[i].scale)
  }

  /// A point from the density: the inverse of each coordinate's distribution function, exactly.
  package func sample(_ random: inout SeededRandom) -> [Double] {
    var point: [Double] = []
    point.reserveCapacity(dimension)
    for i in 0..<dimension {
      let logistic = logistic(i, point)
      point.append(logistic.quantile(coordinates[i].spline.inverse(random.uniform())))
    }
    return point
  }

  /// ln of the density at a point of the box.
  package func logDensity(_ point: [Double]) -> Double {
    precondition(point.count == dimension)
    return coordinates.indices.reduce(0) { sum, i in
      let value = logistic(i, point).value(at: point[i])
      return sum + value.logDensity + coordinates[i].spline.logSlope(value.position)
    }
  }

  /// Of each coordinate the part of its distribution, given those before it, that lies below the point: uniform and independent for
  /// points of the density.
  package func ranks(_ point: [Double]) -> [Double] {
    precondition(point.count == dimension)
    return coordinates.indices.map { i in
      coordinates[i].spline(logistic(i, point).value(at: point[i]).position)
    }
  }
}

/// A monotone rational-quadratic spline of [0, 1] onto itself (Durkan et al. 2019, NeurIPS, equations 4 to 8).
private struct Spline: Sendable, Hashable {
  /// Positions and values at the knots, and derivatives there.
  let x, y, derivatives: [Double]

  init(_ density: AutoregressiveDensity, _ raw: UnsafeBufferPointer<Double>) {
    let bins = density.bins
    var shares = [Double](repeating: 0, count: 3 * bins + 1)
    shares.withUnsafeMutableBufferPointer { shares in
      guard let raw = raw.baseAddress, let base = shares.baseAddress else { return }
      density.fillSpline(raw, widths: base, heights: base + bins, derivatives: base + 2 * bins)
    }
    func knots(_ shares: ArraySlice<Double>) -> [Double] {
      var knots = shares.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
      knots[bins] = 1
      return knots
    }
    x = knots(shares[..<bins])
    y = knots(shares[bins..<2 * bins])
    derivatives = Array(shares[(2 * bins)...])
  }

  var isFinite: Bool { (x + y + derivatives).allSatisfy(\.isFinite) }

  private func bin(_ value: Double, _ knots: [Double]) -> Int {
    var k = 0
    while k < knots.count - 2, value >= knots[k + 1] { k += 1 }
    return k
  }

  private func at(_ w: Double) -> (k: Int, xi: Double, s: Double) {
    let k = bin(w, x)
    let width = x[k + 1] - x[k]
    return (k, min(max((w - x[k]) / width, 0), 1), (y[k + 1] - y[k]) / width)
  }

  func callAsFunction(_ w: Double) -> Double {
    let (k, xi, s) = at(w)
    let (d0, d1) = (derivatives[k], derivatives[k + 1])
    let numerator = s * xi * xi + d0 * xi * (1 - xi)
    return y[k] + (y[k + 1] - y[k]) * numerator / (s + (d0 + d1 - 2 * s) * xi * (1 - xi))
  }

  func logSlope(_ w: Double) -> Double {
    let (k, xi, s) = at(w)
    let (d0, d1, eta) = (derivatives[k], derivatives[k + 1], 1 - xi)
    let numerator = d1 * xi * xi + 2 * s * xi * eta + d0 * eta * eta
    return 2 * log(s) + log(numerator) - 2 * log(s + (d0 + d1 - 2 * s) * xi * eta)
  }

  func inverse(_ v: Double) -> Double {
    let k = bin(v, y)
    let (width, height) = (x[k + 1] - x[k], y[k + 1] - y[k])
    let (s, d0, d1, up) = (height / width, derivatives[k], derivatives[k + 1], v - y[k])
    let bend = up * (d0 + d1 - 2 * s)
    let a = height * (s - d0) + bend
    let b = height * d0 - bend
    let root = max(b * b + 4 * a * s * up, 0).squareRoot()
    return x[k] + width * min(max(2 * s * up / (b + root), 0), 1)
  }
}
