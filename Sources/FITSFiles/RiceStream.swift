/// The stream of one tile compressed by RICE_1 (FITS standard 4.0, section 10.4.1), walked without decoding it.
///
/// cfitsio 4.2 looks for the end of a stream after each block of pixels only, and for a bit that is set without end.
struct RiceStream {
  let bytes: ArraySlice<UInt8>
  /// 1, 2 or 4.
  let bytesPerPixel: Int
  let blockSize: Int

  /// True if the stream holds that many pixels.
  func holds(pixels: Int) -> Bool {
    let (idBits, highest) = [1: (3, 6), 2: (4, 14)][bytesPerPixel] ?? (5, 25)
    var place = bytes.startIndex * 8 + bytesPerPixel * 8
    let end = bytes.endIndex * 8
    // cfitsio takes one byte ahead.
    guard place + 8 <= end else { return false }
    var left = pixels
    while left > 0 {
      let count = min(blockSize, left)
      left -= count
      guard place + idBits <= end else { return false }
      let split = bits(at: place, count: idBits) - 1
      place += idBits
      if split < 0 { continue }
      if split == highest {
        place += count * bytesPerPixel * 8
        guard place <= end else { return false }
        continue
      }
      for _ in 0..<count {
        guard let one = firstSetBit(from: place, to: end) else { return false }
        place = one + 1 + split
        guard place <= end else { return false }
      }
    }
    return true
  }

  private func bits(at place: Int, count: Int) -> Int {
    (place..<place + count).reduce(0) { $0 << 1 | Int(bytes[$1 / 8] >> (7 - UInt8($1 % 8)) & 1) }
  }

  private func firstSetBit(from place: Int, to end: Int) -> Int? {
    var place = place
    while place < end {
      let rest = bytes[place / 8] << UInt8(place % 8)
      if rest != 0 { return place + rest.leadingZeroBitCount }
      place += 8 - place % 8
    }
    return nil
  }
}
