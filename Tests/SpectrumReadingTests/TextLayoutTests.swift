import NumericalMethods
import Observations
import SpectrumReading
import Testing

private func read(_ text: String) throws -> Spectrum { try SpectrumReader.read(Array(text.utf8)) }

@Suite struct TextLayouts {
  @Test func archiveTable() throws {
    // NASA Exoplanet Archive: depths in per cent, the lower error negative, null where nothing is known.
    let spectrum = try read(
      """
      \\OBJECT = 'HAT-P-1 b'
      \\ CENTRALWAVELNG: wavelength
      |CENTRALWAVELNG|BANDWIDTH|PL_TRANDEP|PL_TRANDEPERR1|PL_TRANDEPERR2|PL_RATROR|
      |double        |double   |double    |double        |double        |double   |
      |microns       |microns  |%         |%             |%             |         |
      |null          |null     |null      |null          |null          |null     |
       1.1            0.02      1.40       0.010          -0.020         null
       1.12           0.02      1.41       0.010          -0.020         null
       1.14           0.02      null       null           null           null

      """)
    #expect(
      spectrum.kind == .transmission && spectrum.object == "HAT-P-1 b" && spectrum.layout == "text: IPAC")
    #expect(abs(spectrum.value[0] - 0.014) < 1e-12)
    #expect(abs((spectrum.upperError?[0] ?? 0) - 1e-4) < 1e-12)
    #expect(abs((spectrum.lowerError?[0] ?? 0) - 2e-4) < 1e-12)
    #expect(spectrum.isMasked == [false, false, true])
    #expect(abs((spectrum.upperEdge[0] - spectrum.lowerEdge[0]) * 1e6 - 0.02) < 1e-9)
  }

  /// An Earth's transit of 84 ppm: taken as a fraction by its size, it would be a hundred times too deep.
  @Test(arguments: [("%", 0.0084), ("ppm", 84), ("fraction", 8.4e-5)])
  func unitOfTheDepthInTheColumnsName(unit: String, depth: Double) throws {
    let rows = (0..<9).map { "\(1 + 0.1 * Double($0)),\(depth),\(depth / 10)\n" }.joined()
    let spectrum = try read("wavelength (um),transit_depth (\(unit)),err\n" + rows)
    #expect(abs(spectrum.value[0] - 84e-6) < 1e-15 && abs((spectrum.upperError?[0] ?? 0) - 8.4e-6) < 1e-16)
    #expect(spectrum.unit == unit && spectrum.assumptions.isEmpty)
  }

  @Test(arguments: ["ppm", "percent"]) func unitsAtTheEndOfNames(unit: String) throws {
    let scale = unit == "ppm" ? 1.0 : 1e-4
    let rows = (0..<9).map { "\(1000 + 100 * $0),\(84 * scale),8.4\n" }.joined()
    // The errors are in ppm whatever the depth is in.
    let spectrum = try read("wavelength_nm,transit_depth_\(unit),error_ppm\n" + rows)
    #expect(spectrum.kind == .transmission && spectrum.assumptions.isEmpty)
    #expect(abs(spectrum.wavelength[0] - 1e-6) < 1e-15)
    #expect(abs(spectrum.value[0] - 84e-6) < 1e-15 && abs((spectrum.upperError?[0] ?? 0) - 8.4e-6) < 1e-16)
  }

  @Test func eureka() throws {
    let spectrum = try read(
      """
      # wavelength bin_width rp_value rp_errorneg rp_errorpos
      1.0 0.01 0.12 0.001 0.002
      1.02 0.01 0.121 0.001 0.002
      1.04 0.01 0.122 0.001 0.002
      """)
    #expect(spectrum.kind == .transmission)
    #expect(abs(spectrum.value[0] - 0.0144) < 1e-12)
    #expect(abs((spectrum.upperError?[0] ?? 0) - 2 * 0.12 * 0.002) < 1e-12)
    #expect(abs((spectrum.lowerError?[0] ?? 0) - 2 * 0.12 * 0.001) < 1e-12)
    #expect(abs((spectrum.upperEdge[1] - spectrum.lowerEdge[1]) * 1e6 - 0.02) < 1e-9)
  }

  @Test(arguments: [3, 4]) func taurexWithoutNames(columns: Int) throws {
    let rows = (0..<10).map { row in
      ["\(2.0 - 0.1 * Double(row))", "0.0144", "0.0001", "0.1"].prefix(columns).joined(separator: "  ")
    }
    let spectrum = try read(rows.joined(separator: "\n") + "\n")
    #expect(spectrum.kind == .transmission && spectrum.count == 10)
    #expect(abs(spectrum.wavelength[0] - 1.1e-6) < 1e-15)
    #expect(abs((spectrum.upperEdge[4] - spectrum.lowerEdge[4]) * 1e6 - 0.1) < 1e-9)
  }

  @Test func keysInComments() throws {
    let rows = (0..<10).map { "\(1.0 + 0.1 * Double($0)),\(0.001 * Double(1 + $0 % 3)),0.0001" }
    let table = "wavelength,depth,depth_err\n" + rows.joined(separator: "\n") + "\n"
    let error = #expect(throws: SpectrumError.self) { try read(table) }
    #expect(error?.code == .kindUnknown)
    let spectrum = try read("# EXOKIND = eclipse\n# RSTAR: 0.9\n# OBJECT = 'X b'\n" + table)
    #expect(spectrum.kind == .eclipse && spectrum.starRadius == 0.9 && spectrum.object == "X b")
    #expect(throws: SpectrumError.self) { try read("# EXOKIND = banana\n" + table) }
  }

  @Test(arguments: [
    ("wavelength,rp_rs\n1.0,0.1\n1.1,zero\n", "line 3"),
    ("wavelength,rp_rs\n1.0,0.1\n1.1\n1.2,0.1\n", "line 3"),
    ("a,b\n1,2\n3,4\n", "no wavelength"), ("hello 1\nworld 2\n", "no number"),
    ("chapter 1 begins\nhere\n", "no table"),
    ("wavelength,rp_rs\n1.0,nan\n1.1,null\n", "depth"), ("wavelength,rp_rs\n1.0,0.1\n", "one point"),
    ("wavelength (furlong),rp_rs\n1e12,0.1\n2e12,0.1\n", "unit"),
  ])
  func badTextsAreExplained(text: String, words: String) {
    let error = #expect(throws: SpectrumError.self) { try read(text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func aRowCutShortAtTheEndIsUnsettled() {
    let error = #expect(throws: SpectrumError.self) { try read("wavelength,rp_rs,err\n1.0,0.1,0.1\n1.1,0.") }
    #expect(error?.mayStillGrow == true)
  }

  @Test func binaryAndMarkupAreNotRecognised() {
    #expect(!SpectrumReader.recognizes([0, 1, 2, 48]))
    #expect(!SpectrumReader.recognizes(Array("<system>1</system>".utf8)))
    #expect(!SpectrumReader.recognizes(Array("x\n<system>1</system>".utf8)))
    #expect(SpectrumReader.recognizes(Array("1 2 3".utf8)))
  }
}

/// Sound texts with characters changed: each must end in a spectrum or an error.
@Suite struct MutatedTexts {
  static let seeds = [
    "wavelength,depth,depth_err\n1.0,0.0100,1e-4\n1.1,0.0101,1e-4\n1.2,0.0102,1e-4\n1.3,0.0101,1e-4\n1.4,0.01,1e-4\n",
    "# %ECSV 1.0\n# ---\n# - {name: wave, unit: um, datatype: float64}\n# delimiter: ','\nwave,dppm\n1,7000\n2,7001\n",
    "|wave|rprs|\n|double|double|\n|um|  |\n 1.0   0.1\n 1.1   0.2\n",
    "@DEPTH_UNITS\nppm\n# depth depth_err wl half_width instrument\n@DATA\n 1 1 1.0 0.1 A\n 2 1 1.2 0.1 A\n 9 1 1.4 0.1 A\n",
    "1.0 1.1 0.01 1e-4\n1.1 1.2 0.0101 1e-4\n1.2 1.3 0.0102 1e-4\n1.3 1.4 0.0101 1e-4\n1.4 1.5 0.01 1e-4\n",
  ].map { Array($0.utf8) }

  @Test func endsInAValueOrASentence() {
    var random = SeededRandom(seed: 7)
    var ends = (read: 0, refused: 0)
    let letters = Array("0123456789.,-+eE \t\n#|\\@:{}()nua\u{e9}".utf8)
    for number in 0..<Mutants.count {
      var bytes = Self.seeds[number % Self.seeds.count]
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 1...255, using: &random)
        case 1, 2: bytes[place] = letters.randomElement(using: &random) ?? 48
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
        }
      }
      do {
        let spectrum = try SpectrumReader.read(bytes)
        #expect(spectrum.isMasked.contains(false))
        let resampled = spectrum.resampled()
        #expect(resampled.coverage.allSatisfy { (0...1).contains($0) })
        ends.read += 1
      } catch {
        #expect(!error.sentence.isEmpty)
        ends.refused += 1
      }
    }
    #expect(ends.read > Mutants.count / 50 && ends.refused > Mutants.count / 50, "\(ends)")
  }
}
