package import Observations

/// What an interior network may have to say of its own answer.
extension Flag {
  package static let errorMissing = Flag(
    "error-missing", place: 60,
    "A value without an error was taken as exact (to 0.25 %; an age to 10 %), which makes the intervals too narrow."
  )
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
  package static let metallicityHeld = Flag(
    "metallicity-held", place: 105,
    "The star's [Fe/H] lies beyond -0.8 to 0.4, where its trend of Mg and Si with Fe is known, and was taken as the nearer of these."
  )
  package static let steamNotModelled = Flag(
    "steam-not-modelled", place: 132,
    "Above 400 K water is steam, which the interior models do not have: rocky planets are taken as dry.")
  package static let networkDiffers = Flag(
    "network-differs", place: 134,
    "The network alone is more than half a deviation off the posterior that the forward model gives.")
  package static let fewEffectiveDraws = Flag(
    "few-effective-draws", place: 136,
    "The posterior rests on fewer than 300 effective draws, or on a few that outweigh all others.")
  package static let loveNumberMissing = Flag(
    "love-number-missing", place: 140, "No Love number k2 is known, and the model needs it.")
}
