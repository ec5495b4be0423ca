package import NumericalMethods
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// A mixture of Gaussians as a network's last layer writes it, one row a mixture (Bishop 1994, NCRG/94/004).
///
/// A row of `width` numbers, component k fastest, for K components in D dimensions:
/// K logits; D x K means; D x K log-precisions a; and with `.full` covariance D (D - 1) / 2 x K couplings l_ij,
/// j < i, ordered (1,0) (2,0) (2,1) (3,0) ...
/// The precision is factored as P = L^T diag(e^2a) L with L unit lower triangular, as in
/// z_i = e^(a_i) (u_i + sum_(j<i) l_ij u_j), u = y - mean:
/// log N(y) = sum_i a_i - z.z / 2 - D/2 log 2 pi. Diagonal covariance is L = 1.
/// Log-precisions are held within +-`maximumLogPrecision`, so no component collapses onto a point.
package struct MixtureDensity: Sendable, Hashable {
  package enum Covariance: String, Sendable, Hashable {
    case diagonal, full
  }

  package let components: Int
  package let dimensions: Int
  package let covariance: Covariance
  /// Standard deviations are at least exp(-this), in the coordinates of the outputs.
  package let maximumLogPrecision: Double

  package init(components: Int, dimensions: Int, covariance: Covariance, maximumLogPrecision: Double = 7) {
    precondition(components > 0 && dimensions > 0 && maximumLogPrecision > 0 && maximumLogPrecision <= 40)
    self.components = components
    self.dimensions = dimensions
    self.covariance = covariance
    self.maximumLogPrecision = maximumLogPrecision
  }

  package var couplings: Int { covariance == .full ? dimensions * (dimensions - 1) / 2 : 0 }
  package var width: Int { components * (1 + 2 * dimensions + couplings) }

  private var meansOffset: Int { components }
  private var precisionsOffset: Int { components * (1 + dimensions) }
  private var couplingsOffset: Int { components * (1 + 2 * dimensions) }
  /// Where l_ij begins, j < i.
  private func coupling(_ i: Int, _ j: Int) -> Int {
    couplingsOffset &+ (i &* (i &- 1) / 2 &+ j) &* components
  }

  /// Biases of the last layer to start training from: equal weights, means scattered like the (standardised)
  /// targets, standard deviations of a half.
  package func initialBiases(random: inout SeededRandom) -> [Double] {
    var biases = [Double](repeating: 0, count: width)
    for i in meansOffset..<precisionsOffset { biases[i] = random.normal() }
    for i in precisionsOffset..<couplingsOffset { biases[i] = 0.693 }
    return biases
  }

  /// The sum over rows of -log p(y), and its derivative by the outputs times `scale`.
  ///
  /// - Parameters:
  ///   - outputs: (rows, width).
  ///   - targets: (rows, dimensions).
  ///   - gradient: (rows, width), overwritten; `nil` where only the value is wanted.
  /// - Returns: a sum in double precision; not finite where an input is not.
  @specialized(where S == Float)
  package func negativeLogLikelihood<S: Scalar>(
    outputs: UnsafeBufferPointer<S>, targets: UnsafeBufferPointer<S>, rows: Int,
    gradient: UnsafeMutableBufferPointer<S>?, scale: S
  ) -> Double {
    precondition(outputs.count == rows * width && targets.count == rows * dimensions)
    precondition(gradient == nil || gradient?.count == rows * width)
    guard rows > 0, let outputs = outputs.baseAddress, let targets = targets.baseAddress else { return 0 }
    var total = 0.0
    withUnsafeTemporaryAllocation(of: S.self, capacity: RowScratch<S>.count(self)) { memory in
      guard let base = memory.baseAddress else { return }
      let scratch = RowScratch(base, self)
      for row in 0..<rows {
        total += evaluate(outputs + row &* width, target: targets + row &* dimensions, scratch)
        if let gradient = gradient?.baseAddress {
          differentiate(outputs + row &* width, scratch, into: gradient + row &* width, scale: scale)
        }
      }
    }
    return total + Double(rows) * Double(dimensions) / 2 * log(2 * Double.pi)
  }

  /// -log p of one row but for the constant; leaves in the scratch what its derivative needs.
  @inline(__always)
  private func evaluate<S: Scalar>(
    _ output: UnsafePointer<S>, target: UnsafePointer<S>, _ scratch: RowScratch<S>
  ) -> Double {
    let limit = S(maximumLogPrecision)
    let block = dimensions * components
    let joint = scratch.joint
    let raw = output + precisionsOffset
    for i in 0..<block { scratch.a[i] = min(max(raw[i], -limit), limit) }
    S.exponential(scratch.a, scratch.precision, block)
    for k in 0..<components { joint[k] = output[k] }
    for i in 0..<dimensions {
      let mean = output + (meansOffset &+ i &* components)
      let ui = scratch.u + i &* components
      let zi = scratch.z + i &* components
      let ai = scratch.a + i &* components
      let pi = scratch.precision + i &* components
      let yi = target[i]
      for k in 0..<components {
        ui[k] = yi - mean[k]
        zi[k] = ui[k]
      }
      if covariance == .full {
        for j in 0..<i {
          let l = output + coupling(i, j)
          let uj = scratch.u + j &* components
          for k in 0..<components { zi[k] += l[k] * uj[k] }
        }
      }
      for k in 0..<components {
        zi[k] *= pi[k]
        joint[k] += ai[k] - zi[k] * zi[k] / 2
      }
    }
    let priorSum = Self.normalize(output, into: scratch.prior, shifted: scratch.shifted, count: components)
    return priorSum - Self.normalize(joint, into: joint, shifted: scratch.shifted, count: components)
  }

  /// With r the responsibilities (in `joint`) and w the weights (in `prior`):
  /// d/dlogit = w - r; d/da_i = r (z_i^2 - 1); d/dt_i = r z_i e^(a_i) with t_i = u_i + sum l_ij u_j.
  @inline(__always)
  private func differentiate<S: Scalar>(
    _ output: UnsafePointer<S>, _ scratch: RowScratch<S>, into slope: UnsafeMutablePointer<S>, scale: S
  ) {
    let limit = S(maximumLogPrecision)
    let joint = scratch.joint
    for k in 0..<components { slope[k] = scale * (scratch.prior[k] - joint[k]) }
    for i in 0..<dimensions {
      let zi = scratch.z + i &* components
      let pi = scratch.precision + i &* components
      let rawi = output + (precisionsOffset &+ i &* components)
      let byMean = slope + (meansOffset &+ i &* components)
      let byPrecision = slope + (precisionsOffset &+ i &* components)
      for k in 0..<components {
        let r = scale * joint[k]
        let byA = r * (zi[k] * zi[k] - 1)
        // At a bound the derivative counts only where it leads back inside.
        let isHeld = (rawi[k] >= limit && byA < 0) || (rawi[k] <= -limit && byA > 0)
        byPrecision[k] = isHeld ? 0 : byA
        zi[k] = r * zi[k] * pi[k]
        byMean[k] = -zi[k]
      }
      if covariance == .full {
        for j in 0..<i {
          let l = output + coupling(i, j)
          let byCoupling = slope + coupling(i, j)
          let uj = scratch.u + j &* components
          let byOtherMean = slope + (meansOffset &+ j &* components)
          for k in 0..<components {
            byCoupling[k] = zi[k] * uj[k]
            byOtherMean[k] -= zi[k] * l[k]
          }
        }
      }
    }
  }

  /// Softmax of `values` into `weights`; returns log sum exp. The two may be the same memory.
  @specialized(where S == Float)
  private static func normalize<S: Scalar>(
    _ values: UnsafePointer<S>, into weights: UnsafeMutablePointer<S>, shifted: UnsafeMutablePointer<S>,
    count: Int
  ) -> Double {
    var largest = values[0]
    for k in 1..<max(count, 1) where values[k] > largest { largest = values[k] }
    for k in 0..<count { shifted[k] = values[k] - largest }
    S.exponential(shifted, weights, count)
    var sum: S = 0
    for k in 0..<count { sum += weights[k] }
    let inverse = 1 / sum
    for k in 0..<count { weights[k] *= inverse }
    return Double(largest) + log(Double(sum))
  }
}

/// Work arrays of one row: a, e^a, u and z (each dimensions x components), then weights, joint log-densities and what a softmax
/// needs (each components).
private struct RowScratch<S: Scalar> {
  let a, precision, u, z: UnsafeMutablePointer<S>
  let prior, joint, shifted: UnsafeMutablePointer<S>

  static func count(_ density: MixtureDensity) -> Int {
    4 * density.dimensions * density.components + 3 * density.components
  }

  init(_ base: UnsafeMutablePointer<S>, _ density: MixtureDensity) {
    let block = density.dimensions * density.components
    a = base
    precision = a + block
    u = precision + block
    z = u + block
    prior = z + block
    joint = prior + density.components
    shifted = joint + density.components
  }
}

// MARK: - Drawing

extension MixtureDensity {
  /// One draw from the mixture in a row of outputs, without building the other components.
  package func draw<S: Scalar>(output: ArraySlice<S>, random: inout SeededRandom) -> [Double] {
    precondition(output.count == width)
    let start = output.startIndex
    func value(_ index: Int) -> Double { Double(output[start + index]) }
    var largest = value(0)
    for k in 1..<max(components, 1) { largest = max(largest, value(k)) }
    var sum = 0.0
    for k in 0..<components { sum += exp(value(k) - largest) }
    var left = random.uniform() * sum
    var chosen = components - 1
    for k in 0..<components {
      left -= exp(value(k) - largest)
      if left < 0 {
        chosen = k
        break
      }
    }
    // Solves z = e^a L u for u by forward substitution.
    var u = [Double](repeating: 0, count: dimensions)
    for i in 0..<dimensions {
      let a = min(
        max(value(precisionsOffset + i * components + chosen), -maximumLogPrecision), maximumLogPrecision)
      u[i] = exp(-a) * random.normal()
      if covariance == .full {
        for j in 0..<i {
          u[i] -= value(couplingsOffset + (i * (i - 1) / 2 + j) * components + chosen) * u[j]
        }
      }
    }
    for i in 0..<dimensions { u[i] += value(meansOffset + i * components + chosen) }
    return u
  }
}

// MARK: - Reading a mixture

/// One row of a network's outputs, made plain.
package struct GaussianMixture: Sendable, Hashable {
  package struct Component: Sendable, Hashable {
    package var weight: Double
    package var mean: [Double]
    /// Scale of each z_i: e^(-a_i).
    package var scale: [Double]
    /// l_ij, j < i, row by row; empty for a diagonal covariance.
    package var couplings: [Double]

    /// Marginal standard deviation of each coordinate: u = B z with B = L^-1 diag(e^-a), row by row.
    package var sd: [Double] {
      var rows: [[Double]] = []
      for i in mean.indices {
        var row = [Double](repeating: 0, count: mean.count)
        row[i] = scale[i]
        if !couplings.isEmpty {
          for j in 0..<i {
            let l = couplings[i * (i - 1) / 2 + j]
            for k in 0...j { row[k] -= l * rows[j][k] }
          }
        }
        rows.append(row)
      }
      return rows.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    }
  }

  package var components: [Component]

  /// - Parameter output: one row, as `MixtureDensity` describes it.
  package init<S: Scalar>(_ density: MixtureDensity, output: ArraySlice<S>) {
    precondition(output.count == density.width)
    let values = output.map { Double($0) }
    let count = density.components
    let dimensions = density.dimensions
    let largest = values[..<count].max() ?? 0
    let exponentials = values[..<count].map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    let limit = density.maximumLogPrecision
    components = (0..<count).map { k in
      Component(
        weight: exponentials[k] / sum,
        mean: (0..<dimensions).map { values[(1 + $0) * count + k] },
        scale: (0..<dimensions).map {
          exp(-min(max(values[(1 + dimensions + $0) * count + k], -limit), limit))
        },
        couplings: (0..<density.couplings).map { values[(1 + 2 * dimensions + $0) * count + k] })
    }
  }

  package var isFinite: Bool {
    components.allSatisfy { component in
      component.weight.isFinite && component.mean.allSatisfy(\.isFinite)
        && component.scale.allSatisfy(\.isFinite) && component.couplings.allSatisfy(\.isFinite)
    }
  }
}
