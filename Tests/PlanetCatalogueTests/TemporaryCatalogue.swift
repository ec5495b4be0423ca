import Foundation
import PlanetCatalogue

/// A folder of records that is there as long as this value lives.
final class TemporaryCatalogue {
  let folder = FileManager.default.temporaryDirectory.appending(path: "exospool-\(UUID().uuidString)")
  var path: String { folder.path }

  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read() throws -> PlanetCatalogue { try PlanetCatalogue(directory: path) }
}

/// A record as the catalogue writes it.
enum Record {
  static func planet(_ names: [String], mass: Double = 1, list: String = "Confirmed planets") -> String {
    "<planet>\(names.map { "<name>\($0)</name>" }.joined())<list>\(list)</list><mass>\(mass)</mass>"
      + "<radius>1.2</radius><period>3</period></planet>"
  }

  static func star(_ names: [String], radius: Double = 1, _ planets: String...) -> String {
    "<star>\(names.map { "<name>\($0)</name>" }.joined())<mass>1</mass><radius>\(radius)</radius>"
      + "<temperature>6000</temperature>\(planets.joined())</star>"
  }

  static func system(_ name: String, _ content: String) -> String {
    "<system><name>\(name)</name>\(content)</system>"
  }

  static func single(_ star: String, mass: Double = 1, list: String = "Confirmed planets") -> String {
    system(star, Record.star([star], planet(["\(star) b"], mass: mass, list: list)))
  }
}
