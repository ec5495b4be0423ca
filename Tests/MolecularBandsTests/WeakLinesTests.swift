import Foundation
import NumericalMethods
import Testing

@testable import MolecularBands

@Suite struct MalkmusDistributionTests {
  /// Malkmus's transmission of a bin of mean optical depth u: exp{phi [1 - sqrt(1 + 2 u/phi)]}.
  @Test(arguments: [0.01, 0.3, 5, 60]) func transmissionIsMalkmus(_ shape: Double) {
    let values = MalkmusDistribution.values(shape: shape)
    #expect(abs(zip(values, KQuadrature.weights).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-12)
    #expect(values == values.sorted())
    for depth in [0.1, 1, 4] {
      let sum = zip(values, KQuadrature.weights).reduce(0) { $0 + $1.1 * exp(-depth * $1.0) }
      let expected = exp(shape * (1 - (1 + 2 * depth / shape).squareRoot()))
      #expect(abs(sum - expected) < 0.02, "phi \(shape), u \(depth)")
    }
  }

  /// Mean of ln k/k' = -exp(2 phi) E1(2 phi); shares are means themselves, hence a little above.
  @Test(arguments: [0.05, 1, 20]) func meanOfTheLogarithm(_ shape: Double) {
    let values = MalkmusDistribution.values(shape: shape)
    let mean = zip(values, KQuadrature.weights).reduce(0) { $0 + $1.1 * log($1.0) }
    let x = 2 * shape
    let firstIntegral = (exp(-x) - exponentialIntegral2(x)) / x
    let expected = -exp(x) * firstIntegral
    #expect(mean > expected - 1e-3 && mean - expected < 0.1)
  }

  @Test func sumsAtRandomHaveTheSumOfTheMeans() {
    let (a, b) = (MalkmusDistribution.values(shape: 0.1), MalkmusDistribution.values(shape: 2))
    let sum = KQuadrature.randomSum(a, b.map { 3 * $0 })
    #expect(sum == sum.sorted())
    #expect(abs(zip(sum, KQuadrature.weights).reduce(0) { $0 + $1.0 * $1.1 } - 4) < 1e-12)
    // Transmissions of absorbers at random to each other multiply.
    func transmission(_ values: [Double]) -> Double {
      zip(values, KQuadrature.weights).reduce(0) { $0 + $1.1 * exp(-0.5 * $1.0) }
    }
    #expect(abs(transmission(sum) - transmission(a) * transmission(b.map { 3 * $0 })) < 5e-3)
  }
}

@Suite struct WeakLinesTests {
  static let grid = SamplingGrid.networks(pointsPerBin: 1)
  static let pressures = [1.0, 1e2, 1e3, 1e4, 1e5, 1e6]

  /// One narrow band at 1.4 um and nothing beside it, m2.
  static func table() -> OpacityTable {
    let count = 2 * pressures.count * grid.binCount
    var logs: [Float] = []
    for index in 0..<count {
      let distance = log(grid.centre(index % grid.binCount) / 1.4) / 0.05
      logs += KQuadrature.abscissae.map { Float(max(-150, -56 - distance * distance + 12 * ($0 - 1))) }
    }
    return OpacityTable(
      species: "X", temperatures: [500, 1000], pressures: pressures, grid: grid, logCrossSections: logs)
  }

  /// ln of the mean, mean of ln in m2 from 1 to 2 um.
  static func moments(_ table: OpacityTable, _ temperature: Int, _ pressure: Int) -> (Double, Double) {
    let widths = grid.sharedWavenumbers(from: 1, to: 2)
    let total = widths.reduce(0, +)
    var (mean, meanOfLog) = (0.0, 0.0)
    for bin in widths.indices where widths[bin] > 0 {
      let first = table.index(temperature: temperature, pressure: pressure, bin: bin)
      for (point, weight) in KQuadrature.weights.enumerated() {
        let logarithm = Double(table.logCrossSections[first + point])
        mean += weight * widths[bin] * exp(logarithm)
        meanOfLog += weight * widths[bin] * logarithm
      }
    }
    return (log(mean / total), meanOfLog / total)
  }

  @Test func bothMeansAreReachedAndTheSumStays() throws {
    let plain = Self.table()
    let logOfMean = Self.moments(plain, 0, 3).0
    // Means of ln by pressure: 9 to 5 below the ln of the mean; cm2.
    let goals = (0..<5).map { logOfMean + log(1e4) - 9 + Double($0) }
    let rows = zip(["0.00001", "0.001", "0.01", "0.1", "1"], goals).map {
      "X,1.0,2.0,500,\($0),\(logOfMean + log(1e4)),\($1),4"
    }
    let moments = try BandMoments(species: "X", table: "molecule\n" + rows.joined(separator: "\n"))
    let anchors = [BandAnchor(lowerEdge: 1, upperEdge: 2, points: [(500, 1)])]
    var table = plain
    WeakLines(moments: moments, shape: nil, anchors: anchors).add(to: &table)
    for temperature in 0..<2 {
      for (pressure, goal) in goals.enumerated() {
        let reached = Self.moments(table, temperature, pressure)
        #expect(abs(reached.0 - logOfMean) < 0.02)
        #expect(abs(reached.1 + log(1e4) - goal) < 0.15, "\(Self.pressures[pressure]) Pa")
      }
    }
    // Where no lines were there are some now; k ascends everywhere.
    let bin = try #require(Self.grid.bin(wavelength: 1.05))
    #expect(
      table.mean(temperature: 0, pressure: 3, bin: bin) > 1e3
        * plain.mean(temperature: 0, pressure: 3, bin: bin))
    for first in stride(from: 0, to: table.logCrossSections.count, by: 8) {
      let values = table.logCrossSections[first..<first + 8]
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  /// A published shape ten times the model fills the bin, one a tenth of it empties it; half as much is left alone.
  @Test func publishedShapesCountBeyondTheirUncertainty() throws {
    let plain = Self.table()
    let bins = try [1.35, 1.4, 1.45].map { try #require(Self.grid.bin(wavelength: $0)) }
    let levels = zip(bins, [10, 0.1, 0.7]).map {
      log(1e4 * $1 * plain.mean(temperature: 0, pressure: 2, bin: $0))
    }
    let rows = zip(bins, levels).map { bin, level in
      "X,\(Self.grid.centre(bin))," + Array(repeating: "\(level)", count: 5).joined(separator: ",")
    }
    let shape = try BandShape(
      species: "X", table: "molecule\n" + rows.joined(separator: "\n"), grid: Self.grid)
    let (logOfMean, meanOfLog) = Self.moments(plain, 0, 2)
    let moments = try BandMoments(
      species: "X",
      table: "molecule\nX,1.0,2.0,500,0.01,\(logOfMean + log(1e4)),\(meanOfLog + log(1e4) + 2),4")
    var table = plain
    WeakLines(
      moments: moments, shape: shape, anchors: [BandAnchor(lowerEdge: 1, upperEdge: 2, points: [(500, 1)])]
    ).add(to: &table)
    let changes = bins.map {
      log(table.mean(temperature: 0, pressure: 2, bin: $0) / plain.mean(temperature: 0, pressure: 2, bin: $0))
    }
    #expect(abs(changes[0] - changes[2] - log(10)) < 0.4)
    #expect(abs(changes[1] - changes[2] - log(0.1)) < 0.4)
  }
}
