import NumericalMethods
import Testing

@Suite("Exponential integral")
struct ExponentialIntegralTests {
  /// Values of scipy.special.expn(2, x), SciPy 1.17.
  @Test(
    "E2 agrees with tabulated values",
    arguments: [
      (1e-3, 0.992668960469238), (0.1, 0.7225450221940205), (0.5, 0.3266438623245531),
      (0.999, 0.14871507477274137), (1, 0.14849550677592205), (2, 0.03753426182049045),
      (10, 3.830240465631608e-06), (100, 3.6478214338803714e-46),
    ])
  func exponentialIntegral(x: Double, expected: Double) {
    #expect(abs(exponentialIntegral2(x) / expected - 1) < 1e-13)
    #expect(exponentialIntegral2(0) == 1)
  }
}
