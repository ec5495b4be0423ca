import Atmospheres
import Foundation
import Observations
import OpacityFiles

/// The absorption in each bin of an opacity table, at some temperatures and one pressure.
struct OpacityCurves {
  /// What stands for a bin's k-distribution.
  enum Quantity: String {
    case mean = "mean cross-section a bin"
    case meanOfLog = "exp of the mean of ln of the cross-section a bin"
  }

  let title: String
  /// Of the upright axis, with its unit.
  let ordinate: String
  /// The gas; nil of a pair's collisions.
  let species: String?
  /// um, ascending.
  let wavelengths: [Double]
  private(set) var curves: [WavelengthPlot.Curve]

  /// - Parameters:
  ///   - name: of the file, for messages.
  ///   - temperatures: K.
  ///   - pressure: Pa.
  init(_ bytes: [UInt8], name: String, temperatures: [Double], pressure: Double, quantity: Quantity) throws {
    let grid = SpectralGrid.standard
    wavelengths = grid.wavelengths.map { $0 * 1e6 }
    switch try OpacityFileContent(bytes, name: name, grid: grid) {
    case .distribution(let distribution), .exoGAN2018(let distribution):
      curves = try temperatures.map {
        WavelengthPlot.Curve(
          "\(Int($0)) K", try distribution.curve(quantity, temperature: $0, pressure: pressure))
      }
      species = distribution.species.formula
      title = "\(distribution.species), \(pressure.formatted()) Pa: \(quantity.rawValue) (m2 a molecule)"
      ordinate = "cross-section (m² a molecule)"
    case .collisions(let collisions):
      curves = Self.rows(temperatures, collisions.temperatures).map { row in
        WavelengthPlot.Curve(
          "\(Int(collisions.temperatures[row])) K",
          Array(collisions.coefficients[row * grid.count..<(row + 1) * grid.count]))
      }
      species = nil
      let pair = collisions.pair.map { "\($0.0)-\($0.1)" } ?? "all gases"
      title = "\(pair): collision-induced absorption (m5)"
      ordinate = "coefficient (m⁵)"
    }
  }

  mutating func add(_ reference: ReferenceCurves) { curves += reference.curves }

  private static func rows(_ values: [Double], _ axis: [Double]) -> [Int] {
    var rows: [Int] = []
    for value in values {
      let row = axis.indices.min { abs(log(axis[$0] / value)) < abs(log(axis[$1] / value)) } ?? 0
      if !rows.contains(row) { rows.append(row) }
    }
    return rows
  }
}

extension KDistribution {
  /// One value a bin, m2 a molecule.
  func curve(_ quantity: OpacityCurves.Quantity, temperature: Double, pressure: Double) throws -> [Double] {
    switch quantity {
    case .mean: return try means(temperature: temperature, pressure: pressure)
    case .meanOfLog:
      let logs = try logCrossSections(temperature: temperature, pressure: pressure)
      return (0..<binCount).map { bin in
        exp(weights.indices.reduce(0.0) { $0 + weights[$1] * logs[$1 * binCount + bin] })
      }
    }
  }
}
