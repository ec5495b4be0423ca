import FITSFiles
import Pipeline
import TestSupport
import Testing

/// What may be wrong with a spectrum, from the bytes to the end of the job: each ends in results or in a sentence that
/// names the file and says what is wrong.
@Suite("Bad spectra in the pipeline")
struct BadSpectraInPipeline {
  private let pipeline = AnalysisPipeline(planetMethods: [], spectrumMethods: [])

  private static let wave = (0..<30).map { 1.1 + 0.02 * Double($0) }

  private static func fits(wave: [Double] = wave, depth: [Double]? = nil, error: [Double]? = nil) -> [UInt8] {
    var columns = [
      FITSColumn("WAVELENGTH", unit: "um", values: .double(wave)),
      FITSColumn("RP_RS", values: .double(depth ?? wave.map { _ in 0.1 })),
    ]
    if let error { columns.append(FITSColumn("RP_RS_ERR", values: .double(error))) }
    return FITSEncoder.encode([.table(FITSTable(name: "", rowCount: wave.count, columns: columns))])
  }

  private static func text(wave: [Double] = wave, depth: [Double]? = nil, error: [Double]? = nil) -> [UInt8] {
    let depth = depth ?? wave.map { _ in 0.1 }
    let rows = wave.indices.map { row in
      "\(wave[row]),\(depth[row])" + (error.map { ",\($0[row])" } ?? "") + "\n"
    }
    return Array(("wavelength (um),rp_rs" + (error == nil ? "" : ",rp_rs_err") + "\n" + rows.joined()).utf8)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var wave = BadSpectraInPipeline.wave
    var depth: [Double]?
    var error: [Double]?
    /// The flag of the result, or words of the reason; empty for a plain result.
    var words: String
    var isRefused = true
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "every depth NaN", depth: wave.map { _ in .nan }, words: "depth"),
    Case(name: "every depth infinite", depth: wave.map { _ in .infinity }, words: "depth"),
    Case(name: "every wavelength NaN", wave: wave.map { _ in .nan }, words: "wavelength"),
    Case(name: "every wavelength negative", wave: wave.map { -$0 }, words: "wavelength"),
    Case(name: "every error negative", error: wave.map { _ in -1 }, words: "masked"),
    Case(name: "every error zero", error: wave.map { _ in 0 }, words: "", isRefused: false),
    Case(name: "one point", wave: [1], words: "one point"),
    Case(name: "absurd wavelengths", wave: wave.map { $0 * 1e30 }, words: "wavelengths"),
    Case(name: "unsorted", wave: wave.reversed(), words: "errors-absent", isRefused: false),
    Case(
      name: "duplicate wavelengths", wave: wave.map { ($0 * 10).rounded() / 10 },
      words: "duplicate-wavelengths",
      isRefused: false),
    Case(name: "errors absent", words: "errors-absent", isRefused: false),
    Case(
      name: "some errors negative", error: wave.map { $0 > 1.3 ? -1 : 0.001 }, words: "", isRefused: false),
    Case(
      name: "a NaN here and there", depth: wave.map { $0 > 1.3 ? .nan : 0.1 }, error: wave.map { _ in 0.001 },
      words: "", isRefused: false),
  ]

  @Test("each fault has its end, as FITS and as text", arguments: cases, [true, false])
  func ends(_ fault: Case, isFITS: Bool) {
    let bytes =
      isFITS
      ? Self.fits(wave: fault.wave, depth: fault.depth, error: fault.error)
      : Self.text(wave: fault.wave, depth: fault.depth, error: fault.error)
    switch pipeline.analyze(bytes: bytes, inputName: "x", isYoung: false) {
    case .done(let products):
      #expect(!fault.isRefused, "\(fault.name) was read")
      if !fault.words.isEmpty { #expect(products.flags.names.contains(fault.words), "\(products.flags)") }
    case .corrupt(let reason):
      #expect(fault.isRefused, "\(reason)")
      #expect(reason.hasPrefix("x: ") && reason.hasSuffix("."))
      #expect(reason.lowercased().contains(fault.words), "\(reason)")
    default: Issue.record("neither results nor a reason")
    }
  }

  @Test(
    "a spectrum cut anywhere waits while young; when old it is corrupt or, between two rows of text, read")
  func cutAnywhere() {
    let whole = Self.fits(error: Self.wave.map { _ in 0.001 })
    for bytes in [whole, StoredGzip.packed(whole)] {
      for length in stride(from: 1, to: bytes.count, by: 160) {
        let cut = Array(bytes.prefix(length))
        let old = pipeline.analyze(bytes: cut, inputName: "x", isYoung: false)
        let young = pipeline.analyze(bytes: cut, inputName: "x", isYoung: true)
        if case .done = old {
          // Only padding is missing.
          #expect(bytes == whole && whole.count - length < FITSStructure.blockLength, "\(length)")
        }
        if case .unsettled = young { continue }
        // One byte tells no format.
        #expect(length < 9, "\(length) bytes are settled while young")
      }
    }
  }

  @Test(
    "what a sentence quotes of the file holds no control characters",
    arguments: ["\u{1B}[31m\u{7}", "\u{9B}31m", "\u{85}"])
  func quotedControlCharacters(quoted: String) {
    let table = "wavelength,rp_rs\n1.0,\(quoted)0.1x\n1.1,0.1\n"
    guard
      case .corrupt(let reason) = pipeline.analyze(bytes: Array(table.utf8), inputName: "x", isYoung: false)
    else {
      Issue.record("read")
      return
    }
    #expect(reason.hasPrefix("x"))
    #expect(reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
