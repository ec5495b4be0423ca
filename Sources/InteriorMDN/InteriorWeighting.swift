package import Analyses
package import InteriorSpaces
package import Interiors
import NumericalMethods
import Observations
import PlainText
import Units

/// The network proposes, the forward model decides: a network's answer with its quantiles, draws and mixture replaced by those of the
/// posterior, and its own kept beside them.
package struct InteriorWeighting: Sendable {
  package let choices: InteriorChoices

  /// Its tables take half a second to make: not before there is a planet to solve.
  package var model: InteriorModel { .shared }

  /// - Returns: `nil` where nothing is to be weighed.
  package init?(_ choices: InteriorChoices) {
    guard choices.planets > 0 else { return nil }
    self.choices = choices
  }

  /// Above this equilibrium temperature water at a planet's surface is steam: no liquid water holds against the runaway greenhouse
  /// beyond some 300 W m-2 absorbed, 270 to 400 K by what the planet reflects (Kopparapu et al. 2013, ApJ 765, 131). K
  package static let hottestWater = 400.0
  /// Medians that far apart, in half widths of the posterior's central 68 %, are flagged.
  package static let disagreement = 0.5

  /// Prior times likelihood for one network's kind of planets; `nil` without a mass or a radius.
  package func target(_ network: InteriorNetwork, _ observation: InteriorObservation) -> InteriorTarget? {
    InteriorLikelihood(
      observation, inputs: network.features.inputs, isGiant: network.outputs.isGiant,
      relation: choices.starRelation
    ).map {
      InteriorTarget(
        prior: network.outputs.prior, model: model, likelihood: $0, outputs: network.outputs,
        isDry: network.outputs == .rocky && isHot(observation))
    }
  }

  private func isHot(_ observation: InteriorObservation) -> Bool {
    (MeasuredNumber(observation.equilibriumTemperature)?.value ?? 0) > Self.hottestWater
  }

  /// - Parameters:
  ///   - answer: the network's own, inside its domain.
  ///   - seeds: its draws.
  func weighted(
    _ answer: InteriorPosterior, of network: InteriorNetwork, seeds: [InteriorSeed],
    _ observation: InteriorObservation, random: SeededRandom
  ) -> InteriorPosterior {
    guard let target = target(network, observation) else { return answer }
    var sampler = InteriorSampler(target, random: random)
    guard let drawn = sampler.run(seeds: seeds, planets: choices.planets),
      drawn.best > (observation.massIsMinimum ? Self.leastFitOfMinimum : Self.leastFit)
    else { return refused(answer, target) }
    return replaced(answer, network.outputs, drawn, target, observation, random: random)
  }

  /// Of the best planet's likelihood, in ln: four deviations off; and what is averaged over a minimum mass's orbits is less by up to five.
  private static let (leastFit, leastFitOfMinimum) = (-8.0, -13.0)

  private func refused(_ answer: InteriorPosterior, _ target: InteriorTarget) -> InteriorPosterior {
    var answer = answer
    (answer.inDomain, answer.outputs, answer.draws, answer.mixture) = (false, [:], [:], [])
    answer.flags.append(.outsideDomain)
    answer.remarks.insert(
      "No planet that \(answer.model) knows fits what is measured: the nearest is more than four deviations off.",
      at: 0)
    if target.isDry {
      answer.flags.append(.steamNotModelled)
      answer.remarks.append(Self.drySentence)
    }
    return answer
  }

  private static let drySentence =
    "At its equilibrium temperature water is steam, which the model does not have: dry rock is assumed."

  private func replaced(
    _ answer: InteriorPosterior, _ outputs: InteriorOutputs, _ drawn: WeightedInteriors,
    _ target: InteriorTarget, _ observation: InteriorObservation, random: SeededRandom
  ) -> InteriorPosterior {
    var answer = answer
    // Another stream than the one that the draws came of.
    var random = random
    random = SeededRandom(seed: random.next(), stream: 1)
    answer.networkOutputs = answer.outputs
    answer.weighing = .init(
      effectiveSampleSize: drawn.effectiveSampleSize, paretoShape: drawn.paretoShape,
      forwardModels: drawn.solved)
    let chosen = systematicResampling(drawn.weights, count: InteriorNetwork.drawCount, &random)
      .shuffled(using: &random)
    for (index, quantity) in outputs.quantities.enumerated() {
      let values = drawn.samples.map { $0.values[index] }
      answer.outputs[quantity] = Posterior(draws: values, weights: drawn.weights)
      answer.draws[quantity] = chosen.map { values[$0] }
    }
    answer.mixture = mixture(of: drawn, outputs, random: &random) ?? []
    explain(&answer, drawn, target, observation)
    return answer
  }

  /// Of the network's coordinates; `nil` where the draws are too few to tell.
  private func mixture(
    of drawn: WeightedInteriors, _ outputs: InteriorOutputs, random: inout SeededRandom
  ) -> [MixtureComponent]? {
    // Without water its coordinate is the same in all draws; a deviation of 0.001 in ln makes it one that can be fitted.
    let points = drawn.samples.map { sample in
      outputs.coordinates(sample.values, mass: sample.mass, radius: sample.radius)
        .map { $0 + 1e-3 * random.normal() }
    }
    let parts = Int(drawn.effectiveSampleSize / (20 * Double(outputs.coordinateNames.count)))
    return FittedMixture(
      points, weights: drawn.weights, parts: min(max(parts, 1), 6), isForDraws: false, &random
    )?.parts.map { MixtureComponent(weight: $0.weight, mean: $0.mean, sd: $0.sd) }
  }

  private func explain(
    _ answer: inout InteriorPosterior, _ drawn: WeightedInteriors, _ target: InteriorTarget,
    _ observation: InteriorObservation
  ) {
    func add(_ flag: Flag, _ sentence: String) {
      if !answer.flags.contains(flag) { answer.flags.append(flag) }
      answer.remarks.append(sentence)
    }
    if case .star(let term) = target.likelihood.composition {
      if !answer.flags.contains(.compositionFromStar) {
        term.composition.explain(into: &answer)
      }
    }
    if let age = target.likelihood.age, age.isErrorMissing {
      add(.errorMissing, "No error is given for the star's age: it is taken as known to 10 %.")
    }
    if target.likelihood.envelopeMetallicity != nil {
      answer.remarks.append(
        "The envelope is taken as mixed: its heavy elements are those of the atmosphere's [M/H].")
    }
    if isHot(observation), !target.outputs.isGiant {
      add(
        .steamNotModelled,
        target.isDry
          ? Self.drySentence
          : "At its equilibrium temperature water is steam or supercritical: the model has no steam, so the water under a thin envelope "
            + "is too dense.")
    }
    if drawn.effectiveSampleSize < InteriorSampler.least || drawn.paretoShape > 0.7 {
      add(
        .fewEffectiveDraws,
        "The \(drawn.solved) planets solved are worth \(Int(drawn.effectiveSampleSize)) draws of the posterior "
          + "(Pareto k \(Numerals.fixed(drawn.paretoShape, decimals: 2))): its quantiles are uncertain.")
    }
    let farthest = answer.networkOutputs.compactMap { quantity, own -> (InteriorQuantity, Double)? in
      guard let posterior = answer.outputs[quantity], posterior.p84 > posterior.p16 else { return nil }
      return (quantity, abs(own.p50 - posterior.p50) / ((posterior.p84 - posterior.p16) / 2))
    }.max { ($0.1, $1.0.rawValue) < ($1.1, $0.0.rawValue) }
    if let (quantity, distance) = farthest, distance > Self.disagreement {
      add(
        .networkDiffers,
        "The network alone, which takes all combinations of what is measured as equally likely, is "
          + "\(Numerals.sentence(distance, digits: 2)) deviations off in the \(quantity.description.meaning)."
      )
    }
  }
}

extension InteriorOutputs {
  /// What the networks of this kind were trained on.
  package var prior: any InteriorPrior {
    switch self {
    case .rocky: RockyPrior()
    case .layered: LayeredPrior()
    case .giant, .giantOfLoveNumber: GiantPrior()
    }
  }
}
