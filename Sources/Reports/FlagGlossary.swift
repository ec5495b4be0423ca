/// What each flag means, in a sentence for people. The flags themselves are for machines and for grep.
package enum FlagGlossary {
  /// In the order in which the manual lists them.
  package static let entries: [(flag: String, meaning: String)] = [
    ("mass-missing", "The record gives no mass, so no interior can be inferred."),
    ("radius-missing", "The record gives no radius, so no interior can be inferred."),
    ("mass-is-limit", "The record gives only a limit on the mass, so no interior can be inferred."),
    ("radius-is-limit", "The record gives only a limit on the radius, so no interior can be inferred."),
    (
      "mass-is-minimum",
      "The mass is a minimum (m sin i): the planet may be heavier, and denser, than these results take it to be."
    ),
    ("mass-error-missing", "The record gives no error of the mass; the remarks say what was assumed."),
    ("radius-error-missing", "The record gives no error of the radius; the remarks say what was assumed."),
    ("outside-domain", "The planet lies outside what the model was trained on, so it gives no numbers."),
    (
      "partly-outside-domain",
      "Part of the measurement's error range lies outside what the model was trained on."
    ),
    (
      "composition-from-star",
      "The planet's Fe/(Mg+Si) was estimated from the star's metallicity, with the scatter of that relation."
    ),
    (
      "composition-unknown",
      "Nothing is known of the planet's Fe/(Mg+Si); the results average over what is possible."
    ),
    ("temperature-derived", "The equilibrium temperature was derived from the star and the orbit."),
    ("temperature-missing", "Neither the record nor star and orbit give an equilibrium temperature."),
    ("love-number-missing", "No Love number k2 is known, so the models that need it give no numbers."),
    ("love-number-unknown", "No Love number k2 is known, so the models that need it give no numbers."),
    (
      "denser-than-iron",
      "The planet is denser than a ball of pure iron of its mass would be: one of the inputs is off."
    ),
  ]

  package static func meaning(of flag: String) -> String? { meanings[flag] }

  private static let meanings = Dictionary(uniqueKeysWithValues: entries.map { ($0.flag, $0.meaning) })
}
