import CVectorMath

/// The inner loops of radiative transfer over one layer's bins, implemented in C for the CPU at hand.
///
/// Optical depths and transmittances are dimensionless; counts are the callers' to keep.
package enum AbsorptionKernels {
  /// y = exp(x), to 1.5 units in the last place; x is held within +-708, so that y is never 0 nor infinite.
  package static func exponential(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int)
  {
    exospool_vector_exp_f64(x, y, count)
  }

  /// sum += weight (1 - exp(-opticalDepth)).
  package static func addAbsorbed(
    opticalDepth: UnsafePointer<Double>, weight: Double, to sum: UnsafeMutablePointer<Double>, _ count: Int
  ) { exospool_add_absorbed_f64(opticalDepth, weight, sum, count) }

  /// sum += weight (1 - transmittance).
  package static func addAbsorbed(
    transmittance: UnsafePointer<Float>, weight: Double, to sum: UnsafeMutablePointer<Double>, _ count: Int
  ) { exospool_add_absorbed_f32(transmittance, weight, sum, count) }

  /// transmittance = exp(-opticalDepth).
  package static func transmittance(
    opticalDepth: UnsafePointer<Double>, _ transmittance: UnsafeMutablePointer<Float>, _ count: Int
  ) { exospool_transmittance_f32(opticalDepth, transmittance, count) }

  /// y += c0 r0 + c1 r1 + c2 r2 + c3 r3: what bilinear interpolation between rows of a table adds.
  package static func addRows(
    _ rows: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>),
    coefficients: (Double, Double, Double, Double), to y: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    withUnsafeBytes(of: coefficients) {
      exospool_add_rows_f64(
        y, rows.0, rows.1, rows.2, rows.3, $0.assumingMemoryBound(to: Double.self).baseAddress, count)
    }
  }

  /// transmittance[j] *= sum over g of weights[g] exp(-k[g][j] amount[j]), k stored as points x count.
  ///
  /// The mean transmittance of a k-distribution; multiplying one gas's into another's is random overlap.
  package static func multiplyByExponentialMean(
    k: UnsafePointer<Float>, weights: UnsafePointer<Float>, points: Int, amount: UnsafePointer<Float>,
    into transmittance: UnsafeMutablePointer<Float>, _ count: Int
  ) { exospool_exponential_mean_f32(k, count, weights, points, amount, transmittance, count) }

  /// Goes one layer deeper along several slant paths: opticalDepth[g][j] += k[g][j] amount[j], then for each slant s
  /// transmittance[s][j] *= sum over g of weights[g] exp(-slants[s] opticalDepth[g][j]).
  package static func multiplyBySlantMeans(
    k: UnsafePointer<Float>, weights: UnsafePointer<Float>, points: Int, amount: UnsafePointer<Float>,
    opticalDepth: UnsafeMutablePointer<Float>, slants: UnsafePointer<Float>, slantCount: Int,
    into transmittance: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    exospool_slant_means_f32(
      k, count, weights, points, amount, opticalDepth, slants, slantCount, transmittance, count)
  }

  /// Goes one layer deeper along several slant paths and adds what the layer emits: for each slant s
  /// below = exp(-slants[s] opticalDepth), flux += weights[s] source (transmittance[s] - below), and
  /// transmittance[s] = below.
  /// - Parameters:
  ///   - opticalDepth: vertical, from the layer's bottom to space.
  ///   - transmittance: slants x count, from the layer's top to space.
  package static func emit(
    opticalDepth: UnsafePointer<Double>, source: UnsafePointer<Double>, slants: UnsafePointer<Double>,
    weights: UnsafePointer<Double>, slantCount: Int, transmittance: UnsafeMutablePointer<Double>,
    flux: UnsafeMutablePointer<Double>, _ count: Int
  ) { exospool_emit_f64(opticalDepth, source, slants, weights, slantCount, transmittance, flux, count) }

  /// The same with the transmittance from the layer's bottom to space given, slants x count.
  package static func emit(
    below: UnsafePointer<Float>, source: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    slantCount: Int, transmittance: UnsafeMutablePointer<Float>, flux: UnsafeMutablePointer<Double>,
    _ count: Int
  ) { exospool_emit_f32(below, source, weights, slantCount, transmittance, flux, count) }
}
