package import Analyses
import Observations
import PlainText

extension SensitivityMethod {
  package static let description = MethodDescription(
    key: "sensitivity", fitsName: "SENSIT", title: "What the answers rest on",
    networkMeaning: "first of the networks that retrieved",
    fields: [
      FieldDescription("distance", fitsKey: "EXOSDIST", .number, "chi-squared a point of the front end"),
      FieldDescription(
        "perturbations", fitsKey: "EXOSREP", .number, "of each group of points, in the single-group test"),
    ], tables: [retrievals, groups, maps, bins], images: [image], flags: Flag.ofSensitivities,
    silence: "rests on -", isOptional: true)

  static let retrievals = TableDescription(
    "sensitivityRetrievals", rowName: "retrieval", fitsName: "SENSRETR", "a row a parameter and network",
    columns: [
      ColumnDescription("parameter", fitsName: "PARAMETER", .text, "quantity"),
      ColumnDescription("network", fitsName: "NETWORK", .text, "mlp, cnn or lstm"),
      ColumnDescription("unit", fitsName: "UNIT", .text, "of the quantity"),
      ColumnDescription("p025", fitsName: "P025", .number, "quantile at 2.5 %"),
      ColumnDescription("p16", fitsName: "P16", .number, "quantile at 16 %"),
      ColumnDescription("p50", fitsName: "P50", .number, "median"),
      ColumnDescription("p84", fitsName: "P84", .number, "quantile at 84 %"),
      ColumnDescription("p975", fitsName: "P975", .number, "quantile at 97.5 %"),
      ColumnDescription("posterior", fitsName: "POSTERIOR", .number, "the posterior's median; NaN: none"),
      ColumnDescription(
        "distance", fitsName: "DISTANCE", .number,
        "from the posterior, in deviations of both together; NaN: none"),
    ], isLogged: false)

  static let groups = TableDescription(
    "sensitivityGroups", rowName: "group", fitsName: "SENSGRP",
    "a row a group of points that were perturbed together",
    columns: [
      ColumnDescription("lower", fitsName: "WAVE_MIN", .number, unit: "um", "lower edge"),
      ColumnDescription("upper", fitsName: "WAVE_MAX", .number, unit: "um", "upper edge"),
      ColumnDescription("points", fitsName: "POINTS", .number, "observed points in it"),
    ], isLogged: false)

  static let maps = TableDescription(
    "sensitivityMaps", rowName: "map", fitsName: "SENSMAPS",
    "a row a parameter and source: what a group's noise does to the answer, in the answer's deviations",
    columns: [
      ColumnDescription("parameter", fitsName: "PARAMETER", .text, "quantity"),
      ColumnDescription(
        "source", fitsName: "SOURCE", .text,
        "network with its single-group test, network-gradient, or optimal: a linear retrieval"),
      ColumnDescription("values", fitsName: "VALUES", .numbers, "one a group: root mean square"),
      ColumnDescription("errors", fitsName: "ERRORS", .numbers, "one a group: standard error, 0: exact"),
      ColumnDescription(
        "physical", fitsName: "PHYSICAL", .number,
        "what one of the values is in the parameter's unit; NaN of the optimal map"),
    ], isLogged: false)

  static let gases = ["H2O", "CH4", "CO", "CO2", "NH3"]

  static let bins = TableDescription(
    "sensitivityBins", rowName: "bin", fitsName: "SENSBINS",
    "a row a bin: the image's first axis, and each molecule's own part of the depth",
    columns: [
      ColumnDescription("wavelength", fitsName: "WAVELENGTH", .number, unit: "um", "centre of the bin")
    ]
      + gases.map {
        ColumnDescription($0, fitsName: $0, .number, "depth less that without \($0), at the posterior's mean")
      }, isLogged: false)

  static let image = ImageDescription(
    fitsName: "SENSITIVITY",
    "change of the answer for one error of a bin, in its deviations; rms of the networks; NaN: not observed",
    axes: ["BIN", "PARAMETER"])
}

extension Finding {
  /// - Parameter network: first of those in play.
  package init(_ traced: SpectrumSensitivity, network: NetworkIdentity) {
    let method = SensitivityMethod.description
    self.init(
      method: method, network: network,
      domain: DomainJudgement(
        isInside: traced.distance <= SpectrumSensitivity.largestMisfit,
        words: traced.distance.isFinite
          ? "chi-squared \(Numerals.significant(traced.distance, digits: 3)) a point of what simulated spectra have in common"
          : ""),
      flags: traced.flags, remarks: traced.remarks,
      fields: zip(
        method.fields, [traced.distance, traced.networks.first.map { Double($0.map.repeats) } ?? .nan]
      ).map { Field($0, .number($1)) },
      tables: [traced.retrievalTable, traced.groupTable, traced.mapTable, traced.binTable],
      images: [
        FindingImage(
          SensitivityMethod.image, rows: traced.image,
          rowNames: traced.image.isEmpty ? [] : traced.parameters.map(\.key))
      ],
      rank: traced.networks.isEmpty ? nil : 0, digest: traced.digest, detail: traced)
  }
}

extension SpectrumSensitivity {
  fileprivate var retrievalTable: FindingTable {
    let rows = parameters.indices.flatMap { place in networks.map { (place, $0) } }
    func column(_ read: (Int, Network) -> Double) -> FindingTable.Column {
      .init(.number(rows.map { read($0.0, $0.1) }))
    }
    func quantile(_ probability: Double) -> FindingTable.Column {
      column { place, network in
        network.estimates[place].value(at: probability) * ParameterUnit.factor(parameters[place].key)
      }
    }
    return FindingTable(
      SensitivityMethod.retrievals,
      columns: [
        .init(.text(rows.map { parameters[$0.0].key })), .init(.text(rows.map(\.1.kind.rawValue))),
        .init(.text(rows.map { ParameterUnit.unit(parameters[$0.0].key) })), quantile(0.025),
        quantile(0.16), quantile(0.5), quantile(0.84), quantile(0.975),
        column { place, _ in posteriors[place]?.p50 ?? .nan },
        column { place, network in Self.distance(network.estimates[place], posteriors[place]) ?? .nan },
      ])
  }

  fileprivate var groupTable: FindingTable {
    let edges = groups.groups.indices.map { groups.edges($0) }
    return FindingTable(
      SensitivityMethod.groups,
      columns: [
        .init(.number(edges.map { $0.lower * 1e6 })), .init(.number(edges.map { $0.upper * 1e6 })),
        .init(.number(groups.groups.map { Double($0.points.count) })),
      ])
  }

  fileprivate var mapTable: FindingTable {
    var rows: [(key: String, source: String, values: [Double], errors: [Double], physical: Double)] = []
    for (place, parameter) in parameters.enumerated() {
      for network in networks {
        let estimate = network.estimates[place]
        let physical =
          parameter.slope(at: estimate.mean) * estimate.calibratedDeviation
          * ParameterUnit.factor(parameter.key)
        let gradient = SensitivityMap(gradients: [network.gradients[place]], groups: groups)
        rows += [
          (
            parameter.key, network.kind.rawValue, network.map.values[place], network.map.errors[place],
            physical
          ),
          (
            parameter.key, "\(network.kind.rawValue)-gradient", gradient.values[0], gradient.errors[0],
            physical
          ),
        ]
      }
      if let optimal {
        rows.append((parameter.key, "optimal", optimal.values[place], optimal.errors[place], .nan))
      }
    }
    return FindingTable(
      SensitivityMethod.maps,
      columns: [
        .init(.text(rows.map(\.key))), .init(.text(rows.map(\.source))), .init(.numbers(rows.map(\.values))),
        .init(.numbers(rows.map(\.errors))), .init(.number(rows.map(\.physical))),
      ])
  }

  fileprivate var binTable: FindingTable {
    let wavelengths = SpectralGrid.standard.wavelengths.map { $0 * 1e6 }
    return FindingTable(
      SensitivityMethod.bins,
      columns: [.init(.number(wavelengths))]
        + SensitivityMethod.gases.map { gas in
          .init(
            .number(
              contributions.first { $0.gas == gas }?.depths
                ?? [Double](repeating: .nan, count: wavelengths.count)))
        })
  }

  /// Parameters that the networks tell apart from the prior to at least this part of its deviation.
  package static let told = 0.5

  /// Of a parameter that is told, the group that its answers rest on most.
  package func strongest(_ parameter: Int) -> Int? {
    let deviations = networks.map { $0.estimates[parameter].calibratedDeviation }
    guard let deviation = deviations.min(), deviation < Self.told else { return nil }
    let values = combined[parameter]
    return values.indices.max { values[$0] < values[$1] }
  }

  /// `rests on H2O 2.7 um, CO2 4.3 um`, or `rests on -`.
  fileprivate var digest: String {
    let parts = parameters.indices.compactMap { place -> String? in
      guard let gas = ParameterUnit.described(parameters[place].key)?.gas, let group = strongest(place) else {
        return nil
      }
      let (lower, upper) = groups.edges(group)
      return "\(gas) \(Numerals.significant((lower + upper) / 2 * 1e6, digits: 2)) um"
    }
    return "rests on " + (parts.isEmpty ? "-" : parts.joined(separator: ", "))
  }
}
