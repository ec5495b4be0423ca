#if canImport(Glibc)
  import Glibc
#endif

/// An equation of state on a grid, for speed: ln v, expansion and heat capacity, bilinear in ln(P + P_s)
/// and ln T.
///
/// Nodes where the equation has no solution hold NaN, so a lookup beside them gives NaN and the caller
/// throws.
struct MaterialTable: Sendable {
  /// ln(specific volume), expansion, heat capacity at each node; temperature runs fastest.
  private let nodes: [SIMD4<Double>]
  private let pressureShift: Double
  private let x0: Double
  private let y0: Double
  private let inverseDx: Double
  private let inverseDy: Double
  private let nx: Int
  private let ny: Int
  let pressures: ClosedRange<Double>
  let temperatures: ClosedRange<Double>

  init(
    pressures: ClosedRange<Double>, shift: Double, pressureCount: Int, temperatures: ClosedRange<Double>,
    temperatureCount: Int,
    state: (_ pressure: Double, _ temperature: Double) -> ThermodynamicState?
  ) {
    self.pressures = pressures
    self.temperatures = temperatures
    pressureShift = shift
    nx = pressureCount
    ny = temperatureCount
    x0 = log(pressures.lowerBound + shift)
    y0 = log(temperatures.lowerBound)
    let dx = (log(pressures.upperBound + shift) - x0) / Double(nx - 1)
    let dy = (log(temperatures.upperBound) - y0) / Double(ny - 1)
    inverseDx = 1 / dx
    inverseDy = 1 / dy
    var nodes: [SIMD4<Double>] = []
    nodes.reserveCapacity(nx * ny)
    for i in 0..<nx {
      let pressure = min(max(exp(x0 + Double(i) * dx) - shift, pressures.lowerBound), pressures.upperBound)
      for j in 0..<ny {
        let temperature = exp(y0 + Double(j) * dy)
        if let s = state(pressure, temperature) {
          nodes.append(SIMD4(log(s.specificVolume), s.expansion, s.heatCapacity, 0))
        } else {
          nodes.append(SIMD4(repeating: .nan))
        }
      }
    }
    self.nodes = nodes
  }

  /// ln v, expansion, heat capacity; NaN outside the grid. Lane 3 holds -d ln v/d ln(P + P_s).
  @inline(__always)
  func lookup(_ pressure: Double, _ temperature: Double) -> SIMD4<Double> {
    let fx = (log(pressure + pressureShift) - x0) * inverseDx
    let fy = (log(temperature) - y0) * inverseDy
    guard fx >= 0, fy >= 0, fx <= Double(nx - 1), fy <= Double(ny - 1) else { return SIMD4(repeating: .nan) }
    let i = min(Int(fx), nx - 2)
    let j = min(Int(fy), ny - 2)
    let s = fx - Double(i)
    let t = fy - Double(j)
    return nodes.withUnsafeBufferPointer { nodes in
      let base = i * ny + j
      let a = nodes[base] + t * (nodes[base + 1] - nodes[base])
      let b = nodes[base + ny] + t * (nodes[base + ny + 1] - nodes[base + ny])
      let difference = b - a
      var result = a + s * difference
      result.w = -difference.x * inverseDx
      return result
    }
  }
}
