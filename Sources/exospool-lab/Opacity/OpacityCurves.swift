import Atmospheres
import Foundation
import Observations
import OpacityFiles

/// The mean absorption in each bin of an opacity table, at some temperatures and one pressure.
struct OpacityCurves {
  let title: String
  /// um, ascending.
  let wavelengths: [Double]
  let curves: [(name: String, values: [Double])]

  /// - Parameters:
  ///   - name: of the file, for messages.
  ///   - temperatures: K.
  ///   - pressure: Pa.
  init(_ bytes: [UInt8], name: String, temperatures: [Double], pressure: Double) throws {
    let grid = SpectralGrid.standard
    wavelengths = grid.wavelengths.map { $0 * 1e6 }
    switch try OpacityFileContent(bytes, name: name, grid: grid) {
    case .distribution(let distribution), .exoGAN2018(let distribution):
      curves = try temperatures.map {
        ("\(Int($0)) K", try distribution.means(temperature: $0, pressure: pressure))
      }
      title = "\(distribution.species), \(pressure.formatted()) Pa: mean cross-section a bin (m2 a molecule)"
    case .collisions(let collisions):
      curves = Self.rows(temperatures, collisions.temperatures).map { row in
        (
          "\(Int(collisions.temperatures[row])) K",
          Array(collisions.coefficients[row * grid.count..<(row + 1) * grid.count])
        )
      }
      let pair = collisions.pair.map { "\($0.0)-\($0.1)" } ?? "all gases"
      title = "\(pair): collision-induced absorption (m5)"
    }
  }

  private static func nearest(_ value: Double, _ axis: [Double]) -> Int {
    axis.indices.min { abs(log(axis[$0] / value)) < abs(log(axis[$1] / value)) } ?? 0
  }

  private static func rows(_ values: [Double], _ axis: [Double]) -> [Int] {
    var rows: [Int] = []
    for row in values.map({ nearest($0, axis) }) where !rows.contains(row) { rows.append(row) }
    return rows
  }
}
