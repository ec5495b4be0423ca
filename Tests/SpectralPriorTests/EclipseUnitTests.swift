import SpectralPrior
import Testing

@Suite("Eclipse depths of brightness temperatures") struct EclipseUnitTests {
  @Test("the unit is the depths' tangent at a shape", arguments: [0.0, -0.3, 0.4])
  func tangent(height: Double) {
    let unit = EclipseUnit(radiusRatio: 0.1, starTemperature: 5000)
    let shape = (0..<400).map { height * (1 + Double($0) / 400) }
    let linear = unit.linear(temperature: 1500, about: shape)
    let depths = unit.depths(shape, temperature: 1500)
    let step = 1e-5
    let above = unit.depths(shape.map { $0 + step }, temperature: 1500)
    let below = unit.depths(shape.map { $0 - step }, temperature: 1500)
    for bin in 0..<400 {
      #expect(
        abs(linear.offset[bin] + linear.scale[bin] * shape[bin] - depths[bin]) < 1e-12 * depths[bin] + 1e-30)
      // The third derivative's part is (x step / (1 + y)^2)^2 / 6 with x up to 32.
      #expect(abs((above[bin] - below[bin]) / (2 * step) / linear.scale[bin] - 1) < 1e-6)
    }
  }

  @Test("a planet as hot as its star is as bright by its disc")
  func asHot() {
    let unit = EclipseUnit(radiusRatio: 0.1, starTemperature: 3000)
    let depths = unit.depths([Double](repeating: 0.5, count: 400), temperature: 2000)
    #expect(depths.allSatisfy { abs($0 - 0.01) < 1e-14 })
  }
}
