import Atmospheres
import FITSFiles
import Foundation
import Observations
import OpacityFiles
import Testing
import Units

@Suite("Opacity tables in files")
struct OpacityLibraryTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Etc/opacity").standardizedFileURL

  @Test("The shipped tables make both models")
  func shipped() throws {
    let library = try OpacityLibrary(directory: Self.folder.path)
    for name in ["H2O", "CH4", "CO2", "CO"] { #expect(library.species.contains(try Species(name))) }
    for configuration in [ModelConfiguration.physical, .exoGAN2018] {
      let model = try library.model(configuration)
      let planet = PlanetAtmosphere(
        mass: Mass(jupiterMasses: 0.7), radius: Length(jupiterRadii: 1.3),
        stellarRadius: Length(solarRadii: 1.1),
        temperature: .isothermal(Temperature(kelvins: 1200)),
        gases: [TraceGas(.water, 1e-3), TraceGas(.carbonDioxide, 1e-6)])
      let depth = try model.transitDepth(planet)
      // The water band at 1.4 um stands above the window at 1.3 um by scale heights of 5e-4 of the radius.
      func bin(_ micrometers: Double) -> Int {
        SpectralGrid.standard.wavelengths.firstIndex { $0 > micrometers * 1e-6 }!
      }
      #expect(depth[bin(1.4)] > depth[bin(1.28)] * 1.005)
      #expect(depth[bin(4.3)] > depth[bin(3.9)] * 1.005)
    }
  }

  /// A table of kind LNK with ln k = T/100 + 10 p-index + point: what comes back is what went in.
  @Test("A table of numbers is read as the layout says")
  func numbers() throws {
    let content = try OpacityFileContent(Self.table(), name: "test.fits", grid: Self.grid)
    guard case .distribution(let table) = content, case .local(let numbers) = table.form else {
      Issue.record("not a distribution of numbers")
      return
    }
    #expect(table.species.formula == "NH3" && table.weights == [0.4, 0.6])
    #expect(numbers.temperatures == [300, 600] && numbers.pressures == [1, 100])
    #expect(numbers.pointCount == 2 && numbers.binCount == 3)
  }

  @Test("PRESKIND tells local from chord-effective numbers")
  func tangentNumbers() throws {
    let content = try OpacityFileContent(
      Self.table(.pressureKind("TANGENT")), name: "test.fits", grid: Self.grid)
    guard case .distribution(let table) = content, case .tangentTable(let numbers) = table.form else {
      Issue.record("not a distribution of chord-effective numbers")
      return
    }
    #expect(numbers.pointCount == 2 && numbers.binCount == 3)
  }

  @Test(
    "What is no opacity table is refused with its reason",
    arguments: [
      (Change.kind("SPECTRUM"), "OPACTYPE"), (.version(2), "OPACVERS"), (.species("Xyz"), "Xyz"),
      (.pressureKind("LAYER"), "PRESKIND"), (.infinite, "finite"), (.bins, "bins"), (.truncated, ""),
    ])
  func refusals(change: Change, mentioned: String) throws {
    #expect {
      try OpacityFileContent(Self.table(change), name: "test.fits", grid: Self.grid)
    } throws: { error in
      let text = "\(error)"
      return error is OpacityFileError && text.contains("test.fits")
        && (mentioned.isEmpty || text.contains(mentioned))
    }
  }

  @Test("A directory without tables is told")
  func emptyDirectory() {
    #expect(throws: OpacityFileError.self) { try OpacityLibrary(directory: "/nonexistent") }
  }

  enum Change: Sendable {
    case none, kind(String), version(Int), species(String), pressureKind(String), infinite, bins, truncated
  }

  static let grid = SpectralGrid(first: Length(micrometers: 1), ratio: 1.2, count: 3)

  static func table(_ change: Change = .none) -> [UInt8] {
    var (kind, version, species, pressureKind) = ("LNK", 1, "NH3", "LOCAL")
    if case .kind(let other) = change { kind = other }
    if case .version(let other) = change { version = other }
    if case .species(let other) = change { species = other }
    if case .pressureKind(let other) = change { pressureKind = other }
    var pixels: [Double] = []
    for temperature in [300.0, 600] {
      for pressure in 0..<2 {
        for _ in 0..<3 {
          for point in 0..<2 { pixels.append(-temperature / 100 - 60 + Double(10 * pressure + point)) }
        }
      }
    }
    if case .infinite = change { pixels[5] = .infinity }
    var wavelengths = grid.wavelengths.map { $0 * 1e6 }
    if case .bins = change { wavelengths[1] *= 1.01 }
    func column(_ name: String, _ values: [Double]) -> FITSTable {
      FITSTable(name: name, rowCount: values.count, columns: [FITSColumn(name, values: .double(values))])
    }
    var quadrature = column("WEIGHT", [0.4, 0.6])
    quadrature.name = "QUADRATURE"
    var bins = column("WAVELENGTH", wavelengths)
    bins.name = "BINS"
    let bytes = FITSEncoder.encode(
      primary: FITSHeader([
        FITSCard("OPACTYPE", .text(kind)), FITSCard("OPACVERS", .integer(version)),
        FITSCard("SPECIES", .text(species)), FITSCard("PRESKIND", .text(pressureKind)),
      ]),
      [
        .table(quadrature), .table(bins), .table(column("TEMPERATURE", [300, 600])),
        .table(column("PRESSURE", [1, 100])),
        .image(FITSImage(name: "LNK", axes: [2, 3, 2, 2], pixels: pixels, precision: .float)),
      ])
    if case .truncated = change { return Array(bytes.prefix(bytes.count / 2)) }
    return bytes
  }
}
