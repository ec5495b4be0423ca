import JSONText
import Observations
import Retrieval
import Units

/// What `complete` says of a posterior, for people and for programs.
struct PosteriorReport {
  let name: String
  let space: AtmosphereSpace
  let posterior: RetrievedPosterior
  let assumptions: [String]
  let seed: UInt64

  var text: String {
    var lines = assumptions
    lines += [
      "\(name): \(posterior.pointCount) points, atmospheres of \(space.name.rawValue)",
      "\(padded("", 20))\(column("median", 10))\(column("-", 10))\(column("+", 10))\(column("2.5 %", 12))"
        + column("97.5 %", 12),
    ]
    for parameter in posterior.parameters {
      let scale = Self.scale(parameter.key)
      let (p, factor) = (parameter.posterior, scale.factor)
      func number(_ value: Double) -> String { fixed(value / factor, scale.decimals) }
      lines.append(
        padded(parameter.key, 20) + column(number(p.p50), 10) + column(number(p.p50 - p.p16), 10)
          + column(number(p.p84 - p.p50), 10) + column(number(p.p025), 12) + column(number(p.p975), 12) + "  "
          + scale.unit)
    }
    if !posterior.gases.isEmpty {
      lines.append(
        "\(padded("shows", 20))\(column("chance", 10))\(column("sigmas", 10))\(column("ln B", 10))\(column("95 % below", 12))"
          + column("would from", 12))
    }
    for gas in posterior.gases {
      lines.append(
        padded(gas.formula, 20) + column(fixed(gas.probability, 2), 10)
          + column(fixed(gas.significance, 1), 10)
          + column((gas.isLeastBayesFactor ? "> " : "") + fixed(gas.logBayesFactor, 1), 10)
          + column(fixed(gas.logUpperLimit, 1), 12)
          + column(gas.logDetectionLimit.map { $0.isFinite ? fixed($0, 1) : "none" } ?? "", 12)
          + (gas.standIn.map { "  or \($0)" } ?? ""))
    }
    lines += [
      "effective samples \(fixed(posterior.effectiveSampleSize, 0)) of \(posterior.weights.count), Pareto k "
        + fixed(posterior.paretoShape, 2),
      "ln evidence \(fixed(posterior.logEvidence, 2)) +- \(fixed(posterior.logEvidenceError, 2))",
      "chi2 \(fixed(posterior.leastChiSquared, 1)) at best, \(fixed(posterior.meanChiSquared, 1)) of the mean, "
        + "\(posterior.pointCount) points; data drawn from the posterior lie further off in "
        + "\(fixed(100 * posterior.predictiveProbability, 0)) %",
      "\(posterior.spectraComputed) forward models, \(fixed(posterior.seconds, 1)) s, seed \(seed)"
        + (posterior.stoppedByTime ? "; stopped by time" : "")
        + (posterior.isSettled ? "" : "; samples not settled: intervals may be too narrow"),
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func scale(_ key: String) -> (factor: Double, unit: String, decimals: Int) {
    switch key {
    case "planetMass": (Constants.jupiterMass, "Jupiter masses", 3)
    case "planetRadius": (Constants.jupiterRadius, "Jupiter radii", 4)
    case "starRadius": (Constants.solarRadius, "solar radii", 4)
    case "temperature": (1, "K", 0)
    case "radiusRatio": (1, "", 5)
    default: (1, "", 2)
    }
  }

  /// Parameters and figures of merit.
  var json: JSON { .object(summary) }

  /// With the samples and the completed spectrum.
  var full: JSON {
    func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
    return .object(
      summary + [
        .init("keys", .array(posterior.keys.map { .string($0) })),
        .init("rows", .array(posterior.rows.map(numbers))), .init("weights", numbers(posterior.weights)),
        .init(
          "spectrum",
          .object([
            .init("wavelength", numbers(SpectralGrid.standard.wavelengths)),
            .init("mean", numbers(posterior.spectrumMean)), .init("p16", numbers(posterior.spectrumLower)),
            .init("p84", numbers(posterior.spectrumUpper)),
          ])),
      ])
  }

  private var summary: [JSON.Member] {
    [
      .init("file", .string(name)), .init("space", .string(space.name.rawValue)),
      .init("assumptions", .array(assumptions.map { .string($0) })),
      .init(
        "parameters",
        .object(
          posterior.parameters.map { parameter in
            let p = parameter.posterior
            return .init(
              parameter.key,
              .object([
                .init("unit", .string(parameter.unit)), .init("mean", .number(p.mean)),
                .init("sd", .number(p.sd)),
                .init("p025", .number(p.p025)), .init("p16", .number(p.p16)), .init("p50", .number(p.p50)),
                .init("p84", .number(p.p84)), .init("p975", .number(p.p975)),
              ]))
          })),
      .init(
        "gases",
        .object(
          posterior.gases.map { gas in
            .init(
              gas.formula,
              .object([
                .init("probability", .number(gas.probability)),
                .init("significance", .number(gas.significance)),
                .init("logBayesFactor", .number(gas.logBayesFactor)),
                .init("bayesFactorIsLeast", .bool(gas.isLeastBayesFactor)),
                .init("logUpperLimit", .number(gas.logUpperLimit)),
                .init("logDetectionLimit", .number(gas.logDetectionLimit ?? .nan)),
                .init("logDetectionLimitAbove", .number(gas.logDetectionLimitAbove ?? .nan)),
                .init("standIn", .string(gas.standIn ?? "none")),
              ]))
          })),
      .init("effectiveSampleSize", .number(posterior.effectiveSampleSize)),
      .init("paretoShape", .number(posterior.paretoShape)),
      .init("logEvidence", .number(posterior.logEvidence)),
      .init("logEvidenceError", .number(posterior.logEvidenceError)),
      .init("leastChiSquared", .number(posterior.leastChiSquared)),
      .init("meanChiSquared", .number(posterior.meanChiSquared)),
      .init("points", .integer(posterior.pointCount)),
      .init("predictiveProbability", .number(posterior.predictiveProbability)),
      .init("spectra", .integer(posterior.spectraComputed)), .init("seconds", .number(posterior.seconds)),
      .init("stoppedByTime", .bool(posterior.stoppedByTime)),
      .init("isSettled", .bool(posterior.isSettled)), .init("seed", .integer(Int(clamping: seed))),
    ]
  }
}
