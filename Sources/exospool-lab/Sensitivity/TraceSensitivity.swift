import ArgumentParser
import JSONText
import Observations
import Retrieval
import SpectralPrior
import SpectralSensitivity
import Tensors

struct TraceSensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Say which wavelengths the retrieved numbers of an observed transit rest on.",
    discussion: """
      Three networks retrieve the atmosphere; noise as large as the points' errors is put on one group of points after the other, before the front \
      end, and the change of each answer is given in the answer's own deviations. With --spectra the posterior is retrieved, too, and beside the \
      networks' maps stands what an optimal linear retrieval at its mean rests on. --published runs the published test, in which half of all other \
      groups move, too, and says how two halves of its repeats agree.

        exospool-lab sensitivity HD209458b.txt --star-radius 1.155:0.016 --mass 0.69:0.02 --plot map.svg
        exospool-lab sensitivity WASP-39b.fits --spectra 8000 --json
        exospool-lab sensitivity HD209458b.txt --published 1000
      """)

  @OptionGroup var options: RetrievalOptions

  @OptionGroup var models: ModelsLocation

  @Option(help: "Groups of points.")
  var groups = PointGroups.usualCount

  @Option(help: "Retrieve the posterior with so many forward models at most.")
  var spectra: Int?

  @Option(help: "Run the published test with so many repeats.")
  var published: Int?

  @Option(
    help: ArgumentHelp("File for the maps as a drawing, SVG.", valueName: "svg"),
    completion: .file(extensions: ["svg"]))
  var plot: String?

  @Option(help: "Threads of the posterior: no result depends on it.")
  var threads = 2

  @Option(help: "Seed: the same seed gives the same maps.")
  var seed: UInt64 = 1

  @ArgumentParser.Flag(help: "Print JSON instead of text.")
  var json = false

  func validate() throws {
    guard (1...SpectralGrid.standard.count).contains(groups), (spectra ?? 1) > 0, (published ?? 2) >= 2,
      (1...256).contains(threads)
    else {
      throw ValidationError(
        "--groups is 1 to \(SpectralGrid.standard.count), --spectra positive, --published 2 or more, --threads 1 to 256."
      )
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let observation = try options.observation()
    guard observation.kind == .transmission else {
      throw ValidationError("\(options.file): the networks of the sensitivities know transits alone.")
    }
    let completion = try CompletionCell.model(.transmission, models)
    let set = try SensitivityModelSet.load(
      .transmission, directory: models.directory(), frontEnd: completion.frontEnd)
    guard !set.models.isEmpty else {
      throw ValidationError(
        "There is no network of sensitivities: train one with exospool-lab train sensitivity.")
    }
    let posterior = try spectra.map { try retrieve(observation, completion, spectra: $0) }
    let traced: SpectrumSensitivity
    do {
      traced = try SpectrumSensitivity(
        of: observation, by: set, completion: completion,
        centre: posterior.flatMap {
          PosteriorCentre(
            keys: $0.keys, rows: $0.rows, weights: $0.weights, observation, completion.space)
        },
        posteriors: posterior?.inResultUnits ?? [:], groupCount: groups, seed: seed)
    } catch {
      throw ValidationError("\(options.file): \(error.sentence)")
    }
    print(json ? self.json(traced).text(.document) : text(traced), terminator: "")
    if let published { try printPublished(observation, set, completion, repeats: published) }
    if let plot { try Files.write(drawing(traced), to: plot) }
  }

  private func retrieve(
    _ observation: SpectralObservation, _ completion: CompletionModel, spectra: Int
  ) throws -> RetrievedPosterior {
    let engine = RetrievalEngine(model: completion, forward: try options.forward(completion.space))
    let settings = RetrievalSettings(
      spectra: spectra, threads: threads, inflatesErrors: options.inflatesErrors)
    do { return try engine.retrieve(observation, settings: settings, seed: seed) } catch {
      throw ValidationError("\(options.file): \(error)")
    }
  }

  // MARK: What it says

  private func text(_ traced: SpectrumSensitivity) -> String {
    var lines = [
      "\(Files.name(options.file)): chi-squared \(fixed(traced.distance, 2)) a point of the front end"
    ]
    for (place, parameter) in traced.parameters.enumerated() {
      let factor = ParameterUnit.factor(parameter.key)
      var line = column(parameter.key, 14, isLeft: true)
      for network in traced.networks {
        let estimate = network.estimates[place]
        let (low, middle, high) = (
          estimate.value(at: 0.16) * factor, estimate.value(at: 0.5) * factor,
          estimate.value(at: 0.84) * factor
        )
        line +=
          "  \(network.kind.title) \(fixed(middle, 2)) +\(fixed(high - middle, 2)) -\(fixed(middle - low, 2))"
      }
      if let posterior = traced.posteriors[place] {
        line +=
          "  posterior \(fixed(posterior.p50, 2)) +\(fixed(posterior.p84 - posterior.p50, 2)) -\(fixed(posterior.p50 - posterior.p16, 2))"
      }
      lines.append(line)
    }
    lines.append("")
    lines.append("rests most on (um, change of the answer in its deviations)")
    for (place, parameter) in traced.parameters.enumerated() {
      let values = traced.combined[place]
      let order = values.indices.sorted { values[$0] > values[$1] }.prefix(5)
      let found = order.map { group in
        let (lower, upper) = traced.groups.edges(group)
        return "\(fixed(lower * 1e6, 2))-\(fixed(upper * 1e6, 2)) \(fixed(values[group], 2))"
      }
      lines.append(column(parameter.key, 14, isLeft: true) + "  " + found.joined(separator: "  "))
      guard let optimal = traced.optimal?.values[place] else { continue }
      let best = optimal.indices.sorted { optimal[$0] > optimal[$1] }.prefix(5)
      lines.append(
        column("  optimal", 14, isLeft: true) + "  "
          + best.map { group in
            let (lower, upper) = traced.groups.edges(group)
            return "\(fixed(lower * 1e6, 2))-\(fixed(upper * 1e6, 2)) \(fixed(optimal[group], 2))"
          }.joined(separator: "  "))
    }
    lines += traced.remarks
    return lines.joined(separator: "\n") + "\n"
  }

  private func json(_ traced: SpectrumSensitivity) -> JSON {
    let edges = traced.groups.groups.indices.map { traced.groups.edges($0) }
    let parameters = traced.parameters.enumerated().map { place, parameter in
      JSON.Member(parameter.key, .object(members(traced, place)))
    }
    return .object([
      .init("file", .string(Files.name(options.file))), .init("distance", .number(traced.distance)),
      .init("lower", numbers(edges.map { $0.lower * 1e6 })),
      .init("upper", numbers(edges.map { $0.upper * 1e6 })), .init("parameters", .object(parameters)),
      .init("contributions", .object(traced.contributions.map { .init($0.gas, numbers($0.depths)) })),
      .init("remarks", .strings(traced.remarks)),
    ])
  }

  private func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }

  private func members(_ traced: SpectrumSensitivity, _ place: Int) -> [JSON.Member] {
    let factor = ParameterUnit.factor(traced.parameters[place].key)
    var members = traced.networks.map { network -> JSON.Member in
      let quantiles = [0.025, 0.16, 0.5, 0.84, 0.975].map { network.estimates[place].value(at: $0) * factor }
      let gradient = SensitivityMap(gradients: [network.gradients[place]], groups: traced.groups)
      return JSON.Member(
        network.kind.rawValue,
        .object([
          .init("quantiles", numbers(quantiles)), .init("map", numbers(network.map.values[place])),
          .init("errors", numbers(network.map.errors[place])),
          .init("gradient", numbers(gradient.values[0])),
        ]))
    }
    if let optimal = traced.optimal { members.append(.init("optimal", numbers(optimal.values[place]))) }
    return members
  }

  private func printPublished(
    _ observation: SpectralObservation, _ set: SensitivityModelSet, _ completion: CompletionModel,
    repeats: Int
  ) throws {
    guard let tangent = completion.frontEnd.tangent(of: observation) else { return }
    let groups = PointGroups(observation.points, count: groups)
    let answers = SensitivityMap.subsets(
      set.models.map { SensitivityProbe($0.model, tangent) },
      Perturbations(tangent, errors: observation.points.variances.map { $0.squareRoot() }, groups: groups),
      groups: groups, repeats: repeats, seed: seed)
    print("\npublished test, \(repeats) repeats: rank correlation of its halves")
    for (model, answer) in zip(set.models, answers) {
      let parts = zip(model.model.parameters, answer.splitHalf).map { "\($0.key) \(fixed($1, 2))" }
      print("\(model.model.architecture.kind.title): \(parts.joined(separator: ", "))")
    }
  }

  /// The gases' and the temperature's maps, each with its largest value 1.
  private func drawing(_ traced: SpectrumSensitivity) -> String {
    let edges = traced.groups.groups.indices.map { traced.groups.edges($0) }
    let curves = traced.parameters.indices.filter {
      traced.parameters[$0].key.hasPrefix("log10") || traced.parameters[$0].key == "temperature"
    }.map { place in
      let values = traced.combined[place]
      let largest = max(values.max() ?? 1, .leastNormalMagnitude)
      return WavelengthPlot.Curve(
        traced.parameters[place].key.replacing("log10", with: "").replacing("temperature", with: "T"),
        values.map { $0 / largest })
    }
    return WavelengthPlot(
      title: "\(Files.name(options.file)): what each answer rests on",
      ordinate: "sensitivity, of the largest",
      wavelengths: edges.map { ($0.lower * $0.upper).squareRoot() * 1e6 }, curves: curves, scale: .linear
    ).svg
  }
}
