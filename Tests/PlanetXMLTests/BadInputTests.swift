import Foundation
import NumericalMethods
import Observations
import PlanetXML
import Testing

/// What people, networks and enemies may drop into the inbox: each ends in one error that names line and cure.
@Suite("Bad input")
struct BadInputTests {
  static func fault(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) -> PlanetXMLError? {
    do {
      _ = try PlanetRecordReader.read(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  static func fault(_ text: String) -> PlanetXMLError? { fault(Array(text.utf8)) }

  @Test(
    "each kind of bad input has its own sentence",
    arguments: [
      ("", PlanetXMLError.Code.empty, nil),
      (" \n\t\r\n", .empty, nil),
      ("hello", .notXML, 1),
      ("name,mass\nb,3\n", .notXML, 1),
      ("<system><name>a</nam></system>", .malformed, 1),
      ("<system>\n<name>a</name>\n<mass>1<radius>\n</system>", .malformed, 4),
      ("<system>\n<name a=1>a</name>\n</system>", .malformed, 2),
      ("<system>\u{1}</system>", .malformed, 1),
      ("<system/>\n<system/>", .malformed, 2),
      ("<system>\n<name>a\0b</name></system>", .nulByte, 2),
      ("<system>\n<name>&nope;</name></system>", .entities, 2),
      ("<!DOCTYPE html>\n<html><body><p>404</body></html>", .wrongRoot, 1),
      ("\n<HTML><body>", .wrongRoot, 1),
      ("<?xml version=\"1.0\"?>\n<VOTABLE/>", .wrongRoot, 2),
      ("<systems><system/></systems>", .wrongRoot, 1),
      ("<planet><name>b</name></planet>", .wrongRoot, 1),
      ("<result xmlns=\"urn:exospool:result:1\"/>", .wrongRoot, 1),
    ] as [(String, PlanetXMLError.Code, Int?)])
  func kinds(text: String, code: PlanetXMLError.Code, line: Int?) throws {
    let fault = try #require(Self.fault(text))
    #expect(fault.code == code)
    #expect(fault.line == line)
    let sentence = fault.sentence(file: "in\nbox.xml")
    #expect(sentence.hasPrefix(line.map { "in\u{FFFD}box.xml, line \($0): " } ?? "in\u{FFFD}box.xml: "))
    #expect(!fault.cure.isEmpty && !sentence.contains("\n") && ".?".contains(sentence.last ?? " "))
  }

  @Test("a result of ours is not taken for a record")
  func ownResult() throws {
    let fault = try #require(Self.fault("<result xmlns=\"urn:exospool:result:1\"/>"))
    #expect(fault.finding.contains("result of exospool"))
  }

  @Test("an entity bomb is refused at its first declaration")
  func entityBomb() throws {
    var text = "<!DOCTYPE system [\n<!ENTITY a0 \"ha\">\n"
    for level in 1...40 { text += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">\n" }
    let fault = try #require(Self.fault(text + "]>\n<system><name>&a40;</name></system>"))
    #expect(fault.code == .entities)
    #expect(fault.line == 2)
  }

  @Test(
    "no external entity, subset or parameter entity is opened",
    arguments: [
      "<!DOCTYPE system [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><system><name>&x;</name></system>",
      "<!DOCTYPE system [<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;]><system><name>a</name></system>",
      "<!DOCTYPE system [<!ENTITY x PUBLIC \"p\" \"http://127.0.0.1:1/\" NDATA n>]><system/>",
      "<!DOCTYPE system SYSTEM \"file:///etc/passwd\"><system><name>&x;</name></system>",
    ])
  func externalEntities(text: String) throws {
    let fault = try #require(Self.fault(text))
    #expect(fault.code == .entities)
    #expect(!fault.sentence(file: "a.xml").contains("root:"))
  }

  @Test("a document type without entities is no obstacle")
  func harmlessDocumentType() {
    #expect(Self.fault("<!DOCTYPE system SYSTEM \"oec.dtd\"><system><name>a</name></system>") == nil)
  }

  @Test("deep nesting is refused where it gets too deep")
  func deepNesting() throws {
    let text = "<system>\n" + String(repeating: "<binary>\n", count: 100_000)
    let fault = try #require(Self.fault(text))
    #expect(fault.code == .tooDeep)
    #expect(fault.line == 65)
    let allowed = 60
    let nested =
      String(repeating: "<binary>", count: allowed) + String(repeating: "</binary>", count: allowed)
    #expect(Self.fault("<system>\(nested)</system>") == nil)
  }

  @Test("too many bytes, elements, attributes, planets")
  func counts() throws {
    var limits = XMLLimits()
    limits.bytes = 1000
    let padded = Array("<system>".utf8) + [UInt8](repeating: 0x20, count: 2000) + Array("</system>".utf8)
    #expect(Self.fault(padded, limits: limits)?.code == .tooLarge)
    #expect(Self.fault(padded) == nil)
    // Blank of any length but above the limit: refused by its size, before anything looks at it.
    #expect(Self.fault([UInt8](repeating: 0x3C, count: XMLLimits().bytes + 1))?.code == .tooLarge)

    let many = "<system>" + String(repeating: "<a/>", count: 400_001) + "</system>"
    #expect(Self.fault(many)?.code == .tooManyElements)

    let attributes = (0..<100_000).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(Self.fault("<system>\n<name \(attributes)/></system>")?.code == .tooManyAttributes)

    let planets = String(repeating: "<planet><name>b</name><mass>1</mass></planet>", count: 10_000)
    let fault = try #require(Self.fault("<system><star>\(planets)</star></system>"))
    #expect(fault.code == .tooManyBodies)
    #expect(fault.finding.contains("10000 planets"))
    let stars = String(repeating: "<star/>", count: 101)
    #expect(Self.fault("<system><binary><planet/>\(stars)</binary></system>")?.code == .tooManyBodies)
  }

  @Test("very long names of elements, attributes and people end in an answer")
  func longNames() {
    let long = String(repeating: "n", count: 2_000_000)
    #expect(Self.fault("<\(long)/>") != nil)
    #expect(Self.fault("<system \(long)=\"1\"/>") != nil)
    #expect(Self.fault("<system><name>\(long)</name></system>") == nil)
  }

  @Test("what a damaged record makes the reader say stays readable")
  func manyRemarks() throws {
    let children = (0..<5000).map { "<name>n\($0)</name><mass>x</mass><u\($0)/>" }.joined()
    let system = try PlanetRecordReader.read(Array("<system><planet>\(children)</planet></system>".utf8))
    #expect(system.members[0].planet.names.count == 100)
    #expect(system.members[0].remarks.count == 41)
    #expect(system.members[0].remarks.last == "And 4960 remarks more of the reader.")
    #expect(system.remarks.allSatisfy { $0.utf8.count < 400 })
  }

  /// Every proper prefix of a record that has not closed its root is "cut off", at the line where it ends.
  @Test("a record cut anywhere is truncated, never merely malformed")
  func truncation() throws {
    let file = CatalogueRecords.repository.appending(path: "Etc/examples/hot-sub-Neptune.xml")
    let bytes = Array(try Data(contentsOf: file))
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: ">")))
    for count in 1...end {
      let prefix = Array(bytes[..<count])
      let fault = try #require(Self.fault(prefix))
      #expect(fault.code == .truncated && fault.mayStillGrow, "\(count) bytes: \(fault)")
      let lines = 1 + prefix.count { $0 == 0x0A }
      #expect(fault.line.map { abs($0 - lines) <= 1 } == true, "\(count) bytes")
    }
  }

  /// Bytes replaced, removed, doubled, moved: whatever comes, an answer or a sentence, the same each time.
  @Test("thousands of mutations of the examples never crash the reader")
  func mutations() throws {
    let folder = CatalogueRecords.repository.appending(path: "Etc/examples")
    let records = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "xml" }
      .sorted { $0.path < $1.path }
      .map { Array(try Data(contentsOf: $0)) }
    #expect(records.count == 7)
    let tokens = [
      "<", ">", "&", "\"", "</", "<!--", "]]>", "<![CDATA[", "<!DOCTYPE", "<!ENTITY", "&#0;", "&#xD800;",
      "\0", "é",
      "<planet>", "</system>", "-1e999", "nan", "<?xml encoding='", "xmlns:a=''", "a:b",
    ].map { Array($0.utf8) }
    var random = SeededRandom(seed: 20_231)
    var outcomes: [String: Int] = [:]
    for round in 0..<6000 {
      var bytes = records[round % records.count]
      for _ in 0...Int(random.next() % 4) {
        let place = Int(random.next() % UInt64(bytes.count))
        let length = min(Int(random.next() % 40), bytes.count - place)
        switch random.next() % 5 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeSubrange(place..<place + length)
        case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case 3: bytes.insert(contentsOf: tokens[Int(random.next() % UInt64(tokens.count))], at: place)
        default:
          bytes.insert(contentsOf: bytes[place..<place + length], at: Int(random.next() % UInt64(place + 1)))
        }
        if bytes.isEmpty { bytes = [0x3C] }
      }
      if let fault = Self.fault(bytes) {
        outcomes[fault.code.rawValue, default: 0] += 1
        #expect(fault.finding.utf8.count < 1000 && !fault.cure.isEmpty)
      } else {
        outcomes["read", default: 0] += 1
      }
    }
    // The mutations are neither too mild nor too wild to test anything.
    #expect(outcomes["read", default: 0] > 300)
    #expect(outcomes["malformed", default: 0] > 1000)
  }
}
