import FITSFiles
import Units

/// The wavelength axis that a header gives by formula: CRVAL1 + (p - CRPIX1) CDELT1, or ten to that power.
struct FormulaAxis {
  var values: [Double]
  var unit: String
  var layout: String
  var assumptions: [String] = []

  /// `nil` when the header holds no wavelength axis: pixel numbers are none.
  init?(_ header: FITSHeader, count: Int) throws(SpectrumError) {
    let start = header.number("COEFF0") ?? header.number("CRVAL1")
    let step =
      header.number("COEFF1") ?? header.number("CD1_1")
      ?? header.number("CDELT1").map { $0 * (header.number("PC1_1") ?? header.number("PC001001") ?? 1) }
    guard let start, let step, step != 0 else { return nil }
    let type = header.text("CTYPE1") ?? ""
    let wat = FormulaAxis.wat(header, axis: 1)
    let isLog = header["COEFF0"] != nil || header.integer("DC-FLAG") == 1 || type.uppercased().contains("LOG")
    let unit = FormulaAxis.unit(header, type: type, wat: wat)
    let saysWavelength =
      unit != nil
      || ["WAVE", "LAMBDA", "AWAV", "LINEAR", "VACU"].contains { type.uppercased().hasPrefix($0) }
      || wat.lowercased().contains("wavelength") || isLog
    let reference = header.number("CRPIX1") ?? 1
    guard
      saysWavelength
        || Self.looksLikeWavelengths(
          header, type: type, start: start, step: step, reference: reference, count: count)
    else { return nil }
    // Where CRVAL1 is a wavelength, WAVE-LOG is that of FITS paper III; a logarithm of one is another convention's.
    let isStandard =
      type.uppercased().hasSuffix("-LOG") && header.integer("DC-FLAG") != 1 && header["COEFF0"] == nil
      && (unit.flatMap { SpectralUnit($0) } ?? SpectralUnit("Angstrom")).map {
        (1e-8...1e-3).contains($0.wavelength(start))
      }
        == true
    values = (0..<count).map { pixel in
      let offset = (Double(pixel + 1) - reference) * step
      if isStandard { return start * exponential(offset / start) }
      return isLog ? exponential10(start + offset) : start + offset
    }
    guard let first = values.first, let last = values.last, first.isFinite, last.isFinite,
      min(first, last) > 0,
      // A bare LINEAR axis that counts 1, 2, 3 is IRAF's way to have none.
      !(unit == nil && start == 1 && step == 1)
    else {
      throw SpectrumError(
        .noWavelength,
        "the header's axis (CRVAL1 \(start), step \(step)) gives no positive wavelengths; looked for a wavelength "
          + "solution in CRVAL1, CDELT1, CD1_1, DC-FLAG")
    }
    self.unit = unit ?? ""
    if header["COEFF0"] != nil {
      layout = "SDSS log-linear"
      if unit == nil { self.unit = "Angstrom" }
    } else if isStandard {
      layout = "FITS log-linear (\(type))"
    } else if isLog {
      layout = "IRAF log-linear (DC-FLAG=1)"
    } else if type.lowercased().hasPrefix("angstrom"), header["CUNIT1"] == nil {
      layout = "ESO DRS s1d"
      assumptions.append("CUNIT1 is absent: CTYPE1 names the unit, '\(type)'")
    } else {
      layout = "IRAF linear"
    }
    if isLog, !isStandard { assumptions.append("the axis is log10 of the wavelength") }
  }

  /// Without any word of a wavelength: numbers as optical and infrared wavelengths have them, in a range that no count of
  /// pixels, time or velocity has by chance.
  ///
  /// Source of the formula of WAVE-LOG: Greisen et al. 2006, A&A 446, 747, equation 5.
  private static func looksLikeWavelengths(
    _ header: FITSHeader, type: String, start: Double, step: Double, reference: Double, count: Int
  ) -> Bool {
    guard type.isEmpty, header.text("CUNIT1") == nil, count > 1 else { return false }
    let ends = [start + (1 - reference) * step, start + (Double(count) - reference) * step]
    guard let low = ends.min(), let high = ends.max(), low > 0, high < 8 * low else { return false }
    // 3.6 with steps of 1e-4 is the logarithm of Angstrom, to base 10 or e, as well as micrometers.
    let areLogarithms =
      [3.3...4.7, 7.6...10.8].contains { $0.contains(low) && $0.contains(high) } && abs(step) < 3e-3
    guard !areLogarithms else { return false }
    return low >= 3000 && high <= 30_000 || low >= 0.3 && high <= 30 && abs(step) < 0.1
  }

  private static func unit(_ header: FITSHeader, type: String, wat: String) -> String? {
    if let unit = header.text("CUNIT1"), SpectralUnit(unit) != nil { return unit }
    if let range = wat.lowercased().range(ofWord: "units=") {
      let word = wat[range...].prefix { $0 != " " }
      if SpectralUnit(String(word)) != nil { return String(word) }
    }
    return SpectralUnit(type) != nil ? type : nil
  }

  /// The WATn_mmm keys of an axis joined: each holds 68 characters, blanks at their ends included.
  static func wat(_ header: FITSHeader, axis: Int) -> String {
    var text = ""
    for part in 1...999 {
      let number = String(part)
      let key = "WAT\(axis)_" + String(repeating: "0", count: 3 - number.count) + number
      guard case .text(let piece)? = header[key]?.value else { break }
      text += piece.count < 68 ? piece + String(repeating: " ", count: 68 - piece.count) : piece
    }
    return text
  }
}

extension StringProtocol {
  /// The place after a word.
  func range(ofWord word: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(word) { return index(place, offsetBy: word.count) }
      place = index(after: place)
    }
    return nil
  }
}
