import Atmospheres
import FITSFiles
import HDF5Files

/// An opacity table that cannot be taken: which file, and what is the matter with it.
package struct OpacityFileError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// The file cannot be opened or read.
    case unreadable
    /// Not FITS, or not a table of the layout in Etc/opacity/README.md.
    case notAnOpacityTable
    /// The table's numbers make no sense, or are for another grid.
    case badTable
  }

  package let code: Code
  /// Name of the file.
  package let file: String
  package let detail: String

  package init(_ code: Code, file: String, _ detail: String) {
    self.code = code
    self.file = file
    self.detail = detail
  }

  package var description: String { "\(file): \(detail)" }
}

extension OpacityFileError {
  init(_ error: HDF5Error) {
    self.init(
      error.code == .missing || error.code == .unexpected || error.code == .notHDF5
        ? .notAnOpacityTable : .unreadable,
      file: error.file, error.object.map { "\($0): \(error.detail)" } ?? error.detail)
  }
}
