import PlainText

/// The bytes of a document as UTF-8, with what had to be assumed to get there.
struct XMLText {
  var utf8: [UInt8]
  var remarks: [String] = []

  /// - Parameter bytes: UTF-8 (with or without byte-order mark), UTF-16 with one, or what the XML declaration names.
  ///
  /// A record's numbers are ASCII whatever its encoding, so a stray byte in a name or a description is replaced and
  /// remarked, and does not cost the whole record.
  init(decoding bytes: [UInt8]) throws(PlanetXMLError) {
    self = try Self.decode(bytes)
    if let nul = utf8.firstIndex(of: 0) {
      throw PlanetXMLError(
        .nulByte, line: Self.line(of: nul, in: utf8), finding: "a NUL character stands in the text",
        cure: "A planet record is plain text; was this file damaged, or is it another format")
    }
  }

  private init(utf8: [UInt8], remarks: [String] = []) {
    self.utf8 = utf8
    self.remarks = remarks
  }

  private static func decode(_ bytes: [UInt8]) throws(PlanetXMLError) -> XMLText {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return XMLText(utf8: transcodeUTF16(bytes))
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let declared = declaredEncoding(body)?.lowercased() ?? "utf-8"
    if latin1Names.contains(declared) { return XMLText(utf8: transcodeLatin1(body)) }
    let isUnicode = ["utf-8", "utf8", "us-ascii", "ascii"].contains(declared)
    let repair = UTF8Repair(of: body)
    guard let firstFault = repair.firstFault else {
      return XMLText(
        utf8: body,
        remarks: isUnicode
          ? [] : ["Line 1 declares the encoding \(printable(declared)); the file was read as UTF-8."])
    }
    let line = line(of: firstFault, in: body)
    guard isUnicode else {
      throw PlanetXMLError(
        .encoding, line: line,
        finding: "the file declares the encoding \(printable(declared)), which is not read here",
        cure: "Save it as UTF-8, for example with iconv -t UTF-8")
    }
    guard repair.faultCount <= mostStrayBytes else {
      throw PlanetXMLError(
        .encoding, line: line,
        finding: "more than \(mostStrayBytes) bytes are not UTF-8, from this line on",
        cure: "Save the file as UTF-8, for example with iconv -t UTF-8; or was it damaged?")
    }
    return XMLText(
      utf8: repair.repaired,
      remarks: ["Line \(line) holds bytes that are not UTF-8; they are shown as \u{FFFD}."])
  }

  /// Names and descriptions hold a few; more is another encoding or no text at all.
  private static let mostStrayBytes = 1000

  private static let latin1Names: Set<String> = ["iso-8859-1", "latin1", "latin-1", "iso8859-1"]

  /// ISO 8859-1: each byte is the code point of the same number.
  private static func transcodeLatin1(_ bytes: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return Array(String(text).utf8)
  }

  private static func transcodeUTF16(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes[0] == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = 2
    while index + 1 < bytes.count {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The encoding of `<?xml ... encoding="..."?>`, if the document starts so.
  private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
    guard bytes.starts(with: Array("<?xml".utf8)) else { return nil }
    guard let end = bytes.prefix(200).firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let declaration = String(decoding: bytes[..<end], as: UTF8.self)
    guard let key = declaration.firstRange(of: "encoding") else { return nil }
    let rest = declaration[key.upperBound...].drop { $0 == " " || $0 == "=" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != quote })
  }

  /// Line of a byte, from 1.
  static func line(of index: Int, in bytes: [UInt8]) -> Int {
    1 + bytes[..<index].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}
