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
    let step = header.number("COEFF1") ?? header.number("CD1_1") ?? header.number("CDELT1")
    guard let start, let step, step != 0 else { return nil }
    let type = header.text("CTYPE1") ?? ""
    let wat = FormulaAxis.wat(header, axis: 1)
    let isLog = header["COEFF0"] != nil || header.integer("DC-FLAG") == 1 || type.uppercased().contains("LOG")
    let unit = FormulaAxis.unit(header, type: type, wat: wat)
    let saysWavelength =
      unit != nil
      || ["WAVE", "LAMBDA", "AWAV", "LINEAR", "VACU"].contains { type.uppercased().hasPrefix($0) }
      || wat.lowercased().contains("wavelength") || isLog
    guard saysWavelength else { return nil }
    values = SpectralAxis.linear(
      count: count, start: start, step: step, reference: header.number("CRPIX1") ?? 1, isLogarithmic: isLog)
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
    } else if isLog {
      layout = "IRAF log-linear (DC-FLAG=1)"
    } else if type.lowercased().hasPrefix("angstrom"), header["CUNIT1"] == nil {
      layout = "ESO DRS s1d"
      assumptions.append("CUNIT1 is absent: CTYPE1 names the unit, '\(type)'")
    } else {
      layout = "IRAF linear"
    }
    if isLog { assumptions.append("the axis is log10 of the wavelength") }
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

extension String {
  /// The place after a word.
  func range(ofWord word: String) -> String.Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(word) { return index(place, offsetBy: word.count) }
      place = index(after: place)
    }
    return nil
  }
}

/// IRAF's MULTISPEC axes: one dispersion function an order, written in WAT2.
///
/// Source: Valdes 1993, "The IRAF Spectral World Coordinate Systems", ASP Conf. 52, 467.
struct MultispecAxis {
  let unit: String
  private let specs: [Int: [Double]]

  init(_ header: FITSHeader) {
    let wat1 = FormulaAxis.wat(header, axis: 1)
    let word =
      wat1.lowercased().range(ofWord: "units=").map { String(wat1[$0...].prefix { $0 != " " }) } ?? ""
    unit = SpectralUnit(word) == nil ? "Angstrom" : word
    var specs: [Int: [Double]] = [:]
    let pieces = FormulaAxis.wat(header, axis: 2).split(separator: "spec", omittingEmptySubsequences: true)
    for piece in pieces {
      let halves = piece.split(separator: "\"", omittingEmptySubsequences: false)
      guard halves.count >= 2, let number = Int(halves[0].filter { $0.isASCII && $0.isNumber }) else {
        continue
      }
      specs[number] = halves[1].split(separator: " ").compactMap { FITSHeader.decimal($0) }
    }
    self.specs = specs
  }

  /// Fields: aperture, beam, type, w1, dw, nw, z, aplow, aphigh, then the functions.
  func wavelengths(order: Int, count: Int) throws(SpectrumError) -> [Double] {
    guard let spec = specs[order], spec.count >= 7, (0.0...2.0).contains(spec[2]) else {
      throw SpectrumError(
        .noWavelength, "order \(order) has no dispersion: looked for spec\(order) in the WAT2 keys")
    }
    let doppler = 1 / (1 + spec[6])
    switch spec[2] {
    case 0, 1:
      return (0..<count).map { pixel in
        let value = spec[3] + spec[4] * Double(pixel)
        return (spec[2] == 1 ? SpectralAxis.power(10, value) : value) * doppler
      }
    default:
      return try polynomial(spec, count: count, doppler: doppler)
    }
  }

  /// Weighted sums of Chebyshev (1) or Legendre (2) polynomials; other functions are refused.
  private func polynomial(_ spec: [Double], count: Int, doppler: Double) throws(SpectrumError) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    var place = 9
    guard spec.count > 15 else { throw SpectrumError(.noWavelength, "a MULTISPEC dispersion is cut short") }
    while place + 6 <= spec.count {
      let (weight, offset, kind) = (spec[place], spec[place + 1], spec[place + 2])
      guard kind == 1 || kind == 2, let order = Int(exactly: spec[place + 3]), (1...64).contains(order),
        place + 6 + order <= spec.count
      else {
        throw SpectrumError(
          .noWavelength,
          "a MULTISPEC dispersion function of type \(kind) is not read; Chebyshev and Legendre are")
      }
      let (low, high) = (spec[place + 4], spec[place + 5])
      let coefficients = spec[place + 6..<place + 6 + order]
      guard high > low else {
        throw SpectrumError(.noWavelength, "a MULTISPEC dispersion has an empty range")
      }
      for pixel in 0..<count {
        let x = (Double(pixel + 1) - (high + low) / 2) / ((high - low) / 2)
        var (previous, current) = (1.0, x)
        var sum = 0.0
        for (n, coefficient) in coefficients.enumerated() {
          let value = n == 0 ? 1 : n == 1 ? x : nextPolynomial(kind, n, x, previous, current)
          if n >= 2 { (previous, current) = (current, value) }
          sum += coefficient * value
        }
        result[pixel] += weight * (offset + sum) * doppler
      }
      place += 6 + order
    }
    return result
  }

  private func nextPolynomial(
    _ kind: Double, _ n: Int, _ x: Double, _ previous: Double, _ current: Double
  ) -> Double {
    kind == 1
      ? 2 * x * current - previous
      : (Double(2 * n - 1) * x * current - Double(n - 1) * previous) / Double(n)
  }
}
