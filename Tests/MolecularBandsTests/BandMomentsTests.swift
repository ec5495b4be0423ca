import Foundation
import MolecularBands
import Testing

@Suite("Moments of broad bands") struct BandMomentsTests {
  private static let table = """
    # averages of somebody's tables
    molecule,wavelength_min_um,wavelength_max_um,temperature_K,pressure_bar,ln_of_mean_cm2,mean_of_ln_cm2,sd_of_ln
    H2O,8.7,20,300,1e-05,-56.1365,-65.2729,3.3011

    CO2,2.5,3.5,1500,0.01,-45,-50,1
    H2O,2.5,3.5,1500,0.01,-44,-47,1
    """

  @Test("lines are read by gas, in SI")
  func reading() throws {
    #expect(BandMoments.species(in: Self.table) == ["H2O", "CO2"])
    let water = try BandMoments(species: "H2O", table: Self.table)
    #expect(water.entries.count == 2)
    let entry = water.entries[0]
    #expect(entry.lowerEdge == 8.7 && entry.upperEdge == 20 && entry.temperature == 300)
    #expect(abs(entry.pressure - 1) < 1e-12)
    #expect(abs(entry.logOfMean + 56.1365 - log(1e-4)) < 1e-12)
    #expect(abs(entry.meanOfLog + 65.2729 - log(1e-4)) < 1e-12)
  }

  @Test("a gas that is not there and a line that is none are refused, the line by its number")
  func refusals() throws {
    #expect(throws: MolecularBandsError.self) { try BandMoments(species: "NH3", table: Self.table) }
    #expect(BandMoments.species(in: "\u{89}PNG\nH2O,1,2,300,1,-50,-52").isEmpty)
    for bad in ["H2O,8.7,20,300,1e-05,-56.1", "H2O,20,8.7,300,1e-05,-56,-65", "H2O,8.7,20,x,1,-56,-65"] {
      let error = #expect(throws: MolecularBandsError.self) {
        try BandMoments(species: "H2O", table: Self.table + "\n" + bad)
      }
      #expect(error?.description.contains("line 7") == true)
    }
  }
}
