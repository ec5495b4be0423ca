import FITSFiles

/// Small files of every layout the intake knows, to start from.
enum SeedFiles {
  private static let wave = (0..<40).map { 1.0 + 0.01 * Double($0) }
  private static let flux = wave.map { 2 + $0 }
  private static let sigma = wave.map { _ in 0.1 }

  static let all: [(name: String, bytes: [UInt8])] =
    fits.map { ("\($0.name).fits", $0.bytes) } + texts.map { ("\($0.name).txt", Array($0.text.utf8)) }

  private static let fits: [(name: String, bytes: [UInt8])] = [
    (
      "depths",
      table(
        "DEPTHS", keys: [FITSCard("EXOKIND", .text("transmission")), FITSCard("RSTAR", .real(0.9))],
        [
          FITSColumn("WAVE_MIN", unit: "um", values: .double(wave.map { $0 - 0.005 })),
          FITSColumn("WAVE_MAX", unit: "um", values: .double(wave.map { $0 + 0.005 })),
          FITSColumn("DEPTH", unit: "ppm", values: .float(wave.map { Float(14_000 + $0) })),
          FITSColumn("DEPTH_ERR_UP", unit: "ppm", values: .double(sigma)),
          FITSColumn("DEPTH_ERR_LOW", unit: "ppm", values: .double(sigma.map { -$0 })),
          FITSColumn("INSTRUMENT", values: .text(wave.map { $0 < 1.2 ? "WFC3" : "NIRISS" })),
        ])
    ),
    (
      "jwst",
      table(
        "EXTRACT1D", keys: [FITSCard("TELESCOP", .text("JWST"))],
        [
          FITSColumn("WAVELENGTH", unit: "um", values: .double(wave)),
          FITSColumn("FLUX", unit: "Jy", values: .double(flux)),
          FITSColumn("FLUX_ERROR", unit: "Jy", values: .float(sigma.map { Float($0) })),
          FITSColumn("DQ", values: .integer(wave.map { $0 > 1.3 ? 1 : 0 })),
        ])
    ),
    (
      "hubble",
      table(
        "SCI", keys: [FITSCard("TELESCOP", .text("HST")), FITSCard("SDQFLAGS", .integer(31743))], rows: 2,
        [
          FITSColumn("SPORDER", values: .integer([1, 2])),
          FITSColumn("WAVELENGTH", unit: "Angstroms", width: 20, values: .double(wave.map { $0 * 1e4 })),
          FITSColumn("FLUX", unit: "erg/s/cm**2/Angstrom", width: 20, values: .double(flux)),
          FITSColumn("ERROR", unit: "erg/s/cm**2/Angstrom", width: 20, values: .double(sigma)),
          FITSColumn("DQ", width: 20, values: .integer(wave.map { _ in 0 })),
        ])
    ),
    (
      "phase3",
      table(
        "SPECTRUM",
        keys: [
          FITSCard("VOCLASS", .text("SPECTRUM V2.0")),
          FITSCard("TUTYP1", .text("spec:Data.SpectralAxis.Value")),
          FITSCard("TUTYP2", .text("spec:Data.FluxAxis.Value")),
          FITSCard("TUTYP3", .text("spec:Data.FluxAxis.Accuracy.StatError")),
        ], rows: 1,
        [
          FITSColumn("WAVE", unit: "nm", width: 40, values: .double(wave.map { $0 * 1000 })),
          FITSColumn("FLUX", unit: "erg s**(-1) cm**(-2) nm**(-1)", width: 40, values: .double(flux)),
          FITSColumn("ERR", width: 40, values: .double(sigma)),
        ])
    ),
    (
      "sloan",
      table(
        "COADD",
        [
          FITSColumn("flux", values: .double(flux)),
          FITSColumn("loglam", values: .double(wave.map { 3.5 + $0 / 10 })),
          FITSColumn("ivar", values: .double(sigma)),
        ])
    ),
    ("iraf", image("", linear, axes: [40], flux)),
    ("iraf-bands", image("", linear + [FITSCard("BANDID4", .text("sigma"))], axes: [40, 1, 4], four)),
    (
      "logarithmic",
      image(
        "",
        [FITSCard("CRVAL1", .real(3.5)), FITSCard("CDELT1", .real(1e-4)), FITSCard("DC-FLAG", .integer(1))],
        axes: [40], flux)
    ),
    (
      "spspec",
      image("", [FITSCard("COEFF0", .real(3.5)), FITSCard("COEFF1", .real(1e-4))], axes: [40, 4], four)
    ),
    (
      "multispec",
      image(
        "",
        [
          FITSCard("CTYPE1", .text("MULTISPE")),
          FITSCard("WAT1_001", .text("wtype=multispec label=Wavelength units=angstroms")),
          FITSCard("WAT2_001", .text("wtype=multispec spec1 = \"1 113 0 5000. 0.5 40 0. 20. 30.\" spec2 = ")),
          FITSCard("WAT2_002", .text("\"2 112 2 5010. 0.5 40 0. 50. 60. 1. 0. 1 2 1. 40. 5019.75 9.75\"")),
        ], axes: [40, 2], flux + flux)
    ),
    (
      "spex",
      image(
        "", [FITSCard("XUNITS", .text("um")), FITSCard("YUNITS", .text("Wm-2um-1"))], axes: [40, 3],
        wave + flux + sigma)
    ),
    (
      "images",
      FITSEncoder.encode([
        .image(FITSImage(name: "DATA", axes: [40], pixels: flux)),
        .image(FITSImage(name: "ERR", axes: [40], pixels: sigma, precision: .float)),
        .image(FITSImage(name: "WAVELENGTH", axes: [40], pixels: wave.map { $0 * 1e-6 })),
      ])
    ),
    ("units-in-names", table("", [FITSColumn("wave (A)", values: .double(wave.map { $0 * 1e4 })), counts])),
    ("variable-length", variableLength), ("ascii-table", asciiTable),
  ]

  private static let linear = [
    FITSCard("CTYPE1", .text("LINEAR")), FITSCard("CRVAL1", .real(5000)), FITSCard("CD1_1", .real(2)),
    FITSCard("WAT1_001", .text("wtype=linear label=Wavelength units=Angstroms")),
  ]
  private static let four = flux + flux + sigma + sigma
  private static let counts = FITSColumn("flux (cnts)", values: .double(flux))

  private static func table(
    _ name: String, keys: [FITSCard] = [], rows: Int = 40, _ columns: [FITSColumn]
  ) -> [UInt8] {
    FITSEncoder.encode([
      .table(FITSTable(name: name, header: FITSHeader(keys), rowCount: rows, columns: columns))
    ])
  }

  private static func image(_ name: String, _ keys: [FITSCard], axes: [Int], _ pixels: [Double]) -> [UInt8] {
    FITSEncoder.encode([.image(FITSImage(name: name, header: FITSHeader(keys), axes: axes, pixels: pixels))])
  }

  /// Two rows of pointers into a heap of 2 x 4 doubles, which the encoder does not write.
  private static let variableLength: [UInt8] = {
    let heap = (0..<16).flatMap { bigEndian((1 + 0.1 * Double($0)).bitPattern) }
    let pointers = [0, 64, 32, 96].flatMap { bigEndian(UInt32(4)) + bigEndian(UInt32($0)) }
    return extended(
      [
        ("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "16"), ("NAXIS2", "2"),
        ("PCOUNT", "128"), ("GCOUNT", "1"), ("TFIELDS", "2"), ("TTYPE1", "'WAVELENGTH'"),
        ("TFORM1", "'1PD(4)'"),
        ("TUNIT1", "'um'"), ("TTYPE2", "'RP_RS'"), ("TFORM2", "'1PD(4)'"),
      ], pointers + heap)
  }()

  private static let asciiTable: [UInt8] = extended(
    [
      ("XTENSION", "'TABLE   '"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "24"), ("NAXIS2", "4"),
      ("PCOUNT", "0"), ("GCOUNT", "1"), ("TFIELDS", "2"), ("TTYPE1", "'WAVELENGTH'"), ("TBCOL1", "1"),
      ("TFORM1", "'F10.3'"), ("TUNIT1", "'um'"), ("TTYPE2", "'RP_RS'"), ("TBCOL2", "12"),
      ("TFORM2", "'E13.5'"),
    ], Array((1...4).map { "     1.\($0)00  1.00000E-01 " }.joined().utf8))

  private static func extended(_ cards: [(String, String)], _ data: [UInt8]) -> [UInt8] {
    let text =
      cards.map { key, value in
        let blanks = String(repeating: " ", count: 8 - key.utf8.count)
        let line = key + blanks + "= " + value
        return line + String(repeating: " ", count: 80 - line.utf8.count)
      }.joined() + "END"
    return FITSEncoder.encode([]) + filled(Array(text.utf8), with: UInt8(ascii: " ")) + filled(data, with: 0)
  }

  static func filled(_ bytes: [UInt8], with fill: UInt8) -> [UInt8] {
    let rest = bytes.count % FITSStructure.blockLength
    return rest == 0 ? bytes : bytes + [UInt8](repeating: fill, count: FITSStructure.blockLength - rest)
  }

  private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  private static let texts: [(name: String, text: String)] = [
    ("csv", "# EXOKIND = eclipse\nwavelength,depth,depth_err\n" + rows { "\($0),0.0100,1e-4" }),
    (
      "ecsv",
      "# %ECSV 1.0\n# ---\n# - {name: wave, unit: um, datatype: float64}\n# - {name: dppm, unit: ppm}\n"
        + "# delimiter: ','\nwave,dppm\n" + rows { "\($0),7000" }
    ),
    (
      "ipac",
      "\\OBJECT = 'HAT-P-1 b'\n|CENTRALWAVELNG|BANDWIDTH|PL_TRANDEP|PL_TRANDEPERR1|PL_TRANDEPERR2|\n"
        + "|double        |double   |double    |double        |double        |\n"
        + "|microns       |microns  |%         |%             |%             |\n"
        + "|null          |null     |null      |null          |null          |\n"
        + rows { " \($0)            0.02      1.40       0.010          -0.020" }
    ),
    (
      "pyratbay",
      "@DEPTH_UNITS\nppm\n# depth depth_err wl half_width instrument\n@DATA\n" + rows { " 1 1 \($0) 0.1 A" }
        + " 1 1 filter.dat B\n"
    ),
    (
      "eureka",
      "# wavelength bin_width rp_value rp_errorneg rp_errorpos\n" + rows { "\($0) 0.01 0.12 0.001 0.002" }
    ),
    ("edges", rows { "\($0) \($0 + 0.1) 0.01 1e-4" }),
    ("names", "wavelength (um),transit_depth (ppm),err,instrument\n" + rows { "\($0),14500,40,\"WFC3\"" }),
    ("wavenumber", "wavenumber fp_fs\n" + rows { "\($0 * 5000) 1.2e-3" }),
  ]

  private static func rows(_ line: (Double) -> String) -> String {
    (0..<6).map { line(1 + Double($0) / 8) + "\n" }.joined()
  }
}
