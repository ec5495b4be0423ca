package import Analyses
package import Observations
import PlainText
import Units

/// Mixture density networks that give all interiors that fit a planet's mass, radius and what else is known of it
/// (Baumeister & Tosi 2023; Zhao, Ni & Liu 2023).
package struct InteriorMethod: PlanetMethod {
  private let models: InteriorModelSet

  package init(_ models: InteriorModelSet) { self.models = models }

  package init(_ resources: MethodResources) throws(InteriorModelError) {
    self.init(
      try InteriorModelSet.load(directory: resources.modelsDirectory, choices: resources.interiors))
  }

  package var networks: [NetworkIdentity] { models.identities }

  package var choices: [String] {
    let relation = models.choices.starRelation
    return [
      "interior_planets \(models.choices.planets)",
      "star_relation \(relation.form.rawValue) \(relation.scatter)",
    ]
  }

  package func findings(
    on planet: PreparedPlanet, after earlier: [Finding], seed: UInt64
  ) -> [Finding] {
    models.posteriors(for: InteriorObservation(of: planet), seed: seed).map(Finding.init)
  }
}

extension InteriorObservation {
  /// What the networks are told of a planet.
  package init(of subject: PreparedPlanet) {
    let planet = subject.planet
    self.init(
      mass: planet.mass, massIsMinimum: planet.massIsMinimum, radius: planet.radius,
      equilibriumTemperature: subject.equilibriumTemperature, loveNumber: planet.loveNumber,
      ironToMagnesiumSilicon: planet.ironToMagnesiumSilicon,
      compositionSource: planet.ironToMagnesiumSilicon == nil ? nil : "Fe/(Mg+Si) is the record's own.",
      stellarMetallicity: subject.stellarMetallicity, age: subject.age,
      atmosphericMetallicity: planet.metallicity)
  }
}

extension Finding {
  /// What the method says, as results hold it.
  package init(_ interior: InteriorPosterior) {
    let method = InteriorMethod.description
    let outputs = InteriorQuantity.allCases.compactMap { quantity in
      interior.outputs[quantity].map {
        Field(quantity.description, .posterior($0, draws: interior.draws[quantity] ?? []))
      }
    }
    let weighing = interior.weighing
    let numbers = [
      weighing?.effectiveSampleSize, weighing?.paretoShape, weighing.map { Double($0.forwardModels) },
    ]
    self.init(
      method: method, network: NetworkIdentity(name: interior.model, sha256: interior.modelHash),
      domain: DomainJudgement(isInside: interior.inDomain), flags: interior.flags, remarks: interior.remarks,
      fields: outputs
        + zip(InteriorMethod.weighing, numbers).map { Field($0, .number($1 ?? .nan)) },
      tables: [interior.mixtureTable, interior.networkTable],
      rank: interior.inDomain && !outputs.isEmpty ? InteriorModelSet.rank(of: interior.model) : nil,
      digest: InteriorMethod.digest(model: PlainText.line(interior.model)) { interior.outputs[$0] },
      detail: interior)
  }
}
