package import Observations
import PlainText
import Units

/// Reads Open Exoplanet Catalogue records: one `<system>` a file, with stars, binaries to any depth and planets.
///
/// The catalogue's own schema is no gate (no real record passes it): unknown elements are remarked, the order of
/// children is free, and what a record does not say stays absent.
package enum PlanetRecordReader {
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - limits: what is refused unread.
  /// - Returns: every planet of the record with the stars it circles, in SI.
  package static func read(
    _ bytes: [UInt8], limits: XMLLimits = XMLLimits()
  ) throws(PlanetXMLError) -> PlanetarySystem {
    try refuseOtherThanXML(bytes, limits: limits)
    let text = try XMLText(decoding: bytes)
    let root = try XMLParser.tree(of: text, limits: limits)
    guard root.name == "system" else { throw wrongRoot(root) }
    for name in ["planet", "star"] {
      let count = root.count(of: name)
      guard count <= limits.bodies else {
        throw PlanetXMLError(
          .tooManyBodies, line: root.line,
          finding: "the record has \(count) \(name)s, a system may have \(limits.bodies)",
          cure: "Submit one planetary system a file")
      }
    }
    var reading = RecordReading(remarks: text.remarks)
    return reading.system(root)
  }

  /// What can be told from size and first bytes alone, before the parser sees the file.
  private static func refuseOtherThanXML(_ bytes: [UInt8], limits: XMLLimits) throws(PlanetXMLError) {
    guard bytes.count <= limits.bytes else {
      throw PlanetXMLError(
        .tooLarge, finding: "the file has \(bytes.count) bytes, a planet record may have \(limits.bytes)",
        cure: "Submit one planetary system a file")
    }
    let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard !isBlank else {
      throw PlanetXMLError(
        .empty, finding: bytes.isEmpty ? "the file is empty" : "the file holds nothing but white space",
        cure: "Submit the record again; was the disk full when it was written?")
    }
    let hasByteOrderMark = [[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF]].contains {
      bytes.starts(with: $0)
    }
    let start = bytes.drop { $0 <= 0x20 }.prefix(14)
    guard !start.isEmpty else {
      throw PlanetXMLError(
        .nulByte, line: 1, finding: "the file holds NUL bytes in place of text",
        cure: "Was it copied completely? Submit it again")
    }
    let opening = String(decoding: start, as: UTF8.self).lowercased()
    guard !opening.hasPrefix("<html"), !opening.hasPrefix("<!doctype html") else {
      throw PlanetXMLError(
        .wrongRoot, line: 1, finding: "this is a web page (HTML), not a planet record",
        cure: "Download the raw XML file")
    }
    guard hasByteOrderMark || start.first == UInt8(ascii: "<") else {
      let start = printable(String(decoding: bytes.prefix(24), as: UTF8.self), limit: 24)
      throw PlanetXMLError(
        .notXML, line: 1, finding: "this is not XML: it starts with \"\(start)\"",
        cure: "A planet record starts with <system>")
    }
  }

  private static func wrongRoot(_ root: XMLElement) -> PlanetXMLError {
    let name = printable(root.name, limit: 40)
    let (finding, cure): (String, String) =
      switch root.name.lowercased() {
      case "systems":
        (
          "this is a whole catalogue (<systems>), not one record",
          "Submit one file for each <system>, as in the catalogue's systems folder"
        )
      case "html": ("this is a web page (HTML), not a planet record", "Download the raw XML file")
      case "votable":
        (
          "this is a VOTable, not a planet record",
          "Convert a planetary system into a <system> record, and a spectrum into FITS or plain columns"
        )
      case "result" where root.namespace == ResultNamespace.uri:
        ("this is a result of exospool, not a planet record", "Submit the record it was made from")
      default:
        (
          "the outermost element is <\(name)>, not <system>",
          "Submit an Open Exoplanet Catalogue record, which starts with <system>"
        )
      }
    return PlanetXMLError(.wrongRoot, line: root.line, finding: finding, cure: cure)
  }
}

/// One pass over the tree of a record.
private struct RecordReading {
  /// What concerns the record as a whole.
  var remarks: [String]
  private var members: [PlanetarySystem.Member] = []
  private var unknown: [(name: String, line: Int)] = []
  private var unknownNames: Set<String> = []

  init(remarks: [String]) { self.remarks = remarks }

  mutating func system(_ root: XMLElement) -> PlanetarySystem {
    let names = names(of: root)
    noteUnknown(in: root)
    for child in root.children {
      switch child.name {
      case "star": star(child)
      case "binary": binary(child)
      case "planet": planet(child, host: .none, hostRemarks: [])
      default: break
      }
    }
    if members.isEmpty { remarks.append("The record holds no planet.") }
    if !unknown.isEmpty {
      let list = unknown.prefix(8).map { "<\(printable($0.name, limit: 40))> (line \($0.line))" }
      let more = unknown.count > list.count ? " and \(unknown.count - list.count) more" : ""
      remarks.append("Not known and left aside: \(list.joined(separator: ", "))\(more).")
    }
    return PlanetarySystem(names: names, members: members, remarks: remarks)
  }

  /// A star and the planets that circle it alone.
  private mutating func star(_ element: XMLElement) {
    noteUnknown(in: element)
    var remarks: [String] = []
    let host = PlanetHost.star(describe(element, remarks: &remarks))
    for child in element.children(named: "planet") { planet(child, host: host, hostRemarks: remarks) }
  }

  /// A binary: its members may be stars or binaries again; its own planets circle all of them.
  private mutating func binary(_ element: XMLElement) {
    noteUnknown(in: element)
    let planets = element.children(named: "planet")
    if !planets.isEmpty {
      var remarks: [String] = []
      let host = PlanetHost.binary(stars(below: element, remarks: &remarks))
      for child in planets { planet(child, host: host, hostRemarks: remarks) }
    }
    for child in element.children {
      switch child.name {
      case "star": star(child)
      case "binary": binary(child)
      default: break
      }
    }
  }

  private func stars(below element: XMLElement, remarks: inout [String]) -> [Star] {
    var result: [Star] = []
    for child in element.children {
      switch child.name {
      case "star": result.append(describe(child, remarks: &remarks))
      case "binary": result += stars(below: child, remarks: &remarks)
      default: break
      }
    }
    return result
  }

  private func describe(_ element: XMLElement, remarks: inout [String]) -> Star {
    var star = Star(names: names(of: element))
    star.mass = MeasurementField.starMass.read(in: element, remarks: &remarks)
    star.radius = MeasurementField.starRadius.read(in: element, remarks: &remarks)
    star.temperature = MeasurementField.starTemperature.read(in: element, remarks: &remarks)
    star.metallicity = MeasurementField.metallicity.read(in: element, remarks: &remarks)
    star.age = MeasurementField.starAge.read(in: element, remarks: &remarks)
    star.spectralType = element.children(named: "spectraltype").first
      .map { printable($0.text.trimmed, limit: 80) }.flatMap { $0.isEmpty ? nil : $0 }
    return star
  }

  private mutating func planet(_ element: XMLElement, host: PlanetHost, hostRemarks: [String]) {
    noteUnknown(in: element)
    var remarks: [String] = []
    var planet = Planet(names: names(of: element))
    if planet.names.isEmpty {
      planet.names = ["unnamed planet \(members.count + 1)"]
      remarks.append("Line \(element.line): the planet has no name.")
    }
    readMass(of: element, into: &planet, remarks: &remarks)
    planet.radius = MeasurementField.planetRadius.read(in: element, remarks: &remarks)
    planet.temperature = MeasurementField.planetTemperature.read(in: element, remarks: &remarks)
    planet.semimajorAxis = MeasurementField.semimajorAxis.read(in: element, remarks: &remarks)
    planet.period = MeasurementField.period.read(in: element, remarks: &remarks)
    planet.eccentricity = MeasurementField.eccentricity.read(in: element, remarks: &remarks)
    planet.loveNumber = MeasurementField.loveNumber.read(in: element, remarks: &remarks)
    planet.ironToMagnesiumSilicon =
      MeasurementField.ironToMagnesiumSilicon.read(in: element, remarks: &remarks)
    planet.metallicity = MeasurementField.metallicity.read(in: element, remarks: &remarks)
    planet.catalogueLists = element.children(named: "list").map { $0.text.trimmed }.filter { !$0.isEmpty }
      .prefix(Self.mostNames).map { printable($0, limit: 200) }
    let satellites = element.children(named: "satellite").count
    if satellites > 0 { remarks.append("Its satellites (\(satellites)) are not analysed.") }
    let all = remarks + hostRemarks
    let kept = Array(all.prefix(Self.mostRemarks))
    let rest = all.count > kept.count ? ["And \(all.count - kept.count) remarks more of the reader."] : []
    members.append(PlanetarySystem.Member(planet: planet, host: host, remarks: kept + rest))
  }

  /// A true mass is preferred to m sin i where a record gives both.
  private func readMass(of element: XMLElement, into planet: inout Planet, remarks: inout [String]) {
    let field = MeasurementField.planetMass
    func isMinimum(_ mass: XMLElement) -> Bool {
      mass[attribute: "type"].map { $0.trimmed.lowercased() == "msini" } ?? false
    }
    let trueMass = field.read(in: element, where: { !isMinimum($0) }, remarks: &remarks)
    let minimumMass = field.read(in: element, where: isMinimum, remarks: &remarks)
    if trueMass?.value == nil, let minimumMass {
      planet.mass = minimumMass
      planet.massIsMinimum = true
    } else {
      planet.mass = trueMass
    }
    if trueMass != nil && minimumMass != nil {
      let chosen = planet.massIsMinimum ? "m sin i, as the true mass has no value" : "the true mass"
      remarks.append("The record gives a mass and m sin i; \(chosen) counts.")
    }
  }

  /// What a person still reads of one planet: a damaged record could yield a remark for every element.
  private static let mostRemarks = 40
  private static let mostNames = 100

  /// Names in order, without repeats, white space made single blanks, none longer than a line, at most 100.
  private func names(of element: XMLElement) -> [String] {
    var seen: Set<String> = []
    var names: [String] = []
    for child in element.children(named: "name") where names.count < Self.mostNames {
      let words = child.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let name = printable(words, limit: 200)
      if !name.isEmpty, seen.insert(name).inserted { names.append(name) }
    }
    return names
  }

  private mutating func noteUnknown(in element: XMLElement) {
    for child in element.children where !Self.knownElements.contains(child.name) {
      if unknownNames.insert(child.name).inserted { unknown.append((child.name, child.line)) }
    }
  }

  /// The catalogue's vocabulary (its schema, and what its records use besides), and our extensions.
  private static let knownElements: Set<String> = [
    "age", "ascendingnode", "asteroid", "binary", "constellation", "declination",
    "description", "discoverymethod", "discoveryyear", "distance", "eccentricity", "epoch", "image",
    "imagedescription", "impactparameter", "inclination", "irontomagnesiumsilicon", "istransiting",
    "lastupdate", "list", "longitude", "lovenumber", "magB", "magH", "magI", "magJ", "magK", "magR", "magU",
    "magV", "mass", "maximumrvtime", "meananomaly", "metallicity", "name", "new", "periastron",
    "periastrontime", "period", "planet", "positionangle", "radius", "rightascension", "satellite",
    "semimajoraxis", "separation", "spectraltype", "spinorbitalignment", "star", "temperature", "tilt",
    "transittime", "videolink",
  ]
}
