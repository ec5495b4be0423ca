import Glibc
import Interiors
import Testing

@Suite("Love number")
struct LoveNumberTests {
  /// k2 of a density profile rho(r), r in 0...1, sampled at `count` radii; `massInside` is exact.
  private func k2(count: Int, density: (Double) -> Double, massInside: (Double) -> Double) -> Double {
    let radii = (0..<count).map { 1 - Double($0) * (1 - 1e-3) / Double(count - 1) }
    return LoveNumber.k2(
      mass: radii.map(massInside), radius: radii, densityAbove: radii.map(density),
      densityBelow: radii.map(density))
  }

  @Test("a homogeneous sphere has 3/2")
  func homogeneous() {
    let value = k2(count: 20, density: { _ in 1 }, massInside: { 4 * .pi / 3 * $0 * $0 * $0 })
    #expect(abs(value - 1.5) < 1e-10)
  }

  /// rho = sin(pi r)/(pi r): k2 = 15/pi^2 - 1 (Kopal 1959). Fourth order: a hundred points leave 1e-5.
  @Test("the polytrope of index 1 has 15/pi^2 - 1")
  func polytrope() {
    let value = k2(
      count: 100, density: { sin(.pi * $0) / (.pi * $0) },
      massInside: { 4 / .pi * (sin(.pi * $0) / .pi - $0 * cos(.pi * $0)) })
    #expect(abs(value - (15 / (Double.pi * Double.pi) - 1)) < 1e-4)
  }

  /// A core of radius a and density ratio d under a homogeneous shell: closed form of the two-layer body
  /// (Ragazzo 2020, eq. 3).
  @Test("a jump of density is carried across a repeated point")
  func twoLayers() {
    let a = 0.5
    let core = 3.0
    var radii = (0...10).map { 1 - 0.05 * Double($0) }
    let split = radii.count
    radii += (0..<10).map { 0.5 - 0.05 * Double($0) }
    let c = 4 * Double.pi / 3
    let mass = radii.map { r in
      r >= a ? c * (core * a * a * a + (r * r * r - a * a * a)) : c * core * r * r * r
    }
    let densities = radii.indices.map { $0 < split ? 1.0 : core }
    var above = densities
    above[split] = 1
    let value = LoveNumber.k2(mass: mass, radius: radii, densityAbove: above, densityBelow: densities)
    // Clairaut across the shell, integrated finely with the exact mean density.
    var eta = 0.0
    let steps = 20_000
    let h = log(1 / a) / Double(steps)
    func rate(_ x: Double, _ eta: Double) -> Double {
      let r = a * exp(x)
      let mean = (core * a * a * a + r * r * r - a * a * a) / (r * r * r)
      return 6 + eta - eta * eta - 6 / mean * (eta + 1)
    }
    for i in 0..<steps {
      let x = Double(i) * h
      let k1 = rate(x, eta)
      let k2 = rate(x + h / 2, eta + h / 2 * k1)
      let k3 = rate(x + h / 2, eta + h / 2 * k2)
      let k4 = rate(x + h, eta + h * k3)
      eta += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    }
    #expect(abs(value - (3 - eta) / (2 + eta)) < 1e-4)
  }
}
