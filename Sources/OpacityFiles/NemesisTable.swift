import Units

#if canImport(Glibc)
  import Glibc
#endif

/// A k-table of NEMESIS (Irwin et al. 2008, JQSRT 109, 1136), a binary `.kta` file of 4-byte little-endian words.
///
/// Ten words (place of the first k in words from 1, wavelengths, first wavelength, step, width, pressures,
/// temperatures, quadrature points, gas, isotope), quadrature points and weights, two words, pressures (atm),
/// temperatures (K), wavelengths where the step is not positive, and k in 1e-20 cm2 a molecule with the quadrature
/// running fastest, then temperature, pressure and wavelength.
package struct NemesisTable: Sendable {
  /// um.
  package let wavelengths: [Double]
  /// Pa.
  package let pressures: [Double]
  /// K.
  package let temperatures: [Double]
  /// Quadrature weights over g, adding up to 1.
  package let weights: [Double]
  /// m2 a molecule, wavelengths x pressures x temperatures x points.
  private let crossSections: [Double]

  /// Words no part of a table can exceed: twice the largest published.
  private static let mostWords = 1 << 28

  package init(_ bytes: [UInt8], name: String) throws(OpacityFileError) {
    func refuse(_ detail: String) -> OpacityFileError {
      OpacityFileError(.notAnOpacityTable, file: name, detail)
    }
    guard bytes.count >= 40, bytes.count % 4 == 0 else {
      throw refuse("is too short or no whole number of words")
    }
    func word(_ index: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[4 * index + $1]) << (8 * UInt32($1)) }
    }
    func integer(_ index: Int) -> Int { Int(Int32(bitPattern: word(index))) }
    func reals(_ range: Range<Int>) -> [Double] { range.map { Double(Float(bitPattern: word($0))) } }

    let (start, bins) = (integer(0) - 1, integer(1))
    let (pressureCount, temperatureCount, points) = (integer(5), integer(6), integer(7))
    guard [bins, pressureCount, temperatureCount, points].allSatisfy({ (1...100_000).contains($0) }) else {
      throw refuse("its first words give no numbers of wavelengths, pressures, temperatures and points")
    }
    let step = reals(3..<4)[0]
    let count = bins * pressureCount * temperatureCount * points
    var place = 10
    func next(_ length: Int) -> Range<Int> {
      defer { place += length }
      return place..<place + length
    }
    let head = 10 + 2 * points + 2 + pressureCount + temperatureCount + (step > 0 ? 0 : bins)
    guard start >= head, count <= Self.mostWords, start + count <= bytes.count / 4 else {
      throw refuse("is cut short, or no k-table: \(count) values from word \(start + 1) do not lie in it")
    }
    _ = next(points)
    let given = reals(next(points))
    let sum = given.reduce(0, +)
    guard given.allSatisfy({ $0 > 0 }), abs(sum - 1) < 1e-3 else {
      throw refuse("has quadrature weights that do not add up to 1: it is no k-table")
    }
    weights = given.map { $0 / sum }
    _ = next(2)
    pressures = reals(next(pressureCount)).map { $0 * Constants.standardAtmosphere }
    temperatures = reals(next(temperatureCount))
    let first = reals(2..<3)[0]
    wavelengths = step > 0 ? (0..<bins).map { first + step * Double($0) } : reals(next(bins))
    crossSections = (0..<count).map { Double(Float(bitPattern: word(start + $0))) * 1e-24 }
    guard temperatures.count > 1, zip(temperatures, temperatures.dropFirst()).allSatisfy({ $0 < $1 }),
      crossSections.allSatisfy({ $0 >= 0 && $0.isFinite }),
      (wavelengths + pressures + temperatures).allSatisfy({ $0 > 0 })
    else { throw refuse("holds values that are negative or not finite: it is no k-table") }
  }

  /// Cross-sections, wavelengths x points, m2 a molecule, at the table's pressure nearest in the logarithm, ln k linear in
  /// 1/T; 0 where the table has nothing on either side.
  /// - Parameters:
  ///   - temperature: K, within the table.
  ///   - pressure: Pa.
  package func crossSections(temperature: Double, pressure: Double) -> [[Double]] {
    let p =
      pressures.indices.min { abs(log(pressures[$0] / pressure)) < abs(log(pressures[$1] / pressure)) } ?? 0
    let upper = max(1, temperatures.firstIndex { $0 >= temperature } ?? temperatures.count - 1)
    let (low, high) = (temperatures[upper - 1], temperatures[upper])
    let share = (1 / temperature - 1 / low) / (1 / high - 1 / low)
    return wavelengths.indices.map { bin in
      let row = ((bin * pressures.count + p) * temperatures.count + upper) * weights.count
      return weights.indices.map { point in
        let (a, b) = (crossSections[row - weights.count + point], crossSections[row + point])
        return a > 0 && b > 0 ? a * pow(b / a, share) : 0
      }
    }
  }
}
