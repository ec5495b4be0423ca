import FITSFiles
import NumericalMethods

/// Changes FITS headers card by card, so that a mutant stays a FITS file and lies about one thing only.
enum CardMutator {
  private static let cardLength = 80
  /// Keys whose values say how the bytes that follow are to be read; `n` stands for a number.
  private static let keys = [
    "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3", "PCOUNT", "GCOUNT", "TFIELDS", "TFORM1", "TFORM2",
    "TFORM3", "TTYPE1", "TTYPE2", "TUNIT1", "TUNIT2", "TSCAL1", "TZERO1", "TNULL1", "TBCOL1", "TBCOL2",
    "TDIM1",
    "THEAP", "EXTNAME", "XTENSION", "GROUPS", "EXTEND", "BSCALE", "BZERO", "BLANK", "ZIMAGE", "ZCMPTYPE",
    "ZBITPIX", "ZNAXIS", "ZNAXIS1", "ZNAXIS2", "ZTILE1", "ZTILE2", "ZNAME1", "ZVAL1", "ZNAME2", "ZVAL2",
    "ZQUANTIZ", "ZDITHER0", "ZBLANK", "ZSCALE", "ZZERO", "ZMASKCMP", "CRVAL1", "CDELT1", "CD1_1", "CRPIX1",
    "CTYPE1", "CUNIT1", "DC-FLAG", "COEFF0", "COEFF1", "WAT1_001", "WAT2_001", "BUNIT", "XUNITS", "YUNITS",
    "EXOKIND", "RSTAR", "OBJECT", "SDQFLAGS", "TUTYP1", "VOCLASS", "INHERIT", "CHECKSUM", "CONTINUE",
    "HIERARCH",
  ]
  private static let values = [
    "0", "1", "2", "3", "7", "8", "16", "32", "64", "-32", "-64", "-1", "-8", "40", "80", "999", "1000",
    "2880",
    "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "1000000000",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1E9", "1E308", "-1E308", "1E400",
    "1E-320", "1.5", "NaN", "T", "F", "", "''", "'1D'", "'40D'", "'1E'", "'1J'", "'1I'", "'1K'", "'1B'",
    "'1X'",
    "'40X'", "'1L'", "'10A'", "'1C'", "'1M'", "'0D'", "'1PD(4)'", "'1PB(9)'", "'1QE(4)'", "'1PX(9)'", "'0PD'",
    "'1PA(3)'", "'99999999D'", "'E15.7'", "'F10.3'", "'I10'", "'A8'", "'D25.17'", "'I99'", "'(10,4)'",
    "'BINTABLE'", "'TABLE'", "'IMAGE'", "'FOREIGN'", "'RICE_1'", "'RICE_ONE'", "'GZIP_1'", "'GZIP_2'",
    "'PLIO_1'", "'HCOMPRESS_1'", "'NOCOMPRESS'", "'BLOCKSIZE'", "'BYTEPIX'", "'SCALE'", "'SMOOTH'",
    "'NO_DITHER'", "'SUBTRACTIVE_DITHER_1'", "'SUBTRACTIVE_DITHER_2'", "'COMPRESSED_DATA'",
    "'GZIP_COMPRESSED_DATA'", "'UNCOMPRESSED_DATA'", "'ZSCALE'", "'ZZERO'", "'ZBLANK'", "'NULL_PIXEL_MASK'",
    "'WAVELENGTH'", "'WAVE_MIN'", "'WAVE_MAX'", "'LOGLAM'", "'DEPTH'", "'DEPTH_ERR'", "'RP_RS'", "'FLUX'",
    "'ERROR'", "'IVAR'", "'DQ'", "'wave (A)'", "'INT_NUM'", "'INSTRUMENT'", "'um'", "'Angstrom'", "'Hz'",
    "'cm-1'", "'ppm'", "'%'", "'furlong'", "'MULTISPE'", "'LINEAR'", "'WAVE'", "'EXTRACT1D'", "'SPECTRUM'",
    "'transmission'", "'eclipse'", "'stellar'", "'spec:Data.FluxAxis.Value'", "'text that goes on&'",
    "'spec1 = \"1 1 2 1. 0. 40 0. 1. 2. 1. 0. 1 64 1. 2. 0. 1.'",
    "'wtype=multispec spec1 = \"1 1 0 5e3 1 9 -1'",
  ]

  /// A copy with one to three cards changed, added, removed or swapped, or a block moved; `nil` when the bytes are no
  /// FITS file, and half the time.
  static func mutant(of bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8]? {
    guard FITSStructure.looksLikeFITS(bytes), Bool.random(using: &random) else { return nil }
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) { change(&mutant, &random) }
    return mutant
  }

  private static func change(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let cards = places(of: bytes)
    guard let place = cards.randomElement(using: &random) else { return }
    let other = cards.randomElement(using: &random) ?? place
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1, 2: setValue(at: place, of: &bytes, values.randomElement(using: &random) ?? "0")
    case 3:
      // A key of sense that may not stand there yet, over a card of no consequence.
      let key = keys.randomElement(using: &random) ?? "NAXIS"
      let value = values.randomElement(using: &random) ?? "0"
      put(key + String(repeating: " ", count: 8 - key.utf8.count) + "= " + value, at: place, of: &bytes)
    case 4:
      for offset in 0..<cardLength { bytes.swapAt(place + offset, other + offset) }
    case 5: bytes.replaceSubrange(place..<place + cardLength, with: bytes[other..<other + cardLength])
    case 6: put("END", at: place, of: &bytes)
    default:
      let blocks = bytes.count / FITSStructure.blockLength
      guard blocks > 1 else { return }
      let start = Int.random(in: 0..<blocks, using: &random) * FITSStructure.blockLength
      let block = bytes[start..<start + FITSStructure.blockLength]
      if Bool.random(using: &random) {
        bytes.insert(contentsOf: block, at: Int.random(in: 1...blocks, using: &random) * block.count)
      } else {
        bytes.removeSubrange(block.indices)
      }
    }
  }

  /// Where the cards of all headers begin, told by their look: a key, then `= ` or a word of the standard.
  private static func places(of bytes: [UInt8]) -> [Int] {
    stride(from: 0, through: bytes.count - cardLength, by: cardLength).filter { place in
      let equals = bytes[place + 8] == UInt8(ascii: "=") && bytes[place + 9] == UInt8(ascii: " ")
      return (equals || bytes[place...].starts(with: Array("END   ".utf8)))
        && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[place])
    }
  }

  private static func setValue(at place: Int, of bytes: inout [UInt8], _ value: String) {
    let key = String(decoding: bytes[place..<place + 8], as: UTF8.self)
    put(key + "= " + value, at: place, of: &bytes)
  }

  private static func put(_ text: String, at place: Int, of bytes: inout [UInt8]) {
    let card = Array(text.utf8.prefix(cardLength))
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: cardLength - card.count)
    bytes.replaceSubrange(place..<place + cardLength, with: card + blanks)
  }
}
