import JobContract
import PlainText

/// Formats that are recognised and declined, each with a sentence that says what to submit instead.
struct DeclinedFormats: FormatIntake {
  let modelSetHash: String? = nil

  private struct Signature: Sendable {
    var start: [UInt8]
    var finding: String
    var cure: String
  }

  private static let signatures: [Signature] = [
    Signature(
      start: Array("BZh".utf8), finding: "this file is compressed with bzip2", cure: "Unpack it first"),
    Signature(
      start: [0xFD, 0x37, 0x7A, 0x58, 0x5A], finding: "this file is compressed with xz",
      cure: "Unpack it first"),
    Signature(
      start: [0x28, 0xB5, 0x2F, 0xFD], finding: "this file is compressed with zstd", cure: "Unpack it first"),
    Signature(
      start: [0x50, 0x4B, 0x03, 0x04], finding: "this is a zip archive",
      cure: "Unpack it and submit the files in it"),
    Signature(start: Array("%PDF".utf8), finding: "this is a PDF document", cure: wanted),
    Signature(
      start: [0x89, 0x48, 0x44, 0x46], finding: "this is an HDF5 file, or netCDF 4, which is one",
      cure: wanted),
    Signature(start: Array("CDF".utf8) + [1], finding: "this is a netCDF file", cure: wanted),
    Signature(start: Array("CDF".utf8) + [2], finding: "this is a netCDF file (64-bit offset)", cure: wanted),
    Signature(start: Array("CDF".utf8) + [5], finding: "this is a netCDF file (64-bit data)", cure: wanted),
    Signature(start: [0x80, 2], finding: pickle, cure: wanted),
    Signature(start: [0x80, 3], finding: pickle, cure: wanted),
    Signature(start: [0x80, 4], finding: pickle, cure: wanted),
    Signature(start: [0x80, 5], finding: pickle, cure: wanted),
    Signature(start: Array("SR".utf8) + [0, 4], finding: "this is a save file of IDL", cure: wanted),
    Signature(start: Array("MATLAB 5.0".utf8), finding: "this is a file of MATLAB", cure: wanted),
    Signature(start: Array("#ASDF".utf8), finding: "this is an ASDF file", cure: wanted),
    Signature(start: [0x93] + Array("NUMPY".utf8), finding: "this is a NumPy array", cure: wanted),
    Signature(start: Array("{".utf8), finding: "this looks like JSON", cure: wanted),
  ]

  private static let pickle =
    "this is a Python pickle (as Iraclis and PandExo write), which only Python may open"

  private static let wanted =
    "Submit a planet record (Open Exoplanet Catalogue XML) or a spectrum (FITS, or a table as text)"

  func recognizes(_ bytes: [UInt8]) -> Bool { Self.signature(of: bytes) != nil }

  func analyze(_ input: IntakeInput) -> JobOutcome<AnalysisProducts> {
    guard let signature = Self.signature(of: input.bytes) else {
      return .corrupt("\(printable(input.name)): this format is not known.")
    }
    return .corrupt("\(printable(input.name)): \(signature.finding). \(signature.cure).")
  }

  private static func signature(of bytes: [UInt8]) -> Signature? {
    signatures.first { bytes.starts(with: $0.start) }
  }
}
