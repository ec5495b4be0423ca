import PosixFiles
import SystemPackage
package import TrainingRuns

#if canImport(Glibc)
  import Glibc
#endif

/// Dense water of AQUA (Haldemann et al. 2020), as `reference/eos/aqua_dense.txt` lists it over temperature and density.
package struct DenseWaterTable: Sendable {
  private struct Isotherm: Sendable {
    /// log10 K.
    let temperature: Double
    /// log10 Pa and log10 kg m-3, where the pressure rises.
    var points: [(pressure: Double, density: Double)] = []
  }

  private let isotherms: [Isotherm]

  /// Columns used: log10 T (K), log10 density (g cm-3), log10 P (dyn cm-2). Lines that begin with # are comments.
  package init(path: String) throws(TrainingError) {
    let bytes: [UInt8]
    do { bytes = try PosixFiles.read(FilePath(path), limit: 1 << 24, followingLinks: true) } catch {
      throw TrainingError(.noTrainingSet, path: path, detail: error.description)
    }
    var isotherms: [Isotherm] = []
    for (number, line) in String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where !line.hasPrefix("#") && !line.isEmpty {
      let cells = line.split(separator: " ").compactMap { Double($0) }
      guard cells.count >= 3 else {
        throw TrainingError(.badTrainingSet, path: path, detail: "line \(number + 1): not three numbers")
      }
      if isotherms.last?.temperature != cells[0] { isotherms.append(Isotherm(temperature: cells[0])) }
      let point = (pressure: cells[2] - 1, density: cells[1] + 3)
      let last = isotherms.count - 1
      if let previous = isotherms[last].points.last, previous.pressure >= point.pressure {
        isotherms[last].points.removeLast()
      }
      isotherms[last].points.append(point)
    }
    guard isotherms.count > 1, isotherms.allSatisfy({ $0.points.count > 1 }) else {
      throw TrainingError(.badTrainingSet, path: path, detail: "fewer than two isotherms")
    }
    self.isotherms = isotherms
  }

  /// kg m-3 at a pressure (Pa) and temperature (K), linear between nodes; `nil` outside the table.
  package func density(pressure: Double, temperature: Double) -> Double? {
    let (x, y) = (log10(pressure), log10(temperature))
    guard let above = isotherms.firstIndex(where: { $0.temperature > y }), above > 0 else { return nil }
    let (low, high) = (isotherms[above - 1], isotherms[above])
    guard let cold = Self.density(on: low, x), let hot = Self.density(on: high, x) else { return nil }
    return pow(
      10, cold + (y - low.temperature) / (high.temperature - low.temperature) * (hot - cold))
  }

  private static func density(on isotherm: Isotherm, _ pressure: Double) -> Double? {
    guard let above = isotherm.points.firstIndex(where: { $0.pressure > pressure }), above > 0 else {
      return nil
    }
    let (low, high) = (isotherm.points[above - 1], isotherm.points[above])
    return low.density + (pressure - low.pressure) / (high.pressure - low.pressure)
      * (high.density - low.density)
  }
}
