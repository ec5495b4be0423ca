import Foundation
import Testing

@testable import MolecularBands

@Suite struct BroadBandTests {
  /// Means of 1e-20 cm2 and others; the second band's changes by 0.4 in the logarithm.
  static let table = """
    molecule,wavelength_min_um,wavelength_max_um,temperature_K,pressure_bar,ln_of_mean_cm2,mean_of_ln_cm2,sd_of_ln
    X,1.0,2.0,500,1,-46.0517,-50,2
    X,1.0,2.0,500,0.01,-46.2,-51,2
    X,1.0,2.0,1000,0.01,-45.3,-48,1
    X,1.0,2.0,1000,1,-45.3586,-48,1
    X,1.0,2.0,1500,0.01,-46,-48,1
    X,1.0,2.0,1500,1,-46,-48,1
    X,2.0,4.0,500,0.01,-48.4,-50,9
    X,2.0,4.0,500,1,-48,-50,9
    """

  @Test func onlyMeansThatPressureHardlyChangesCount() throws {
    let moments = try BandMoments(species: "X", table: Self.table)
    #expect(moments.broadBands.map(\.isFilled) == [true, true, true, false])
    #expect(moments.broadBands[0].entries.map(\.pressure) == [1e3, 1e5])
    let anchors = moments.anchors(completeTo: 3000) { _, _, _ in 2.5e-17 }
    #expect(anchors.count == 1)
    // 1e-20 cm2 x 5000 cm-1 over 2.5e-17 cm.
    #expect(abs(anchors[0].factor(temperature: 300) - 2) < 1e-3)
    #expect(abs(anchors[0].factor(temperature: 1000) - 4) < 1e-3)
    #expect(abs(anchors[0].factor(temperature: 500 * 2.0.squareRoot()) - 8.0.squareRoot()) < 1e-3)
  }

  /// A list that lacks hot lines can only be too low.
  @Test func aListThatEndsIsALowerBound() throws {
    let moments = try BandMoments(species: "X", table: Self.table)
    let factors = { (limit: Double) in
      moments.anchors(completeTo: limit) { _, _, _ in 2.5e-17 }[0].points.map(\.factor)
    }
    #expect(factors(3000)[2] < 2.2)
    #expect(abs(factors(1200)[2] - 4) < 1e-3 && abs(factors(600)[1] - 4) < 1e-3)
  }

  @Test func tunedBinsHaveTheBandsSum() {
    let grid = SamplingGrid.networks(pointsPerBin: 1)
    let means = (0..<grid.binCount).map { exp(-pow((Double($0) - 170) / 30, 2)) }
    let anchors = [
      BandAnchor(lowerEdge: 1.0, upperEdge: 1.6, points: [(500, 3)]),
      BandAnchor(lowerEdge: 1.6, upperEdge: 3.0, points: [(500, 0.5)]),
    ]
    let factors = BandAnchor.binFactors(anchors, temperature: 500, grid: grid, binMeans: means)
    for anchor in anchors {
      var (plain, tuned) = (0.0, 0.0)
      for bin in 0..<grid.binCount
      where anchor.lowerEdge <= grid.centre(bin) && grid.centre(bin) < anchor.upperEdge {
        plain += means[bin] / grid.centre(bin)
        tuned += means[bin] * factors[bin] / grid.centre(bin)
      }
      #expect(abs(tuned / plain / anchor.points[0].factor - 1) < 0.01)
    }
    let steps = zip(factors, factors.dropFirst()).map { abs(log($1 / $0)) }
    #expect((steps.max() ?? 1) < 0.35)
  }

  @Test func malformedShapesAreRefused() {
    let grid = SamplingGrid.networks(pointsPerBin: 1)
    for table in ["molecule\nX,1,2", "molecule\nX,1,2,3,4,5,nan", "molecule\nY,1,2,3,4,5,6"] {
      #expect(throws: MolecularBandsError.self) { try BandShape(species: "X", table: table, grid: grid) }
    }
  }

  @Test func shapesAreLinearInTheInverseTemperature() throws {
    let shape = try BandShape(
      species: "X", table: "molecule\nX,1.002,-50,-49,-48,-47,-46\nX,50,0,0,0,0,0",
      grid: .networks(pointsPerBin: 1))
    let bin = try #require(SamplingGrid.networks(pointsPerBin: 1).bin(wavelength: 1.002))
    #expect(shape.mean(bin: bin + 1, temperature: 800) == nil)
    func logarithm(_ temperature: Double) throws -> Double {
      log(1e4 * (try #require(shape.mean(bin: bin, temperature: temperature))))
    }
    #expect(abs(try logarithm(800) + 49) < 1e-9)
    #expect(abs(try logarithm(2 / (1 / 800.0 + 1 / 1250)) + 48.5) < 1e-9)
    #expect(try logarithm(300) < -51)
  }
}
