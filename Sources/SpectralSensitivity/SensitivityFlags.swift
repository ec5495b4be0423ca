package import Observations

/// What tracing the answers of a spectrum may have to say of it.
extension Flag {
  package static let sensitivityNotTraced = Flag(
    "sensitivity-not-traced", place: 500,
    "What the answers rest on was not traced to wavelengths; the remarks say why.")
  package static let networksDisagree = Flag(
    "networks-disagree", place: 510,
    "A network's answer is further from the posterior than three of their deviations together; the remarks say which."
  )
  package static let outsideSensitivityTraining = Flag(
    "outside-sensitivity-training", place: 520,
    "The spectrum looks like none that the networks of the sensitivities were trained on.")

  static let ofSensitivities: [Flag] = [
    .sensitivityNotTraced, .networksDisagree, .outsideSensitivityTraining,
  ]
}
