/// How a table column is stored: TTYPE, TFORM, TUNIT and what goes with them.
package struct FITSColumnForm: Sendable, Hashable {
  package enum Storage: Sendable, Hashable {
    case logical, bits, byte, short, int, long, float, double, complex, doubleComplex, text

    /// Bytes of one element; of `bits`, of eight.
    var width: Int {
      switch self {
      case .logical, .bits, .byte, .text: 1
      case .short: 2
      case .int, .float: 4
      case .long, .double, .complex: 8
      case .doubleComplex: 16
      }
    }
  }

  /// Column number from 1.
  package var number: Int
  /// TTYPE as the file writes it, without blanks around it; empty where there is none.
  package var name: String
  /// TUNIT; empty where there is none.
  package var unit: String
  package var storage: Storage
  /// Elements a cell; of text, its characters. Of a variable-length column, 0 or 1.
  package var repeatCount: Int
  /// Bytes of each heap pointer (8 for P, 16 for Q); `nil` where cells lie in the row.
  var pointerWidth: Int?
  /// Where the cell begins in its row, bytes.
  var offset: Int
  /// Bytes of the cell in its row.
  var cellWidth: Int

  package var isVariableLength: Bool { pointerWidth != nil }
  package var isNumeric: Bool {
    switch storage {
    case .byte, .short, .int, .long, .float, .double: true
    case .logical, .bits, .complex, .doubleComplex, .text: false
    }
  }

  private static let letters: [UInt8: Storage] = [
    UInt8(ascii: "L"): .logical, UInt8(ascii: "X"): .bits, UInt8(ascii: "B"): .byte,
    UInt8(ascii: "I"): .short, UInt8(ascii: "J"): .int, UInt8(ascii: "K"): .long,
    UInt8(ascii: "E"): .float, UInt8(ascii: "D"): .double, UInt8(ascii: "C"): .complex,
    UInt8(ascii: "M"): .doubleComplex, UInt8(ascii: "A"): .text,
  ]

  /// Reads a binary table's TFORM (`rT` or `rPt(max)`); `nil` when it is none.
  init?(binary form: String, number: Int, name: String, unit: String, offset: Int) {
    let bytes = Array(form.trimmingBlanks.uppercased().utf8)
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let count = digits.isEmpty ? 1 : Int(String(decoding: digits, as: UTF8.self)),
      count <= 1 << 40, digits.count < bytes.count
    else { return nil }
    let letter = bytes[digits.count]
    (self.number, self.name, self.unit, self.offset) = (number, name, unit, offset)
    repeatCount = count
    if letter == UInt8(ascii: "P") || letter == UInt8(ascii: "Q") {
      guard count <= 1, digits.count + 1 < bytes.count,
        let stored = FITSColumnForm.letters[bytes[digits.count + 1]]
      else { return nil }
      let width = letter == UInt8(ascii: "P") ? 8 : 16
      (storage, pointerWidth, cellWidth) = (stored, width, width * count)
    } else {
      guard let stored = FITSColumnForm.letters[letter] else { return nil }
      storage = stored
      cellWidth = stored == .bits ? (count + 7) / 8 : count * stored.width
    }
  }

  /// Reads an ASCII table's TFORM (`Iw`, `Fw.d`, `Ew.d`, `Dw.d`, `Aw`); `nil` when it is none.
  init?(ascii form: String, number: Int, name: String, unit: String, offset: Int) {
    let text = form.trimmingBlanks.uppercased()
    let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let letter = text.first, let width = Int(digits), width > 0, width <= 1 << 20, offset >= 0 else {
      return nil
    }
    switch letter {
    case "A": storage = .text
    case "I": storage = .long
    case "F", "E", "D": storage = .double
    default: return nil
    }
    (self.number, self.name, self.unit, self.offset) = (number, name, unit, offset)
    repeatCount = storage == .text ? width : 1
    cellWidth = width
  }
}
