import ArgumentParser
import Foundation
import MolecularBands
import OpacityFiles

struct ImportOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make an opacity table of cross-sections in HDF5.",
    discussion: """
      Reads cross-sections as TauREx 3 and ExoMolOP write them: datasets xsecarr (pressure x temperature x wavenumber, \
      cm2 a molecule), bin_edges (cm-1), t (K), p with an attribute units, mol_name. Bins of the model's grid that \
      hold eight samples or more get a k-distribution of eight points, others one cross-section; beyond the file's \
      wavenumbers the gas does not absorb. One spectrum is held in memory at a time.

      The table takes the place of the gas's own: no directory of tables may hold a gas twice.

      Examples:
        exospool-lab opacity import 1H2-16O__POKAZATEL.R15000.TauREx.h5 --output tables/H2O.fits
        exospool-lab opacity import TiO.h5 --species TiO --output tables/TiO.fits
      """)

  @Argument(help: "Cross-sections in HDF5.", completion: .file(extensions: ["h5", "hdf5"]))
  var file: String

  @Option(name: .shortAndLong, help: "The table to write, FITS.", completion: .file(extensions: ["fits"]))
  var output: String

  @Option(help: "The gas, such as H2O, where mol_name does not give its formula.")
  var species: String?

  @Option(
    help: ArgumentHelp(
      "What the table is expected to be off by in ln of the mean, and in the mean of ln, as 0.15,0.3.",
      valueName: "error,error"))
  var error: String?

  private func statedError() throws -> [StatedError] {
    guard let error else { return [] }
    let values = error.split(separator: ",").compactMap { Double($0) }
    guard values.count == 2, values.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw ValidationError("--error takes two numbers, such as 0.15,0.3, not \"\(error)\".")
    }
    return [
      StatedError(
        wavelengths: 0.3...16.1, temperatures: 0...4000, logOfMean: values[0], meanOfLog: values[1])
    ]
  }

  func validate() throws { _ = try statedError() }

  func run() throws {
    let cross = try CrossSectionImport(path: file, species: species) { done, all in
      note("temperature \(done) of \(all)")
    }
    let table = cross.table
    let name = Files.name(file)
    let covered = String(format: "%.2f-%.2f um", cross.covered.lowerBound, cross.covered.upperBound)
    let provenance = OpacityProvenance(
      method: cross.samplesPerBin < KQuadrature.weights.count
        ? "one cross-section a bin" : "k-distributions of some \(cross.samplesPerBin) samples a bin",
      sources: ["cross-sections of \(name)" + (cross.reference.map { ", \($0)" } ?? "")],
      fidelity: "that of the cross-sections; bins covered: \(covered)")
    let arguments =
      (species.map { " --species \($0)" } ?? "") + (error.map { " --error \($0)" } ?? "")
      + " --output \(table.species).fits"
    let bytes = OpacityFile.bytes(
      table, provenance: provenance, anchors: nil, errors: try statedError(),
      command: "exospool-lab opacity import \(name)\(arguments)")
    try Files.write(bytes, to: output)
    print(
      "\(output): \(table.species), \(table.temperatures.count) temperatures x \(table.pressures.count) pressures, "
        + "\(covered), \(provenance.method)")
  }
}
