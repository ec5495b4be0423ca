import CVectorMath

/// The inner loops of absorption along tangent rays, 16 neighbouring bins at a time, implemented in C for the CPU at hand.
///
/// A vector of 16 bins is contiguous everywhere; layers and rays are counted from the bottom up, ray i being tangent in
/// layer i. Sizes are the callers' to keep.
package enum ChordKernels {
  package static let lanes = Int(exospool_lanes)
  package static let rayBlock = Int(exospool_ray_block)
  /// How many layers `near` goes through.
  package static let nearLayers = Int(exospool_near_layers)
  /// Quadrature points and rays that `absorb` has room for.
  package static let mostPoints = 64
  package static let mostRays = 1024

  /// lengths[j] = 2 (sqrt(outer[j]^2 - tangent^2) - sqrt(outer[j-1]^2 - tangent^2)), the first from the tangent point.
  package static func chordLengths(
    outer: UnsafePointer<Double>, tangent: Double, _ lengths: UnsafeMutablePointer<Double>, _ count: Int
  ) { exospool_chord_lengths_f64(outer, tangent, lengths, count) }

  /// Sums over the layers j of lengths[i][j] a[j] and lengths[i][j] b[j], lengths being rays x layers.
  package static func columns(
    lengths: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    ofA: UnsafeMutablePointer<Double>, ofB: UnsafeMutablePointer<Double>, _ count: Int
  ) { exospool_chord_columns_f64(lengths, a, b, ofA, ofB, count) }

  /// transmittance[i] = exp(-densityColumns[i] density - squareColumns[i] squares - more[i]), rays x 16.
  /// - Parameter more: rays x `stride`, of which the first `count` are this vector's; nil where there is no more.
  package static func continuum(
    densityColumns: UnsafePointer<Float>, density: UnsafePointer<Float>, squareColumns: UnsafePointer<Float>,
    squares: UnsafePointer<Float>, more: UnsafePointer<Double>?, stride: Int, count: Int,
    _ transmittance: UnsafeMutablePointer<Float>, rays: Int
  ) {
    exospool_continuum_lanes_f32(
      densityColumns, density, squareColumns, squares, more, stride, count, transmittance, rays)
  }

  /// The lowest ray from `first` on that lets light through in any of the bins: 1.2e-7.
  package static func firstVisible(_ transmittance: UnsafePointer<Float>, from first: Int, rays: Int) -> Int {
    exospool_first_visible_f32(transmittance, first, rays)
  }

  /// transmittance[i] *= sum over g of weights[g] exp(-k_g(p_i) columns[i]) for the rays from `first` on, k being taken in
  /// the ray's tangent layer.
  /// - Parameters:
  ///   - logs: ln k at two temperatures, pressures x points x 16, and where between them the gas is.
  ///   - offset: added to ln k.
  ///   - logColumns: ln of `columns`.
  ///   - absorbed: rays x 16, to work in.
  package static func absorb(
    logs: (below: UnsafePointer<Float>, above: UnsafePointer<Float>, fraction: Float), points: Int,
    offset: Float,
    weights: UnsafePointer<Float>, runs: [PressureRun], columns: UnsafePointer<Float>,
    logColumns: UnsafePointer<Float>, first: Int, rays: Int, absorbed: UnsafeMutablePointer<Float>,
    into transmittance: UnsafeMutablePointer<Float>
  ) {
    withPlaces(runs) {
      exospool_absorb_tangent_f32(
        logs.below, logs.above, logs.fraction, points, offset, weights, $0, runs.count, columns, logColumns,
        first,
        rays, absorbed, transmittance)
    }
  }

  /// k[g][i] = k_g(p_i) ratios[i], points x layers x 16, at one temperature, for the layers from `first` on.
  package static func crossSections(
    logs: (below: UnsafePointer<Float>, above: UnsafePointer<Float>, fraction: Float), points: Int,
    offset: Float,
    runs: [PressureRun], ratios: UnsafePointer<Float>, _ k: UnsafeMutablePointer<Float>, first: Int,
    layers: Int
  ) {
    withPlaces(runs) {
      exospool_isothermal_lanes_f32(
        logs.below, logs.above, logs.fraction, points, offset, $0, runs.count, ratios, k, first, layers)
    }
  }

  /// k[g][i] = k_g(p_i, T_i) ratios[i], points x layers x 16, for the layers from `first` on.
  /// - Parameter table: ln k, temperatures x pressures x points x 16.
  package static func crossSections(
    table: UnsafePointer<Float>, pressures: Int, points: Int, offset: Float, positions: [TablePosition],
    ratios: UnsafePointer<Float>, _ k: UnsafeMutablePointer<Float>, first: Int
  ) {
    withPlaces(positions) {
      exospool_local_lanes_f32(table, pressures, points, offset, $0, ratios, k, first, positions.count)
    }
  }

  /// k[g][i] = R_g,i ratios[i] and tangent[g][i] = k_g(p_i, T_i) / R_g,i, points x layers x 16, R being the product of
  /// k(p_l, T_(l+1)) / k(p_l, T_l) over the layers l below i, from `first` on.
  /// - Parameter raised: where p_l, T_(l+1) lies, one less than the layers.
  package static func followedCrossSections(
    table: UnsafePointer<Float>, pressures: Int, points: Int, offset: Float, positions: [TablePosition],
    raised: [TablePosition], ratios: UnsafePointer<Float>, _ k: UnsafeMutablePointer<Float>,
    tangent: UnsafeMutablePointer<Float>, first: Int
  ) {
    withPlaces(positions) { here in
      withPlaces(raised) {
        exospool_following_lanes_f32(
          table, pressures, points, offset, here, $0, ratios, k, tangent, first, positions.count)
      }
    }
  }

  /// transmittance[i] *= sum over g of weights[g] exp(-tau), tau = tangent[g][i] sum over j of paths[i][j] k[g][j], for the
  /// rays from `first` on.
  ///
  /// Optical depths below 2e-3 count as what they absorb (a ring's error is 2e-6), those above 16 as dark (1.1e-7); of layers
  /// beyond which a ray has less than 5e-8, nothing is added.
  /// - Parameters:
  ///   - tangent: nil for 1.
  ///   - paths: blocks of `rayBlock` rays x layers x rays, 0 below the tangent layer.
  ///   - columns: sums of the paths of each ray.
  ///   - near: each ray's path through its own layer and the next ones, `nearLayers` in all.
  ///   - uniform: the layer from which on k is the same everywhere.
  ///   - sum: layers x 16, to work in.
  ///   - absorbed: rays, to a whole block, x 16, to work in.
  package static func absorb(
    k: UnsafePointer<Float>, tangent: UnsafePointer<Float>?, points: Int, weights: UnsafePointer<Float>,
    paths: UnsafePointer<Float>, columns: UnsafePointer<Float>, near: UnsafePointer<Float>, uniform: Int,
    first: Int,
    layers: Int,
    sum: UnsafeMutablePointer<Float>, absorbed: UnsafeMutablePointer<Float>,
    into transmittance: UnsafeMutablePointer<Float>
  ) {
    exospool_absorb_paths_f32(
      k, tangent, points, weights, paths, columns, near, uniform, first, layers, sum, absorbed, transmittance)
  }

  /// area += sum of rings (1 - transmittance) over the rays from `first` on, 16 bins.
  package static func addRings(
    _ transmittance: UnsafePointer<Float>, rings: UnsafePointer<Double>, first: Int, rays: Int,
    to area: UnsafeMutablePointer<Double>
  ) { exospool_add_rings_f64(transmittance, rings, first, rays, area) }

  private static func withPlaces(
    _ runs: [PressureRun], _ body: (UnsafePointer<exospool_pressure_run>) -> Void
  ) {
    runs.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: exospool_pressure_run.self)) }
  }

  private static func withPlaces(
    _ positions: [TablePosition], _ body: (UnsafePointer<exospool_table_position>) -> Void
  ) {
    positions.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: exospool_table_position.self)) }
  }
}

/// Neighbouring layers in which ln p goes evenly from one pressure of a table to another: layer i lies at
/// fraction + step (i - first) between `lower` and `upper`. Laid out as C has it.
package struct PressureRun: Sendable, BitwiseCopyable {
  package var first: Int32
  package var end: Int32
  package var lower: Int32
  package var upper: Int32
  package var fraction: Float
  package var step: Float

  package init(layers: Range<Int>, lower: Int, upper: Int, fraction: Float, step: Float) {
    first = Int32(layers.lowerBound)
    end = Int32(layers.upperBound)
    self.lower = Int32(lower)
    self.upper = Int32(upper)
    self.fraction = fraction
    self.step = step
  }
}

/// Where a layer lies between the temperatures and pressures of a table. Laid out as C has it.
package struct TablePosition: Sendable, BitwiseCopyable {
  package var temperature: Int32
  package var nextTemperature: Int32
  package var pressure: Int32
  package var nextPressure: Int32
  package var temperatureFraction: Float
  package var pressureFraction: Float

  package init(temperature: (Int, Int, Float), pressure: (Int, Int, Float)) {
    self.temperature = Int32(temperature.0)
    nextTemperature = Int32(temperature.1)
    temperatureFraction = temperature.2
    self.pressure = Int32(pressure.0)
    nextPressure = Int32(pressure.1)
    pressureFraction = pressure.2
  }
}

/// Room for single-precision vectors, aligned to their 64 bytes.
package struct LaneBuffer: ~Copyable {
  package let base: UnsafeMutablePointer<Float>

  package init(count: Int) {
    base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(count, 1))
  }

  deinit { base.deallocate() }

  package func fill(_ value: Float, count: Int) { base.update(repeating: value, count: count) }
}

extension Int {
  /// The least multiple of `unit` that is not below.
  package func roundedUp(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
