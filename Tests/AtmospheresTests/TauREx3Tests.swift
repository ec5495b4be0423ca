import Atmospheres
import Foundation
import Observations
import ReferenceData
import Testing
import Units

/// The seven spectra of TauREx 3.3.2 in the reference data, from the cross-sections they were made with.
@Suite("Spectra of TauREx 3.3.2", .needsReference("taurex3"))
struct TauREx3Tests {
  static let names = [
    "trans_iso_5mol_ray_cia", "trans_npt_5mol_ray_cia", "trans_iso_5mol_absonly", "trans_iso_H2Oonly_absonly",
    "emis_npt_5mol_ray_cia", "emis_npt_5mol_absonly", "emis_iso_5mol_absonly",
  ]

  /// TauREx stops adding contributions once tau > 10, which moves its own spectra by up to 1.3e-9; without continua
  /// both sides differ by rounding alone.
  @Test("Within 1e-8 in transmission and emission", arguments: names)
  func reproduces(name: String) throws {
    let reference = try TauREx3Case(name)
    let model = try reference.model()
    let spectrum: [Double] =
      name.hasPrefix("trans")
      ? try model.transitDepth(reference.planet)
      : try model.emission(reference.planet, star: .blackBody(Temperature(kelvins: 6070))).eclipseDepth
    var worst = 0.0
    for (ours, theirs) in zip(spectrum, reference.spectrum) { worst = max(worst, abs(ours / theirs - 1)) }
    #expect(spectrum.count == 399)
    #expect(worst < (name.contains("cia") ? 2e-9 : 1e-12))
  }
}

/// One case of the reference data, turned to ascending wavelength.
struct TauREx3Case {
  let planet: PlanetAtmosphere
  let spectrum: [Double]
  private let name: String
  private let configuration: ModelConfiguration
  private let folder: URL

  init(_ name: String) throws {
    self.name = name
    folder = try #require(ReferenceData.url("taurex3"))
    let json = try JSONDecoder().decode(
      Cases.self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
    let reference = json.cases[name]!
    let spectra = try ReferenceFITS(folder.appendingPathComponent("taurex3_spectra.fits"))
    spectrum = spectra[name].column("SPECTRUM").reversed()
    let layers = spectra[name + "_LAYERS"]

    let constants = json.constants
    let gases = try reference.gases.filter { $0.key != "H2" && $0.key != "He" }.sorted { $0.key < $1.key }
      .map { TraceGas(try Species($0.key), $0.value) }
    // TauREx's mean molar mass comes from masses of its own: what hydrogen must weigh to give the same.
    let meanMolarMass = layers.column("mu")[0] / constants.AMU
    let others =
      gases.reduce(0.0) { $0 + reference.gases[$1.species.formula]! * $1.species.molarMass }
      + reference.gases["He"]! * Species.helium.molarMass
    let hasContinua = name.contains("ray")
    configuration = ModelConfiguration(
      name: "taurex3",
      constants: PhysicalConstants(
        gravitational: constants.G, boltzmann: constants.KBOLTZ, atomicMass: constants.AMU,
        planck: constants.PLANCK, speedOfLight: constants.SPDLIGT),
      pressures: PressureGrid(
        bottom: Pressure(pascals: 1e6), top: Pressure(pascals: 1e-4), layerCount: reference.nlayers),
      fill: .diluted(heliumToHydrogen: 0.172),
      molarMasses: [.hydrogen: (meanMolarMass - others) / reference.gases["H2"]!],
      rayleigh: hasContinua ? RayleighScattering.standard : [:])
    planet = PlanetAtmosphere(
      mass: Mass(kilograms: reference.Mp_kg), radius: Length(meters: reference.Rp_m),
      stellarRadius: Length(meters: reference.Rs_m),
      temperature: .points(
        zip(configuration.pressures.layers, layers.column("T")).map {
          PressureTemperaturePoint(pressure: Pressure(pascals: $0), temperature: Temperature(kelvins: $1))
        }), gases: gases)
  }

  func model() throws -> SpectrumModel {
    let file = try ReferenceFITS(folder.appendingPathComponent("taurex3_cross_sections.fits"))
    let wavenumbers = file["AXIS_WN"].image
    let grid = SpectralGrid(wavelengths: wavenumbers.reversed().map { 1e-2 / $0 })
    let tables = try planet.gases.map { gas in
      try CrossSectionTable(
        species: gas.species, temperatures: file["AXIS_T"].image, pressures: file["AXIS_P"].image,
        crossSections: reversedRows(file[gas.species.formula].image, length: grid.count).map { $0 * 1e-4 },
        grid: grid)
    }
    let collisions = try [("H2-H2", Species.hydrogen), ("H2-He", Species.helium)].map { name, partner in
      try CollisionInducedAbsorption(
        pair: (.hydrogen, partner), temperatures: file["CIA_\(name)_T"].image,
        coefficients: reversedRows(file["CIA_\(name)_SIGMA"].image, length: grid.count).map { $0 * 1e-10 },
        grid: grid)
    }
    return try SpectrumModel(
      configuration: configuration, grid: grid,
      opacities: Opacities(crossSections: tables, collisions: name.contains("cia") ? collisions : []))
  }

  private struct Cases: Decodable {
    struct Constants: Decodable { let AMU, KBOLTZ, G, PLANCK, SPDLIGT: Double }
    struct Case: Decodable {
      let nlayers: Int
      let gases: [String: Double]
      let Rp_m, Mp_kg, Rs_m: Double
    }
    let constants: Constants
    let cases: [String: Case]
  }
}

/// Each row of a row-major matrix turned round.
func reversedRows(_ values: [Double], length: Int) -> [Double] {
  stride(from: 0, to: values.count, by: length).flatMap { values[$0..<$0 + length].reversed() }
}
