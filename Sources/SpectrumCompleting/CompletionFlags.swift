package import Observations

/// What completing a spectrum may have to say of it.
extension Flag {
  package static let notRetrieved = Flag(
    "not-retrieved", place: 400, "No atmosphere could be retrieved from the spectrum; the remarks say why.")
  package static let effectiveSampleTooSmall = Flag(
    "effective-sample-too-small", place: 410,
    "The samples are worth fewer than 30 independent ones: no numbers are given of the atmosphere.")
  package static let effectiveSampleSmall = Flag(
    "effective-sample-small", place: 420,
    "The samples are worth fewer than 100 independent ones: quantiles far from the median are rough.")
  package static let stoppedByTime = Flag(
    "stopped-by-time", place: 430,
    "The retrieval was stopped by retrieval_seconds: another run of the same input may give other numbers.")
  package static let outsidePrior = Flag(
    "outside-prior", place: 440,
    "No atmosphere of the prior fits: what it predicts lies nearer to its own model than this spectrum in 999 of 1,000 cases."
  )
  package static let tailsUncertain = Flag(
    "tails-uncertain", place: 450,
    "The weights of the samples have a heavy tail (Pareto shape above 0.7): the numbers may be off by more than they say."
  )
  package static let notSettled = Flag(
    "not-settled", place: 455,
    "The samples had not yet spread over all that fits when they were taken: the intervals may be too narrow."
  )
  package static let starRadiusUnknown = Flag(
    "star-radius-unknown", place: 460,
    "The star's radius is not known: the planet's radius is given as a part of it.")
  package static let exoGANNotRun = Flag(
    "exogan-not-run", place: 470, "ExoGAN cannot be shown this spectrum; the remarks say why.")
  package static let exoGANOutsideRanges = Flag(
    "exogan-outside-ranges", place: 480,
    "The planet lies outside the ranges that ExoGAN was trained on; its answer is shown for comparison only.")

  static let ofCompletions: [Flag] = [
    .notRetrieved, .effectiveSampleTooSmall, .effectiveSampleSmall, .stoppedByTime, .outsidePrior,
    .tailsUncertain, .notSettled, .starRadiusUnknown, .exoGANNotRun, .exoGANOutsideRanges,
  ]
}
