package import Analyses
import Observations
import PlainText

extension InteriorMethod {
  package static let description = MethodDescription(
    key: "interior", fitsName: "INTERIOR", title: "Interior", networkMeaning: "network that inferred",
    fields: InteriorQuantity.allCases.map(\.description) + weighing, tables: [mixture, network],
    flags: [
      .massMissing, .radiusMissing, .massIsMinimum, .errorMissing, .errorOneSided, .outsideDomain,
      .domainEdge,
      .compositionFromStar, .metallicityHeld, .compositionUnknown, .temperatureUnknown, .steamNotModelled,
      .networkDiffers, .fewEffectiveDraws, .loveNumberMissing,
    ], silence: digest(model: "no-interior") { _ in nil },
    references: [
      Reference(
        "Zhao2023", authors: "Zhao, Yong and Ni, Dongdong and Liu, Zibo", year: 2023,
        title:
          "Machine-learning Inferences of the Interior Structure of Rocky Exoplanets from Bulk Observational Constraints",
        journal: "The Astrophysical Journal Supplement Series", volume: "269", pages: "1"),
      Reference(
        "Baumeister2023", authors: "Baumeister, Philipp and Tosi, Nicola", year: 2023,
        title:
          "ExoMDN: Rapid characterization of exoplanet interior structures with mixture density networks",
        journal: "Astronomy and Astrophysics", volume: "676", pages: "A106",
        doi: "10.1051/0004-6361/202346216"),
    ])

  static let mixture = TableDescription(
    "mixture", rowName: "component", fitsName: "MIXTURE",
    "Gaussian mixture of the posterior (of the network alone: at the best input), the heaviest component first",
    fields: [
      FieldDescription(
        "coordinates", .texts, "names of the network's output coordinates, in the order of mean and sd")
    ],
    columns: [
      ColumnDescription("weight", fitsName: "WEIGHT", .number, "share of the component"),
      ColumnDescription("mean", fitsName: "MEAN", .numbers, "centre, a coordinate each"),
      ColumnDescription("sd", fitsName: "SD", .numbers, "standard deviation, a coordinate each"),
    ])

  /// How the posterior was weighed; without values where the network alone answers.
  static let weighing = [
    FieldDescription(
      "effectiveSampleSize", fitsKey: "ESS", .number, "independent draws that the posterior is worth",
      presentation: .init(title: "Effective draws", unit: "", place: 90)),
    FieldDescription(
      "paretoShape", fitsKey: "PARETOK", .number, "k of the weights' tail; above 0.7 they are unreliable"),
    FieldDescription("forwardModels", fitsKey: "NSOLVED", .number, "planets that the forward model solved"),
  ]

  static let network = TableDescription(
    "network", rowName: "output", fitsName: "NETWORK",
    "what the network alone says, where the forward model had the last word",
    columns: [
      ColumnDescription("quantity", fitsName: "QUANTITY", .text, "name of the output"),
      ColumnDescription("mean", fitsName: "MEAN", .number, "mean, in the output's unit"),
      ColumnDescription("sd", fitsName: "SD", .number, "standard deviation"),
      ColumnDescription("p025", fitsName: "P025", .number, "quantile at 2.5 %"),
      ColumnDescription("p16", fitsName: "P16", .number, "quantile at 16 %"),
      ColumnDescription("p50", fitsName: "P50", .number, "median"),
      ColumnDescription("p84", fitsName: "P84", .number, "quantile at 84 %"),
      ColumnDescription("p975", fitsName: "P975", .number, "quantile at 97.5 %"),
    ], isLogged: false)

  /// Thickness of the layers in per cent of the radius, one decimal for every planet so that the columns stand still under
  /// the eye, and the model that speaks.
  static func digest(model: String, outputs: (InteriorQuantity) -> Posterior?) -> String {
    let layers: [InteriorLayer] = [.water, .mantle, .core, .envelope]
    let columns = layers.map { layer in
      let name = layer.rawValue
      return PlainText.padded("\(name)% \(percent(outputs(layer.radiusFraction)))", to: name.count + 17)
    }
    return (columns + [PlainText.padded(model, to: 11)]).joined(separator: "  ")
  }

  private static func percent(_ posterior: Posterior?) -> String {
    guard let posterior else { return "-" }
    func number(_ x: Double) -> String { Numerals.fixed(x * 100, decimals: 1) }
    let median = PlainText.leftPadded(number(posterior.p50), to: 4)
    return "\(median) +\(number(posterior.p84 - posterior.p50)) -\(number(posterior.p50 - posterior.p16))"
  }
}

extension InteriorPosterior {
  var networkTable: FindingTable {
    let rows = InteriorQuantity.allCases.compactMap { quantity in
      networkOutputs[quantity].map { (quantity.rawValue, $0) }
    }
    let numbers: [(Posterior) -> Double] = [
      \.mean, \.sd, \.p025, \.p16, \.p50, \.p84, \.p975,
    ]
    return FindingTable(
      InteriorMethod.network,
      columns: [.init(.text(rows.map(\.0)))]
        + numbers.map { number in .init(.number(rows.map { number($0.1) })) })
  }

  var mixtureTable: FindingTable {
    FindingTable(
      InteriorMethod.mixture,
      fields: [Field(InteriorMethod.mixture.fields[0], .texts(mixtureCoordinates))],
      columns: [
        .init(.number(mixture.map(\.weight))), .init(.numbers(mixture.map(\.mean))),
        .init(.numbers(mixture.map(\.sd))),
      ])
  }
}

extension InteriorQuantity {
  /// Thicknesses from the centre outwards, then masses, then the state at the core-mantle boundary.
  private static let order: [InteriorQuantity] =
    InteriorLayer.allCases.map(\.radiusFraction) + InteriorLayer.allCases.map(\.massFraction) + [
      .cmbPressure, .cmbTemperature, .envelopeMetalFraction, .heavyElementMass, .corePressure,
      .coreTemperature, .loveNumber, .momentOfInertiaFactor,
    ]

  package var description: FieldDescription {
    let place = Self.order.firstIndex(of: self) ?? Self.order.count
    if let layer = InteriorLayer.allCases.first(where: { $0.radiusFraction == self }) {
      return FieldDescription(
        rawValue, .posterior, "thickness of the \(layer.rawValue) over the planet's radius",
        presentation: .init(
          title: "\(layer.title) thickness", unit: "% of radius", factor: 100, place: place, isFraction: true)
      )
    }
    if let layer = InteriorLayer.allCases.first(where: { $0.massFraction == self }) {
      return FieldDescription(
        rawValue, .posterior, "mass of the \(layer.rawValue) over the planet's mass",
        presentation: .init(
          title: "\(layer.title) mass", unit: "% of mass", factor: 100, place: place, isFraction: true))
    }
    if self == .envelopeMetalFraction {
      return FieldDescription(
        rawValue, .posterior, "mass of heavy elements in the envelope over the envelope's mass",
        presentation: .init(
          title: "Heavy elements in the envelope", unit: "% of its mass", factor: 100, place: place,
          isFraction: true))
    }
    let words = words
    return FieldDescription(
      rawValue, .posterior, unit: unit, words.meaning,
      presentation: .init(title: words.title, shortTitle: words.short, unit: unit, place: place))
  }

  /// Of what is no share: meaning, title and short title.
  private var words: (meaning: String, title: String, short: String) {
    switch self {
    case .heavyElementMass:
      ("mass of heavy elements in core and envelope", "Mass of heavy elements", "heavy elements")
    case .corePressure: ("pressure at the top of the core", "Pressure, top of the core", "core pressure")
    case .coreTemperature:
      ("temperature at the top of the core", "Temperature, top of the core", "core temperature")
    case .loveNumber: ("fluid Love number k2, of a sphere", "Love number k2", "k2")
    case .momentOfInertiaFactor:
      ("moment of inertia over mass and squared radius, of a sphere", "Moment of inertia, C/MR²", "C/MR²")
    case .cmbPressure:
      ("pressure at the core-mantle boundary", "Pressure, core–mantle boundary", "CMB pressure")
    default:
      ("temperature at the core-mantle boundary", "Temperature, core–mantle boundary", "CMB temperature")
    }
  }
}
