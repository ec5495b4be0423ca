import ExoGAN
import NumericalMethods
import Observations
import Testing

@Suite("ASPA")
struct ASPATests {
  static let bins = SpectralGrid.standard.count

  static func spectrum(seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<bins).map { _ in random.uniform(0.008, 0.028) }
  }

  static let parameters: [ASPAParameter: Double] = [
    .planetMass: 1.2 * ASPAParameter.jupiterMass, .planetRadius: 1.1 * ASPAParameter.jupiterRadius,
    .temperature: 1350, .log10H2O: -3.7, .log10CO: -5.1, .log10CO2: -7.2, .log10CH4: -1.4,
  ]

  static func whole(_ depth: [Double], _ parameters: [ASPAParameter: Double] = parameters) -> ASPA {
    ASPA(depth: depth, isObserved: [Bool](repeating: true, count: bins), parameters: parameters)
  }

  /// A number goes through at most ten operations and sums of 100 cells: a relative 1e-13 is above their rounding.
  @Test("what is written is read", arguments: [1, 2, 3] as [UInt64])
  func roundTrip(seed: UInt64) {
    let depth = Self.spectrum(seed: seed)
    let aspa = Self.whole(depth)
    #expect(aspa.isKnown.allSatisfy { $0 } && aspa.cells.allSatisfy { (0...1).contains($0) })
    for (ours, given) in zip(aspa.depth, depth) { #expect(abs(ours / given - 1) < 1e-13) }
    for (parameter, value) in Self.parameters { #expect(abs(aspa[parameter] / value - 1) < 1e-13) }
    let again = Self.whole(aspa.depth)
    #expect(zip(again.cells, aspa.cells).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("a piece without features, and the edges of all ranges")
  func edges() {
    let flat = Self.whole([Double](repeating: 0.02, count: Self.bins))
    #expect(flat.depth.allSatisfy { abs($0 - 0.02) < 1e-15 })
    for parameter in ASPAParameter.allCases {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        let aspa = Self.whole(Self.spectrum(seed: 4), [parameter: value])
        #expect(abs(aspa[parameter] / value - 1) < 1e-13 && aspa.cells.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  /// The published bounds, um, to one bin's width.
  @Test("the pieces are the published ones and hold every bin once")
  func pieces() {
    let bounds = [0.63, 0.77, 0.88, 1.0, 1.1, 1.25, 1.8, 2.13, 3.96, 4.56, 6.33, 7.21, 10]
    #expect(ASPALayout.pieces.count == 14)
    #expect(ASPALayout.pieces.reversed().flatMap { Array($0) } == Array(0..<Self.bins))
    for (bound, piece) in zip(bounds.reversed(), ASPALayout.pieces) {
      let edge = SpectralGrid.standard.edges[piece.lowerBound] * 1e6
      #expect(abs(edge / bound - 1) < 0.012, "\(bound)")
    }
  }

  /// Rows, columns and numbers as the published code writes them: independent of how the layout is computed.
  @Test("things stand where the published code puts them")
  func places() {
    let depth = Self.spectrum(seed: 5)
    let aspa = Self.whole(depth)
    func cell(_ row: Int, _ column: Int) -> Double { aspa.cells[row * 33 + column] }
    for k in 0..<23 {
      #expect(abs(cell(k, 30) - 7.2 / 8) < 1e-15 && abs(cell(k, 31) - 5.1 / 8) < 1e-15)
      #expect(abs(cell(k, 32) - 1.4 / 8) < 1e-15 && abs(cell(30, k) - 1.2 / 2) < 1e-15)
      #expect(abs(cell(31, k) - 1.1 / 1.5) < 1e-15 && abs(cell(32, k) - 1350.0 / 2000) < 1e-15)
    }
    for row in 23..<33 { for column in 23..<33 { #expect(abs(cell(row, column) - 3.7 / 8) < 1e-15) } }
    // The shortest wavelength is bin 514 of the published grid, which is cell 514 of the square: row 22, column 8.
    let blue = Array(depth[0..<75])
    let (low, high) = (blue.min() ?? 0, blue.max() ?? 1)
    #expect(abs(cell(22, 8) - (depth[0] - low) / (high - low)) < 1e-15)
    // Piece 13 has the last row of seven; piece 0 the first column.
    for k in 0..<12 { #expect(abs(cell(29, k) - high / 0.0301803471629) < 1e-15) }
    for k in 12..<23 { #expect(abs(cell(29, k) - 0.00650370296635 / low) < 1e-15) }
    #expect(abs(cell(11, 23) - (depth[353...].max() ?? 0) / 0.0301803471629) < 1e-15)
    let level = depth.reduce(0, +) / 400 / 0.0301803471629
    for (row, column) in [(0, 0), (4, 22), (22, 9), (22, 22)] {
      #expect(abs(cell(row, column) - level) < 1e-15)
    }
    #expect(cell(5, 0) == 1 || cell(5, 0) < 1)
  }

  @Test("what is not observed is not known; a piece needs three quarters of its bins")
  func masks() {
    let depth = Self.spectrum(seed: 6)
    let grid = SpectralGrid.standard
    // WFC3's G141 sees 1.1-1.25 um whole and 84 % of 1.25-1.8 um.
    let isObserved = grid.wavelengths.map { (1.1e-6...1.7e-6).contains($0) }
    let aspa = ASPA(depth: depth, isObserved: isObserved, parameters: [.planetMass: 2e27])
    let bins = ASPALayout.bins.indices.filter { aspa.isKnown[ASPALayout.bins[$0]] }
    #expect(bins == isObserved.indices.filter { isObserved[$0] })
    // Two pieces of 23 cells and the mass of 23.
    #expect(aspa.isKnown.count { $0 } == bins.count + 3 * 23)
    let narrow = grid.wavelengths.map { (1.25e-6...1.45e-6).contains($0) }
    #expect(ASPA(depth: depth, isObserved: narrow, parameters: [:]).isKnown.allSatisfy { !$0 })
    #expect(zip(aspa.cells, aspa.isKnown).allSatisfy { $1 || $0 == 0 })
  }
}
