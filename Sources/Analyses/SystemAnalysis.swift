package import Observations

/// One planet: what was read, what follows, and what the methods say.
package struct PlanetAnalysis: Sendable {
  package let subject: PreparedPlanet
  /// One a registered method, in their order.
  package let answers: [MethodAnswer]

  package init(of subject: PreparedPlanet, answers: [MethodAnswer] = []) {
    self.subject = subject
    self.answers = answers
  }

  package var planet: Planet { subject.planet }

  /// The planet's flags, and of each method those of the finding that speaks, or of all where none does; each once.
  package var spokenFlags: [Flag] { (subject.flags + answers.flatMap(\.spokenFlags)).uniqued }

  /// The planet's flags and those of all findings, as often as they were raised.
  package var allFlags: [Flag] { subject.flags + answers.flatMap(\.findings).flatMap(\.flags) }
}

/// The whole answer to one planet record.
package struct SystemAnalysis: Sendable {
  package var names: [String]
  package var planets: [PlanetAnalysis]
  package var remarks: [String]
  package var provenance: Provenance

  package init(names: [String], planets: [PlanetAnalysis], remarks: [String], provenance: Provenance) {
    self.names = names
    self.planets = planets
    self.remarks = remarks
    self.provenance = provenance
  }
}
