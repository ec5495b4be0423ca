package import Observations

/// What a network may have to say of what it recognises.
extension Flag {
  package static let tooFewBins = Flag(
    "too-few-bins", place: 300,
    "Fewer than three bins of the grid have a value with an error: no molecule can be told.")
  package static let errorsEstimated = Flag(
    "errors-estimated", place: 310,
    "For the molecules the errors were taken from the scatter between neighbouring bins.")
  package static let outsideTraining = Flag(
    "outside-training", place: 320,
    "The spectrum looks like none that the network was trained on: by it no molecule is called seen or not seen."
  )
  package static let noMoleculeSeen = Flag(
    "no-molecule-seen", place: 330, "No molecule is probable enough to be called seen.")
  package static let somethingElse = Flag(
    "something-else", place: 333,
    "The network finds features of a gas that it has no name for; by it no molecule is called seen.")
  package static let verdictsContradict = Flag(
    "verdicts-contradict", place: 335,
    "The network calls a molecule seen or not seen and the posterior contradicts it; the verdict is the posterior's."
  )
  package static let opacitiesSuperseded = Flag(
    "opacities-superseded", place: 340,
    "The network was trained on opacities that have been improved since: below 1,200 K, and where hydrogen cyanide or "
      + "acetylene abound, its probabilities are less sure than they say.")
}
