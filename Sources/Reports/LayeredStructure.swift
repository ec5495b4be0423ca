import InteriorMDN
import Observations

/// Where the layers of a planet end, in units of its radius, as one model's draws have it.
struct LayeredStructure: Sendable {
  /// The outer boundary of a layer.
  struct Boundary: Sendable {
    let layer: InteriorLayer
    /// Quantiles of the boundary's radius over the planet's, 0...1; `nil` for the surface, which is 1.
    let radius: Posterior?

    var median: Double { radius?.p50 ?? 1 }
  }

  /// From the core outwards; the last one is the surface.
  let boundaries: [Boundary]

  /// `nil` where the model says nothing of the core and what is above it.
  ///
  /// A boundary's radius is the sum of the thicknesses below it, draw by draw, over the sum of all: a network
  /// that predicts each fraction on its own makes sums near 1, not 1. Without draws only the medians are known.
  init?(_ interior: InteriorPosterior) {
    let layers = InteriorLayer.allCases.filter { interior.outputs[$0.radiusFraction] != nil }
    guard interior.inDomain, layers.contains(.core), layers.count > 1 else { return nil }
    var thicknesses = layers.map { interior.draws[$0.radiusFraction] ?? [] }
    let count = thicknesses.map(\.count).min() ?? 0
    if count == 0 { thicknesses = layers.map { [interior.outputs[$0.radiusFraction]?.p50 ?? 0] } }

    var radii: [[Double]] = layers.map { _ in [] }
    for draw in 0..<max(1, count) {
      let total = thicknesses.reduce(0) { $0 + max(0, $1[draw]) }
      guard total.isFinite, total > 0 else { continue }
      var below = 0.0
      for index in layers.indices {
        below += max(0, thicknesses[index][draw])
        radii[index].append(below / total)
      }
    }
    guard !radii[0].isEmpty else { return nil }
    boundaries = layers.indices.map { index in
      let isSurface = index == layers.count - 1
      return Boundary(layer: layers[index], radius: isSurface ? nil : Posterior(draws: radii[index]))
    }
  }

  /// Median radius below which the layer ends and above which it begins.
  func extent(of layer: InteriorLayer) -> ClosedRange<Double>? {
    guard let index = boundaries.firstIndex(where: { $0.layer == layer }) else { return nil }
    let inner = index == 0 ? 0 : boundaries[index - 1].median
    return inner...max(inner, boundaries[index].median)
  }
}
