package import JobContract
import Observations
import Units

extension StatedContext {
  /// From the keys RSTAR, TSTAR, MPLAN, RPLAN, TPLAN with errors `_UP` and `_LO`: `0.28 Mjup`, `1120 +- 20 K`.
  ///
  /// A mass or radius of a planet without a unit is not taken: authors write both Jupiter's and the Earth's.
  init(keys: [String: String], _ remarks: inout ReadingRemarks) {
    self.init()
    starRadius = StatedKey.starRadius.measured(keys, &remarks)
    starTemperature = StatedKey.starTemperature.measured(keys, &remarks)
    planetMass = StatedKey.planetMass.measured(keys, &remarks)
    planetMassIsMinimum = keys["MPLAN"]?.lowercased().contains("sin i") == true
    planetRadius = StatedKey.planetRadius.measured(keys, &remarks)
    planetTemperature = StatedKey.planetTemperature.measured(keys, &remarks)
  }

  /// The keys that are looked for in a file, errors included.
  static let keyNames = StatedKey.all.flatMap { [$0.name, $0.name + "_UP", $0.name + "_LO"] }
}

/// A key that states a number of star or planet: its units, and what it can be at all.
private struct StatedKey {
  let name: String
  /// SI units in one of each.
  let units: [String: Double]
  /// Taken where none is written; `nil` where authors write several.
  let usualUnit: String?
  /// Of the options that have its name, where none is written.
  let optionUnit: String
  /// In SI. Beyond it stands no star or planet, but a wrong unit.
  let range: ClosedRange<Double>

  static let starRadius = StatedKey(
    name: "RSTAR", units: lengths, usualUnit: "rsun", optionUnit: "Rsun",
    range: Length(solarRadii: 1e-3).si...Length(solarRadii: 3000).si)
  static let starTemperature = StatedKey(
    name: "TSTAR", units: temperatures, usualUnit: "k", optionUnit: "K", range: 300...300_000)
  static let planetMass = StatedKey(
    name: "MPLAN", units: masses, usualUnit: nil, optionUnit: "Mjup",
    range: Mass(earthMasses: 1e-3).si...Mass(jupiterMasses: 100).si)
  static let planetRadius = StatedKey(
    name: "RPLAN", units: lengths, usualUnit: nil, optionUnit: "Rjup",
    range: Length(earthRadii: 0.05).si...Length(jupiterRadii: 5).si)
  static let planetTemperature = StatedKey(
    name: "TPLAN", units: temperatures, usualUnit: "k", optionUnit: "K", range: 10...10_000)
  static let all = [starRadius, starTemperature, planetMass, planetRadius, planetTemperature]

  func measured<Dimension>(
    _ keys: [String: String], _ remarks: inout ReadingRemarks
  ) -> Measurement<Dimension>? {
    guard let text = keys[name] else { return nil }
    let stated = StatedNumber(text)
    let shown = "\(name) = \(text.prefix(40))"
    guard let value = stated.value, value > 0 else {
      remarks.assumptions.append("\(shown) is no positive number: not taken")
      return nil
    }
    guard let unit = stated.unit ?? usualUnit else {
      remarks.assumptions.append(
        "\(shown) has no unit: not taken; write Mjup, Mearth, Rjup or Rearth behind it")
      return nil
    }
    guard let si = units[unit] else {
      remarks.assumptions.append("\(shown) has a unit that is not known: not taken")
      return nil
    }
    guard range.contains(value * si) else {
      remarks.assumptions.append(
        "\(shown) is not taken: in \(stated.unit ?? optionUnit) no \(name.hasSuffix("STAR") ? "star" : "planet") has it"
      )
      return nil
    }
    func error(_ end: String, _ own: Double?) -> Quantity<Dimension>? {
      let number = keys[name + end].flatMap { StatedNumber($0).value } ?? own
      return number.flatMap { $0.isFinite && $0 != 0 ? Quantity(si: abs($0) * si) : nil }
    }
    return Measurement(
      value: Quantity(si: value * si), upperError: error("_UP", stated.upperError),
      lowerError: error("_LO", stated.lowerError))
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

extension UserStatement {
  /// Takes a number that an option states, `VALUE` or `VALUE:ERROR`, with the option's own unit where none is written.
  /// - Parameter key: RSTAR, TSTAR, MPLAN, RPLAN or TPLAN.
  /// - Throws: `malformed`: what is wrong with it.
  package mutating func take(_ text: String, for key: String) throws(SpectrumError) {
    guard let stated = StatedKey.all.first(where: { $0.name == key }) else {
      preconditionFailure("\(key) is no key of a number")
    }
    let shown = text.replacing(":", with: " +- ")
    keys[key] = StatedNumber(text).unit == nil ? "\(shown) \(stated.optionUnit)" : shown
    var remarks = ReadingRemarks()
    _ = StatedContext(keys: keys, &remarks)
    if let fault = remarks.assumptions.first { throw SpectrumError(.malformed, fault) }
  }
}
