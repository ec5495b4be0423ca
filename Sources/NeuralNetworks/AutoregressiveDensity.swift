package import NumericalMethods
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// A density in the unit box as a network's last layer writes it, one row a density: each coordinate given those before it.
///
/// For coordinate i of a row, one after the other:
///
///     1  location m_i;  1  ln scale t_i;  i  slopes a_ij, j < i;
///     K  logits of widths, K of heights, K + 1 ln of derivatives: the spline's
///
/// With l_i = m_i + sum over j < i of a_ij (u_j - c_j), c_j = m_j held in [0, 1]: the coordinate's w = F(u_i), F the distribution
/// function of a logistic about l_i of scale e^(t_i) cut off at 0 and 1; v = g(w), g a monotone rational-quadratic spline of [0, 1]
/// onto itself in K bins (Durkan et al. 2019, NeurIPS, equation 4); v is uniform, so that the density of u_i is F'(u_i) g'(w).
///
/// All that F needs is taken in logarithms, so that neither narrow scales nor locations far outside cost digits: with
/// sp(x) = ln(1 + e^x),
///
///     ln [sigma(b) - sigma(a)] = -sp(a) - sp(-b) + ln(1 - e^(a - b))
package struct AutoregressiveDensity: Sendable, Hashable {
  package let dimensions: Int
  package let bins: Int

  /// ln of the scales' bounds, in the box's unit.
  static let logScales = log(1e-6)...log(4.0)
  /// Least width and height of a spline's bin.
  static let leastBin = 1e-3
  /// ln of the derivatives at the knots is held within +- this.
  static let mostLogDerivative = 6.0

  package init(dimensions: Int, bins: Int = 12) {
    precondition(dimensions > 0 && bins > 1 && Double(bins) * Self.leastBin < 0.5)
    self.dimensions = dimensions
    self.bins = bins
  }

  private var splineWidth: Int { 3 * bins + 1 }

  /// Numbers a row.
  package var width: Int { dimensions * (2 + splineWidth) + dimensions * (dimensions - 1) / 2 }

  /// Where coordinate i's numbers begin.
  func start(_ i: Int) -> Int { i * (2 + splineWidth) + i * (i - 1) / 2 }

  /// Biases of the last layer to start training from: a broad hump in the middle of the box.
  package var initialBiases: [Double] {
    var biases = [Double](repeating: 0, count: width)
    for i in 0..<dimensions {
      biases[start(i)] = 0.5
      biases[start(i) + 1] = log(0.25)
    }
    return biases
  }

  /// The sum over rows of -ln p(u), and its derivative by the outputs times `scale`.
  ///
  /// - Parameters:
  ///   - outputs: (rows, width).
  ///   - targets: (rows, dimensions), in [0, 1].
  ///   - gradient: (rows, width), overwritten; `nil` where only the value is wanted.
  /// - Returns: a sum in double precision; not finite where an input is not.
  @specialized(where S == Float)
  package func negativeLogLikelihood<S: Scalar>(
    outputs: UnsafeBufferPointer<S>, targets: UnsafeBufferPointer<S>, rows: Int,
    gradient: UnsafeMutableBufferPointer<S>?, scale: Double
  ) -> Double {
    precondition(outputs.count == rows * width && targets.count == rows * dimensions)
    precondition(gradient == nil || gradient?.count == rows * width)
    guard rows > 0, let outputs = outputs.baseAddress, let targets = targets.baseAddress else { return 0 }
    var total = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width + dimensions) { memory in
      guard let row = memory.baseAddress else { return }
      let (slope, point) = (row + width, row + 2 * width)
      for n in 0..<rows {
        for j in 0..<width { row[j] = Double(outputs[n &* width &+ j]) }
        for j in 0..<dimensions { point[j] = Double(targets[n &* dimensions &+ j]) }
        total += evaluate(row, at: point, slope: gradient == nil ? nil : slope)
        if let gradient = gradient?.baseAddress {
          for j in 0..<width { gradient[n &* width &+ j] = S(scale * slope[j]) }
        }
      }
    }
    return total
  }

  /// -ln p of one row, and its derivative by the row.
  private func evaluate(
    _ row: UnsafePointer<Double>, at point: UnsafePointer<Double>, slope: UnsafeMutablePointer<Double>?
  ) -> Double {
    slope?.update(repeating: 0, count: width)
    var total = 0.0
    for i in 0..<dimensions {
      let place = start(i)
      var location = row[place]
      for j in 0..<i { location += row[place + 2 + j] * (point[j] - Self.held(row[start(j)], in: 0...1)) }
      let t = Self.held(row[place + 1], in: Self.logScales)
      let logistic = TruncatedLogistic(location: location, scale: exp(t))
      let value = logistic.value(at: point[i])
      let spline = place + 2 + i
      let (logSlope, byPosition) = splineLogSlope(
        row + spline, at: value.position, slope: slope.map { $0 + spline })
      total -= value.logDensity + logSlope
      guard let slope else { continue }
      let (byLocation, byLogScale) = logistic.slopes(at: point[i], value, byPosition: -byPosition)
      slope[place] += byLocation
      for j in 0..<i {
        let centre = row[start(j)]
        slope[place + 2 + j] = byLocation * (point[j] - Self.held(centre, in: 0...1))
        if centre > 0, centre < 1 { slope[start(j)] -= byLocation * row[place + 2 + j] }
      }
      // At a bound the derivative counts only where it leads back inside.
      let raw = row[place + 1]
      let isHeld =
        (raw >= Self.logScales.upperBound && byLogScale < 0)
        || (raw <= Self.logScales.lowerBound && byLogScale > 0)
      slope[place + 1] = isHeld ? 0 : byLogScale
    }
    return total
  }

  static func held(_ x: Double, in range: ClosedRange<Double>) -> Double {
    min(max(x, range.lowerBound), range.upperBound)
  }

  /// ln g'(w), its derivative by w, and into `slope` that of -ln g' by the spline's numbers.
  private func splineLogSlope(
    _ raw: UnsafePointer<Double>, at w: Double, slope: UnsafeMutablePointer<Double>?
  ) -> (value: Double, byPosition: Double) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * bins + 1) { memory in
      guard let widths = memory.baseAddress else { return (0, 0) }
      let (heights, derivatives) = (widths + bins, widths + 2 * bins)
      fillSpline(raw, widths: widths, heights: heights, derivatives: derivatives)
      var (k, left) = (0, 0.0)
      while k < bins - 1, w >= left + widths[k] {
        left += widths[k]
        k += 1
      }
      let xi = min(max((w - left) / widths[k], 0), 1)
      let eta = 1 - xi
      let s = heights[k] / widths[k]
      let (d0, d1) = (derivatives[k], derivatives[k + 1])
      let numerator = d1 * xi * xi + 2 * s * xi * eta + d0 * eta * eta
      let denominator = s + (d0 + d1 - 2 * s) * xi * eta
      let value = 2 * log(s) + log(numerator) - 2 * log(denominator)
      let byXi =
        (2 * d1 * xi + 2 * s * (eta - xi) - 2 * d0 * eta) / numerator
        - 2 * (d0 + d1 - 2 * s) * (eta - xi) / denominator
      let byPosition = byXi / widths[k]
      guard let slope else { return (value, byPosition) }
      let byS = 2 / s + 2 * xi * eta / numerator - 2 * (1 - 2 * xi * eta) / denominator
      // By the widths: of bins before k through where it begins; of k through xi and s.
      let spare = 1 - Double(bins) * Self.leastBin
      let byOwnWidth = -(byXi * xi + byS * s) / widths[k]
      var (meanWidth, meanHeight) = (0.0, 0.0)
      for j in 0..<bins {
        let share = (widths[j] - Self.leastBin) / spare
        if j <= k { meanWidth += share * (j == k ? byOwnWidth : -byPosition) }
      }
      let byHeight = byS / widths[k]
      meanHeight = (heights[k] - Self.leastBin) / spare * byHeight
      for j in 0..<bins {
        let byWidth = j < k ? -byPosition : j == k ? byOwnWidth : 0
        slope[j] = -(widths[j] - Self.leastBin) * (byWidth - meanWidth)
        slope[bins + j] = -(heights[j] - Self.leastBin) * ((j == k ? byHeight : 0) - meanHeight)
      }
      for j in 0...bins { slope[2 * bins + j] = 0 }
      let common = 2 * xi * eta / denominator
      for (j, byD) in [(k, eta * eta / numerator - common), (k + 1, xi * xi / numerator - common)]
      where abs(raw[2 * bins + j]) < Self.mostLogDerivative {
        slope[2 * bins + j] = -byD * derivatives[j]
      }
      return (value, byPosition)
    }
  }

  /// Widths and heights of the bins, each adding up to 1, and derivatives at their ends.
  func fillSpline(
    _ raw: UnsafePointer<Double>, widths: UnsafeMutablePointer<Double>, heights: UnsafeMutablePointer<Double>,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    for (logits, shares) in [(raw, widths), (raw + bins, heights)] {
      var largest = logits[0]
      for j in 1..<bins { largest = max(largest, logits[j]) }
      for j in 0..<bins { shares[j] = logits[j] - largest }
      Double.exponential(shares, shares, bins)
      var sum = 0.0
      for j in 0..<bins { sum += shares[j] }
      let factor = (1 - Double(bins) * Self.leastBin) / sum
      for j in 0..<bins { shares[j] = Self.leastBin + factor * shares[j] }
    }
    let limit = Self.mostLogDerivative
    for j in 0...bins { derivatives[j] = min(max(raw[2 * bins + j], -limit), limit) }
    Double.exponential(derivatives, derivatives, bins + 1)
  }
}

/// A logistic distribution cut off at 0 and 1.
struct TruncatedLogistic {
  let scale: Double
  /// Of the box's lower and upper end: (end - location) / scale.
  let low, high: Double
  /// ln of the part of the whole distribution that lies in the box.
  let logShare: Double

  init(location: Double, scale: Double) {
    self.scale = scale
    low = -location / scale
    high = (1 - location) / scale
    logShare = -Self.softPlus(low) - Self.softPlus(-high) + Self.logOneMinusExp(1 / scale)
  }

  struct Value {
    /// (u - location) / scale
    let z: Double
    /// The part of the distribution below u.
    let position: Double
    let logDensity: Double
  }

  func value(at u: Double) -> Value {
    let z = low + u / scale
    let below = Self.softPlus(-z)
    let position =
      u <= 0 ? 0 : exp(-Self.softPlus(low) - below + Self.logOneMinusExp(u / scale) - logShare)
    return Value(
      z: z, position: min(position, 1), logDensity: -Self.softPlus(z) - below - log(scale) - logShare)
  }

  /// The derivatives by location and ln scale of -ln density + f(position).
  /// - Parameter byPosition: f's derivative.
  func slopes(at u: Double, _ value: Value, byPosition: Double) -> (location: Double, logScale: Double) {
    // e^-d / (1 - e^-d) of the box's width d in scales
    let edge = 1 / expm1(1 / scale)
    let byZ = tanh(value.z / 2) + byPosition * density(value.z)
    let byLow =
      -Self.sigmoid(low) - edge - byPosition * density(low) * (1 - value.position)
    let byHigh = Self.sigmoid(-high) + edge - byPosition * density(high) * value.position
    return (
      -(byZ + byLow + byHigh) / scale, 1 - (value.z * byZ + low * byLow + high * byHigh)
    )
  }

  /// Of z, in the box.
  private func density(_ z: Double) -> Double { exp(-Self.softPlus(z) - Self.softPlus(-z) - logShare) }

  /// The u below which so much of the distribution lies.
  func quantile(_ w: Double) -> Double {
    let below = Self.logAddExp(-Self.softPlus(-low), log(w) + logShare)
    let above = Self.logAddExp(-Self.softPlus(high), log1p(-w) + logShare)
    return min(max((below - above - low) * scale, 0), 1)
  }

  static func softPlus(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }
  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  /// ln(1 - e^-x), x > 0.
  private static func logOneMinusExp(_ x: Double) -> Double { x < 0.7 ? log(-expm1(-x)) : log1p(-exp(-x)) }

  private static func logAddExp(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    return small == -.infinity ? large : large + log1p(exp(small - large))
  }
}
