package import Analyses
import ExoGAN
import Observations

extension CompletionMethod {
  package static let description = MethodDescription(
    key: "completion", fitsName: "POSTERIOR", title: "Atmosphere", networkMeaning: "model that completed",
    fields: scalars + posteriors, tables: [spectrum, samples, exoGAN, picture], flags: Flag.ofCompletions,
    silence: "retrieved -", isOptional: true,
    references: [
      Reference(
        "Zingales2018", authors: "Zingales, Tiziano and Waldmann, Ingo P.", year: 2018,
        title:
          "ExoGAN: Retrieving Exoplanetary Atmospheres Using Deep Convolutional Generative Adversarial Networks",
        journal: "The Astronomical Journal", volume: "156", pages: "268", doi: "10.3847/1538-3881/aae77c"),
      Reference(
        "Vehtari2024",
        authors: "Vehtari, Aki and Simpson, Daniel and Gelman, Andrew and Yao, Yuling and Gabry, Jonah",
        year: 2024, title: "Pareto Smoothed Importance Sampling",
        journal: "Journal of Machine Learning Research", volume: "25", pages: "1--58"),
    ])

  private static let scalars: [FieldDescription] = [
    FieldDescription(
      "space", fitsKey: "EXOSPACE", .text,
      "atmospheres that were chosen among: transmission, eclipse or exogan-2018"),
    FieldDescription(
      "spectrumSource", fitsKey: "EXOSPSRC", .text,
      "what completed the spectrum: posterior; components, where no atmosphere could be told; or none"),
    FieldDescription(
      "effectiveSampleSize", fitsKey: "EXOESS", .number,
      "independent samples that the weighted ones are worth",
      presentation: .init(title: "Effective sample size", shortTitle: "ESS", unit: "", place: 100)),
    FieldDescription(
      "paretoShape", fitsKey: "EXOPARK", .number,
      "shape of the tail of the weights; above 0.7 not to be trusted"),
    FieldDescription(
      "logEvidence", fitsKey: "EXOLNZ", .number, "ln of the evidence, of depths as fractions"),
    FieldDescription("logEvidenceError", fitsKey: "EXOLNZER", .number, "its standard error"),
    FieldDescription(
      "chiSquared", fitsKey: "EXOCHI2", .number, "of the sample that fits best, errors as given",
      presentation: .init(title: "Least χ²", shortTitle: "chi2", unit: "", place: 101)),
    FieldDescription(
      "chiSquaredOfMean", fitsKey: "EXOCHI2M", .number, "of the posterior's mean spectrum, errors as given"),
    FieldDescription(
      "pointCount", fitsKey: "EXONPTS", .number, "points that had a say",
      presentation: .init(title: "Points", shortTitle: "points", unit: "", place: 102)),
    FieldDescription(
      "predictiveProbability", fitsKey: "EXOPRED", .number,
      "how often data drawn from the posterior are less like their model than these"),
    FieldDescription("forwardModels", fitsKey: "EXONFWD", .number, "spectra that the forward model computed"),
    FieldDescription("opacities", fitsKey: "EXOOPAC", .text, "SHA-256 over the opacity tables"),
  ]

  private static let posteriors: [FieldDescription] = CompletedParameter.all.enumerated().map {
    place, parameter in
    FieldDescription(
      parameter.key, .posterior, unit: parameter.unit, parameter.meaning,
      presentation: .init(
        title: parameter.title, shortTitle: parameter.key, unit: parameter.shownUnit,
        factor: parameter.shownFactor, place: place))
  }

  static let spectrum = TableDescription(
    "completedSpectrum", rowName: "bin", fitsName: "COMPLETION",
    "a row a bin of the grid: the whole spectrum, as the posterior or simulated spectra have it",
    columns: [
      ColumnDescription("wavelength", fitsName: "WAVELENGTH", .number, unit: "um", "centre of the bin"),
      ColumnDescription("mean", fitsName: "MEAN", .number, "depth as a fraction, posterior mean"),
      ColumnDescription("p16", fitsName: "P16", .number, "its quantile at 16 %"),
      ColumnDescription("p84", fitsName: "P84", .number, "its quantile at 84 %"),
      ColumnDescription("isObserved", fitsName: "OBSERVED", .logical, "half of the bin or more is observed"),
    ], isLogged: false)

  static let samples = TableDescription(
    "samples", rowName: "sample", fitsName: "PARAMETERS",
    "a row a sample of the posterior; columns of parameters that the space does not have hold NaN",
    columns: [
      ColumnDescription("weight", fitsName: "WEIGHT", .number, "share of the posterior; all add up to 1")
    ]
      + CompletedParameter.all.map {
        ColumnDescription(
          $0.key, fitsName: $0.key.uppercased().replacingMinus, .number, unit: $0.unit, $0.meaning)
      }, isLogged: false)

  static let exoGAN = TableDescription(
    "exogan", rowName: "parameter", fitsName: "EXOGAN",
    "a row a parameter, as the published ExoGAN completes it; empty where it was not asked",
    fields: [
      FieldDescription("network", fitsKey: "EXOGMOD", .text, "the network"),
      FieldDescription("steps", fitsKey: "EXOGSTEP", .number, "of each of its starts"),
    ],
    columns: [
      ColumnDescription(
        "name", fitsName: "NAME", .text, "quantity"),
      ColumnDescription("unit", fitsName: "UNIT", .text, "its unit"),
      ColumnDescription(
        "median", fitsName: "P50", .number, "median of the starts"),
      ColumnDescription(
        "p16", fitsName: "P16", .number, "quantile of the starts at 16 %: where searches end, no probability"),
      ColumnDescription(
        "p84", fitsName: "P84", .number, "quantile of the starts at 84 %"),
    ])

  static let picture = TableDescription(
    "aspa", rowName: "row", fitsName: "ASPA",
    "a row a row of ExoGAN's picture of spectrum and parameters, of 33 cells; -1 where nothing is known",
    columns: [
      ColumnDescription("before", fitsName: "BEFORE", .numbers, "all that is known"),
      ColumnDescription("masked", fitsName: "MASKED", .numbers, "what ExoGAN was shown"),
      ColumnDescription("completed", fitsName: "COMPLETED", .numbers, "medians of what it made of it"),
    ], isLogged: false)
}

extension String {
  /// Names of columns in FITS have letters, digits and underscores.
  fileprivate var replacingMinus: String { hasSuffix("-") ? dropLast() + "_MINUS" : self }
}
