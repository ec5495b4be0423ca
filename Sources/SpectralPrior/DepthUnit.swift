/// What makes depths of a prior's unit: depth_b = offset_b + scale_b y_b, one pair a bin.
package struct DepthUnit: Sendable, Hashable {
  package let offset: [Double]
  package let scale: [Double]

  package init(offset: [Double], scale: [Double]) {
    precondition(offset.count == scale.count)
    self.offset = offset
    self.scale = scale
  }

  /// Transmission: depth = L (1 + s y).
  package static func transmission(level: Double, ratio: Double, bins: Int) -> DepthUnit {
    DepthUnit(
      offset: [Double](repeating: level, count: bins), scale: [Double](repeating: level * ratio, count: bins))
  }
}
