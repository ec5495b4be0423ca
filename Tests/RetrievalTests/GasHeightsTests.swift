import Glibc
import Retrieval
import Tensors
import Testing

/// Tables of heights that do not depend on temperature or mixing ratio, so that the sum over gases can be written down.
@Suite("Spectra guessed from atmospheres of one gas each")
struct GasHeightsTests {
  private static let space = AtmosphereSpace(.transmission)

  /// - Parameters: heights in two bins.
  private static func guess(
    clear: [Float], gas: [Float], _ edit: (inout [Double]) -> Void = { _ in }
  ) -> (level: Double, shape: [Double], ratio: Double) {
    let heights = GasHeights(
      bins: [0, 200], logTemperatures: [5, 8], ratioCount: 2, clear: clear + clear,
      gases: [[Float]](repeating: gas, count: 4).flatMap { $0 })
    let inputs = EmulatorInputs(heights: heights, means: [0, 0, 0], deviations: [1, 1, 1])
    // Gases next to none, no haze, no deck, nothing covered.
    var row = space.variables.map(\.range.lowerBound)
    (row[0], row[1], row[2]) = (log(GasHeights.scaleHeightRatio), 7, log(GasHeights.radius))
    edit(&row)
    let seen = inputs(Matrix(rows: 1, columns: row.count, elements: row), space).elements.suffix(3).map {
      Double($0)
    }
    return (seen[0], Array(seen[1...]), exp(row[0]))
  }

  private static func depths(_ guess: (level: Double, shape: [Double], ratio: Double)) -> [Double] {
    guess.shape.map { (1 + guess.ratio * guess.level) * (1 + guess.ratio * $0) }
  }

  private static func depth(height: Double, _ ratio: Double) -> Double { pow(1 - ratio * height / 2, -2) }

  @Test("one gas is seen as high as its table says, two things that absorb alike higher by ln 2")
  func heights() {
    let one = Self.depths(Self.guess(clear: [2, 2], gas: [6, 4]))
    let s = GasHeights.scaleHeightRatio
    #expect(abs(one[0] - Self.depth(height: 6, s)) < 2e-6 && abs(one[1] - Self.depth(height: 4, s)) < 2e-6)
    #expect(abs(GasHeights.height(relativeDepth: one[0], scaleHeightRatio: s) - 6) < 2e-3)
    // A gas that darkens no more than hydrogen and helium is not seen.
    let none = Self.depths(Self.guess(clear: [5, 4], gas: [5, 3]))
    #expect(abs(none[0] - Self.depth(height: 5, s)) < 2e-6 && abs(none[1] - Self.depth(height: 4, s)) < 2e-6)
  }

  @Test("longer chords are darker, heavier gas is lower")
  func scales() {
    let (long, s) = (
      Self.depths(Self.guess(clear: [2, 2], gas: [6, 4]) { $0[0] += log(4) }), GasHeights.scaleHeightRatio
    )
    #expect(abs(long[1] - Self.depth(height: 4 + log(2), 4 * s)) < 5e-6)
    // A tenth of water makes molecules heavier by 0.1 (18.015 / 2.3 - 1) = 0.683.
    let heavy = Self.depths(Self.guess(clear: [2, 2], gas: [6, 4]) { $0[3] = -1 })
    let mass = 1 + 0.1 * (18.015 / 2.3 - 1)
    #expect(abs(heavy[1] - Self.depth(height: 4 - 0.5 * log(mass), s / mass)) < 2e-6)
  }

  @Test("a deck hides what is below it, over the part of the limb that it covers")
  func deck() throws {
    let top = try #require(Self.space.index("cloudTop"))
    let fraction = try #require(Self.space.index("cloudFraction"))
    let s = GasHeights.scaleHeightRatio
    func depths(_ covered: Double) -> [Double] {
      Self.depths(
        Self.guess(clear: [2, 2], gas: [3, 3]) {
          // 10 bar over e^12: twelve scale heights up.
          $0[top] = log10(10 * exp(-12))
          $0[fraction] = covered
        })
    }
    let whole = Self.depth(height: 12 + log1p(exp(3 - 12)), s)
    #expect(abs(depths(1)[1] - whole) < 4e-6)
    #expect(abs(depths(0.25)[1] - (0.25 * whole + 0.75 * Self.depth(height: 3, s))) < 4e-6)
  }
}
