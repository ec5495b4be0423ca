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
    self.init(try InteriorModelSet.load(directory: resources.modelsDirectory))
  }

  package var networks: [NetworkIdentity] { models.identities }

  package func findings(
    on planet: PreparedPlanet, after earlier: [Finding], seed: UInt64
  ) -> [Finding] {
    models.posteriors(for: InteriorObservation(of: planet), seed: seed).map(Finding.init)
  }
}

extension InteriorObservation {
  /// What the networks are told of a planet.
  init(of subject: PreparedPlanet) {
    let planet = subject.planet
    self.init(
      mass: planet.mass, massIsMinimum: planet.massIsMinimum, radius: planet.radius,
      equilibriumTemperature: subject.equilibriumTemperature, loveNumber: planet.loveNumber,
      ironToMagnesiumSilicon: planet.ironToMagnesiumSilicon,
      compositionSource: planet.ironToMagnesiumSilicon == nil ? nil : "Fe/(Mg+Si) is the record's own.",
      stellarMetallicity: subject.stellarMetallicity)
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
    self.init(
      method: method, network: NetworkIdentity(name: interior.model, sha256: interior.modelHash),
      domain: DomainJudgement(isInside: interior.inDomain), flags: interior.flags, remarks: interior.remarks,
      fields: outputs, tables: [interior.mixtureTable],
      rank: interior.inDomain && !outputs.isEmpty ? InteriorModelSet.rank(of: interior.model) : nil,
      digest: InteriorMethod.digest(model: PlainText.line(interior.model)) { interior.outputs[$0] },
      detail: interior)
  }
}
