import Observations
import Testing

@Suite struct Resampling {
  static func spectrum(edges: [(Double, Double)], value: [Double], error: [Double]?, masked: [Int] = [])
    -> Spectrum
  {
    Spectrum(
      kind: .transmission, kindSource: "", layout: "", wavelength: edges.map { ($0.0 + $0.1) / 2 },
      lowerEdge: edges.map(\.0), upperEdge: edges.map(\.1), edgesAreGiven: true, value: value,
      upperError: error,
      lowerError: error, isMasked: edges.indices.map { masked.contains($0) }, unit: "", errorSource: "")
  }

  @Test func pointsOnTheGridComeBack() {
    let edges = Array(zip(SpectralGrid.standard.edges, SpectralGrid.standard.edges.dropFirst()))
    let value = edges.indices.map { Double($0) }
    let result = Self.spectrum(edges: edges, value: value, error: value.map { 1 + $0 }).resampled()
    for bin in 0..<400 {
      #expect(abs(result.value[bin] - value[bin]) < 1e-9)
      #expect(abs(result.error[bin] - 1 - value[bin]) < 1e-9)
      #expect(abs(result.coverage[bin] - 1) < 1e-9)
      #expect(abs(result.correlationWithNext[bin]) < 1e-6)
    }
    #expect(result.gridCoverage == 1)
  }

  @Test func finePointsAverageAndTheirErrorsShrink() {
    // Four equal points in each of two bins: the mean, and the error halved.
    let edges = SpectralGrid.standard.edges
    var points: [(Double, Double)] = []
    for bin in 100..<102 {
      let step = (edges[bin + 1] - edges[bin]) / 4
      for part in 0..<4 {
        points.append((edges[bin] + Double(part) * step, edges[bin] + Double(part + 1) * step))
      }
    }
    let result = Self.spectrum(
      edges: points, value: [1, 2, 3, 4, 5, 5, 5, 5], error: [Double](repeating: 1, count: 8)
    )
    .resampled()
    #expect(abs(result.value[100] - 2.5) < 1e-9)
    #expect(abs(result.value[101] - 5) < 1e-9)
    #expect(abs(result.error[100] - 0.5) < 1e-9)
    #expect(result.isObserved.indices.filter { result.isObserved[$0] } == [100, 101])
    #expect(result.value[99].isNaN)
  }

  @Test func theIntegralIsKept() {
    // Bins that fit no grid: sum of mean x covered width equals the integral of the points.
    let step = 0.0137e-6
    let points: [(Double, Double)] = (0..<50).map { place in
      let low = 1e-6 + step * Double(place)
      return (low, low + step)
    }
    let value: [Double] = points.indices.map { place in 1 + 0.3 * Double(place % 7) }
    let result = Self.spectrum(edges: points, value: value, error: nil).resampled()
    let edges = SpectralGrid.standard.edges
    let inside = (0..<400).filter { result.coverage[$0] > 0.999_999 }
    let low = edges[inside[0]]
    let high = edges[inside[inside.count - 1] + 1]
    var integral = 0.0
    for (point, value) in zip(points, value) {
      let width = min(point.1, high) - max(point.0, low)
      if width > 0 { integral += width * value }
    }
    var sum = 0.0
    for bin in inside { sum += result.value[bin] * (edges[bin + 1] - edges[bin]) }
    #expect(abs(sum / integral - 1) < 1e-12)
  }

  @Test func aCoarsePointFillsItsBinsAndSaysThatTheyAreOne() {
    let edges = SpectralGrid.standard.edges
    let result = Self.spectrum(edges: [(edges[50], edges[60])], value: [7], error: [2]).resampled()
    for bin in 50..<60 {
      #expect(abs(result.value[bin] - 7) < 1e-12 && abs(result.error[bin] - 2) < 1e-12)
      #expect(result.pointsInBin[bin] < 0.11)
      if bin < 59 { #expect(abs(result.correlationWithNext[bin] - 1) < 1e-9) }
    }
  }

  @Test func maskedPointsCountForNothing() {
    let edges = Array(zip(SpectralGrid.standard.edges, SpectralGrid.standard.edges.dropFirst()))
    let value = edges.indices.map { $0 == 10 ? Double.nan : 1 }
    let result = Self.spectrum(edges: edges, value: value, error: nil, masked: [10]).resampled()
    #expect(!result.isObserved[10] && result.value[10].isNaN && result.coverage[10] == 0)
    #expect(result.value[9] == 1 && result.value[11] == 1)
  }

  @Test func overlapIsCoveredOnce() {
    let edges = SpectralGrid.standard.edges
    let half = (edges[20] + edges[21]) / 2
    let result = Self.spectrum(
      edges: [(edges[20], half), (edges[20], half), (edges[21], edges[22])], value: [1, 3, 5], error: nil
    ).resampled()
    #expect(abs(result.coverage[20] - 0.5) < 1e-9)
    #expect(abs(result.coverage[21] - 1) < 1e-9)
  }
}
