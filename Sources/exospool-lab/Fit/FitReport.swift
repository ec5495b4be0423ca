import Atmospheres
import Foundation
import JSONText
import Observations
import PlainText

/// What `fit` says of its result: for people, for programs, as a table and as a plot.
struct FitReport {
  let name: String
  let file: String
  let kind: SpectrumKind
  /// The points that were fitted.
  let data: MeasuredDepths
  /// Points left out because the opacity tables do not reach them.
  let notOnGrid: Int
  let result: FittedSpectrum
  /// Of the model's bins, m.
  let edges: [Double]
  let seed: UInt64

  private var residuals: [Double] {
    data.depth.indices.map { (data.depth[$0] - result.depths[$0]) / data.error[$0] }
  }

  private var flatResiduals: [Double] {
    data.depth.indices.map { (data.depth[$0] - result.flatDepths[$0]) / data.error[$0] }
  }

  // MARK: Ranges of wavelength

  private struct Range {
    /// um.
    var low: Double
    var high: Double
    var points: Int
    /// A point.
    var chiSquared: Double
    var flatChiSquared: Double
  }

  /// Up to eight runs of about as many points each.
  private var ranges: [Range] {
    let order = data.depth.indices.sorted { data.lower[$0] < data.lower[$1] }
    let count = min(8, max(1, order.count / 5))
    return (0..<count).map { part in
      let members = order[part * order.count / count..<(part + 1) * order.count / count]
      func mean(_ residuals: [Double]) -> Double {
        members.reduce(0) { $0 + residuals[$1] * residuals[$1] } / Double(members.count)
      }
      return Range(
        low: (members.map { data.lower[$0] }.min() ?? 0) * 1e6,
        high: (members.map { data.upper[$0] }.max() ?? 0) * 1e6, points: members.count,
        chiSquared: mean(residuals), flatChiSquared: mean(flatResiduals))
    }
  }

  // MARK: Text

  var text: String {
    let points = Double(data.count)
    var lines = [
      "\(name): \(data.count) points, \(kind.rawValue), \(fixed((data.lower.min() ?? 0) * 1e6, 2)) to "
        + "\(fixed((data.upper.max() ?? 0) * 1e6, 2)) um",
      "chi2 per point \(fixed(result.chiSquared / points, 2)), flat line \(fixed(result.flatChiSquared / points, 2))"
        + "  (chi2 \(fixed(result.chiSquared, 1)), \(result.freedom) degrees of freedom)",
      "\(result.starts.agreeing) of \(result.starts.made) starts end within 1 of the least chi2 (seed \(seed))",
    ]
    if notOnGrid > 0 {
      lines.append("\(notOnGrid) points lie outside the opacity tables' 0.3 to 16 um and were left out")
    }
    if let noise = result.extraNoise {
      lines.append(
        "noise beyond the errors: \(fixed(noise.value * 1e6, 1)) +- \(fixed(noise.error * 1e6, 1)) ppm; with it chi2 per "
          + "point \(fixed((result.inflatedChiSquared ?? 0) / points, 2))")
    } else if result.freedom > 0, result.chiSquared > 1.5 * Double(result.freedom) {
      let factor = (result.chiSquared / Double(result.freedom)).squareRoot()
      lines.append(
        "the model does not explain the data to their errors: multiply the errors below by \(fixed(factor, 1)), or use "
          + "--inflate-errors")
    }
    let width = result.parameters.map(\.parameter.name.count).max() ?? 0
    for parameter in result.parameters {
      lines.append(
        "  " + parameter.parameter.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
          + sentence(parameter))
    }
    lines.append(
      "correlation of neighbours' residuals \(fixed(FittedSpectrum.neighbourCorrelation(ordered), 2))")
    lines.append("chi2 per point by wavelength (um), the flat line's in brackets:")
    for range in ranges {
      lines.append(
        "  \(fixed(range.low, 2))-\(fixed(range.high, 2))  \(range.points) points  \(fixed(range.chiSquared, 2))  "
          + "(\(fixed(range.flatChiSquared, 2)))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var ordered: [Double] {
    data.depth.indices.sorted { data.lower[$0] < data.lower[$1] }.map { residuals[$0] }
  }

  private func sentence(_ parameter: FittedSpectrum.Parameter) -> String {
    let decimals = self.decimals(parameter.parameter)
    func number(_ value: Double) -> String { fixed(value, decimals) }
    var text =
      switch parameter.constraint {
      case .error(let error): "\(number(parameter.value)) +- \(number(error))"
      case .below(let limit): "below \(number(limit)) (95 %; best at \(number(parameter.value)))"
      case .above(let limit): "above \(number(limit)) (95 %; best at \(number(parameter.value)))"
      case .between(let low, let high):
        "\(number(low)) to \(number(high)) (95 %; best at \(number(parameter.value)))"
      case .none: "not constrained (best at \(number(parameter.value)))"
      case .held: "\(number(parameter.value)), held"
      }
    if let profile = parameter.profile {
      text += "; 68 %: \(number(profile.lowerBound)) to \(number(profile.upperBound))"
    }
    // Other starts that end as low elsewhere: a second valley that the parabola at the best does not know of.
    if case .error(let error) = parameter.constraint,
      parameter.equals.upperBound - parameter.value > 2 * error
        || parameter.value - parameter.equals.lowerBound > 2 * error
    {
      text +=
        "; as good from \(number(parameter.equals.lowerBound)) to \(number(parameter.equals.upperBound))"
    }
    return text
  }

  private func decimals(_ parameter: FitParameter) -> Int {
    switch parameter.quantity {
    case .radius: 4
    case .temperature, .temperatureAt, .equilibriumTemperature: 0
    case .offset: 1
    default: 2
    }
  }

  private func fixed(_ value: Double, _ decimals: Int) -> String { Numerals.fixed(value, decimals: decimals) }

  // MARK: JSON

  var json: String {
    let points = Double(data.count)
    var members: [JSON.Member] = [
      .init("file", .string(file)), .init("object", .string(name)), .init("kind", .string(kind.rawValue)),
      .init("points", .integer(data.count)), .init("pointsOutsideTables", .integer(notOnGrid)),
      .init("degreesOfFreedom", .integer(result.freedom)),
      .init("chiSquared", .number(result.chiSquared)),
      .init("chiSquaredPerPoint", .number(result.chiSquared / points)),
      .init("flatChiSquaredPerPoint", .number(result.flatChiSquared / points)),
      .init("starts", .integer(result.starts.made)),
      .init("startsAgreeing", .integer(result.starts.agreeing)), .init("seed", .integer(Int(seed))),
      .init("neighbourCorrelation", .number(FittedSpectrum.neighbourCorrelation(ordered))),
    ]
    if let noise = result.extraNoise {
      members.append(.init("extraNoisePPM", .number(noise.value * 1e6)))
      members.append(.init("extraNoiseErrorPPM", .number(noise.error * 1e6)))
    }
    members.append(.init("parameters", .array(result.parameters.map(object))))
    members.append(
      .init(
        "ranges",
        .array(
          ranges.map {
            .object([
              .init("low", .number($0.low)), .init("high", .number($0.high)),
              .init("points", .integer($0.points)),
              .init("chiSquaredPerPoint", .number($0.chiSquared)),
              .init("flatChiSquaredPerPoint", .number($0.flatChiSquared)),
            ])
          })))
    return JSON.object(members).document
  }

  private func object(_ parameter: FittedSpectrum.Parameter) -> JSON {
    var members: [JSON.Member] = [
      .init("key", .string(parameter.parameter.key)), .init("name", .string(parameter.parameter.name)),
      .init("value", .number(parameter.value)),
    ]
    switch parameter.constraint {
    case .error(let error):
      members += [.init("constraint", .string("error")), .init("error", .number(error))]
    case .below(let limit):
      members += [.init("constraint", .string("below")), .init("limit95", .number(limit))]
    case .above(let limit):
      members += [.init("constraint", .string("above")), .init("limit95", .number(limit))]
    case .between(let low, let high):
      members += [
        .init("constraint", .string("between")), .init("low95", .number(low)), .init("high95", .number(high)),
      ]
    case .none: members.append(.init("constraint", .string("none")))
    case .held: members.append(.init("constraint", .string("held")))
    }
    if let profile = parameter.profile {
      members += [
        .init("low68", .number(profile.lowerBound)), .init("high68", .number(profile.upperBound)),
      ]
    }
    members += [
      .init("equalsLow", .number(parameter.equals.lowerBound)),
      .init("equalsHigh", .number(parameter.equals.upperBound)),
    ]
    return .object(members)
  }

  // MARK: Table and plot

  /// ppm taken off an instrument's points, as fractions; 0 for the first.
  private func offset(_ instrument: String) -> Double {
    result.parameters.first { $0.parameter.quantity == .offset(instrument) }.map { $0.value * 1e-6 } ?? 0
  }

  /// The fit holds the offsets, as the data do.
  var table: String {
    var text = "# wavelength_um low_um high_um depth error fit flat instrument\n"
    for place in data.depth.indices {
      let (low, high) = (data.lower[place] * 1e6, data.upper[place] * 1e6)
      text += String(
        format: "%.6f %.6f %.6f %.9f %.9f %.9f %.9f ", (low + high) / 2, low, high, data.depth[place],
        data.error[place], result.depths[place], result.flatDepths[place])
      let instrument = data.instrument[place].replacing(" ", with: "_")
      text += (instrument.isEmpty ? "-" : instrument) + "\n"
    }
    return text
  }

  var svg: String {
    let points = Double(data.count)
    return FitFigure(
      title: name,
      subtitle: "chi2 per point \(fixed(result.chiSquared / points, 2)), flat line "
        + "\(fixed(result.flatChiSquared / points, 2)), \(data.count) points",
      ordinate: kind == .eclipse ? "eclipse depth" : "transit depth",
      points: data.depth.indices.map { place in
        FitFigure.Point(
          lower: data.lower[place], upper: data.upper[place], value: data.depth[place],
          error: data.error[place], fit: result.depths[place], flat: result.flatDepths[place],
          offset: offset(data.instrument[place]))
      },
      edges: edges, spectrum: result.spectrum
    ).svg
  }
}
