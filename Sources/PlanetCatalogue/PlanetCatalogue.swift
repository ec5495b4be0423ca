import ContentHash
import Observations
import PlainText
import PlanetXML

/// Planet records of a folder, in memory, found by the names of their planets and stars.
///
/// A record that cannot be read is left out and listed in `faults`: it costs nobody else their context.
package struct PlanetCatalogue: Sendable {
  /// A planet with its host, and the record they stand in.
  struct Entry: Sendable {
    var file: String
    var systemNames: [String]
    var member: PlanetarySystem.Member
  }

  /// A file that was left out.
  package struct Fault: Sendable, Hashable {
    package var file: String
    /// Names the file, the line and the cure.
    package var sentence: String
  }

  package let directory: String
  /// SHA-256 over names and contents of all files read: what `LC_ALL=C sha256sum *.xml | sha256sum` prints in the
  /// folder.
  package let hash: String
  package let fileCount: Int
  package let faults: [Fault]
  package var planetCount: Int { entries.count }

  let entries: [Entry]
  /// Places in `entries` by `CatalogueName.key` of the planets' names, and of their stars' and systems' names.
  private var byPlanet: [String: [Int]] = [:]
  private var byHost: [String: [Int]] = [:]

  /// Reads all records of a folder. The files are strangers': call this where their worst is contained.
  package init(directory: String) throws(CatalogueError) {
    try self.init(folder: CatalogueFolder(path: directory))
  }

  package init(folder: CatalogueFolder) throws(CatalogueError) {
    var entries: [Entry] = []
    var faults: [Fault] = []
    var listing = ""
    var total = 0
    for file in folder.fileNames {
      let bytes: [UInt8]
      switch folder.content(of: file) {
      case .bytes(let content): bytes = content
      case .refused(let reason):
        faults.append(Fault(file: file, sentence: "\(printable(file)): \(reason)."))
        continue
      }
      total += bytes.count
      guard total <= CatalogueFolder.largestCatalogue else {
        throw CatalogueError(
          .tooLarge, directory: folder.path,
          detail: "its files have more than \(CatalogueFolder.largestCatalogue >> 20) MB together")
      }
      listing += "\(SHA256Digest(of: bytes).hexadecimal)  \(file)\n"
      do {
        let system = try PlanetRecordReader.read(bytes)
        for member in system.members {
          entries.append(Entry(file: file, systemNames: system.names, member: member))
        }
      } catch {
        faults.append(Fault(file: file, sentence: error.sentence(file: file)))
      }
    }
    directory = folder.path
    hash = SHA256Digest(of: listing).hexadecimal
    fileCount = folder.fileNames.count
    self.faults = faults
    self.entries = entries
    for (place, entry) in entries.enumerated() {
      Self.index(entry.member.planet.names, place, in: &byPlanet)
      Self.index(entry.hostNames, place, in: &byHost)
    }
  }

  private static func index(_ names: [String], _ place: Int, in index: inout [String: [Int]]) {
    for name in names {
      let key = CatalogueName.key(name)
      guard !key.isEmpty, index[key]?.last != place else { continue }
      index[key, default: []].append(place)
    }
  }

  func planets(named object: String) -> [Int] { byPlanet[key(object)] ?? [] }
  func hosts(named object: String) -> [Int] { byHost[key(object)] ?? [] }

  /// A name that the catalogue does not have is looked for with its constellation in full, or in short.
  func key(_ object: String) -> String {
    let key = CatalogueName.key(object)
    func isThere(_ key: String) -> Bool { byPlanet[key] != nil || byHost[key] != nil }
    return isThere(key) ? key : Constellation.variants(ofKey: key).first(where: isThere) ?? key
  }
}

extension PlanetCatalogue.Entry {
  /// Names of the stars that the planet circles, and of the whole system.
  var hostNames: [String] {
    switch member.host {
    case .star(let star): star.names + systemNames
    case .binary(let stars): stars.flatMap(\.names) + systemNames
    case .none: systemNames
    }
  }

  /// How much the catalogue's editors stand behind a planet: of records that share a name, the lowest goes first.
  enum Standing: Int {
    case accepted
    case candidate
    case controversial
    case retracted

    /// What is to be said of the planet; `nil` where nothing is.
    var remark: String? {
      switch self {
      case .accepted: nil
      case .candidate: "The catalogue lists the planet as a candidate."
      case .controversial: "The catalogue lists the planet as controversial: it may not exist."
      case .retracted: "The catalogue lists the planet as retracted: it may not exist."
      }
    }
  }

  var standing: Standing {
    let lists = member.planet.catalogueLists
    if lists.contains("Retracted planet candidate") { return .retracted }
    if lists.contains("Controversial") { return .controversial }
    if lists.contains("Kepler Objects of Interest") && !lists.contains("Confirmed planets") {
      return .candidate
    }
    return .accepted
  }
}
