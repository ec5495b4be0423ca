import Observations
import SpectrumReading
import Testing

/// Texts that once gave a wrong number, or lost one without a word.
@Suite struct HostileTexts {
  private func read(_ text: String) throws -> Spectrum { try SpectrumReader.read(Array(text.utf8)) }

  /// 99.99 stands for a missing value, and says so in three formats.
  @Test func nullsOfTheTableAreNoValues() throws {
    let depths = (0..<9).map { $0 == 4 ? "99.99" : "1.1\($0)" }
    func rows(_ row: (Int, String) -> String) -> String {
      depths.enumerated().map { row($0, $1) + "\n" }.joined()
    }
    let ipac =
      "|wavelength|transit_depth|error |\n|double    |double       |double|\n|um        |%            |%     |\n"
      + "|null      |99.990       |null  |\n" + rows { " 1.\($0)        \($1)           0.01  " }
    let described =
      "Byte-by-byte Description of file: t.txt\n----------------\n   Bytes Format Units  Label  Explanations\n"
      + "----------------\n   1-  3 F3.1 um Wave Wavelength\n   5-  9 F5.2 % TDepth ?=99.99 Transit depth\n"
      + "  11- 14 F4.2 % e_TDepth Error\n----------------\n"
      + rows { "1.\($0) \($1.count == 4 ? $1 + " " : $1) 0.01" }
    let votable =
      "<VOTABLE><RESOURCE><TABLE><FIELD name=\"wavelength\" unit=\"um\" datatype=\"double\"/>"
      + "<FIELD name=\"transit_depth\" unit=\"%\" datatype=\"double\"><VALUES null=\"99.990\"/></FIELD>"
      + "<FIELD name=\"error\" unit=\"%\" datatype=\"double\"/><DATA><TABLEDATA>"
      + rows { "<TR><TD>1.\($0)</TD><TD>\($1)</TD><TD>0.01</TD></TR>" }
      + "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>"
    for text in [ipac, described, votable] {
      let spectrum = try read(text)
      #expect(spectrum.count == 9)
      #expect(spectrum.isMasked == (0..<9).map { $0 == 4 }, "\(spectrum.layout)")
      #expect(abs(spectrum.value[0] - 0.0110) < 1e-12)
    }
  }

  @Test func widthsThatAreNoneAreNamed() throws {
    let rows = (0..<9).map { "1.\($0),\($0 == 3 ? "" : "0.1"),0.0121,0.0001\n" }.joined()
    let spectrum = try read("wavelength_um,bin_width,transit_depth,err\n" + rows)
    #expect(!spectrum.edgesAreGiven)
    #expect(spectrum.assumptions.contains { $0.hasPrefix("some widths of bins are missing") })
    let edges = (0..<9).map { "1.\($0),1.\($0 == 3 ? 9 : $0),0.0121,0.0001\n" }.joined()
    let other = try read("wave_min_um,wave_max_um,transit_depth,err\n" + edges)
    #expect(other.assumptions.contains { $0.hasPrefix("some bins have no edges") })
  }

  /// Only wavelengths have two edges: a depth between two numbers is none.
  @Test func rangesOfDepthsAreRefused() {
    let rows = (0..<9).map { "1.\($0) 0.012-0.013 0.0001\n" }.joined()
    for head in ["", "wavelength_um transit_depth err\n"] {
      let error = #expect(throws: SpectrumError.self) { try self.read(head + rows) }
      #expect(error?.description.contains("'0.012-0.013' is no number") == true)
    }
  }

  @Test func everyColumnOfFlagsCounts() throws {
    let rows = (0..<9).map { "1.\($0),0.0121,0.0001,\($0 == 2 ? 1 : 0),\($0 == 6 ? 4 : 0)\n" }.joined()
    let spectrum = try read("wavelength_um,transit_depth,err,dq,flag\n" + rows)
    #expect(spectrum.isMasked == (0..<9).map { $0 == 2 || $0 == 6 })
  }

  /// Astropy breaks long lines of the header.
  @Test func aDescriptionOverTwoLinesKeepsItsUnit() throws {
    let rows = (0..<9).map { "\(1100 + 10 * $0) 12100 50\n" }.joined()
    let spectrum = try read(
      "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: wavelength, unit: nm, datatype: float64,\n#   description: centre of the bin}\n"
        + "# - {name: transit_depth, unit: ppm, datatype: float64}\n# - {name: err, unit: ppm, datatype: float64}\n"
        + "wavelength transit_depth err\n" + rows)
    #expect(abs(spectrum.wavelength[0] - 1.1e-6) < 1e-15 && spectrum.flags.isEmpty)
  }
}
