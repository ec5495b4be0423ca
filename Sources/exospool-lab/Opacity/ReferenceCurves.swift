import ArgumentParser
import Foundation
import MolecularBands
import Observations
import OpacityFiles

/// What a table is drawn beside: somebody else's absorption of the same gas, on the bins of the grid.
struct ReferenceCurves {
  let curves: [WavelengthPlot.Curve]

  /// - Parameters:
  ///   - name: of the file; its ending tells what it is.
  ///   - species: the gas; nil where the table has none.
  ///   - temperatures: K; of moments the nearest that there are.
  ///   - pressure: Pa; the nearest there is.
  init(
    _ bytes: [UInt8], name: String, species: String?, temperatures: [Double], pressure: Double,
    quantity: OpacityCurves.Quantity
  ) throws {
    if name.hasSuffix(".csv") {
      guard let species else { throw ValidationError("\(name) holds gases, and the table none.") }
      let moments = try BandMoments(species: species, table: String(decoding: bytes, as: UTF8.self))
      curves = temperatures.map { Self.curve(moments, temperature: $0, pressure: pressure, quantity) }
    } else if name.hasSuffix(".kta") {
      let table = try NemesisTable(bytes, name: name)
      curves = temperatures.map { Self.curve(table, temperature: $0, pressure: pressure, quantity) }
    } else {
      let other = try OpacityCurves(
        bytes, name: name, temperatures: temperatures, pressure: pressure, quantity: quantity)
      curves = other.curves.map { WavelengthPlot.Curve("\(name) \($0.name)", $0.values, isReference: true) }
    }
  }

  private static let grid = SpectralGrid.standard

  private static func curve(
    _ moments: BandMoments, temperature: Double, pressure: Double, _ quantity: OpacityCurves.Quantity
  ) -> WavelengthPlot.Curve {
    func nearest(_ value: Double, _ axis: [Double]) -> Double {
      axis.min { abs(log($0 / value)) < abs(log($1 / value)) } ?? value
    }
    let held = nearest(temperature, moments.entries.map(\.temperature))
    let bands = moments.entries.filter { $0.temperature == held }
    let heldPressure = nearest(pressure, bands.map(\.pressure))
    let values = grid.wavelengths.map { wavelength in
      bands.first {
        $0.pressure == heldPressure && ($0.lowerEdge..<$0.upperEdge).contains(wavelength * 1e6)
      }.map { exp(quantity == .mean ? $0.logOfMean : $0.meanOfLog) } ?? 0
    }
    return WavelengthPlot.Curve("bands \(Int(held)) K", values, isReference: true)
  }

  /// - Note: A channel stands in the bin that holds its middle.
  private static func curve(
    _ table: NemesisTable, temperature: Double, pressure: Double, _ quantity: OpacityCurves.Quantity
  ) -> WavelengthPlot.Curve {
    let held = min(max(temperature, table.temperatures[0]), table.temperatures[table.temperatures.count - 1])
    var values = [Double](repeating: 0, count: grid.count)
    let channels = table.crossSections(temperature: held, pressure: pressure)
    for (wavelength, k) in zip(table.wavelengths, channels) {
      guard let bin = grid.bin(wavelength: wavelength * 1e-6) else { continue }
      let means = TwoMeans(
        logCrossSections: k.map { log($0) }, quadrature: table.weights, shares: [1])
      values[bin] = exp(quantity == .mean ? means.logOfMean : means.meanOfLog)
    }
    return WavelengthPlot.Curve("NEMESIS \(Int(held)) K", values, isReference: true)
  }
}
