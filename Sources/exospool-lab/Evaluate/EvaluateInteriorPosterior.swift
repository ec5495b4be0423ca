import Analyses
import ArgumentParser
import InteriorMDN
import InteriorTraining
import Observations
import PlanetXML
import PosixFiles
import SystemPackage
import TrainingRuns

struct EvaluateInteriorPosterior: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interior-posterior",
    abstract: "Judge planets' interior posteriors by brute force.",
    discussion: """
      For each planet of the records and each network that answers: the network alone, the posterior that its proposals \
      and the forward model give, and the same posterior of planets drawn from the prior and weighted by the \
      likelihood, at 16, 50 and 84 %, with their distances in half widths of the reference's central 68 %.
      """)

  @Argument(help: ArgumentHelp("Records of the Open Exoplanet Catalogue.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Only the planet of that name; may be given several times.", valueName: "name"))
  var planet: [String] = []

  @Option(help: ArgumentHelp("Only that network; may be given several times.", valueName: "name"))
  var model: [String] = []

  @OptionGroup var location: ModelsLocation

  @Option(help: "Planets that the forward model may solve for one posterior.")
  var interiorPlanets = InteriorChoices.usualPlanets

  @Option(help: "What a planet's Fe/(Mg+Si) is to its star's: one-to-one or adibekyan-2021.")
  var starRelation = StarRelation.Form.oneToOne

  @Option(help: "Scatter of one-to-one, in ln of the ratio.")
  var starRelationScatter = StarRelation.usualScatter

  @Option(help: "Effective draws of the reference; 0: none is made.")
  var effective = 2000

  @Option(help: "Planets solved for the reference at the most.")
  var most = 2_000_000

  @Option(help: "Threads of the reference; it does not depend on them.")
  var threads = 1

  @Option(help: "Seed of the draws.")
  var seed: UInt64 = 1

  func validate() throws {
    guard interiorPlanets > 0, starRelationScatter > 0, effective >= 0, most > 0,
      (1...256).contains(threads)
    else {
      throw ValidationError(
        "--interior-planets, --star-relation-scatter and --most are above 0, --effective is 0 or more, --threads 1 to 256."
      )
    }
  }

  private var choices: InteriorChoices {
    InteriorChoices(
      planets: interiorPlanets, starRelation: StarRelation(form: starRelation, scatter: starRelationScatter))
  }

  func run() throws {
    let set = try InteriorModelSet.load(directory: try location.directory(), choices: choices)
    for file in files {
      let bytes = try PosixFiles.read(FilePath(file), limit: 16 << 20, followingLinks: true)
      let system: PlanetarySystem
      do { system = try PlanetRecordReader.read(bytes) } catch {
        throw ValidationError(error.sentence(file: file))
      }
      for member in system.members {
        let prepared = PreparedPlanet(member)
        guard planet.isEmpty || planet.contains(prepared.planet.name) else { continue }
        judge(prepared, set)
      }
    }
  }

  private func judge(_ prepared: PreparedPlanet, _ set: InteriorModelSet) {
    let observation = InteriorObservation(of: prepared)
    for name in set.names where model.isEmpty || model.contains(name) {
      let clock = ContinuousClock()
      let start = clock.now
      guard let answer = set.posterior(of: name, for: observation, seed: seed) else { continue }
      let seconds = (clock.now - start) / .seconds(1)
      guard answer.inDomain, let weighing = answer.weighing else {
        print("\(prepared.planet.name), \(name): no numbers; \(answer.remarks.joined(separator: " "))")
        continue
      }
      print(
        "\(prepared.planet.name), \(name): ESS \(fixed(weighing.effectiveSampleSize, 0)), "
          + "Pareto k \(fixed(weighing.paretoShape, 2)), \(weighing.forwardModels) planets, \(fixed(seconds, 2)) s"
          + "; flags \(answer.flags.names.joined(separator: " "))")
      let before = clock.now
      let reference = effective > 0 ? set.target(of: name, for: observation).flatMap(reference) : nil
      let referenceSeconds = (clock.now - before) / .seconds(1)
      if let reference {
        print(
          "  reference: ESS \(fixed(reference.effectiveSampleSize, 0)) of \(reference.planets) planets solved, \(fixed(referenceSeconds, 1)) s"
        )
      }
      show(answer, reference, set.quantities(of: name))
    }
  }

  private func reference(_ target: InteriorTarget) -> InteriorReference? {
    InteriorReference(target, effective: Double(effective), most: most, threads: threads, seed: seed &+ 17)
  }

  private func show(
    _ answer: InteriorPosterior, _ reference: InteriorReference?, _ quantities: [InteriorQuantity]
  ) {
    func three(_ p: Posterior?) -> String {
      guard let p else { return "" }
      return [p.p16, p.p50, p.p84].map { column("\(ModelCard.rounded($0, 4))", 11) }.joined()
    }
    var worst = 0.0
    print(
      "  " + column("output", 24, isLeft: true) + column("network alone", 33) + column("posterior", 33)
        + column("reference", 33) + column("distances", 21))
    for (index, quantity) in quantities.enumerated() {
      guard let p = answer.outputs[quantity] else { continue }
      var line =
        "  " + column(quantity.rawValue, 24, isLeft: true) + three(answer.networkOutputs[quantity]) + three(p)
      if let r = reference?.outputs[index] {
        let half = (r.p84 - r.p16) / 2
        let distances = [p.p16 - r.p16, p.p50 - r.p50, p.p84 - r.p84].map { half > 0 ? $0 / half : 0 }
        worst = max(worst, distances.map { abs($0) }.max() ?? 0)
        line += three(r) + distances.map { column(fixed($0, 3), 7) }.joined()
      }
      print(line)
    }
    if reference != nil { print("  farthest: \(fixed(worst, 3))") }
  }
}

extension StarRelation.Form: ExpressibleByArgument {}
