import PosixFiles
import SystemPackage

/// The folder that holds a catalogue's records, one `.xml` file a system; folders below it are not looked into.
package struct CatalogueFolder: Sendable {
  package let path: String
  /// Names of the records' files, sorted by their bytes.
  package let fileNames: [String]

  /// Real catalogues have 7,000 files of at most 20 kB.
  static let mostFiles = 100_000
  static let largestFile = 1 << 20
  static let largestCatalogue = 1 << 30

  /// Lists the folder; opens none of its files.
  package init(path: String) throws(CatalogueError) {
    self.path = path
    fileNames = try Self.names(in: path).filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard !fileNames.isEmpty else {
      let systems =
        (try? PosixFiles.status(FilePath("\(path)/systems"))) != nil ? "; is \(path)/systems meant?" : ""
      throw CatalogueError(
        .noRecords, directory: path,
        detail:
          "there is no .xml file in it; name the folder that holds the records of the Open Exoplanet Catalogue\(systems)"
      )
    }
  }

  private static func names(in path: String) throws(CatalogueError) -> [String] {
    let names: [FilePath.Component]
    do {
      names = try PosixFiles.names(in: FilePath(path), limit: mostFiles)
    } catch {
      throw CatalogueError(
        .cannotOpen, directory: path, detail: "the folder cannot be opened: \(error.reason)")
    }
    guard names.count <= mostFiles else {
      throw CatalogueError(
        .tooLarge, directory: path, detail: "it holds more than \(mostFiles) files; is it the right folder?")
    }
    return names.map(\.string)
  }

  enum Content {
    case bytes([UInt8])
    /// Left out; a sentence without its full stop.
    case refused(String)
  }

  /// One file, whole. Links are not followed, and nothing but a regular file is read.
  func content(of name: String) -> Content {
    do {
      return .bytes(try PosixFiles.read(FilePath("\(path)/\(name)"), limit: Self.largestFile))
    } catch {
      let reason =
        switch error.code {
        case .isLink: "it is a symbolic link, which is not followed; put the file itself there"
        case .notRegular: "it is not a regular file"
        case .tooLarge: "it has more than \(Self.largestFile >> 10) kB; a record has at most 20"
        case .changed: "it grew while it was read"
        case .missing, .exists, .notPermitted, .system: "it cannot be opened: \(error.reason)"
        }
      return .refused(reason)
    }
  }
}
