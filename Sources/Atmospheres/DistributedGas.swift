import Tensors

/// A gas in one atmosphere, absorbing by a k-distribution.
struct DistributedGas {
  let distribution: LayeredKDistribution
  /// Number density of the gas by layer, m-3.
  let amounts: [Double]
  /// By layer, K.
  let temperatures: [Double]

  /// The law's ratio is 1 in all bins at its own reference temperature; nil says so.
  private func ratios(layer: Int) throws(AtmosphereError) -> [Double]? {
    let temperature = temperatures[layer]
    return temperature == distribution.law.reference ? nil : try distribution.law.ratios(at: temperature)
  }

  private var isUniform: Bool { temperatures.allSatisfy { $0 == temperatures[0] } }

  /// Amounts along the chords, rays x bins: sum over j of L_ij n_j r(T_j, bin), in units of 1/`unit`.
  ///
  /// k is taken at the tangent layer's pressure, so the temperature law is what follows the ray.
  func chordAmounts(_ chords: TransitChords, bins: Int) throws(AtmosphereError) -> [Float] {
    var result = [Float](repeating: 0, count: chords.count * bins)
    if isUniform {
      let columns = chords.integrate(amounts)
      let ratios = try ratios(layer: 0)
      for ray in 0..<chords.count {
        let column = columns[ray] * LayeredKDistribution.unit
        for bin in 0..<bins { result[ray * bins + bin] = Float(column * (ratios?[bin] ?? 1)) }
      }
      return result
    }
    var weighted = [Double](repeating: 0, count: chords.count * bins)
    for layer in 0..<chords.count {
      let ratios = try ratios(layer: layer)
      let amount = amounts[layer] * LayeredKDistribution.unit
      for bin in 0..<bins { weighted[layer * bins + bin] = amount * (ratios?[bin] ?? 1) }
    }
    var product = [Double](repeating: 0, count: chords.count * bins)
    chords.lengths.withUnsafeBufferPointer { lengths in
      weighted.withUnsafeBufferPointer { weighted in
        product.withUnsafeMutableBufferPointer {
          multiplyMatrices(
            ProductShape(rows: chords.count, columns: bins, inner: chords.count), lengths, weighted, into: $0)
        }
      }
    }
    for j in result.indices { result[j] = Float(product[j]) }
    return result
  }

  /// transmittance[bin] *= this gas's mean transmittance along the ray tangent in `layer`.
  func absorb(layer: Int, amounts: [Float], into transmittance: inout [Float], bins: Int) {
    let size = distribution.pointCount * bins
    amounts.withUnsafeBufferPointer { amounts in
      distribution.crossSections.withUnsafeBufferPointer { k in
        AbsorptionKernels.multiplyByExponentialMean(
          k: k.baseAddress! + layer * size, weights: distribution.weights, points: distribution.pointCount,
          amount: amounts.baseAddress! + layer * bins, into: &transmittance, bins)
      }
    }
  }

  /// The amount in one layer, by bin, in units of 1/`unit`.
  /// - Parameter thickness: m.
  func layerAmounts(layer: Int, thickness: Double, bins: Int) throws(AtmosphereError) -> [Float] {
    let amount = amounts[layer] * thickness * LayeredKDistribution.unit
    guard let ratios = try ratios(layer: layer) else { return [Float](repeating: Float(amount), count: bins) }
    return ratios.map { Float(amount * $0) }
  }
}
