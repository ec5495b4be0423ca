package import Analyses
import NeuralNetworks
import NumericalMethods
package import Observations
import PlainText
import Tensors
import Units

extension InteriorNetwork {
  /// Draws of the posterior. The error of a quantile at 2.5 % is then about 0.25 % in probability.
  package static let drawCount = 4096

  /// The least share of what the errors allow that must lie inside the domain for an answer: what is left of a normal
  /// distribution beyond 1.64 sigma. It is not a half, since a loosely known input that the others pin down (k2 to 10 %)
  /// puts most draws outside though the planet is an ordinary one.
  package static let leastInsideShare = 0.05

  /// What the network says of a planet.
  ///
  /// Every input is drawn from its measurement; each draw inside the domain asks the network for a mixture and takes
  /// one draw of that: together p(interior | measurements). Mass, radius, Fe/(Mg+Si) and temperature are taken as
  /// measured (flat prior); k2, which follows from the interior and is loosely known, is weighted by the training prior
  /// given the others, so that a k2 without information changes nothing. Draws
  /// outside the domain are left out; when nearly all are, there is no answer but a sentence.
  package func posterior(
    for observation: InteriorObservation, seed: UInt64, modelHash: String, relation: StarRelation = .usual
  ) -> InteriorPosterior {
    answer(for: observation, seed: seed, modelHash: modelHash, relation: relation).answer
  }

  /// One stream of random numbers a model, whichever other models are loaded.
  var stream: UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The same with the draws that it is made of; none outside the domain.
  func answer(
    for observation: InteriorObservation, seed: UInt64, modelHash: String, relation: StarRelation
  ) -> (answer: InteriorPosterior, seeds: [InteriorSeed]) {
    var answer = InteriorPosterior(
      model: name, modelHash: modelHash, inDomain: false, flags: [], remarks: [], outputs: [:], draws: [:],
      mixture: [], mixtureCoordinates: outputs.coordinateNames)
    var sources: [Source] = []
    for input in features.inputs {
      switch source(of: input, observation, relation) {
      case .success(let source):
        sources.append(source)
        source.explain(input, into: &answer)
      case .failure(let refusal):
        answer.flags = [refusal.flag]
        answer.remarks = [refusal.sentence]
        return (answer, [])
      }
    }
    if observation.massIsMinimum {
      answer.flags.append(.massIsMinimum)
      answer.remarks.append("The mass is m sin i: the planet may be heavier than what is analysed here.")
    }
    if let sentence = rangeRefusal(sources) {
      return (Self.outside(answer, sentence), [])
    }

    var random = SeededRandom(seed: seed, stream: stream)
    let kept = drawInside(sources, random: &random)
    let outsideShare = kept.outsideShare
    guard 1 - outsideShare >= Self.leastInsideShare, !kept.inputs.isEmpty else {
      return (Self.outside(answer, whyOutside(sources, share: outsideShare)), [])
    }
    if outsideShare > 0.01 {
      answer.flags.append(.domainEdge)
      answer.remarks.append(
        "\(Numerals.sentence(100 * outsideShare, digits: 2)) % of the planets that the errors allow lie outside what \(name) was "
          + "trained on and are left out.")
    }

    let draws = drawOutputs(of: kept, random: &random)
    guard draws.count > kept.inputs.count / 2 else {
      return (
        Self.outside(
          answer, "\(name) gave no answer for this planet that is like those it was trained on."), []
      )
    }
    answer.inDomain = true
    for (index, quantity) in outputs.quantities.enumerated() {
      let values = draws.map { $0.values[index] }
      answer.outputs[quantity] = Posterior(draws: values)
      answer.draws[quantity] = values
    }
    answer.mixture = mixture(at: kept.inputs)
    return (answer, draws)
  }

  /// Draws of the inputs that lie inside the domain, with their features.
  private struct InsideDraws {
    var inputs: [[Double]] = []
    var features: [[Double]] = []
    /// Share of all draws that lie outside.
    var outsideShare = 0.0
  }

  private func drawInside(_ sources: [Source], random: inout SeededRandom) -> InsideDraws {
    var kept = InsideDraws()
    var tries = 0
    var inside = 0
    let most = 2 * Int(Double(Self.drawCount) / Self.leastInsideShare)
    let loveNumber = features.inputs.firstIndex(of: .loveNumber)
    // After the first thousand a hopeless case is known to be one.
    while kept.inputs.count < Self.drawCount, tries < most, tries < 1000 || inside * 100 > tries {
      tries += 1
      guard let inputs = drawInputs(sources, random: &random) else { continue }
      let point = features.features(inputs)
      guard point.allSatisfy(\.isFinite), domain.contains(point) else { continue }
      inside += 1
      if let loveNumber, random.uniform() >= domain.relativeLikelihood(at: loveNumber, point) { continue }
      kept.inputs.append(inputs)
      kept.features.append(point)
    }
    kept.outsideShare = 1 - Double(inside) / Double(tries)
    return kept
  }

  /// One draw of the interior for each of the inputs; fewer where a draw has no physical value.
  private func drawOutputs(of kept: InsideDraws, random: inout SeededRandom) -> [InteriorSeed] {
    let rows = mixtures(kept.features)
    let temperature = features.inputs.firstIndex(of: .equilibriumTemperature)
    var draws: [InteriorSeed] = []
    draws.reserveCapacity(kept.inputs.count)
    var sampler = MixtureSampler(density)
    for (row, inputs) in kept.inputs.enumerated() {
      sampler.prepare(rows.row(row))
      guard let standardized = draw(sampler, random: &random) else { continue }
      let physical = values(standardized, mass: inputs[0], radius: inputs[1])
      guard physical.allSatisfy(\.isFinite) else { continue }
      draws.append(
        InteriorSeed(
          mass: inputs[0], radius: inputs[1], equilibriumTemperature: temperature.map { inputs[$0] },
          values: physical))
    }
    return draws
  }

  /// The mixture at the inputs' medians, or at the draw nearest to them where the medians lie outside.
  private func mixture(at inputs: [[Double]]) -> [MixtureComponent] {
    let points = inputs.map { features.features($0) }
    let medians = points[0].indices.map { i in quantile(ofSorted: points.map { $0[i] }.sorted(), 0.5) }
    var best = medians
    if !domain.contains(medians) {
      func distance(_ point: [Double]) -> Double {
        zip(zip(point, medians), inputScaling.sd).reduce(0) {
          let z = ($1.0.0 - $1.0.1) / $1.1
          return $0 + z * z
        }
      }
      best = points.min { distance($0) < distance($1) } ?? medians
    }
    let mixture = GaussianMixture(density, output: mixtures([best]).row(0))
    return mixture.components.sorted { $0.weight > $1.weight }.map { component in
      MixtureComponent(
        weight: component.weight,
        mean: component.mean.indices.map {
          outputScaling.mean[$0] + outputScaling.sd[$0] * component.mean[$0]
        },
        sd: zip(component.sd, outputScaling.sd).map { $0 * $1 })
    }
  }

  private static func outside(_ answer: InteriorPosterior, _ sentence: String) -> InteriorPosterior {
    var answer = answer
    answer.flags.append(.outsideDomain)
    answer.remarks.insert(sentence, at: 0)
    return answer
  }
}

// MARK: - Where each input comes from

private enum Source {
  case measured(MeasuredNumber)
  /// Fe/(Mg+Si) by way of the star's [Fe/H].
  case star(StellarComposition)
  /// Unknown: drawn from the training prior, given the other inputs.
  case prior

  /// Flags and remarks that go with it.
  func explain(_ input: InteriorInput, into answer: inout InteriorPosterior) {
    switch self {
    case .measured(let number):
      if number.isErrorMissing {
        answer.flags.append(.errorMissing)
        answer.remarks.append(
          "No error is given for the \(input.noun): it is taken as exact, so the intervals are too narrow by that."
        )
      } else if number.isErrorOneSided {
        answer.flags.append(.errorOneSided)
        answer.remarks.append("The \(input.noun) has an error on one side only: it is used for both.")
      }
    case .star(let composition): composition.explain(into: &answer)
    case .prior:
      if input == .equilibriumTemperature {
        answer.flags.append(.temperatureUnknown)
        answer.remarks.append("The equilibrium temperature is unknown: all that were trained are allowed.")
      } else {
        answer.flags.append(.compositionUnknown)
        answer.remarks.append(
          "The planet's Fe/(Mg+Si) is unknown: all that were trained with such a mass and radius are allowed."
        )
      }
    }
  }
}

extension StellarComposition {
  /// Flags and remarks that go with it.
  func explain(into answer: inout InteriorPosterior) {
    answer.flags.append(.compositionFromStar)
    answer.remarks.append(sentence)
    if metallicity.isErrorMissing {
      if !answer.flags.contains(.errorMissing) { answer.flags.append(.errorMissing) }
      answer.remarks.append(
        "No error is given for the star's [Fe/H]: it is taken as exact, so the intervals are too narrow by that."
      )
    }
    if isClamped {
      answer.flags.append(.metallicityHeld)
      answer.remarks.append(
        "The star's [Fe/H], \(Numerals.sentence(metallicity.value)), lies beyond -0.8 to 0.4, where the trend of Mg and Si with Fe is "
          + "known: the nearer of these is taken.")
    }
  }
}

/// Why a network does not answer.
private struct Refusal: Error {
  let flag: Flag
  let sentence: String
}

extension InteriorNetwork {
  private func source(
    of input: InteriorInput, _ observation: InteriorObservation, _ relation: StarRelation
  ) -> Result<Source, Refusal> {
    switch input {
    case .mass:
      return required(.mass, observation.mass, unit: Constants.earthMass, flag: .massMissing)
    case .radius:
      return required(.radius, observation.radius, unit: Constants.earthRadius, flag: .radiusMissing)
    case .loveNumber:
      return required(.loveNumber, observation.loveNumber, unit: 1, flag: .loveNumberMissing)
    case .equilibriumTemperature:
      guard let number = MeasuredNumber(observation.equilibriumTemperature) else { return .success(.prior) }
      return positive(input, number)
    case .ironToMagnesiumSilicon:
      if let number = MeasuredNumber(observation.ironToMagnesiumSilicon) { return positive(input, number) }
      if let number = MeasuredNumber(observation.stellarMetallicity) {
        return .success(.star(StellarComposition(metallicity: number, relation: relation)))
      }
      return .success(.prior)
    }
  }

  private func required<D>(
    _ input: InteriorInput, _ measurement: Measurement<D>?, unit: Double, flag: Flag
  ) -> Result<Source, Refusal> {
    guard let number = MeasuredNumber(measurement, unit: unit) else {
      let what =
        measurement?.isLimitOnly == true ? "only a limit is known for its" : "it needs the planet's"
      return .failure(Refusal(flag: flag, sentence: "\(name) does not answer: \(what) \(input.noun)."))
    }
    return positive(input, number)
  }

  private func positive(_ input: InteriorInput, _ number: MeasuredNumber) -> Result<Source, Refusal> {
    guard number.value > 0 else {
      return .failure(
        Refusal(
          flag: .outsideDomain, sentence: "The \(input.noun), \(number.value), is no positive number."))
    }
    return .success(.measured(number))
  }

  private func drawInputs(_ sources: [Source], random: inout SeededRandom) -> [Double]? {
    var values = [Double](repeating: .nan, count: sources.count)
    var unknown: Int?
    for (i, source) in sources.enumerated() {
      switch source {
      case .measured(let number): values[i] = number.draw(random: &random)
      case .star(let composition): values[i] = composition.draw(random: &random)
      case .prior: unknown = i
      }
      // Nothing below zero exists; such draws belong to the outside.
      if case .prior = source { continue }
      guard values[i] > 0 else { return nil }
    }
    guard let unknown else { return values }
    var point = features.features(values)
    guard let feature = domain.drawFeature(at: unknown, given: point, random: &random) else { return nil }
    point[unknown] = feature
    values[unknown] = features.value(features.inputs[unknown], feature: feature, mass: values[0])
    return values
  }
}

// MARK: - Sentences

extension InteriorNetwork {
  private func phrase(_ input: InteriorInput, _ value: Double) -> String {
    Numerals.sentence(value) + (input.unit.isEmpty ? "" : " " + input.unit)
  }

  /// A sentence where one measured value lies beyond what the network answers for.
  private func rangeRefusal(_ sources: [Source]) -> String? {
    for (axis, source) in sources.enumerated() {
      guard case .measured(let number) = source, !domain.nominal[axis].contains(number.value) else {
        continue
      }
      let input = features.inputs[axis]
      let range = domain.nominal[axis]
      let isAbove = number.value > range.upperBound
      return "Its \(input.noun), \(phrase(input, number.value)), lies \(isAbove ? "above" : "below") the "
        + "\(phrase(input, isAbove ? range.upperBound : range.lowerBound)) \(isAbove ? "up" : "down") to which \(name) was trained."
    }
    return nil
  }

  /// Why most of what the errors allow lies outside.
  private func whyOutside(_ sources: [Source], share: Double) -> String {
    guard case .measured(let mass) = sources[0], case .measured(let radius) = sources[1] else {
      return "The planet lies outside what \(name) was trained on."
    }
    let size = "Its radius, \(phrase(.radius, radius.value)) at \(phrase(.mass, mass.value)),"
    if let iron = domain.iron?.radius(mass: mass.value), radius.value < iron {
      let above = domain.iron?.radius(mass: mass.value + mass.upperError) ?? iron
      let below = domain.iron?.radius(mass: max(mass.value - mass.lowerError, 1e-6)) ?? iron
      let fromMass = (above - below) / 2
      let sigma = (radius.upperError * radius.upperError + fromMass * fromMass).squareRoot()
      let by = sigma > 0 ? " by \(Numerals.sentence((iron - radius.value) / sigma, digits: 2)) sigma" : ""
      return size + " makes it denser than pure iron (\(phrase(.radius, iron)))\(by)."
    }
    if let smallest = domain.smallest.radius(mass: mass.value), radius.value < smallest {
      return size + " is smaller than any planet of that mass that \(name) was trained on "
        + "(\(phrase(.radius, smallest)))."
    }
    if let largest = domain.largest.radius(mass: mass.value), radius.value > largest {
      return size + " is larger than any planet of that mass that \(name) was trained on "
        + "(\(phrase(.radius, largest)))."
    }
    let names = features.inputs.map(\.noun)
    let list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    return
      "\(Numerals.sentence(100 * share, digits: 2)) % of what the errors of its \(list) allow lies outside what \(name) was "
      + "trained on."
  }
}
