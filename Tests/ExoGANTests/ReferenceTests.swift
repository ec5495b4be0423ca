import Testing

@testable import ExoGAN
@testable import Observations

@Suite("What ExoGAN can be shown")
struct ReferenceTests {
  /// Flat, in bins from one to another.
  static func spectrum(depth: Double, bins: Range<Int>) -> ResampledSpectrum {
    let isObserved = (0..<400).map { bins.contains($0) }
    return ResampledSpectrum(
      value: isObserved.map { $0 ? depth : .nan }, error: isObserved.map { $0 ? 2e-5 : .nan },
      coverage: isObserved.map { $0 ? 1 : 0 }, isObserved: isObserved,
      correlationWithNext: [Double](repeating: 0, count: 400), pointsInBin: isObserved.map { $0 ? 1 : 0 })
  }

  static let all = 0..<400

  @Test("depths are scaled to the published star's; parameters stay hidden")
  func scaled() {
    let observation = ASPAObservation(
      Self.spectrum(depth: 0.01, bins: Self.all), starRadius: 1.2 * ASPA.stellarRadius)
    #expect(abs(observation.depth[7] - 0.0144) < 1e-12 && abs(observation.error[7] - 2.88e-5) < 1e-15)
    #expect(observation.parameters.isEmpty && observation.obstacles().isEmpty)
    let known = observation.knowing([.temperature: 1300]).aspa
    #expect(known.isKnown.count { $0 } > observation.aspa.isKnown.count { $0 })
  }

  @Test("one piece must be seen, and the depth be one of the published set's")
  func obstacles() {
    func obstacles(
      _ depth: Double, _ bins: Range<Int>, _ known: [ASPAParameter: Double] = [:]
    ) -> [ExoGANObstacle] {
      ASPAObservation(Self.spectrum(depth: depth, bins: bins), starRadius: ASPA.stellarRadius)
        .obstacles(known: known)
    }
    let piece = ASPALayout.pieces[6]
    #expect(obstacles(0.01, piece).isEmpty)
    #expect(obstacles(0.01, piece.lowerBound..<piece.lowerBound + piece.count / 2) == [.tooLittleObserved])
    #expect(obstacles(0.0064, Self.all) == [.depthOutside] && obstacles(0.031, Self.all) == [.depthOutside])
    let small: [ASPAParameter: Double] = [
      .planetMass: 0.28 * ASPAParameter.jupiterMass, .temperature: 900,
      .planetRadius: 1.2 * ASPAParameter.jupiterRadius,
    ]
    let found = obstacles(0.02, Self.all, small)
    #expect(found == [.massOutside, .temperatureOutside] && !found.contains(where: \.forbids))
  }
}
