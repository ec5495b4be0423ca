import Observations
import PlainText
import Units

/// How one kind of number stands in a record: its element, its units, and the range beyond which it is a slip.
///
/// Ranges are those of the physically conceivable, far wider than any planet known: they catch a misplaced decimal
/// exponent, a sentinel such as -999 and whatever would overflow later. Judging a planet is the models' business.
struct MeasurementField<Dimension> {
  var element: String
  /// The unit the Open Exoplanet Catalogue prescribes, in words for sentences.
  var unit: String
  /// SI value of that unit.
  var unitInSI: Double
  /// Units that a `unit` attribute may name, in lower case, with their SI values.
  var otherUnits: [String: Double] = [:]
  /// Permitted values in the catalogue's unit.
  var range: ClosedRange<Double>
}

private let massUnits = [
  "mj": Constants.jupiterMass, "mjup": Constants.jupiterMass, "jupiter": Constants.jupiterMass,
  "me": Constants.earthMass, "mearth": Constants.earthMass, "earth": Constants.earthMass,
  "msun": Constants.solarMass, "solar": Constants.solarMass, "kg": 1,
]
private let radiusUnits = [
  "rj": Constants.jupiterRadius, "rjup": Constants.jupiterRadius, "jupiter": Constants.jupiterRadius,
  "re": Constants.earthRadius, "rearth": Constants.earthRadius, "earth": Constants.earthRadius,
  "rsun": Constants.solarRadius, "solar": Constants.solarRadius, "km": 1e3, "m": 1,
]

extension MeasurementField where Dimension == MassDimension {
  static var planetMass: Self {
    Self(
      element: "mass", unit: "Jupiter masses", unitInSI: Constants.jupiterMass, otherUnits: massUnits,
      range: 1e-12...1e3)
  }
  static var starMass: Self {
    Self(
      element: "mass", unit: "solar masses", unitInSI: Constants.solarMass, otherUnits: massUnits,
      range: 1e-4...1e3)
  }
}

extension MeasurementField where Dimension == LengthDimension {
  static var planetRadius: Self {
    Self(
      element: "radius", unit: "Jupiter radii", unitInSI: Constants.jupiterRadius, otherUnits: radiusUnits,
      range: 1e-6...1e2)
  }
  static var starRadius: Self {
    Self(
      element: "radius", unit: "solar radii", unitInSI: Constants.solarRadius, otherUnits: radiusUnits,
      range: 1e-6...1e4)
  }
  static var semimajorAxis: Self {
    Self(
      element: "semimajoraxis", unit: "AU", unitInSI: Constants.astronomicalUnit,
      otherUnits: ["au": Constants.astronomicalUnit], range: 1e-6...1e7)
  }
}

extension MeasurementField where Dimension == TimeDimension {
  static var period: Self {
    Self(
      element: "period", unit: "days", unitInSI: Constants.day,
      otherUnits: ["d": Constants.day, "day": Constants.day, "days": Constants.day], range: 1e-4...1e12)
  }
  static var starAge: Self {
    let gigayear = 1e9 * Constants.year
    return Self(
      element: "age", unit: "Gyr", unitInSI: gigayear, otherUnits: ["Gyr": gigayear, "gyr": gigayear],
      range: 1e-6...20)
  }
}

extension MeasurementField where Dimension == TemperatureDimension {
  static var planetTemperature: Self {
    Self(element: "temperature", unit: "K", unitInSI: 1, otherUnits: ["k": 1], range: 1...1e5)
  }
  static var starTemperature: Self {
    Self(element: "temperature", unit: "K", unitInSI: 1, otherUnits: ["k": 1], range: 100...1e7)
  }
}

extension MeasurementField where Dimension == DimensionlessDimension {
  static var eccentricity: Self {
    Self(element: "eccentricity", unit: "", unitInSI: 1, range: 0...(1.0.nextDown))
  }
  /// [Fe/H] of a star; of a planet (our extension) [M/H] of its atmosphere.
  static var metallicity: Self {
    Self(element: "metallicity", unit: "dex", unitInSI: 1, otherUnits: ["dex": 1], range: -7...3)
  }
  /// Our extension: fluid Love number k2, between a point mass and a homogeneous body.
  static var loveNumber: Self { Self(element: "lovenumber", unit: "", unitInSI: 1, range: 0...1.5) }
  /// Our extension: molar Fe/(Mg+Si) of the planet.
  static var ironToMagnesiumSilicon: Self {
    Self(element: "irontomagnesiumsilicon", unit: "", unitInSI: 1, range: 0...1e4)
  }
}

extension MeasurementField {
  /// Reads the field from the children of `parent`.
  ///
  /// A value that cannot be meant is left out with a remark and never repaired: one slip must not cost the other
  /// planets of a record their results, and a guess would be worse than a gap.
  /// Where an element stands several times, the first that holds a value counts, then the first that holds a limit.
  func read(
    in parent: XMLElement, where accepts: (XMLElement) -> Bool = { _ in true }, remarks: inout [String]
  ) -> Measurement<Dimension>? {
    let elements = parent.children(named: element).filter(accepts)
    let readings = elements.compactMap { element in
      measurement(element, remarks: &remarks).map { (element.line, $0) }
    }
    guard let best = readings.first(where: { $0.1.value != nil }) ?? readings.first else { return nil }
    if readings.count > 1 {
      let lines = readings.map { String($0.0) }.joined(separator: ", ")
      remarks.append("<\(element)> is given \(readings.count) times (lines \(lines)); line \(best.0) counts.")
    }
    return best.1
  }

  private func measurement(_ source: XMLElement, remarks: inout [String]) -> Measurement<Dimension>? {
    guard let scale = scale(of: source, remarks: &remarks) else { return nil }
    func bounded(_ text: String, _ what: String) -> Quantity<Dimension>? {
      switch number(text) {
      case .absent: return nil
      case .unreadable:
        remarks.append(
          "Line \(source.line): the \(what) \"\(printable(text.trimmed, limit: 30))\" is no number; it is left out."
        )
        return nil
      case .number(let number):
        let inUnit = number * scale / unitInSI
        guard range.contains(inUnit) else {
          let unit = unit.isEmpty ? "" : " \(unit)"
          remarks.append(
            "Line \(source.line): the \(what) \(number) is not between \(range.lowerBound) and "
              + "\(range.upperBound)\(unit); it is left out.")
          return nil
        }
        return Quantity(si: number * scale)
      }
    }
    func error(_ attribute: String) -> Quantity<Dimension>? {
      guard let text = source[attribute: attribute] else { return nil }
      switch number(text) {
      case .absent: return nil
      case .number(let number) where number != 0 && abs(number * scale / unitInSI) <= range.upperBound:
        return Quantity(si: abs(number) * scale)
      case .number(0):
        remarks.append(
          "Line \(source.line): \(attribute) of <\(element)> is 0, which is taken as not given.")
        return nil
      case .number, .unreadable:
        remarks.append(
          "Line \(source.line): \(attribute) \"\(printable(text.trimmed, limit: 30))\" of <\(element)> is no "
            + "usable error; it is left out.")
        return nil
      }
    }
    let value = bounded(source.text, element)
    let result = Measurement<Dimension>(
      value: value,
      upperError: value == nil ? nil : error("errorplus"),
      lowerError: value == nil ? nil : error("errorminus"),
      upperLimit: source[attribute: "upperlimit"].flatMap { bounded($0, "upper limit of \(element)") },
      lowerLimit: source[attribute: "lowerlimit"].flatMap { bounded($0, "lower limit of \(element)") })
    if range.lowerBound > 0, let value, let lower = result.lowerError, lower.si >= value.si {
      remarks.append("Line \(source.line): the lower error of <\(element)> reaches to zero or below.")
    }
    if let upper = result.upperLimit, let lower = result.lowerLimit, upper < lower {
      remarks.append("Line \(source.line): the limits of <\(element)> exclude each other; both are left out.")
      return result.value == nil
        ? nil : Measurement(value: value, upperError: result.upperError, lowerError: result.lowerError)
    }
    return result.value == nil && result.upperLimit == nil && result.lowerLimit == nil ? nil : result
  }

  private func scale(of source: XMLElement, remarks: inout [String]) -> Double? {
    guard let name = source[attribute: "unit"]?.trimmed, !name.isEmpty else { return unitInSI }
    if let scale = otherUnits[name.lowercased()] { return scale }
    remarks.append(
      "Line \(source.line): the unit \"\(printable(name, limit: 30))\" of <\(element)> is not known; "
        + "the value is left out.")
    return nil
  }
}

private enum NumberText {
  case absent
  case unreadable
  case number(Double)
}

/// A decimal number as XML Schema's xs:double writes it, but for infinities and NaN, which no measurement is.
private func number(_ text: String) -> NumberText {
  let text = text.trimmed
  if text.isEmpty { return .absent }
  let isPlain = text.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
  }
  guard isPlain, let value = Double(text), value.isFinite else { return .unreadable }
  return .number(value)
}
