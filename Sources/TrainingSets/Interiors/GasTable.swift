import Interiors
import PosixFiles
import SystemPackage
package import TrainingRuns

#if canImport(Glibc)
  import Glibc
#endif

/// A table of hydrogen and helium over temperature and pressure, as `reference/eos/hhe_y0275.txt` holds that of Chabrier &
/// Debras 2021, and how `HydrogenHelium` compares with it.
package struct GasTable: Sendable {
  private let temperatures: [Double]
  private let pressures: [Double]
  /// Temperatures by pressures: log10 of density (kg m-3), entropy (J kg-1 K-1), the table's own gradient.
  private let densities: [Double]
  private let entropies: [Double]
  private let gradients: [Double]

  /// Columns: log10 T (K), log10 P (Pa), log10 density (kg m-3), log10 S (J/kg/K), two that are not used, d ln T/d ln P at
  /// constant S; temperatures ascending, pressures fastest. Lines that begin with # are comments.
  package init(path: String) throws(TrainingError) {
    let bytes: [UInt8]
    do { bytes = try PosixFiles.read(FilePath(path), limit: 1 << 24, followingLinks: true) } catch {
      throw TrainingError(.noTrainingSet, path: path, detail: error.description)
    }
    var rows: [[Double]] = []
    for (number, line) in String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where !line.hasPrefix("#") && !line.isEmpty {
      let cells = line.split(separator: " ").compactMap { Double($0) }
      guard cells.count == 7 else {
        throw TrainingError(.badTrainingSet, path: path, detail: "line \(number + 1): not seven numbers")
      }
      rows.append(cells)
    }
    let first = rows.first?[0]
    pressures = rows.prefix { $0[0] == first }.map { $0[1] }
    let count = pressures.count
    temperatures = stride(from: 0, to: rows.count, by: max(count, 1)).map { rows[$0][0] }
    guard count > 1, temperatures.count > 1, rows.count == count * temperatures.count else {
      throw TrainingError(
        .badTrainingSet, path: path, detail: "the lines are no grid of temperatures by pressures")
    }
    densities = rows.map { $0[2] }
    entropies = rows.map { pow(10, $0[3]) }
    gradients = rows.map { $0[6] }
  }

  // MARK: Node by node

  /// Errors of a range of pressures, at the table's nodes whose entropy lies between those of 80 K and of 2,500 K at 1 bar: where planets'
  /// adiabats run.
  package struct Region: Sendable {
    package let pressures: ClosedRange<Double>
    package let nodes: Int
    /// Half of the nodes are no worse, and 95 %: in density, relative; in the adiabatic gradient against the entropy's own and
    /// against the column.
    package let density: (half: Double, most: Double)
    package let gradient: (half: Double, most: Double)
    package let gradientColumn: (half: Double, most: Double)
  }

  /// Of the gas constant of a kilogram of molecules.
  private static let entropiesOfPlanets = 9.5...28

  /// - Parameter edges: Pa, ascending.
  package func regions(between edges: [Double]) -> [Region] {
    zip(edges, edges.dropFirst()).map { low, high in
      var (ofDensity, ofGradient, ofColumn): ([Double], [Double], [Double]) = ([], [], [])
      for i in temperatures.indices.dropFirst().dropLast() {
        for j in pressures.indices.dropFirst().dropLast() {
          let pressure = pow(10, pressures[j])
          let entropy = entropies[node(i, j)] / HydrogenHelium.gasConstant
          guard (low..<high).contains(pressure), Self.entropiesOfPlanets.contains(entropy),
            let own = entropyGradient(i, j),
            let here = try? HydrogenHelium().state(pressure: pressure, temperature: pow(10, temperatures[i]))
          else { continue }
          let gradient = here.adiabaticGradient * pressure / pow(10, temperatures[i])
          ofDensity.append(abs(here.density / pow(10, densities[node(i, j)]) - 1))
          ofGradient.append(abs(gradient - own))
          ofColumn.append(abs(gradient - gradients[node(i, j)]))
        }
      }
      func marks(_ errors: [Double]) -> (half: Double, most: Double) {
        let sorted = errors.sorted()
        return sorted.isEmpty ? (.nan, .nan) : (sorted[sorted.count / 2], sorted[sorted.count * 95 / 100])
      }
      return Region(
        pressures: low...high, nodes: ofDensity.count, density: marks(ofDensity), gradient: marks(ofGradient),
        gradientColumn: marks(ofColumn))
    }
  }

  private func node(_ i: Int, _ j: Int) -> Int { i * pressures.count + j }

  /// -(dS/d ln P)/(dS/d ln T) by central differences; `nil` where the table is not physical.
  private func entropyGradient(_ i: Int, _ j: Int) -> Double? {
    let rise =
      (entropies[node(i + 1, j)] - entropies[node(i - 1, j)]) / (temperatures[i + 1] - temperatures[i - 1])
    let fall = (entropies[node(i, j + 1)] - entropies[node(i, j - 1)]) / (pressures[j + 1] - pressures[j - 1])
    return rise > 0 && fall < 0 ? -fall / rise : nil
  }

  // MARK: Along adiabats

  package struct AdiabatPoint: Sendable {
    /// Pa
    package let pressure: Double
    /// K: of constant entropy in the table, by the table's gradient column, and ours by the gradient.
    package let temperature: Double
    package let temperatureOfColumn: Double
    package let ours: Double
    /// kg m-3, on the table's adiabat and on ours.
    package let density: Double
    package let ourDensity: Double
  }

  /// Adiabats from a temperature at 1 bar to where the table ends, at ten points a decade of pressure. Between nodes the table is linear.
  package func adiabat(from start: Double) -> [AdiabatPoint] {
    let entropy = value(entropies, log10(start), 5)
    let parts = 10
    let step = log(10.0) * 0.1 / Double(parts)
    var (ours, column) = (start, start)
    var points: [AdiabatPoint] = []
    let gas = HydrogenHelium()
    func slope(_ logPressure: Double, _ temperature: Double) -> Double? {
      let pressure = exp(logPressure)
      let here = try? gas.state(pressure: pressure, temperature: temperature)
      return here.map { $0.adiabaticGradient * pressure }
    }
    for number in 1...Int((pressures[pressures.count - 1] - 5) / 0.1 + 0.5) {
      for part in 0..<parts {
        let logPressure = log(1e5) + (Double((number - 1) * parts + part)) * step
        guard let first = slope(logPressure, ours),
          let second = slope(logPressure + step / 2, ours + step / 2 * first)
        else { return points }
        ours += step * second
        let half = column * (1 + step / 2 * value(gradients, log10(column), logPressure / log(10.0)))
        column +=
          step * half * value(gradients, log10(half), (logPressure + step / 2) / log(10.0))
      }
      let logPressure = 5 + 0.1 * Double(number)
      guard let logTemperature = logTemperature(entropy: entropy, logPressure) else { return points }
      let pressure = pow(10, logPressure)
      guard let here = try? gas.state(pressure: pressure, temperature: ours) else { return points }
      points.append(
        AdiabatPoint(
          pressure: pressure, temperature: pow(10, logTemperature), temperatureOfColumn: column, ours: ours,
          density: pow(10, value(densities, logTemperature, logPressure)), ourDensity: here.density))
    }
    return points
  }

  /// Bilinear, held at the table's edges.
  private func value(_ column: [Double], _ logTemperature: Double, _ logPressure: Double) -> Double {
    let (i, t) = Self.place(logTemperature, in: temperatures)
    let (j, s) = Self.place(logPressure, in: pressures)
    let low = column[node(i, j)] + s * (column[node(i, j + 1)] - column[node(i, j)])
    let high = column[node(i + 1, j)] + s * (column[node(i + 1, j + 1)] - column[node(i + 1, j)])
    return low + t * (high - low)
  }

  private static func place(_ x: Double, in nodes: [Double]) -> (index: Int, share: Double) {
    let above = nodes.firstIndex { $0 > x } ?? nodes.count - 1
    let index = min(max(above - 1, 0), nodes.count - 2)
    return (index, min(max((x - nodes[index]) / (nodes[index + 1] - nodes[index]), 0), 1))
  }

  /// Where the table's entropy is that, sought from the hot end, for what lies colder than its melting is not physical; `nil` where it is
  /// hotter than the table.
  private func logTemperature(entropy: Double, _ logPressure: Double) -> Double? {
    for i in temperatures.indices.dropLast().reversed() {
      let (low, high) = (
        value(entropies, temperatures[i], logPressure), value(entropies, temperatures[i + 1], logPressure)
      )
      guard entropy < high else { return nil }
      guard low <= entropy else { continue }
      return temperatures[i] + (entropy - low) / (high - low) * (temperatures[i + 1] - temperatures[i])
    }
    return nil
  }
}
