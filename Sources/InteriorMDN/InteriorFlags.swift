package import Observations

/// What an interior network may have to say of its own answer.
extension Flag {
  package static let errorMissing = Flag(
    "error-missing", place: 60,
    "A value without an error was taken as exact, which makes the intervals too narrow.")
  package static let errorOneSided = Flag(
    "error-one-sided", place: 70, "A value has an error on one side only, which was used for both.")
  package static let outsideDomain = Flag(
    "outside-domain", place: 80,
    "The planet lies outside what the model was trained on, so the model gives no numbers.")
  package static let domainEdge = Flag(
    "domain-edge", place: 90,
    "Part of what the errors allow lies outside what the model was trained on and was left out.")
  package static let compositionFromStar = Flag(
    "composition-from-star", place: 100,
    "The planet's Fe/(Mg+Si) was estimated from the star's metallicity, with the scatter of that relation.")
  package static let compositionUnknown = Flag(
    "composition-unknown", place: 110,
    "Nothing is known of the planet's Fe/(Mg+Si): the result averages over what is possible.")
  package static let loveNumberMissing = Flag(
    "love-number-missing", place: 140, "No Love number k2 is known, and the model needs it.")
}
