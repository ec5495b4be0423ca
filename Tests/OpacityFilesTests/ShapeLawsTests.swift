import MolecularBands
import Testing

@testable import OpacityFiles

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct ShapeLawsTests {
  @Test(
    "A shape has the deficit asked for, a mean of 1, and ascends",
    arguments: [0.01, 0.5, 3, 12], [-ShapeLaws.highestSkew, 0, ShapeLaws.highestSkew])
  func shape(deficit: Double, skew: Double) {
    let logs = KShape(
      quantiles: RecoveredOpacityTests.quantiles, weights: KQuadrature.weights, skew: skew
    ).logs(deficit: deficit)
    let mean = zip(KQuadrature.weights, logs).reduce(0.0) { $0 + $1.0 * exp($1.1) }
    let meanOfLog = zip(KQuadrature.weights, logs).reduce(0.0) { $0 + $1.0 * $1.1 }
    #expect(abs(log(mean)) < 1e-9 && abs(meanOfLog + deficit) < 1e-9)
    #expect(zip(logs, logs.dropFirst()).allSatisfy { $0 < $1 })
  }
}
