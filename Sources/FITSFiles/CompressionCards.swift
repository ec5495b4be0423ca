/// Checks the raw cards by which cfitsio 4.2 recognises and reads a tile-compressed image (FITS standard 4.0,
/// section 10.1), for it reads them as soon as it comes to the HDU and trusts them.
///
/// It divides by a ZTILEn or ZVAL1 of zero, makes zero of a value it cannot read, leaves its buffer where it complains of a
/// long one (`ffc2j`), and takes a key that stands twice from either place.
struct CompressionCards {
  let number: Int

  /// - Parameters:
  ///   - header: its cards, END included.
  ///   - parsed: the same as this program reads it.
  func check(_ header: ArraySlice<UInt8>, parsed: FITSHeader) throws(FITSError) {
    let cards = stride(from: header.startIndex, to: header.endIndex, by: FITSStructure.cardLength).map {
      header[$0..<min($0 + FITSStructure.cardLength, header.endIndex)]
    }
    let named = cards.map { (name: CompressionCards.name(of: $0), card: $0) }
    guard named.contains(where: { $0.name == "ZIMAGE" && CompressionCards.value(of: $0.card).first == .T })
    else {
      return
    }
    guard parsed.logical("ZIMAGE") == true, ["BINTABLE", "A3DTABLE"].contains(parsed.text("XTENSION")) else {
      throw fault("a compressed image must be a binary table with one ZIMAGE of T", "ZIMAGE")
    }
    var seen: Set<String> = []
    for (name, card) in named where CompressionCards.isStructural(name) {
      guard card.dropFirst(8).starts(with: [.equals, .blank]), !card.starts(with: Array("HIERARCH".utf8))
      else {
        throw fault("the card must have `= ` in its columns 9 and 10", name)
      }
      guard seen.insert(name).inserted else { throw fault("the key stands twice", name) }
      if CompressionCards.integers.contains(name) { try checkInteger(name, card) }
      if CompressionCards.strings.contains(name) { try checkString(name, card) }
    }
    if let seed = parsed.integer("ZDITHER0"), !(1...10_000).contains(seed) {
      throw fault("ZDITHER0 is \(seed); it must lie between 1 and 10000", "ZDITHER0")
    }
    guard parsed.text("ZCMPTYPE")?.hasPrefix("RICE") == true else { return }
    for key in ["ZVAL1", "ZVAL2"] {
      guard let value = parsed[key] else { continue }
      // BLOCKSIZE and BYTEPIX (table 36), and block sizes of a few pixels, which cfitsio reads as well.
      guard case .integer(let value) = value.value, [1, 2, 4, 8, 16, 32].contains(value) else {
        throw fault("block size and bytes per pixel of RICE_1 must be powers of two up to 32", key)
      }
    }
  }

  /// A card's key as cfitsio sees it (`ffgknm`, `ffgcrd`): up to a blank or `=`, after HIERARCH up to the `=`; capitalised.
  static func name(of card: ArraySlice<UInt8>) -> String {
    if card.starts(with: Array("HIERARCH ".utf8)), card.contains(.equals) {
      return HeaderParser.text(card.dropFirst(9).prefix { $0 != .equals && $0 != 0 }).trimmingBlanks
        .uppercased()
    }
    return HeaderParser.text(card.prefix { $0 != .blank && $0 != .equals && $0 != 0 }).uppercased()
  }

  /// What follows the `=` and blanks.
  private static func value(of card: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    card.drop { $0 != .equals }.dropFirst().drop { $0 == .blank }
  }

  /// Keys that decide how the tiles are read.
  private static func isStructural(_ name: String) -> Bool {
    integers.contains(name) || strings.contains(name) || others.contains(name) || name.hasPrefix("TTYPE")
      || name.hasPrefix("TFORM")
  }

  private static let integers = Set(
    ["ZBITPIX", "ZNAXIS", "ZDITHER0", "ZBLANK", "BLANK"] + (1...6).flatMap { ["ZNAXIS\($0)", "ZTILE\($0)"] })
  private static let strings = Set(["ZCMPTYPE", "ZQUANTIZ", "ZNAME1", "ZNAME2"])
  private static let others = Set(["ZIMAGE", "ZVAL1", "ZVAL2", "ZSCALE", "ZZERO", "BSCALE", "BZERO"])

  private func checkInteger(_ name: String, _ card: ArraySlice<UInt8>) throws(FITSError) {
    let value = CompressionCards.value(of: card)
    let word = value.prefix { $0 != .blank && $0 != .slash }
    let rest = value.dropFirst(word.count).first { $0 != .blank }
    guard word.count <= 20, Int(HeaderParser.text(word)) != nil, rest == nil || rest == .slash else {
      throw fault("the key must hold an integer", name)
    }
  }

  private func checkString(_ name: String, _ card: ArraySlice<UInt8>) throws(FITSError) {
    let value = CompressionCards.value(of: card)
    guard value.first == .quote, let end = value.dropFirst().firstIndex(of: .quote),
      end - value.startIndex - 1 <= 68
    else {
      throw fault("the key must hold a string between two quotes", name)
    }
  }

  private func fault(_ detail: String, _ key: String) -> FITSError {
    FITSError(.malformed, detail, hdu: number, key: key)
  }
}

extension UInt8 {
  fileprivate static let blank = UInt8(ascii: " ")
  fileprivate static let equals = UInt8(ascii: "=")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let quote = UInt8(ascii: "'")
  fileprivate static let T = UInt8(ascii: "T")
}
