import ArgumentParser
import OpacityFiles

struct RecoverOpacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Write the tables of H2O, CH4, CO2, CO that were recovered of the ExoGAN training set.",
    discussion: """
      Writes H2O, CH4 and CO2 over temperature and pressure, with laws of level, width and skew, and all four and the collision-induced absorption as the \
      configuration exogan-2018 has them (NAME-exogan-2018.fits). CO with a temperature law comes of `opacity make`. \
      The same files give the same bytes.

      Example:
        exospool-lab opacity recover --level opacity_1500K.fits --law temperature_law.fits --shapes Etc/opacity/laws/shapes.fits
      """)

  @Option(help: "Levels at 1500 K, FITS.", completion: .file(extensions: ["fits"]))
  var level: String

  @Option(help: "Temperature law, 300 to 3000 K, FITS.", completion: .file(extensions: ["fits"]))
  var law: String

  @Option(
    help: "Laws of level, width and skew, FITS, as Etc/opacity/fit-shapes.py makes them.",
    completion: .file(extensions: ["fits"]))
  var shapes: String

  @OptionGroup var destination: OpacityDestination

  func run() throws {
    let output = try destination.directory()
    let (levelName, lawName, shapesName) = (Files.name(level), Files.name(law), Files.name(shapes))
    let recovered = try RecoveredOpacity(
      level: Files.read(level), named: levelName, law: Files.read(law), named: lawName,
      shapes: Files.read(shapes), named: shapesName)
    let command =
      "exospool-lab opacity recover --level \(levelName) --law \(lawName)"
    for gas in RecoveredOpacity.lawfulGases {
      try write(recovered.table(gas, command: "\(command) --shapes \(shapesName)"), "\(gas).fits", to: output)
    }
    for gas in RecoveredOpacity.gases {
      try write(recovered.exoGAN2018Table(gas, command: command), "\(gas)-exogan-2018.fits", to: output)
    }
    try write(recovered.collisions(command: command), "CIA-exogan-2018.fits", to: output)
  }

  private func write(_ bytes: [UInt8], _ name: String, to output: String) throws {
    let path = "\(output)/\(name)"
    try Files.write(bytes, to: path)
    print("\(path): \(bytes.count / 1024) KiB")
  }
}
