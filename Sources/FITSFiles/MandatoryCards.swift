/// Headers whose mandatory cards stand in another order than the standard's (4.0, table 7), as some pipelines write them:
/// cfitsio refuses such files, though nothing in them is in doubt.
enum MandatoryCards {
  /// The bytes with those cards first and in their order; as they are where they are in order.
  static func ordered(_ bytes: [UInt8], _ structure: FITSStructure) -> [UInt8] {
    var result = bytes
    for unit in structure.units {
      let cards = cards(of: unit, in: bytes)
      let wanted = names(for: unit)
      let keys = cards.map { HeaderParser.text($0.prefix(8)).trimmingBlanks }
      guard !keys.starts(with: wanted) else { continue }
      let first = wanted.compactMap { keys.firstIndex(of: $0) }
      // A card that is missing is no question of order: cfitsio says which.
      guard first.count == wanted.count else { continue }
      let taken = Set(first)
      let order = first + cards.indices.filter { !taken.contains($0) }
      result.replaceSubrange(
        unit.headerStart..<unit.headerStart + cards.count * FITSStructure.cardLength,
        with: order.flatMap { cards[$0] })
    }
    return result
  }

  /// The cards before END.
  private static func cards(of unit: FITSStructure.Unit, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var cards: [ArraySlice<UInt8>] = []
    var place = unit.headerStart
    let end = Array("END     ".utf8)
    while place + FITSStructure.cardLength <= min(unit.dataStart, bytes.count) {
      let card = bytes[place..<place + FITSStructure.cardLength]
      if card.starts(with: end) { break }
      cards.append(card)
      place += FITSStructure.cardLength
    }
    return cards
  }

  private static func names(for unit: FITSStructure.Unit) -> [String] {
    let axes = max(0, min(unit.header.integer("NAXIS") ?? 0, 999))
    let isExtension = unit.number > 1
    let names =
      [isExtension ? "XTENSION" : "SIMPLE", "BITPIX", "NAXIS"] + (0..<axes).map { "NAXIS\($0 + 1)" }
    guard isExtension else { return names }
    return names + ["PCOUNT", "GCOUNT"] + (unit.header["TFIELDS"] == nil ? [] : ["TFIELDS"])
  }
}
