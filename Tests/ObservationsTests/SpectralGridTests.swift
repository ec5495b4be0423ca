import Foundation
import Observations
import Testing
import Units

@Suite struct SpectralGrids {
  /// The networks were trained on bins of exactly these bits.
  @Test func standardGridIsThatOfTheNetworks() {
    let grid = SpectralGrid.standard
    #expect(grid.count == 400 && grid.wavelengths.count == 400 && grid.edges.count == 401)
    #expect(grid.edges == (0...400).map { 0.3e-6 * pow(1.01, Double($0)) })
    #expect(abs(grid.edges[400] * 1e6 - 16.057_235_162_488) < 1e-11)
    #expect(grid.wavelengths == zip(grid.edges, grid.edges.dropFirst()).map { ($0 + $1) / 2 })
  }

  @Test func binHoldsItsLowerEdgeAndNotItsUpper() {
    let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.2, count: 5)
    for bin in 0..<5 {
      #expect(grid.bin(wavelength: grid.edges[bin]) == bin)
      #expect(grid.bin(wavelength: grid.wavelengths[bin]) == bin)
      #expect(grid.bin(wavelength: grid.edges[bin + 1].nextDown) == bin)
    }
    #expect(grid.bin(wavelength: grid.edges[0].nextDown) == nil && grid.bin(wavelength: grid.edges[5]) == nil)
  }

  @Test func binsAroundCentresMeetHalfWay() {
    let grid = SpectralGrid(wavelengths: [1, 2, 4])
    #expect(grid.wavelengths == [1, 2, 4] && grid.edges == [0.5, 1.5, 3, 5])
  }
}
