import FITSFiles
import Units

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
        return (spec[2] == 1 ? exponential10(value) : value) * doppler
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
