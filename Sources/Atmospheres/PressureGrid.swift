package import Units

/// The layers of the atmosphere: log-spaced pressure levels, from the bottom up.
package struct PressureGrid: Sendable, Hashable {
  /// Pressures of the `layerCount + 1` levels, Pa, descending.
  package let levels: [Double]
  /// Pressures of the layers, Pa: the geometric mean of the levels below and above.
  package let layers: [Double]

  package var layerCount: Int { layers.count }
  /// ln of the ratio of neighbouring levels, the same for all layers.
  package var logStep: Double

  /// - Precondition: `bottom > top > 0`, at least 2 layers.
  package init(bottom: Pressure, top: Pressure, layerCount: Int) {
    precondition(bottom > top && top.pascals > 0 && layerCount >= 2)
    let first = log(bottom.pascals)
    let step = (first - log(top.pascals)) / Double(layerCount)
    var levels = (0...layerCount).map { exp(first - step * Double($0)) }
    levels[0] = bottom.pascals
    levels[layerCount] = top.pascals
    self.levels = levels
    layers = (0..<layerCount).map { (levels[$0] * levels[$0 + 1]).squareRoot() }
    logStep = step
  }

  /// 100 layers from 10 bar to 1e-10 bar, as TauREx 2 had them.
  package static let standard = PressureGrid(
    bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-5), layerCount: 100)
}
