import FITSFiles
import Observations
import SpectrumReading
import TestSupport
import Testing

/// One call for every format, packed or not.
@Suite struct SpectrumReaders {
  private static let text = Array(
    "wavelength (um),rp_rs\n1.0,0.1\n1.1,0.11\n1.2,0.1\n".utf8)

  @Test func packedFilesAreReadAsTheirContent() throws {
    let plain = try SpectrumReader.read(Self.text)
    #expect(try SpectrumReader.read(StoredGzip.packed(Self.text)) == plain)
  }

  @Test func packedFilesThatAreNoneSayWhy() {
    let packed = StoredGzip.packed(Self.text)
    let cut = #expect(throws: SpectrumError.self) { try SpectrumReader.read(Array(packed.dropLast(9))) }
    #expect(cut?.code == .truncated && cut?.mayStillGrow == true && cut?.isOurs == false)
    let twice = #expect(throws: SpectrumError.self) { try SpectrumReader.read(StoredGzip.packed(packed)) }
    #expect(twice?.description == "it is packed with gzip twice. Unpack it first (gunzip)")
  }

  @Test func otherFilesAreDeclined() {
    #expect(!SpectrumReader.recognizes(Array("hello\nworld\n".utf8)))
    let error = #expect(throws: SpectrumError.self) { try SpectrumReader.read(Array("hello\n".utf8)) }
    #expect(error?.code == .unrecognised && error?.description.contains("neither a FITS file") == true)
  }

  /// The first bytes of a FITS file that is being written.
  @Test func shortFITSMayStillGrow() {
    let start = Array("SIMPLE  =        ".utf8)
    #expect(SpectrumReader.recognizes(start))
    let error = #expect(throws: SpectrumError.self) { try SpectrumReader.read(start) }
    #expect(error?.mayStillGrow == true && error?.place == "HDU 1")
  }

  /// cfitsio's status 113 is a want of memory.
  @Test func wantOfMemoryIsOurs() {
    #expect(FITSError(.library(status: 113), "no memory").isOurs)
    #expect(!FITSError(.library(status: 104), "not opened").isOurs)
    #expect(SpectrumError(.malformed, "no memory", cause: FITSError(.library(status: 113), "")).isOurs)
    #expect(!SpectrumError(.malformed, "no memory").isOurs)
  }

  /// A tile-compressed image (FITS standard 4.0, chapter 10) is a spectrum like any image.
  @Test func compressedImageIsRead() throws {
    let pixels = (1...40).map(Float.init)
    let tile = StoredGzip.packed(RawFITS.bigEndian(pixels.map(\.bitPattern)))
    let bytes =
      RawFITS.primary
      + RawFITS.header([
        ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "8"), ("NAXIS2", "1"),
        ("PCOUNT", "\(tile.count)"), ("GCOUNT", "1"), ("TFIELDS", "1"), ("TTYPE1", "'COMPRESSED_DATA'"),
        ("TFORM1", "'1PB(999)'"), ("ZIMAGE", "T"), ("ZBITPIX", "-32"), ("ZNAXIS", "1"), ("ZNAXIS1", "40"),
        ("ZTILE1", "40"), ("ZCMPTYPE", "'GZIP_1  '"), ("CTYPE1", "'WAVE    '"), ("CUNIT1", "'nm      '"),
        ("CRVAL1", "500."), ("CDELT1", "1."),
      ]) + RawFITS.padded(RawFITS.bigEndian([UInt32(tile.count), 0]) + tile)
    let spectrum = try SpectrumReader.read(bytes)
    #expect(spectrum.count == 40 && spectrum.value == pixels.map(Double.init))
  }
}
