import Tensors

/// A gas in one atmosphere, absorbing by a k-distribution.
struct DistributedGas {
  let distribution: LayeredKDistribution
  /// Number density of the gas by layer, m-3.
  let amounts: [Double]
  /// By layer, K.
  let temperatures: [Double]
  /// By layer, Pa.
  let pressures: [Double]

  var pointCount: Int { distribution.pointCount }
  private var bins: Int { distribution.binCount }

  // MARK: Along chords

  /// What the transmittances of all tangent rays are computed from: optical depths are
  /// crossSections[ray][point][bin] times columns[ray][bin].
  struct Chords {
    var crossSections: [Float]
    var columns: [Float]
  }

  func along(_ chords: TransitChords) throws(AtmosphereError) -> Chords {
    switch distribution.form {
    case .tangent(let crossSections, _, let law):
      Chords(crossSections: crossSections, columns: try columns(chords, law))
    case .local(let table, _):
      Chords(
        crossSections: try opticalDepths(chords, table),
        columns: [Float](repeating: 1, count: chords.count * bins))
    case .tangentTable(let table, _, _):
      if isIsothermal {
        Chords(crossSections: try tangentCrossSections(table), columns: columns(chords))
      } else {
        Chords(
          crossSections: try tangentOpticalDepths(chords, table),
          columns: [Float](repeating: 1, count: chords.count * bins))
      }
    }
  }

  private var isIsothermal: Bool { temperatures.allSatisfy { $0 == temperatures[0] } }

  /// Columns along the chords, rays x bins: sum over j of L_ij n_j r(T_j, bin), in units of 1/`CrossSectionUnit`.
  ///
  /// k is taken at the tangent layer's pressure, so the temperature law is what follows the ray.
  private func columns(_ chords: TransitChords, _ law: TemperatureLaw) throws(AtmosphereError) -> [Float] {
    if isIsothermal {
      var ratios = [Float](repeating: 0, count: bins)
      try law.setRatios(at: temperatures[0], times: 1, into: &ratios)
      let columns = chords.integrate(amounts)
      var result = [Float](repeating: 0, count: chords.count * bins)
      result.withUnsafeMutableBufferPointer { result in
        for ray in 0..<chords.count {
          let column = Float(columns[ray] * CrossSectionUnit.squareMeters)
          for bin in 0..<bins { result[ray * bins + bin] = column * ratios[bin] }
        }
      }
      return result
    }
    return try integrate(chords, width: bins) { layer, amount, row throws(AtmosphereError) in
      try law.setRatios(at: temperatures[layer], times: amount, into: row)
    }
  }

  /// The columns of chord-effective k in an isothermal atmosphere, rays x bins.
  private func columns(_ chords: TransitChords) -> [Float] {
    chords.integrate(amounts).flatMap { column in
      [Float](repeating: Float(column * CrossSectionUnit.squareMeters), count: bins)
    }
  }

  /// k of the layers the rays are tangent in, rays x points x bins.
  private func tangentCrossSections(_ table: LogCrossSectionTable) throws(AtmosphereError) -> [Float] {
    let size = pointCount * bins
    var result = [Float](repeating: 0, count: pressures.count * size)
    try result.withUnsafeMutableBufferPointer { result throws(AtmosphereError) in
      for (layer, pressure) in pressures.enumerated() {
        try table.set(
          temperature: temperatures[layer], pressure: pressure, times: 1,
          into: result.baseAddress! + layer * size)
      }
    }
    return result
  }

  /// Optical depths along the chords of chord-effective k, rays x points x bins: sum over j of L_ij n_j k_i R_j / R_i,
  /// R_j being the product of k(p_l, T_(l+1)) / k(p_l, T_l) over the layers l below j.
  private func tangentOpticalDepths(
    _ chords: TransitChords, _ table: LogCrossSectionTable
  ) throws(AtmosphereError) -> [Float] {
    let size = pointCount * bins
    var logRatio = [Float](repeating: 0, count: size)
    var logTangent = [Float](repeating: 0, count: chords.count * size)
    var result = try integrate(chords, width: size) { layer, amount, row throws(AtmosphereError) in
      if layer > 0 {
        let below = try table.logs(temperature: temperatures[layer - 1], pressure: pressures[layer - 1])
        let above = try table.logs(temperature: temperatures[layer], pressure: pressures[layer - 1])
        for j in 0..<size { logRatio[j] += above[j] - below[j] }
      }
      let logs = try table.logs(temperature: temperatures[layer], pressure: pressures[layer])
      for j in 0..<size {
        logTangent[layer * size + j] = logs[j] + LogCrossSectionTable.unitLogarithm - logRatio[j]
      }
      Float.exponential(logRatio, row, size)
      let factor = Float(amount)
      for j in 0..<size { row[j] *= factor }
    }
    var tangent = logTangent
    Float.exponential(logTangent, &tangent, tangent.count)
    Float.multiply(&result, by: tangent, result.count)
    return result
  }

  /// Optical depths along the chords, rays x points x bins: sum over j of L_ij n_j k_j.
  private func opticalDepths(
    _ chords: TransitChords, _ table: LogCrossSectionTable
  ) throws(AtmosphereError) -> [Float] {
    try integrate(chords, width: pointCount * bins) { layer, amount, row throws(AtmosphereError) in
      try table.set(temperature: temperatures[layer], pressure: pressures[layer], times: amount, into: row)
    }
  }

  /// Sums what `setRow` writes for each layer along each ray, as one matrix product.
  ///
  /// Lengths are counted in 1e6 m: numbers of ordinary size in single precision, right to a few units of 1e-7.
  private func integrate(
    _ chords: TransitChords, width: Int,
    setRow: (Int, Double, UnsafeMutablePointer<Float>) throws(AtmosphereError) -> Void
  ) throws(AtmosphereError) -> [Float] {
    let scale = 1e6
    let lengths = chords.lengths.map { Float($0 / scale) }
    var rows = [Float](repeating: 0, count: chords.count * width)
    for layer in 0..<chords.count {
      let amount = amounts[layer] * (CrossSectionUnit.squareMeters * scale)
      try rows.withUnsafeMutableBufferPointer { rows throws(AtmosphereError) in
        try setRow(layer, amount, rows.baseAddress! + layer * width)
      }
    }
    var result = [Float](repeating: 0, count: chords.count * width)
    lengths.withUnsafeBufferPointer { lengths in
      rows.withUnsafeBufferPointer { rows in
        result.withUnsafeMutableBufferPointer {
          multiplyMatrices(
            ProductShape(rows: chords.count, columns: width, inner: chords.count), lengths, rows, into: $0)
        }
      }
    }
    return result
  }

  /// transmittance[bin] *= this gas's mean transmittance along one ray.
  func absorb(ray: Int, _ chords: Chords, into transmittance: inout [Float]) {
    chords.columns.withUnsafeBufferPointer { columns in
      chords.crossSections.withUnsafeBufferPointer { k in
        AbsorptionKernels.multiplyByExponentialMean(
          k: k.baseAddress! + ray * pointCount * bins, weights: distribution.weights, points: pointCount,
          amount: columns.baseAddress! + ray * bins, into: &transmittance, bins)
      }
    }
  }

  // MARK: Layer by layer

  /// Goes through one layer from its top along slant paths.
  /// - Parameters:
  ///   - thickness: m.
  ///   - opticalDepth: of this gas from space, points x bins; raised by the layer's.
  ///   - transmittance: slants x bins; multiplied by this gas's.
  func descend(
    layer: Int, thickness: Double, opticalDepth: inout [Float], slants: [Float], transmittance: inout [Float]
  ) throws(AtmosphereError) {
    let amount = amounts[layer] * thickness * CrossSectionUnit.squareMeters
    func multiply(_ k: UnsafePointer<Float>, _ columns: [Float]) {
      AbsorptionKernels.multiplyBySlantMeans(
        k: k, weights: distribution.weights, points: pointCount, amount: columns, opticalDepth: &opticalDepth,
        slants: slants, slantCount: slants.count, into: &transmittance, bins)
    }
    switch distribution.form {
    case .tangent(_, let crossSections, let law):
      var columns = [Float](repeating: 0, count: bins)
      try law.setRatios(at: temperatures[layer], times: amount, into: &columns)
      crossSections.withUnsafeBufferPointer { multiply($0.baseAddress! + layer * pointCount * bins, columns) }
    case .local(let table, _):
      multiply(
        try crossSections(table, layer, pressure: pressures[layer], times: amount),
        [Float](repeating: 1, count: bins))
    case .tangentTable(let table, _, _):
      let pressure = pressures[layer] * LayeredKDistribution.tangentPressureRatio
      multiply(
        try crossSections(table, layer, pressure: pressure, times: amount),
        [Float](repeating: 1, count: bins))
    }
  }

  private func crossSections(
    _ table: LogCrossSectionTable, _ layer: Int, pressure: Double, times factor: Double
  ) throws(AtmosphereError) -> [Float] {
    var k = [Float](repeating: 0, count: pointCount * bins)
    try table.set(temperature: temperatures[layer], pressure: pressure, times: factor, into: &k)
    return k
  }
}
