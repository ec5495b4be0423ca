import Foundation
import NumericalMethods
import Testing

@testable import Atmospheres

@Suite("Rays going down")
struct SlantBeamTests {
  /// Through a part of a layer of optical depth one onto a hotter surface: at each cosine mu with the weight 2 w mu,
  /// B(1000 K) (1 - t) + B(2000 K) t, t = exp(-part/mu).
  @Test("a layer passed in part absorbs and shines by that part", arguments: [0.25, 1.0])
  func part(part: Double) throws {
    let grid = Samples.grid
    let angles = GaussLegendreRule(count: 4)
    var beam = SlantBeam(
      bins: grid.count, angles: angles, gases: [],
      blackBody: BlackBodySpectrum(wavelengths: grid.wavelengths, constants: .codata2018))
    let opticalDepth = [Double](repeating: 1, count: grid.count)
    try opticalDepth.withUnsafeBufferPointer { depth throws(AtmosphereError) in
      try beam.descend(
        layer: 0, opticalDepth: depth.baseAddress!, part: part, thickness: 1e5, temperature: 1000)
    }
    beam.addSurface(temperature: 2000)
    for (bin, wavelength) in grid.wavelengths.enumerated() {
      let layer = PlanckFunction.flux(wavelength: wavelength, temperature: 1000)
      let surface = PlanckFunction.flux(wavelength: wavelength, temperature: 2000)
      var expected = 0.0
      for (mu, weight) in zip(angles.nodes, angles.weights) {
        let through = Foundation.exp(-part / mu)
        expected += 2 * weight * mu * (layer * (1 - through) + surface * through)
      }
      #expect(abs(beam.flux[bin] / expected - 1) < 1e-12)
    }
  }
}
