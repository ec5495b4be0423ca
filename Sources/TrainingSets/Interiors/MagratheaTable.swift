package import Interiors
import PosixFiles
import SystemPackage
package import TrainingRuns
package import Units

/// Planets solved with MAGRATHEA (Huang, Rice & Steffen 2022, MNRAS 513, 5256), as
/// `reference/interiors/magrathea.csv` lists them.
package struct MagratheaTable: Sendable {
  package struct Planet: Sendable {
    package var name: String
    package var parameters: PlanetParameters
    package var radius: Length
  }

  /// MAGRATHEA's mantle is MgSiO3: as many cations as silicon.
  package static let cationsToSilicon = 1.0

  package var planets: [Planet]

  /// Columns used: name, M (Earth masses), fc, fm, fh, ts (K), R_km. A temperature jump at the core stands
  /// in the name, as in `warm1600+1400`.
  package init(path: String) throws(TrainingError) {
    let bytes: [UInt8]
    do { bytes = try PosixFiles.read(FilePath(path), limit: 1 << 20, followingLinks: true) } catch {
      throw TrainingError(.noTrainingSet, path: path, detail: error.description)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    func fields(_ line: Substring) -> [Substring] {
      line.split(separator: ",", omittingEmptySubsequences: false)
    }
    let header = lines.first.map(fields) ?? []
    func position(_ name: String) throws(TrainingError) -> Int {
      guard let i = header.firstIndex(of: Substring(name)) else {
        throw TrainingError(.badTrainingSet, path: path, detail: "no column \"\(name)\" in line 1")
      }
      return i
    }
    let columns = [
      try position("M"), try position("fc"), try position("fm"), try position("fh"), try position("ts"),
      try position("R_km"),
    ]
    let nameColumn = try position("name")
    planets = []
    for (number, line) in lines.enumerated().dropFirst() {
      let cells = fields(line)
      let numbers = columns.compactMap { $0 < cells.count ? Double(cells[$0]) : nil }
      guard numbers.count == columns.count, nameColumn < cells.count else {
        throw TrainingError(
          .badTrainingSet, path: path,
          detail: "line \(number + 1): M, fc, fm, fh, ts and R_km must be numbers")
      }
      let name = String(cells[nameColumn])
      // MAGRATHEA's fractions sum to one within rounding; the mantle is our remainder.
      let sum = numbers[1] + numbers[2] + numbers[3]
      var p = PlanetParameters(
        mass: Mass(earthMasses: numbers[0]), coreMassFraction: numbers[1] / sum,
        waterMassFraction: numbers[3] / sum)
      p.mantleIronNumber = 0
      p.potentialTemperature = Temperature(kelvins: numbers[4])
      p.surfaceTemperature = Temperature(kelvins: numbers[4])
      let jump = name.split(separator: "+").dropFirst().first.flatMap { Double($0.prefix { $0.isNumber }) }
      p.cmbTemperatureJump = Temperature(kelvins: jump ?? 0)
      planets.append(Planet(name: name, parameters: p, radius: Length(meters: numbers[5] * 1e3)))
    }
  }
}
