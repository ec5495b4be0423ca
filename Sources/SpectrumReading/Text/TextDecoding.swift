/// Bytes of a text to the text: UTF-8, UTF-16 with its mark, else Latin-1 where they are no UTF-8.
enum TextDecoding {
  static func text(_ bytes: [UInt8]) -> String {
    if let text = utf16(bytes[...]) { return text }
    let content = bytes[(bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)...]
    if let text = String(validating: content, as: UTF8.self) { return text }
    // `µm` as Windows and Latin-1 write it is no UTF-8.
    return String(String.UnicodeScalarView(content.map { Unicode.Scalar($0) }))
  }

  /// The text of bytes that begin with a mark of UTF-16; `nil` of others.
  static func utf16(_ bytes: ArraySlice<UInt8>) -> String? {
    let isBig = bytes.starts(with: [0xfe, 0xff])
    guard isBig || bytes.starts(with: [0xff, 0xfe]) else { return nil }
    let content = Array(bytes.dropFirst(2))
    let units = (0..<content.count / 2).map { unit -> UInt16 in
      let first = UInt16(content[2 * unit])
      let second = UInt16(content[2 * unit + 1])
      return isBig ? first << 8 | second : second << 8 | first
    }
    return String(decoding: units, as: UTF16.self)
  }
}
