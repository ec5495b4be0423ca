import Atmospheres
import FITSFiles
import Foundation
import MolecularBands
import Observations
import OpacityFiles
import Testing
import Units

/// Cross-sections in HDF5 made into tables. What is read is written by h5py: `Golden/cross_sections.py`.
@Suite("Cross-sections in HDF5") struct CrossSectionImportTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Golden")
  static func path(_ name: String) -> String { folder.appendingPathComponent("\(name).h5").path }

  /// The script's cross-section in m2 at x bins from 0.3 um; T in K, p in Pa.
  static func crossSection(_ x: Double, temperature: Double, pressure: Double) -> Double {
    let shape = exp(3.5 * cos(2 * .pi * 7 * x) + 0.8 * sin(2 * .pi * 0.3 * x))
    return 1e-25 * shape * pow(temperature / 1000, 2) * pow(pressure / 1e5, 0.1)
  }

  static let samples = (0..<240).map { 154 + (Double($0) + 0.5) / 60 }

  @Test("Samples of high resolution become k-distributions")
  func distribution() throws {
    let cross = try CrossSectionImport(path: Self.path("distribution"))
    let table = cross.table
    #expect(table.species == "HCN" && cross.reference == "10.0/made-up")
    #expect(table.temperatures == [500, 1000, 2000])
    #expect(zip(table.pressures, [0.1, 1e3, 1e6]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    // 60 samples a bin, and one that may reach over from the neighbour.
    #expect((60...61).contains(cross.samplesPerBin))
    for (t, temperature) in table.temperatures.enumerated() {
      for (p, pressure) in table.pressures.enumerated() {
        for bin in 154..<158 {
          let first = table.index(temperature: t, pressure: p, bin: bin)
          let logs = table.logCrossSections[first..<first + 8]
          #expect(zip(logs, logs.dropFirst()).allSatisfy { $0 <= $1 })
          // Widths in wavenumber differ by 1 % across a bin and the cells at its ends are cut: below 0.5 % of the mean.
          let inside = Self.samples.filter { Int($0) == bin }
          let mean =
            inside.reduce(0.0) { $0 + Self.crossSection($1, temperature: temperature, pressure: pressure) }
            / 60
          #expect(abs(table.mean(temperature: t, pressure: p, bin: bin) / mean - 1) < 5e-3)
          // The least and the most of 60 samples lie within the outer shares, 5 % each: three samples.
          let sorted = inside.map { Self.crossSection($0, temperature: temperature, pressure: pressure) }
            .sorted()
          #expect(Double(exp(logs.first!)) < sorted[4] && Double(exp(logs.last!)) > sorted[55])
        }
      }
    }
    let beyond = table.index(temperature: 0, pressure: 0, bin: 153)
    #expect(table.logCrossSections[beyond] == OpacityTable.nothing)
  }

  @Test("One cross-section a bin stays one")
  func bins() throws {
    let cross = try CrossSectionImport(path: Self.path("bins"))
    let table = cross.table
    #expect(table.species == "H2O" && cross.samplesPerBin == 1)
    #expect(abs(cross.covered.lowerBound - 0.3) < 1e-9 && abs(cross.covered.upperBound / 16.0566 - 1) < 1e-4)
    for (t, temperature) in table.temperatures.enumerated() {
      for (p, pressure) in table.pressures.enumerated() {
        for bin in 0..<400 {
          // Stored by rising wavenumber: the last of 400 is the first bin.
          let expected = log(1e-26 * Double(400 - bin) * temperature * pressure)
          let first = table.index(temperature: t, pressure: p, bin: bin)
          for value in table.logCrossSections[first..<first + 8] {
            #expect(abs(Double(value) - expected) < 1e-5)
          }
        }
      }
    }
  }

  /// The spectrum through the imported distribution against the mean over the bin of spectra at its samples, which
  /// know no distribution. Eight points stand for a distribution over three decades: 1 % of the height it adds.
  @Test("A spectrum through the table is the mean of spectra at the samples")
  func spectrum() throws {
    let cross = try CrossSectionImport(path: Self.path("distribution"))
    let bytes = OpacityFile.bytes(
      cross.table, provenance: OpacityProvenance(method: "", sources: [], fidelity: ""), anchors: nil,
      command: "")
    guard case .distribution(let distribution) = try OpacityFileContent(bytes, name: "a", grid: .standard)
    else {
      Issue.record("the table was read as something else")
      return
    }
    let configuration = ModelConfiguration(
      name: "test",
      pressures: PressureGrid(bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 0.1), layerCount: 60),
      fill: .undiluted(heliumToHydrogen: 0.17, molarMass: 2.3), rayleigh: [:], opacityPressureCeiling: nil)
    let planet = PlanetAtmosphere(
      mass: Mass(jupiterMasses: 1), radius: Length(jupiterRadii: 1), stellarRadius: Length(solarRadii: 1),
      temperature: .isothermal(Temperature(kelvins: 1000)), gases: [TraceGas(.hydrogenCyanide, 1e-3)])
    let model = try SpectrumModel(
      configuration: configuration, grid: .standard, opacities: Opacities(distributions: [distribution]))
    let depth = try model.transitDepth(planet)

    let fine = SpectralGrid(wavelengths: Self.samples.map { 3e-7 * pow(1.01, $0) })
    let pressures = (0...140).map { 0.1 * pow(10, Double($0) / 20) }
    let sampled = try SpectrumModel(
      configuration: configuration, grid: fine,
      opacities: Opacities(crossSections: [
        CrossSectionTable(
          species: .hydrogenCyanide, temperatures: [1000], pressures: pressures,
          crossSections: pressures.flatMap { pressure in
            Self.samples.map { Self.crossSection($0, temperature: 1000, pressure: pressure) }
          }, grid: fine)
      ])
    ).transitDepth(planet)
    let bare = depth[0]
    for bin in 154..<158 {
      let mean = sampled[(bin - 154) * 60..<(bin - 153) * 60].reduce(0, +) / 60
      #expect(mean > bare * 1.01)
      #expect(abs(depth[bin] - mean) < 0.01 * (mean - bare))
    }
    #expect(depth[153] == bare && depth[158] == bare)
  }

  @Test(
    "What cannot be taken is refused with its reason",
    arguments: [
      ("no-xsecarr", "no dataset"), ("no-bin_edges", "bin_edges"), ("no-t", "t:"), ("no-p", "p:"),
      ("no-mol_name", "mol_name"), ("no-unit", "units"), ("odd-unit", "furlong"), ("wrong-shape", "shape"),
      ("edges", "edges between"), ("isotopologue", "--species"), ("negative", "-1e-25"), ("nan", "nan"),
      ("microns", "must be in cm-1"), ("twice", "500.0 stands there twice"),
      ("texts", "does not hold numbers"),
      ("k-table", "k-table"), ("huge", "2000000000 numbers"), ("huge-chunk", "chunks"),
    ])
  func refusals(name: String, mentioned: String) throws {
    // The fault and nothing else stops it: named, the gas of the file without a formula is taken.
    #expect {
      try CrossSectionImport(path: Self.path(name))
    } throws: { error in
      let text = "\(error)"
      return error is OpacityFileError && text.contains("\(name).h5") && text.contains(mentioned)
    }
  }

  @Test("A name given stands before the file's")
  func name() throws {
    for name in ["isotopologue", "no-mol_name"] {
      #expect(try CrossSectionImport(path: Self.path(name), species: "H2O").table.species == "H2O")
    }
  }

  @Test("What is no HDF5 file, is cut short or is not there, is told")
  func files() throws {
    #expect {
      try CrossSectionImport(path: Self.folder.appendingPathComponent("README.md").path)
    } throws: { "\($0)".contains("no HDF5 file") }
    #expect {
      try CrossSectionImport(path: Self.path("nothing"))
    } throws: { "\($0)".contains("cannot be opened") }
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.path("distribution")))
    let cut = FileManager.default.temporaryDirectory.appendingPathComponent("cut-\(UUID()).h5")
    defer { try? FileManager.default.removeItem(at: cut) }
    for length in stride(from: 0, to: whole.count, by: 997) {
      try whole.prefix(length).write(to: cut)
      #expect(throws: OpacityFileError.self) { try CrossSectionImport(path: cut.path) }
    }
  }
}
