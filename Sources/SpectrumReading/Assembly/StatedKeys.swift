import Observations
import Units

extension StatedContext {
  /// From the keys RSTAR, TSTAR, MPLAN, RPLAN, TPLAN with errors `_UP` and `_LO`: `0.28 Mjup`, `1120 +- 20 K`.
  ///
  /// A mass or radius of a planet without a unit is not taken: authors write both Jupiter's and the Earth's.
  init(keys: [String: String], _ remarks: inout ReadingRemarks) {
    self.init()
    starRadius = Self.measured("RSTAR", keys, Self.lengths, usual: "rsun", &remarks)
    starTemperature = Self.measured("TSTAR", keys, Self.temperatures, usual: "k", &remarks)
    planetMass = Self.measured("MPLAN", keys, Self.masses, usual: nil, &remarks)
    planetMassIsMinimum = keys["MPLAN"]?.lowercased().contains("sin i") == true
    planetRadius = Self.measured("RPLAN", keys, Self.lengths, usual: nil, &remarks)
    planetTemperature = Self.measured("TPLAN", keys, Self.temperatures, usual: "k", &remarks)
  }

  /// The keys that are looked for in a file, errors included.
  static let keyNames = ["RSTAR", "TSTAR", "MPLAN", "RPLAN", "TPLAN"].flatMap {
    [$0, $0 + "_UP", $0 + "_LO"]
  }

  private static func measured<Dimension>(
    _ key: String, _ keys: [String: String], _ units: [String: Double], usual: String?,
    _ remarks: inout ReadingRemarks
  ) -> Measurement<Dimension>? {
    guard let text = keys[key] else { return nil }
    let stated = StatedNumber(text)
    guard let value = stated.value, value > 0 else {
      remarks.assumptions.append("\(key) = '\(text.prefix(40))' is no positive number: not taken")
      return nil
    }
    guard let unit = stated.unit ?? usual else {
      remarks.assumptions.append(
        "\(key) = \(text.prefix(40)) has no unit: not taken; write Mjup, Mearth, Rjup or Rearth behind it")
      return nil
    }
    guard let si = units[unit] else {
      remarks.assumptions.append("\(key) = \(text.prefix(40)) has a unit that is not known: not taken")
      return nil
    }
    func error(_ end: String) -> Quantity<Dimension>? {
      let number = keys[key + end].flatMap { StatedNumber($0).value } ?? stated.error
      return number.flatMap { $0.isFinite && $0 != 0 ? Quantity(si: abs($0) * si) : nil }
    }
    return Measurement(value: Quantity(si: value * si), upperError: error("_UP"), lowerError: error("_LO"))
  }

  private static let lengths: [String: Double] = {
    var units = ["m": 1.0, "km": 1e3]
    for name in ["rsun", "solrad", "rsol", "solarradius", "solarradii", "rsolar", "r\u{2609}"] {
      units[name] = Length(solarRadii: 1).si
    }
    for name in ["rjup", "jupiterrad", "rj", "rjupiter", "rjupiters", "jupiterradius", "jupiterradii"] {
      units[name] = Length(jupiterRadii: 1).si
    }
    for name in ["rearth", "earthrad", "re", "r\u{2295}", "earthradius", "earthradii"] {
      units[name] = Length(earthRadii: 1).si
    }
    return units
  }()

  private static let masses: [String: Double] = {
    var units = ["kg": 1.0]
    for name in ["msun", "solmass", "msol"] { units[name] = Mass(solarMasses: 1).si }
    for name in ["mjup", "jupitermass", "mj", "mjupiter", "jupitermasses"] {
      units[name] = Mass(jupiterMasses: 1).si
    }
    for name in ["mearth", "earthmass", "me", "m\u{2295}", "earthmasses"] {
      units[name] = Mass(earthMasses: 1).si
    }
    return units
  }()

  private static let temperatures = ["k": 1.0, "kelvin": 1.0, "kelvins": 1.0]
}

/// A number with an error and a unit, as people write it behind a key.
private struct StatedNumber {
  var value: Double?
  /// Of both sides.
  var error: Double?
  /// Lower case, letters alone.
  var unit: String?

  init(_ text: String) {
    var spaced = text
    for sign in ["+/-", "+-", "\u{b1}"] { spaced = spaced.replacing(sign, with: " \u{b1} ") }
    let words = TextLine.cells(spaced.filter { $0 != "," }, " ")
    var place = 0
    // `0.28Mjup`: the unit follows without a blank.
    if let first = words.first {
      let digits = first.prefix { $0.isNumber || ".+-".contains($0) }
      let isWhole = TextTable.isNumber(first)
      value = TextTable.number(isWhole ? first : String(digits))
      if !isWhole { unit = Self.letters(String(first.dropFirst(digits.count))) }
      place = 1
    }
    if place + 1 < words.count, words[place] == "\u{b1}" {
      let number = TextTable.number(words[place + 1])
      error = number.isFinite ? number : nil
      place += 2
    }
    if unit == nil, place < words.count { unit = Self.letters(words[place]) }
    if let number = value, !number.isFinite { value = nil }
  }

  private static func letters(_ word: String) -> String? {
    let plain = word.lowercased().filter { $0.isLetter || $0 == "\u{2609}" || $0 == "\u{2295}" }
    return plain.isEmpty ? nil : plain
  }
}
