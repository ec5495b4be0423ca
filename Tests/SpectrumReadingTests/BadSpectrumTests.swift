import FITSFiles
import NumericalMethods
import Observations
import SpectrumReading
import Testing

/// What is wrong with a spectrum, and how it ends.
@Suite struct BadSpectra {
  private static let wave = SyntheticLayouts.wave

  private func read(
    wave: [Double] = Self.wave, depth: [Double]? = nil, error: [Double]? = nil
  ) throws -> Spectrum {
    var columns = [
      FITSColumn("WAVELENGTH", unit: "um", values: .double(wave)),
      FITSColumn("RP_RS", values: .double(depth ?? wave.map { _ in 0.1 })),
    ]
    if let error { columns.append(FITSColumn("RP_RS_ERR", values: .double(error))) }
    return try SpectrumReader.read(SyntheticLayouts.table("", rows: wave.count, columns))
  }

  @Test func nothingFiniteIsRefused() {
    for bad in [Double.nan, .infinity, -.infinity] {
      let error = #expect(throws: SpectrumError.self) { try read(depth: Self.wave.map { _ in bad }) }
      #expect(error?.sentence.contains("column") == true || error?.code == .noUsablePoints)
      let axis = #expect(throws: SpectrumError.self) { try read(wave: Self.wave.map { _ in bad }) }
      #expect(axis?.code == .noUsablePoints)
    }
  }

  @Test func onePointIsRefused() {
    let error = #expect(throws: SpectrumError.self) { try read(wave: [1]) }
    #expect(error?.code == .noUsablePoints)
    #expect(error?.sentence.contains("one point") == true)
  }

  @Test func noRowsAreRefused() {
    #expect(throws: SpectrumError.self) { try read(wave: []) }
  }

  @Test func allMaskedIsRefused() {
    let error = #expect(throws: SpectrumError.self) { try read(error: Self.wave.map { _ in -1 }) }
    #expect(error?.sentence.contains("masked") == true)
  }

  @Test func unsortedIsSorted() throws {
    var random = SeededRandom(seed: 3)
    let wave = Self.wave.shuffled(using: &random)
    let spectrum = try read(wave: wave, depth: wave.map { $0 / 10 })
    #expect(spectrum.wavelength == Self.wave.map { $0 * 1e-6 })
    #expect(zip(spectrum.wavelength, spectrum.value).allSatisfy { abs($0 * 1e5 - $1.squareRoot()) < 1e-12 })
    #expect(spectrum.assumptions.contains { $0.contains("not sorted") })
  }

  @Test func duplicatesAreKeptAndSaid() throws {
    var wave = Self.wave
    wave[4] = wave[5]
    let spectrum = try read(wave: wave)
    #expect(spectrum.count == 40)
    #expect(spectrum.flags.names.contains("duplicate-wavelengths"))
    #expect(zip(spectrum.lowerEdge, spectrum.upperEdge).allSatisfy { $0 < $1 })
  }

  @Test func badErrorsMaskTheirPoints() throws {
    var error = Self.wave.map { _ in 0.001 }
    (error[1], error[2], error[3], error[4]) = (-1, 0, .nan, .infinity)
    let spectrum = try read(error: error)
    #expect(spectrum.isMasked.indices.filter { spectrum.isMasked[$0] } == [1, 2, 3, 4])
  }

  @Test func absentErrorsAreFlagged() throws {
    let spectrum = try read()
    #expect(spectrum.error == nil && spectrum.flags.names == ["errors-absent"])
    #expect(spectrum.resampled().error.allSatisfy { $0.isNaN })
  }
}

/// Sound files with bytes changed: each must end in a value or an error, never in a crash.
///
/// The number of mutants is small here; `EXOSPOOL_MUTANTS` asks for more (a million takes minutes when built for
/// release).
@Suite struct MutatedFITS {
  static let seeds: [[UInt8]] = {
    let wave = SyntheticLayouts.wave
    return [
      SyntheticLayouts.table(
        "EXTRACT1D",
        [
          FITSColumn("WAVELENGTH", unit: "um", values: .double(wave)),
          FITSColumn("FLUX", unit: "Jy", values: .float(wave.map { Float($0) })),
          FITSColumn("DQ", values: .integer(wave.map { _ in 0 })),
          FITSColumn("NAME", values: .text(wave.map { _ in "a" })),
        ]),
      SyntheticLayouts.table(
        "ANY", rows: 4,
        [
          FITSColumn("WAVELENGTH", unit: "um", width: 10, values: .double(wave)),
          FITSColumn("RP_RS", width: 10, values: .double(wave)),
          FITSColumn("GOOD", values: .logical([true, true, false, true])),
        ]),
      SyntheticLayouts.image(
        "",
        [
          FITSCard("CTYPE1", .text("WAVE")), FITSCard("CUNIT1", .text("nm")), FITSCard("CRVAL1", .real(500)),
          FITSCard("CDELT1", .real(1)),
        ], axes: [40], wave),
      SyntheticLayouts.image(
        "",
        [
          FITSCard("CTYPE1", .text("MULTISPE")),
          FITSCard(
            "WAT2_001", .text("spec1 = \"1 1 2 5010. 0.5 40 0. 50. 60. 1. 0. 1 2 1. 40. 5019.75 9.75\"")),
        ], axes: [40, 1], wave),
    ]
  }()

  /// Changes a few bytes: a bit, a random byte, a digit of a header, a block cut out or doubled, an end cut off.
  static func mutant(of seed: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2, 3, 4:
        // Digits of headers are where the sizes stand.
        let digits = bytes.indices.prefix(8640).filter { (48...57).contains(bytes[$0]) }
        if let digit = digits.randomElement(using: &random) {
          bytes[digit] = UInt8.random(in: 43...57, using: &random)
        }
      case 5: bytes.removeSubrange(place..<min(bytes.count, place + 80))
      case 6: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 80)], at: place)
      default: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeLast(bytes.count - place) }
      }
    }
    return bytes
  }

  @Test func endsInAValueOrASentence() {
    var random = SeededRandom(seed: 20_240_601)
    var ends = (read: 0, refused: 0)
    for number in 0..<Mutants.count {
      let bytes = Self.mutant(of: Self.seeds[number % Self.seeds.count], &random)
      do {
        let spectrum = try SpectrumReader.read(bytes)
        #expect(spectrum.isMasked.contains(false))
        #expect(spectrum.resampled().value.count == SpectralGrid.standard.count)
        ends.read += 1
      } catch {
        #expect(!error.sentence.isEmpty)
        ends.refused += 1
      }
    }
    #expect(ends.read > Mutants.count / 50 && ends.refused > Mutants.count / 50, "\(ends)")
  }
}
