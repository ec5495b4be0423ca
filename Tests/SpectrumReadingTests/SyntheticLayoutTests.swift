import FITSFiles
import Observations
import SpectrumReading
import Testing

/// Files of every layout the intake knows, made here, read back.
@Suite struct SyntheticLayouts {
  static let wave = (0..<40).map { 1.0 + 0.01 * Double($0) }
  static let flux = wave.map { 2 + $0 }
  static let sigma = wave.map { _ in 0.1 }

  static func table(
    _ name: String, keys: [FITSCard] = [], primary: [FITSCard] = [], rows: Int = 40, _ columns: [FITSColumn]
  ) -> [UInt8] {
    FITSEncoder.encode(
      primary: FITSHeader(primary),
      [.table(FITSTable(name: name, header: FITSHeader(keys), rowCount: rows, columns: columns))])
  }

  static func image(
    _ name: String, _ keys: [FITSCard], axes: [Int], _ pixels: [Double], primary: [FITSCard] = []
  ) -> [UInt8] {
    FITSEncoder.encode(
      primary: FITSHeader(primary),
      [.image(FITSImage(name: name, header: FITSHeader(keys), axes: axes, pixels: pixels))])
  }

  private static let jwst = [FITSCard("TELESCOP", .text("JWST")), FITSCard("INSTRUME", .text("NIRISS"))]

  /// As `result.fits` has them.
  @Test func flagsMayBeTrueAndFalse() throws {
    let masked = Self.wave.indices.map { [3, 7, 8].contains($0) }
    let table = Self.table(
      "SPECTRUM",
      [
        FITSColumn("WAVELENGTH", unit: "um", values: .double(Self.wave)),
        FITSColumn("FLUX", unit: "Jy", values: .double(Self.flux)),
        FITSColumn("MASKED", values: .logical(masked)),
      ])
    let words = [["False", "True"], ["no", "yes"], ["good", "bad"], ["", "masked"], ["0", "4"]]
    let texts = words.map { words in
      "wavelength_um,flux_jy,masked\n"
        + Self.wave.indices.map { "\(Self.wave[$0]),\(Self.flux[$0]),\(words[masked[$0] ? 1 : 0])\n" }
        .joined()
    }
    for bytes in [table] + texts.map({ Array($0.utf8) }) {
      let spectrum = try SpectrumReader.read(bytes)
      #expect(spectrum.isMasked == masked)
    }
    #expect(throws: SpectrumError.self) {
      try SpectrumReader.read(Array(texts[0].replacing("True", with: "perhaps").utf8))
    }
  }

  @Test func jwstTakesBitZeroOfDQ() throws {
    var flux = Self.flux
    flux[0] = .nan
    var quality = [Int](repeating: 0, count: 40)
    (quality[5], quality[6]) = (1, 4)
    for error in ["FLUX_ERROR", "ERROR"] {
      let spectrum = try SpectrumReader.read(
        Self.table(
          "EXTRACT1D", primary: Self.jwst,
          [
            FITSColumn("WAVELENGTH", unit: "um", values: .double(Self.wave)),
            FITSColumn("FLUX", unit: "Jy", values: .double(flux)),
            FITSColumn(error, unit: "Jy", values: .double(Self.sigma)),
            FITSColumn("DQ", values: .integer(quality)),
            FITSColumn("BACKGROUND", values: .double(Self.sigma)),
          ]))
      #expect(spectrum.layout == "JWST x1d")
      #expect(spectrum.isMasked.indices.filter { spectrum.isMasked[$0] } == [0, 5])
      #expect(spectrum.errorSource == "column \(error)")
      #expect(spectrum.unit == "Jy" && spectrum.kind == .stellar && spectrum.instrument == "NIRISS")
    }
  }

  @Test func jwstOrdersAreMerged() throws {
    func order(_ shift: Double) -> FITSEncoder.Unit {
      .table(
        FITSTable(
          name: "EXTRACT1D", rowCount: 40,
          columns: [
            FITSColumn("WAVELENGTH", unit: "um", values: .double(Self.wave.map { $0 + shift })),
            FITSColumn("FLUX", unit: "Jy", values: .double(Self.flux)),
            FITSColumn("FLUX_ERROR", unit: "Jy", values: .double(Self.sigma)),
          ]))
    }
    let spectrum = try SpectrumReader.read(
      FITSEncoder.encode(primary: FITSHeader(Self.jwst), [order(0.203), order(0)]))
    #expect(spectrum.count == 80)
    #expect(zip(spectrum.wavelength, spectrum.wavelength.dropFirst()).allSatisfy { $0 <= $1 })
    // Edges are drawn inside each order: every bin is a hundredth of a micrometer wide.
    for (low, high) in zip(spectrum.lowerEdge, spectrum.upperEdge) { #expect(abs(high - low - 1e-8) < 1e-13) }
  }

  @Test func timeSeriesAreDeclined() {
    let vector = FITSColumn("FLUX", unit: "Jy", width: 20, values: .double([Double](repeating: 1, count: 40)))
    let axis = FITSColumn(
      "WAVELENGTH", unit: "um", width: 20, values: .double((0..<40).map { 1 + 0.01 * Double($0 % 20) }))
    let number = FITSColumn("INT_NUM", values: .integer([1, 2]))
    for (name, columns) in [("EXTRACT1D", [number, axis, vector]), ("ANY", [axis, vector])] {
      let error = #expect(throws: SpectrumError.self) {
        try SpectrumReader.read(Self.table(name, primary: Self.jwst, rows: 2, columns))
      }
      #expect(error?.code == .notOneSpectrum)
      #expect(error?.sentence.contains("time series") == true)
    }
  }

  @Test func hubbleOrdersAreFlattenedAndSeriousFlagsDropped() throws {
    // Two rows of vector cells; bit 512 is not among those SDQFLAGS names.
    let spectrum = try SpectrumReader.read(
      Self.table(
        "SCI", keys: [FITSCard("SDQFLAGS", .integer(31743))], primary: [FITSCard("TELESCOP", .text("HST"))],
        rows: 2,
        [
          FITSColumn("SPORDER", values: .integer([1, 2])),
          FITSColumn("NELEM", values: .integer([20, 20])),
          FITSColumn(
            "WAVELENGTH", unit: "Angstroms", width: 20,
            values: .double((0..<40).map { $0 < 20 ? 1300 + Double($0) : 1290 + Double($0) })),
          FITSColumn("FLUX", unit: "erg/s/cm**2/Angstrom", width: 20, values: .double(Self.flux)),
          FITSColumn("ERROR", unit: "erg/s/cm**2/Angstrom", width: 20, values: .double(Self.sigma)),
          FITSColumn("DQ", width: 20, values: .integer((0..<40).map { $0 == 3 ? 16 : $0 == 4 ? 1024 : 0 })),
        ]))
    #expect(spectrum.count == 40)
    #expect(spectrum.isMasked.count { $0 } == 1)
    #expect(spectrum.layout.hasPrefix("HST x1d"))
    #expect(abs(spectrum.wavelength[0] - 1300e-10) < 1e-16)
  }

  @Test func utypesNameThePair() throws {
    func wide(_ name: String, _ unit: String, _ values: [Double]) -> FITSColumn {
      FITSColumn(name, unit: unit, width: 40, values: .double(values))
    }
    let spectrum = try SpectrumReader.read(
      Self.table(
        "SPECTRUM",
        keys: [
          FITSCard("VOCLASS", .text("SPECTRUM V2.0")),
          FITSCard("TUTYP1", .text("spec:Data.SpectralAxis.Value")),
          FITSCard("TUTYP2", .text("eso:Data.FluxAxis.Value")),
          FITSCard("TUTYP3", .text("spec:Data.FluxAxis.Value")),
          FITSCard("TUTYP4", .text("spec:Data.FluxAxis.Accuracy.StatError")),
        ], rows: 1,
        [
          wide("WAVE", "nm", Self.wave.map { $0 * 1000 }), wide("FLUX_RAW", "adu", Self.sigma),
          wide("FLUX", "erg s**(-1) cm**(-2) nm**(-1)", Self.flux), wide("ERR", "", Self.sigma),
        ]))
    #expect(spectrum.layout == "ESO Phase 3")
    #expect(spectrum.value == Self.flux)
    #expect(spectrum.errorSource == "column ERR")
  }

  @Test func sloanTableReadsLogarithmAndInverseVariance() throws {
    var weight = [Double](repeating: 4, count: 40)
    weight[7] = 0
    let spectrum = try SpectrumReader.read(
      Self.table(
        "COADD",
        [
          FITSColumn("flux", values: .double(Self.flux)),
          FITSColumn("loglam", values: .double((0..<40).map { 3.6 + 1e-4 * Double($0) })),
          FITSColumn("ivar", values: .double(weight)),
        ]))
    #expect(spectrum.layout == "SDSS spec")
    #expect(abs(spectrum.wavelength[0] * 1e10 - 3981.0717055) < 1e-6)
    #expect(spectrum.error?[0] == 0.5)
    #expect(spectrum.isMasked.indices.filter { spectrum.isMasked[$0] } == [7])
  }

  @Test func irafAxesAreLinearOrLogarithmic() throws {
    let wat = FITSCard("WAT1_001", .text("wtype=linear label=Wavelength units=Angstroms"))
    let linear = try SpectrumReader.read(
      Self.image(
        "",
        [
          FITSCard("CTYPE1", .text("LINEAR")), FITSCard("CRVAL1", .real(5000)), FITSCard("CD1_1", .real(2)),
          FITSCard("CRPIX1", .real(3)), FITSCard("DC-FLAG", .integer(0)), wat,
        ], axes: [40], Self.flux))
    #expect(linear.layout == "IRAF linear")
    #expect(abs(linear.wavelength[0] * 1e10 - 4996) < 1e-9)
    let logarithmic = try SpectrumReader.read(
      Self.image(
        "",
        [
          FITSCard("CTYPE1", .text("LINEAR")), FITSCard("CRVAL1", .real(3.5)),
          FITSCard("CDELT1", .real(1e-4)),
          FITSCard("DC-FLAG", .integer(1)), wat,
        ], axes: [40], Self.flux))
    #expect(abs(logarithmic.wavelength[0] * 1e10 - 3162.2776602) < 1e-6)
  }

  @Test func multispecOrdersAreMerged() throws {
    let wat = "wtype=multispec spec1 = \"1 113 0 5000. 0.5 40 0. 20. 30.\" "
    let chebyshev = "spec2 = \"2 112 2 5010. 0.5 40 0. 50. 60. 1. 0. 1 2 1. 40. 5019.75 9.75\""
    let text = wat + chebyshev
    var keys = [
      FITSCard("CTYPE1", .text("MULTISPE")), FITSCard("CTYPE2", .text("MULTISPE")),
      FITSCard("WAT1_001", .text("wtype=multispec label=Wavelength units=angstroms")),
    ]
    var rest = Substring(text)
    var number = 1
    while !rest.isEmpty {
      keys.append(FITSCard("WAT2_00\(number)", .text(String(rest.prefix(68)))))
      rest = rest.dropFirst(68)
      number += 1
    }
    let spectrum = try SpectrumReader.read(Self.image("", keys, axes: [40, 2], Self.flux + Self.flux))
    #expect(spectrum.count == 80)
    #expect(spectrum.layout == "IRAF MULTISPEC, 2 orders")
    #expect(abs(spectrum.wavelength[0] * 1e10 - 5000) < 1e-9)
    // Chebyshev: c0 + c1 x runs from 5010 to 5029.5 over the 40 pixels.
    #expect(abs(spectrum.wavelength[79] * 1e10 - 5029.5) < 1e-9)
  }

  @Test func separateImagesMayHaveBlanksInTheirNames() throws {
    let units: [FITSEncoder.Unit] = [
      ("Sci Flux", Self.flux), ("Sci Variance", Self.sigma), ("Sci Wavl", Self.wave.map { $0 * 1e4 }),
    ].map { .image(FITSImage(name: $0.0, axes: [40], pixels: $0.1)) }
    let spectrum = try SpectrumReader.read(FITSEncoder.encode(units))
    #expect(abs((spectrum.error?[0] ?? 0) - 0.1.squareRoot()) < 1e-15)
    #expect(abs(spectrum.wavelength[0] - 1e-6) < 1e-18)
    #expect(spectrum.flags.names == ["wavelength-unit-assumed"])
  }

  @Test(
    arguments: [
      ("RP_RS", "", 0.12, 0.0144, 2 * 0.12 * 0.001), ("DEPTH", "%", 1.44, 0.0144, 0.001e-2),
      ("TRANSIT_DEPTH", "ppm", 14400, 0.0144, 0.001e-6), ("FP_FS", "", 1.2e-3, 1.2e-3, 0.001),
    ] as [(String, String, Double, Double, Double)])
  func depthTables(name: String, unit: String, value: Double, depth: Double, error: Double) throws {
    let kind = name == "FP_FS" ? SpectrumKind.eclipse : .transmission
    let spectrum = try SpectrumReader.read(
      Self.table(
        "",
        primary: name == "DEPTH" ? [FITSCard("EXOKIND", .text("transmission"))] : [],
        [
          FITSColumn("WAVE_LOW", unit: "um", values: .double(Self.wave.map { $0 - 0.004 })),
          FITSColumn("WAVE_HIGH", unit: "um", values: .double(Self.wave.map { $0 + 0.004 })),
          FITSColumn(name, unit: unit, values: .double(Self.wave.map { _ in value })),
          FITSColumn("\(name)_ERR_UP", unit: unit, values: .double(Self.wave.map { _ in 0.001 })),
          FITSColumn("\(name)_ERR_LOW", unit: unit, values: .double(Self.wave.map { _ in -0.002 })),
        ]))
    #expect(spectrum.kind == kind)
    #expect(abs(spectrum.value[0] / depth - 1) < 1e-12)
    #expect(abs((spectrum.upperError?[0] ?? 0) / error - 1) < 1e-12)
    #expect(abs((spectrum.lowerError?[0] ?? 0) / (2 * error) - 1) < 1e-12)
    #expect(spectrum.edgesAreGiven)
    #expect(abs(spectrum.lowerEdge[0] * 1e6 - 0.996) < 1e-12)
  }

  @Test func halfAndFullWidthsAreToldBySpacing() throws {
    for (width, name) in [
      (0.005, "BIN_WIDTH"), (0.01, "HALF_WIDTH"), (0.005, "HALF_WIDTH"), (0.01, "BIN_WIDTH"),
    ] {
      let spectrum = try SpectrumReader.read(
        Self.table(
          "",
          [
            FITSColumn("WAVELENGTH", unit: "um", values: .double(Self.wave)),
            FITSColumn(name, unit: "um", values: .double(Self.wave.map { _ in width })),
            FITSColumn("RP_RS", values: .double(Self.wave.map { _ in 0.1 })),
          ]))
      #expect(abs((spectrum.upperEdge[3] - spectrum.lowerEdge[3]) * 1e6 - 0.01) < 1e-9)
    }
  }

  @Test func theKindMayBeUnknown() {
    let depth = Self.wave.enumerated().map { 0.001 * (1 + 0.5 * Double($0.offset % 3)) }
    let error = #expect(throws: SpectrumError.self) {
      try SpectrumReader.read(
        Self.table(
          "",
          [
            FITSColumn("WAVELENGTH", unit: "um", values: .double(Self.wave)),
            FITSColumn("DEPTH", values: .double(depth)),
          ]))
    }
    #expect(error?.code == .kindUnknown)
    #expect(error?.sentence.contains("EXOKIND") == true)
  }

  @Test func cubesAndPicturesAreDeclined() {
    for axes in [[10, 10], [10, 10, 4]] {
      let error = #expect(throws: SpectrumError.self) {
        try SpectrumReader.read(
          Self.image("", [], axes: axes, [Double](repeating: 1, count: axes.reduce(1, *))))
      }
      #expect(error?.code == .notOneSpectrum)
    }
  }
}
