import NumericalMethods
import Tensors

/// Rays going down through the layers at the quadrature's angles, gathering what is emitted upwards.
struct SlantBeam {
  /// Emitted so far, W m-2 m-1.
  private(set) var flux: [Double]
  private let bins: Int
  /// 1 / mu
  private let slants: [Double]
  /// 2 w mu: with sources pi B these make a flux.
  private let weights: [Double]
  private let gases: [DistributedGas]
  private var blackBody: BlackBodySpectrum
  /// Continuum, vertical, from the last layer's bottom to space.
  private var opticalDepth: [Double]
  /// From the last layer's bottom to space, slants x bins: the one of the two that the gases call for.
  private var transmittance: [Double]
  private var singleTransmittance: [Float]
  /// Of each gas: points x bins.
  private var gasOpticalDepths: [[Float]]
  private let singleSlants: [Float]

  init(bins: Int, angles: GaussLegendreRule, gases: [DistributedGas], blackBody: BlackBodySpectrum) {
    self.bins = bins
    self.gases = gases
    self.blackBody = blackBody
    slants = angles.nodes.map { 1 / $0 }
    singleSlants = slants.map { Float($0) }
    weights = zip(angles.nodes, angles.weights).map { 2 * $0 * $1 }
    flux = [Double](repeating: 0, count: bins)
    opticalDepth = flux
    transmittance = gases.isEmpty ? [Double](repeating: 1, count: bins * slants.count) : []
    singleTransmittance = gases.isEmpty ? [] : [Float](repeating: 1, count: bins * slants.count)
    gasOpticalDepths = gases.map { [Float](repeating: 0, count: $0.pointCount * bins) }
  }

  /// Goes through one layer from its top.
  /// - Parameters:
  ///   - layerOpticalDepth: of the continuum in the whole layer, one a bin.
  ///   - part: of the layer that is passed, 0...1.
  ///   - thickness: of the whole layer, m.
  mutating func descend(
    layer: Int, opticalDepth layerOpticalDepth: UnsafePointer<Double>, part: Double, thickness: Double,
    temperature: Double
  ) throws(AtmosphereError) {
    for j in 0..<bins { opticalDepth[j] += part * layerOpticalDepth[j] }
    blackBody.set(temperature: temperature)
    guard !gases.isEmpty else {
      AbsorptionKernels.emit(
        opticalDepth: opticalDepth, source: blackBody.flux, slants: slants, weights: weights,
        slantCount: slants.count, transmittance: &transmittance, flux: &flux, bins)
      return
    }
    var below = [Float](repeating: 0, count: slants.count * bins)
    var slanted = opticalDepth
    for (s, slant) in slants.enumerated() {
      for j in 0..<bins { slanted[j] = slant * opticalDepth[j] }
      below.withUnsafeMutableBufferPointer {
        AbsorptionKernels.transmittance(opticalDepth: slanted, $0.baseAddress! + s * bins, bins)
      }
    }
    for (index, gas) in gases.enumerated() {
      try gas.descend(
        layer: layer, thickness: part * thickness, opticalDepth: &gasOpticalDepths[index],
        slants: singleSlants, transmittance: &below)
    }
    AbsorptionKernels.emit(
      below: below, source: blackBody.flux, weights: weights, slantCount: slants.count,
      transmittance: &singleTransmittance, flux: &flux, bins)
  }

  /// Adds what lies beneath the last layer: a black surface.
  mutating func addSurface(temperature: Double) {
    blackBody.set(temperature: temperature)
    for s in slants.indices {
      for j in 0..<bins {
        let through = gases.isEmpty ? transmittance[s * bins + j] : Double(singleTransmittance[s * bins + j])
        flux[j] += weights[s] * blackBody.flux[j] * through
      }
    }
  }
}
