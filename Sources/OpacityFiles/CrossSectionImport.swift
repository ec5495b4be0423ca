import Atmospheres
import HDF5Files
package import MolecularBands
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// Cross-sections in HDF5 as TauREx 3 reads them and ExoMolOP publishes them (Al-Refaie et al. 2021, ApJ 917, 37;
/// Chubb et al. 2021, A&A 646, A21), made into a table of k-distributions.
///
/// Datasets: `bin_edges` (cm-1; in spite of its name the points of the spectra), `t` (K), `p` with an attribute
/// `units`, `xsecarr` over pressure, temperature and wavenumber (cm2 a molecule), and `mol_name`. One spectrum is in
/// memory at a time.
package struct CrossSectionImport: Sendable {
  package let table: OpacityTable
  /// The samples that most bins have.
  package let samplesPerBin: Int
  /// Wavelengths between which bins are covered, um; bins beyond absorb nothing.
  package let covered: ClosedRange<Double>
  /// What the file says of where it is from.
  package let reference: String?

  /// Ten times the finest published tables; a spectrum of so many doubles takes 80 MB.
  private static let mostWavenumbers = 10_000_000
  /// Temperatures times pressures; ExoMolOP has 594.
  private static let mostStates = 4096

  /// - Parameters:
  ///   - path: of the HDF5 file.
  ///   - species: the gas, where the file does not tell or writes it otherwise.
  ///   - progress: called with each temperature's number and their count.
  package init(
    path: String, species: String? = nil, grid: SamplingGrid = .networks(pointsPerBin: 1),
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(OpacityFileError) {
    do {
      self = try Self.read(HDF5File(path: path), species: species, grid: grid, progress)
    } catch let error as OpacityFileError {
      throw error
    } catch let error as HDF5Error {
      throw OpacityFileError(error)
    } catch {
      throw OpacityFileError(.unreadable, file: path, "\(error)")
    }
  }

  private init(
    table: OpacityTable, samplesPerBin: Int, covered: ClosedRange<Double>, reference: String?
  ) {
    self.table = table
    self.samplesPerBin = samplesPerBin
    self.covered = covered
    self.reference = reference
  }

  private static func read(
    _ file: borrowing HDF5File, species: String?, grid: SamplingGrid,
    _ progress: (Int, Int) -> Void
  ) throws -> CrossSectionImport {
    let name = file.name
    func refuse(_ detail: String) -> OpacityFileError { OpacityFileError(.badTable, file: name, detail) }
    if !file.contains("xsecarr"), file.contains("kcoeff") {
      throw refuse(
        "holds a k-table (kcoeff), not cross-sections (xsecarr): take the cross-section file of the gas")
    }
    let shape = try file.shape("xsecarr")
    let written = try species ?? file.text("mol_name")
    guard let formula = try? Species(written) else {
      throw refuse("mol_name: \"\(written)\" is no formula such as H2O; name the gas with --species")
    }

    let wavenumbers = try Axis(file.numbers("bin_edges", limit: mostWavenumbers))
    let temperatures = try Axis(file.numbers("t", limit: mostStates))
    let pressures = try Axis(file.numbers("p", limit: mostStates))
    for (axis, title) in [(wavenumbers, "bin_edges"), (temperatures, "t"), (pressures, "p")] {
      guard let fault = axis.fault else { continue }
      throw refuse("\(title): \(fault)")
    }
    guard wavenumbers.values.count > 1 else { throw refuse("bin_edges: one wavenumber makes no spectrum") }
    let expected = [pressures.values.count, temperatures.values.count, wavenumbers.values.count]
    guard shape == expected else {
      throw refuse(
        "xsecarr: its shape is \(shape), not the \(expected) of p, t and bin_edges"
          + (shape == [expected[0], expected[1], expected[2] - 1]
            ? "; bin_edges must hold the wavenumber of each cross-section, not the edges between them" : ""))
    }
    guard expected[0] * expected[1] <= mostStates else {
      throw refuse(
        "xsecarr: \(expected[0] * expected[1]) temperatures x pressures; no more than \(mostStates) are taken"
      )
    }
    guard let unit = try file.attribute("units", of: "p") else {
      throw refuse("p: has no attribute units; write one, such as \"bar\" or \"Pa\"")
    }
    guard let pascals = pascalsPerUnit[unit.lowercased()] else {
      throw refuse(
        "p: its unit \"\(unit)\" is not known; known are \(pascalsPerUnit.keys.sorted().joined(separator: ", "))"
      )
    }

    let bins = BinnedSamples(wavenumbers: wavenumbers.values, grid: grid)
    let covered = (0..<grid.binCount).filter { bins.coverage[$0] >= 0.5 }
    guard let first = covered.first, let last = covered.last else {
      throw refuse(
        "bin_edges: from \(wavenumbers.values[0]) to \(wavenumbers.values[wavenumbers.values.count - 1]) cm-1 there is "
          + "none of the \(grid.edge(0)) to \(grid.edge(grid.binCount)) um the tables cover; wavenumbers must be in cm-1"
      )
    }
    var table = OpacityTable(
      species: formula.formula, temperatures: temperatures.values,
      pressures: pressures.values.map { $0 * pascals },
      grid: grid,
      logCrossSections: Array(
        repeating: OpacityTable.nothing,
        count: expected[0] * expected[1] * grid.binCount * KQuadrature.weights.count))
    for temperature in 0..<expected[1] {
      progress(temperature + 1, expected[1])
      for pressure in 0..<expected[0] {
        let place = [pressures.order[pressure], temperatures.order[temperature]]
        let stored = try file.row("xsecarr", at: place)
        let spectrum = wavenumbers.isSorted ? stored : wavenumbers.order.map { stored[$0] }
        if let fault = spectrum.firstIndex(where: { !($0 >= 0 && $0 < 1) }) {
          throw refuse(
            "xsecarr: \(spectrum[fault]) cm2 at \(wavenumbers.values[fault]) cm-1, \(temperatures.values[temperature]) K "
              + "and \(pressures.values[pressure]) \(unit) is no cross-section")
        }
        for bin in covered {
          guard let values = bins.values(spectrum, bin: bin) else { continue }
          let target = table.index(temperature: temperature, pressure: pressure, bin: bin)
          for (point, value) in values.enumerated() where value > 0 {
            table.logCrossSections[target + point] = max(OpacityTable.nothing, Float(log(value * 1e-4)))
          }
        }
      }
    }
    return CrossSectionImport(
      table: table, samplesPerBin: bins.typicalCount, covered: grid.edge(first)...grid.edge(last + 1),
      reference: file.contains("DOI") ? try? file.text("DOI") : nil)
  }

  /// Pascals of the units a pressure is written in, lower case.
  private static let pascalsPerUnit: [String: Double] = [
    "pa": 1, "hpa": 100, "kpa": 1e3, "mbar": 100, "millibar": 100, "bar": 1e5, "bars": 1e5,
    "atm": Constants.standardAtmosphere,
    "torr": Constants.standardAtmosphere / 760, "mmhg": Constants.standardAtmosphere / 760, "dyn/cm2": 0.1,
    "barye": 0.1,
  ]
}

/// An axis brought to ascending order, and where each of its values stood.
private struct Axis {
  let values: [Double]
  let order: [Int]

  init(_ stored: [Double]) {
    order = stored.indices.sorted { stored[$0] < stored[$1] }
    values = order.map { stored[$0] }
  }

  var isSorted: Bool { zip(order, order.dropFirst()).allSatisfy { $0 < $1 } }

  /// What keeps it from being an axis.
  var fault: String? {
    guard !values.isEmpty else { return "holds no values" }
    if let value = values.first(where: { !($0 > 0 && $0.isFinite) }) { return "\(value) is not positive" }
    if let pair = zip(values, values.dropFirst()).first(where: { $0 == $1 }) {
      return "\(pair.0) stands there twice"
    }
    return nil
  }
}
