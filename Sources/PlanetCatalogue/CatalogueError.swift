/// Why a folder cannot serve as catalogue: a fault of the configuration, or of the disk.
package struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    case cannotOpen
    case noRecords
    case tooLarge
  }

  package var code: Code
  package var directory: String
  /// What was found, and the cure.
  package var detail: String

  package init(_ code: Code, directory: String, detail: String) {
    self.code = code
    self.directory = directory
    self.detail = detail
  }

  package var description: String { "catalogue_directory \(directory): \(detail)" }
}
