import NumericalMethods
import Observations
import Units

extension SpectralUnit {
  /// The unit of a column of wavelengths: as it states it, else as its name or its values let one guess.
  /// - Throws: `noWavelength`, `noUsablePoints`.
  /// - Parameter words: what the file says outside its columns.
  init(
    of column: SpectrumColumn, words: HeaderWords, _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    for text in [column.unit, ColumnNames.split(column.name).unit] where !text.isEmpty {
      if let unit = SpectralUnit(text) {
        self = unit
        return
      }
    }
    let word = ColumnNames.plain(column.name)
    if word.hasSuffix("um") || word.contains("micron") {
      self = .wavelength(meters: 1e-6)
    } else if word == "angstrom" {
      self = .wavelength(meters: 1e-10)
    } else if !column.unit.isEmpty {
      throw SpectrumError(
        .noWavelength,
        "column \(column.name) has the unit '\(column.unit)', which is none of wavelength, frequency or "
          + "wavenumber; write um, nm, Angstrom, m, Hz or cm-1")
    } else {
      self = try Self.guess(of: column, word: word, words: words, &remarks)
    }
  }

  private static func guess(
    of column: SpectrumColumn, word: String, words: HeaderWords, _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) -> SpectralUnit {
    guard let median = upperMedian(column.values.filter { $0.isFinite && $0 > 0 }) else {
      throw SpectrumError(.noUsablePoints, "column \(column.name) holds no positive finite wavelength")
    }
    if let unit = try words.wavelengthUnit(ofValuesAbout: median, named: column.name, &remarks) {
      return unit
    }
    if let line = words.wavenumberLine, median >= 60,
      !["wn", "wavenumber", "freq", "frequency"].contains(word)
    {
      throw SpectrumError(
        .noWavelength,
        "line \(line) speaks of wavenumbers or frequencies, and \(column.name), about \(Short.text(median)), has no unit; name it "
          + "wavenumber_cm-1, wavelength_nm or wavelength_angstrom")
    }
    if word.hasPrefix("freq") {
      remarks.assumptions.append("\(column.name) has no unit: taken as Hz")
      return .frequency(hertz: 1)
    }
    if word == "wn" || word == "wavenumber" {
      remarks.assumptions.append("\(column.name) has no unit: taken as cm-1")
      return .wavenumber(perMeter: 100)
    }
    guard let guess = bySize(median) else {
      throw SpectrumError(
        .noWavelength,
        "column \(column.name) has no unit and its values, about \(median), fit none; add the unit")
    }
    remarks.assumptions.append("\(column.name) has no unit: its values were taken as \(guess.name)")
    remarks.flags.append(.wavelengthUnitAssumed)
    return .wavelength(meters: guess.meters)
  }

  /// The unit in which instruments' wavelengths have such values.
  static func bySize(_ median: Double) -> (name: String, meters: Double)? {
    switch median {
    case 0.05..<60: ("um", 1e-6)
    case 500..<400_000: ("Angstrom", 1e-10)
    case 60..<500: ("nm", 1e-9)
    case 5e-8..<6e-5: ("m", 1)
    default: nil
    }
  }
}
