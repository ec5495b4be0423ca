package import Analyses
import ExoGAN
package import Observations
import PlainText
import Units

extension Finding {
  /// What the method says, as results hold it.
  /// - Parameter isObserved: of each bin of the grid.
  package init(_ atmosphere: CompletedAtmosphere, isObserved: [Bool]) {
    let method = CompletionMethod.description
    self.init(
      method: method, network: atmosphere.network,
      domain: DomainJudgement(isInside: atmosphere.isInsidePrior, words: atmosphere.fitWords),
      flags: atmosphere.flags, remarks: atmosphere.remarks, fields: atmosphere.fields,
      tables: [
        atmosphere.spectrumTable(isObserved), atmosphere.sampleTable, atmosphere.exoGANTable,
        atmosphere.pictureTable,
      ], rank: 0, digest: atmosphere.digest, detail: atmosphere, evidence: atmosphere.evidence)
  }
}

extension CompletedAtmosphere {
  /// Something of the prior fits, and there are numbers.
  package var isInsidePrior: Bool { !parameters.isEmpty && !flags.contains(.outsidePrior) }

  /// How well the best of it fits.
  fileprivate var fitWords: String {
    guard let quality else { return "" }
    return "chi2 \(Numerals.significant(quality.chiSquared, digits: 3)) of \(quality.pointCount) points"
  }

  fileprivate var fields: [Field] {
    CompletionMethod.description.fields.compactMap { description in
      if description.kind == .posterior {
        return posterior(description.name).map { posterior in
          Field(description, .posterior(posterior, draws: draws(description.name)))
        }
      }
      return Field(description, scalar(description.name))
    }
  }

  private func scalar(_ name: String) -> Field.Value {
    switch name {
    case "space": .text(space)
    case "spectrumSource": .text(band?.source.rawValue ?? "none")
    case "opacities": .text(opacities)
    case "effectiveSampleSize": .number(quality?.effectiveSampleSize ?? .nan)
    case "paretoShape": .number(quality?.paretoShape ?? .nan)
    case "logEvidence": .number(quality?.logEvidence ?? .nan)
    case "logEvidenceError": .number(quality?.logEvidenceError ?? .nan)
    case "chiSquared": .number(quality?.chiSquared ?? .nan)
    case "chiSquaredOfMean": .number(quality?.chiSquaredOfMean ?? .nan)
    case "pointCount": .number(quality.map { Double($0.pointCount) } ?? .nan)
    case "predictiveProbability": .number(quality?.predictiveProbability ?? .nan)
    case "forwardModels": .number(quality.map { Double($0.forwardModels) } ?? .nan)
    default: preconditionFailure("\(name) is not described")
    }
  }

  /// Equally likely draws: each sample as often as its weight says, of 400.
  private func draws(_ key: String) -> [Double] {
    guard let column = samples.keys.firstIndex(of: key) else { return [] }
    return WeightedSamples.places(samples.weights, count: 400).map { samples.rows[$0][column] }
  }

  // MARK: Tables

  fileprivate func spectrumTable(_ isObserved: [Bool]) -> FindingTable {
    guard let band else {
      return FindingTable(CompletionMethod.spectrum, columns: emptyColumns(CompletionMethod.spectrum))
    }
    return FindingTable(
      CompletionMethod.spectrum,
      columns: [
        .init(.number(SpectralGrid.standard.wavelengths.map { $0 * 1e6 })), .init(.number(band.mean)),
        .init(.number(band.lower)), .init(.number(band.upper)), .init(.logical(isObserved)),
      ])
  }

  fileprivate var sampleTable: FindingTable {
    let columns = CompletedParameter.all.map { parameter -> FindingTable.Column in
      guard let column = samples.keys.firstIndex(of: parameter.key) else {
        return .init(.number([Double](repeating: .nan, count: samples.rows.count)))
      }
      return .init(.number(samples.rows.map { $0[column] }))
    }
    return FindingTable(CompletionMethod.samples, columns: [.init(.number(samples.weights))] + columns)
  }

  fileprivate var exoGANTable: FindingTable {
    let table = CompletionMethod.exoGAN
    let answers = ASPAParameter.allCases.compactMap {
      parameter -> (CompletedParameter, CompletedASPA.Quantiles)? in
      guard let answer = exoGAN?.parameters[parameter],
        let described = CompletedParameter.all.first(where: { $0.key == parameter.rawValue })
      else { return nil }
      return (described, answer)
    }
    func column(_ read: (CompletedASPA.Quantiles) -> Double) -> FindingTable.Column {
      .init(.number(answers.map { read($1) * $0.factor }))
    }
    return FindingTable(
      table,
      fields: zip(
        table.fields,
        [
          .text(exoGAN?.network.name ?? ""), .number(exoGAN.map { Double($0.steps) } ?? .nan),
        ] as [Field.Value]
      ).map { Field($0, $1) },
      columns: [
        .init(.text(answers.map(\.0.key))), .init(.text(answers.map(\.0.unit))), column(\.median),
        column(\.p16),
        column(\.p84),
      ])
  }

  fileprivate var pictureTable: FindingTable {
    guard let exoGAN else {
      return FindingTable(CompletionMethod.picture, columns: emptyColumns(CompletionMethod.picture))
    }
    func rows(_ picture: ASPA) -> FindingTable.Column {
      let cells = zip(picture.cells, picture.isKnown).map { $1 ? $0 : -1 }
      return .init(
        .numbers(
          (0..<ASPALayout.side).map { Array(cells[$0 * ASPALayout.side..<($0 + 1) * ASPALayout.side]) }))
    }
    return FindingTable(
      CompletionMethod.picture, columns: [exoGAN.before, exoGAN.masked, exoGAN.completed].map(rows))
  }

  private func emptyColumns(_ table: TableDescription) -> [FindingTable.Column] {
    table.columns.map { column in
      switch column.kind {
      case .number: .init(.number([]))
      case .text: .init(.text([]))
      case .logical: .init(.logical([]))
      case .numbers: .init(.numbers([]))
      }
    }
  }

  // MARK: The log line

  /// `H2O -3.4 +0.3 -0.4, T 1139 +- 80 K, ESS 812`, or `retrieved -`: the gases that the data tell, at most four.
  fileprivate var digest: String {
    guard let quality, !parameters.isEmpty else { return CompletionMethod.description.silence }
    let gases = parameters.compactMap { parameter -> String? in
      let gas = CompletedParameter.all.first { $0.key == parameter.key }?.gas
      guard parameter.isConstrained, let gas else { return nil }
      return "\(gas) \(Self.words(parameter.posterior, decimals: 1))"
    }
    var parts = Array(gases.prefix(4))
    if let temperature = posterior("temperature") {
      parts.append("T \(Self.words(temperature, decimals: 0)) K")
    } else if let ratio = posterior("temperatureOverMass") {
      let shown = ratio.scaled(by: Mass(jupiterMasses: 1).earthMasses)
      parts.append("T/M \(Self.words(shown, decimals: 0)) K/M_J")
    }
    parts.append("ESS \(Numerals.fixed(quality.effectiveSampleSize, decimals: 0))")
    return parts.joined(separator: ", ")
  }

  /// The median with the distances to the 16 and 84 % quantiles.
  private static func words(_ posterior: Posterior, decimals: Int) -> String {
    func number(_ x: Double) -> String { Numerals.fixed(x, decimals: decimals) }
    let (upper, lower) = (
      number(posterior.p84 - posterior.p50), number(posterior.p50 - posterior.p16)
    )
    return number(posterior.p50) + (upper == lower ? " +- \(upper)" : " +\(upper) -\(lower)")
  }
}

extension Posterior {
  /// The same in a unit of which one is `1 / factor` of this one's.
  package func scaled(by factor: Double) -> Posterior {
    Posterior(
      mean: mean * factor, sd: sd * factor, p025: p025 * factor, p16: p16 * factor, p50: p50 * factor,
      p84: p84 * factor, p975: p975 * factor)
  }
}
