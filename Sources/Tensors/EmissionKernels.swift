import CVectorMath

/// A gas as layers are passed from the top down, 16 neighbouring bins at a time. Laid out as C has it.
package struct LayerGas: BitwiseCopyable {
  private let k: UnsafePointer<Float>
  private let weights: UnsafePointer<Float>
  private let points: Int
  private let depth: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - k: cross-section times mixing ratio, points x layers x 16.
  ///   - depth: optical depth from space, points x 16; 0 at first.
  package init(
    k: UnsafePointer<Float>, weights: UnsafePointer<Float>, points: Int, depth: UnsafeMutablePointer<Float>
  ) {
    self.k = k
    self.weights = weights
    self.points = points
    self.depth = depth
  }
}

/// The inner loop of emission, implemented in C for the CPU at hand.
package enum EmissionKernels {
  package static let mostSlants = Int(exospool_most_slants)
  package static let mostGases = Int(exospool_most_gases)

  /// Goes down through the layers along several slant paths and adds what each emits upwards: with T the transmittance from
  /// space, flux += sum over s of weights[s] source (T_s(top) - T_s(bottom)).
  ///
  /// Optical depths below 1e-3 count as what they absorb (5e-7); where what comes through, however bright, is less than 1.2e-7
  /// of the flux, it ends.
  /// - Parameters:
  ///   - isMuting: whether fluxes without one gas each follow that of all gases.
  ///   - lowest: the last layer.
  ///   - amounts: molecules by layer, 1 over the unit of k.
  ///   - continuum: optical depths, layers x `stride`, of which `count` are this vector's; `sources` alike.
  ///   - brightest: the largest source of any layer, by bin.
  ///   - transmittance: fluxes x slants x 16; 1 at first, at the end that of all layers passed.
  ///   - flux: fluxes x 16; added to.
  package static func emit(
    _ gases: [LayerGas], isMuting: Bool, layers: Int, lowest: Int, amounts: UnsafePointer<Float>,
    continuum: UnsafePointer<Double>, sources: UnsafePointer<Double>,
    brightest: UnsafePointer<Double>, stride: Int, count: Int,
    slants: [Float], weights: [Double], transmittance: UnsafeMutablePointer<Float>,
    flux: UnsafeMutablePointer<Double>
  ) {
    var depth = [Double](repeating: 0, count: count)
    gases.withUnsafeBytes {
      exospool_emit_lanes_f64(
        $0.baseAddress?.assumingMemoryBound(to: exospool_layer_gas.self), gases.count, isMuting ? 1 : 0,
        layers,
        lowest, amounts, continuum, sources, brightest, stride, count, slants, weights, slants.count, &depth,
        transmittance,
        flux)
    }
  }
}
