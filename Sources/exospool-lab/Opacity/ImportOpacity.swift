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
    let arguments = (species.map { " --species \($0)" } ?? "") + " --output \(table.species).fits"
    let bytes = OpacityFile.bytes(
      table, provenance: provenance, anchors: nil, command: "exospool-lab opacity import \(name)\(arguments)")
    try Files.write(bytes, to: output)
    print(
      "\(output): \(table.species), \(table.temperatures.count) temperatures x \(table.pressures.count) pressures, "
        + "\(covered), \(provenance.method)")
  }
}
