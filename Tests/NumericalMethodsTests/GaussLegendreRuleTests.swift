import NumericalMethods
import Testing

@Suite("Gauss-Legendre quadrature")
struct GaussLegendreRuleTests {
  /// Exact for x^m up to m = 2 n - 1, integral 1 / (m + 1), and not beyond.
  @Test("Integrates polynomials exactly", arguments: [1, 2, 4, 8, 20])
  func polynomials(count: Int) {
    let rule = GaussLegendreRule(count: count)
    func integral(_ degree: Int) -> Double {
      zip(rule.nodes, rule.weights).reduce(0) { sum, point in
        var power = 1.0
        for _ in 0..<degree { power *= point.0 }
        return sum + point.1 * power
      }
    }
    for degree in 0..<2 * count { #expect(abs(integral(degree) * Double(degree + 1) - 1) < 1e-13) }
    if count < 8 { #expect(abs(integral(2 * count) * Double(2 * count + 1) - 1) > 1e-6) }
    #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
  }
}
