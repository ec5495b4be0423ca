/// Why an HDF5 file could not be read, in words its owner can act on.
package struct HDF5Error: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// The file cannot be opened.
    case unreadable
    /// The first bytes are no HDF5 file's.
    case notHDF5
    /// A dataset or attribute asked for is not there.
    case missing
    /// It is there, but of another type or shape.
    case unexpected
    /// More numbers than the caller takes.
    case tooLarge
    /// The library cannot deliver the data: the file is cut short, damaged, or compressed by a filter it lacks.
    case damaged
  }

  package let code: Code
  package let file: String
  /// The dataset or attribute at fault.
  package let object: String?
  package let detail: String

  package var description: String {
    object.map { "\(file), \($0): \(detail)" } ?? "\(file): \(detail)"
  }
}
