import Observations
import PlanetXML
import Testing

@Suite("Encodings")
struct EncodingTests {
  static let text =
    "<system><name>é</name><star><planet><name>é b</name><mass>1</mass></planet></star></system>"

  static func name(_ bytes: [UInt8]) throws -> (name: String, remarks: [String]) {
    let system = try PlanetRecordReader.read(bytes)
    return (try #require(system.names.first), system.remarks)
  }

  @Test("UTF-8 with a byte-order mark, and UTF-16 of either order")
  func unicode() throws {
    let units = Array(Self.text.utf16)
    let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)
    for bytes in [marked, little, big] {
      let result = try Self.name(bytes)
      #expect(result.name == "é" && result.remarks.isEmpty)
    }
  }

  @Test("Latin-1 as declared")
  func latin1() throws {
    let declaration = Array("<?xml version='1.0' encoding='ISO-8859-1'?>".utf8)
    let bytes = declaration + Self.text.unicodeScalars.map { UInt8($0.value) }
    #expect(try Self.name(bytes).name == "é")
  }

  @Test("a wrong declaration on UTF-8 text is remarked and does no harm")
  func wrongDeclaration() throws {
    for encoding in ["UTF-16", "KOI8-R", "x"] {
      let bytes = Array("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>".utf8) + Array(Self.text.utf8)
      let result = try Self.name(bytes)
      #expect(result.name == "é")
      #expect(result.remarks.count == 1, "\(encoding)")
    }
  }

  @Test("stray bytes are replaced and remarked with their line; the numbers survive")
  func invalidUTF8() throws {
    let bytes = Array("<system>\n<name>a".utf8) + [0xE9] + Array("b</name></system>".utf8)
    let result = try Self.name(bytes)
    #expect(result.name == "a\u{FFFD}b")
    #expect(result.remarks.first?.hasPrefix("Line 2 holds bytes that are not UTF-8") == true)
  }

  @Test("UTF-8 is judged at each of its edges as the standard library judges it")
  func wellFormed() throws {
    let firsts: [UInt8] = [
      0x80, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    let edges: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
    var sequences = firsts.flatMap { first in edges.map { [first, $0] } }
    sequences += sequences.flatMap { pair in [0x7F, 0x80, 0xBF, 0xC0].map { pair + [$0] } }
    sequences += sequences.filter { $0.count == 3 }.flatMap { start in [0x7F, 0xBF].map { start + [$0] } }
    for sequence in sequences {
      let bytes = Array("<system><name>a".utf8) + sequence + Array("</name></system>".utf8)
      let isWellFormed = String(validating: sequence, as: UTF8.self) != nil
      // U+FFFE and U+FFFF are well-formed UTF-8, but no characters of XML.
      guard let result = try? Self.name(bytes) else {
        #expect(sequence.starts(with: [0xEF, 0xBF, 0xBF]), "\(sequence)")
        continue
      }
      #expect(result.remarks.contains { $0.contains("not UTF-8") } != isWellFormed, "\(sequence)")
    }
  }

  @Test("thousands of stray bytes are another encoding or no text: refused, and soon")
  func strayBytes() {
    let bytes = Array("<system>\n<name>".utf8) + [UInt8](repeating: 0xE9, count: 1 << 20)
    #expect {
      try PlanetRecordReader.read(bytes)
    } throws: { error in
      (error as? PlanetXMLError)?.code == .encoding && (error as? PlanetXMLError)?.line == 2
    }
  }

  @Test("an encoding that is not read is refused where it matters")
  func unreadEncoding() {
    let bytes = Array("<?xml version='1.0' encoding='Shift_JIS'?>\n<system><name>".utf8) + [0x83, 0x41]
    #expect {
      try PlanetRecordReader.read(bytes)
    } throws: { error in
      (error as? PlanetXMLError)?.code == .encoding && (error as? PlanetXMLError)?.line == 2
    }
  }
}
