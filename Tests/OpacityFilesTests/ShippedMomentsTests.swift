import Atmospheres
import Foundation
import MolecularBands
import Observations
import ReferenceData
import Testing

@testable import OpacityFiles

/// The shipped tables of line models against published moments of broad bands, at 700 to 1900 K and 1 kPa.
@Suite("Both means of the shipped tables", .needsReference("band_moments.csv")) struct ShippedMomentsTests {
  /// The bands that a line list fills and that absorb.
  private static func differences(_ species: String) throws -> [TwoMeans] {
    let url = try #require(ReferenceData.url("band_moments.csv"))
    let moments = try BandMoments(species: species, table: String(contentsOf: url, encoding: .utf8))
    let path = OpacityLibraryTests.folder.appending(path: "\(species).fits")
    let content = try OpacityFileContent(
      [UInt8](Data(contentsOf: path)), name: species, grid: .standard)
    guard case .distribution(let table) = content else { return [] }
    let bands = moments.broadBands.filter {
      [700, 900, 1100, 1500, 1900].contains($0.temperature) && $0.lowerEdge < 16 && $0.isFilled
    }
    return try bands.compactMap { band in
      guard let entry = band.entries.first(where: { abs($0.pressure / 1e3 - 1) < 0.01 }),
        entry.logOfMean > log(1e-29),
        let means = try table.twoMeans(
          from: band.lowerEdge * 1e-6, to: band.upperEdge * 1e-6, grid: .standard,
          temperature: entry.temperature,
          pressure: entry.pressure)
      else { return nil }
      return means - TwoMeans(entry)
    }
  }

  private static func median(_ values: [Double]) -> Double { values.map(abs).sorted()[values.count / 2] }

  @Test("NH3, HCN, C2H2, H2S: both means within 0.2", arguments: ["NH3", "HCN", "C2H2", "H2S"])
  func pinned(_ species: String) throws {
    let differences = try Self.differences(species)
    #expect(differences.count > 25)
    #expect(Self.median(differences.map(\.logOfMean)) < 0.2)
    #expect(Self.median(differences.map(\.meanOfLog)) < 0.2)
  }

  @Test("The mean of ln of OH, HCl and Na", arguments: [("OH", 0.3), ("HCl", 0.4), ("Na", 0.7)])
  func meanOfLog(_ species: String, _ limit: Double) throws {
    #expect(Self.median(try Self.differences(species).map(\.meanOfLog)) < limit)
  }
}
