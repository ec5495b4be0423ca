import ArgumentParser
import NumericalMethods
import Retrieval
import RetrievalTraining
import TrainingSets

/// Where, how well and with which mass planets are observed for completions to be judged.
struct CompletionCell {
  var label: String
  var coverage: Coverage
  /// Of the coverage's points.
  var share = 1.0
  /// ppm in every bin.
  var noise: Double
  /// Relative error of the planet's mass; nil: it is not known.
  var mass: Double?

  /// - Parameter name: of a coverage, or half.
  init(_ name: String, noise: Double, mass: Double?) throws {
    self.noise = noise
    self.mass = mass
    if name == "half" {
      (label, coverage, share) = ("random half", Coverage(.full), 0.5)
      return
    }
    guard let known = Coverage.Name.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
    else { throw ValidationError("There is no coverage \"\(name)\".") }
    (label, coverage) = (known.rawValue, Coverage(known))
  }

  /// Planets as the cell observes them.
  func known(_ planets: RetrievalTrainingSet, rows: Range<Int>, seed: UInt64) -> [KnownSpectrum] {
    rows.map { row in
      var random = SeededRandom(seed: seed, stream: UInt64(row))
      var coverage = coverage
      coverage.points.removeAll { _ in random.uniform() >= share }
      let plan = ObservationPlan(
        coverage: coverage, noise: .depth(noise * 1e-6),
        context: .init(
          mass: mass.map { .to($0) } ?? .unknown, temperature: .unknown, starRadius: .to(0.01)),
        offsetDeviation: 0)
      return KnownSpectrum(planets, row: row, plan: plan, &random)
    }
  }

  /// - Throws: where there is no such space.
  static func space(_ name: String) throws -> AtmosphereSpace.Name {
    if name == "physical" { return .transmission }
    guard let space = AtmosphereSpace.Name(rawValue: name) else {
      throw ValidationError("There is no \"\(name)\": exogan-2018, transmission (or physical), eclipse.")
    }
    return space
  }

  static func model(_ name: AtmosphereSpace.Name, _ location: ModelsLocation) throws -> CompletionModel {
    let directory = try location.directory()
    guard let (model, _) = try CompletionModelSet.loadOne(name, directory: directory) else {
      throw ValidationError(
        """
        There is no network \"\(CompletionModel.name(name))\" in \(directory): train it with exospool-lab train completion, or judge \
        components alone with --set.
        """)
    }
    return model
  }
}
