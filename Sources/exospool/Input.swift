import ExospoolService
import Installation
import PosixFiles
import SystemPackage

/// What the operator hands in, read under the limit that the daemon has for it.
enum Input {
  /// What `-` is called in sentences.
  private static let standardInput = "standard input"

  /// - Parameter file: a path, or `-` for standard input.
  /// - Throws: what is larger than the limit is refused and never cut.
  static func read(_ file: String) throws(ToolError) -> [UInt8] {
    do {
      return file == "-"
        ? try PosixFiles.readStream(.standardInput, named: standardInput, limit: limit)
        : try PosixFiles.read(FilePath(file), limit: limit, followingLinks: true)
    } catch {
      guard case .tooLarge(let size) = error.code else { throw ToolError(error) }
      throw ToolError(
        .badData, at: error.place, InputFile.tooLarge(error.place, size: size, limit: limit), cause: error)
    }
  }

  /// `input_size_megabytes` of the environment, else of the installed configuration, else the default; bytes.
  static var limit: Int {
    let variable = "EXOSPOOL_INPUT_SIZE_MEGABYTES"
    return ConfigurationReader.inspect(
      file: InstalledConfiguration.isThere ? FilePath(InstalledConfiguration.path) : nil,
      environment: EnvironmentVariable.value(variable).map { [variable: $0] } ?? [:], settings: []
    ).configuration.inputSizeBytes
  }
}
