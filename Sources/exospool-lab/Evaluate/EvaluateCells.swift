import ArgumentParser
import Atmospheres
import JSONText
import OpacityFiles
import Retrieval
import RetrievalTraining
import Synchronization
import Tensors
import TrainingSets

struct EvaluateCells: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cells", abstract: "Judge a completion network over coverages, noises and what is known.",
    discussion: """
      Draws planets of the prior, observes the same ones in every cell and prints a table in Markdown: the part of the network's means \
      within a tenth of the range and, behind a stroke, the part that information allows (of the first --information planets); over \
      all parameters of the space, the means of the parts inside the 68 and 95 % intervals and the largest distance of ranks from uniform; \
      and the same distance of TARP. Control-C ends with the cells that are done.

        exospool-lab evaluate cells physical --output cells.json > cells.md
      """)

  @Argument(help: "exogan-2018, transmission (or physical).", transform: CompletionCell.space)
  var name: AtmosphereSpace.Name

  @OptionGroup var location: ModelsLocation

  @OptionGroup var opacity: OpacityLocation

  @Option(parsing: .upToNextOption, help: "Standard deviations of the noise in every bin, ppm.")
  var noise: [Double] = [20, 50, 100]

  @Option(parsing: .upToNextOption, help: "Coverages, as of evaluate completion. Default: all but half.")
  var coverage: [String] = Coverage.Name.allCases.map(\.rawValue)

  @Option(help: "Relative error with which the planet's mass is known in every second cell.")
  var mass = 0.05

  @Option(help: "Planets.")
  var count = 2000

  @Option(help: "Draws of the network for each spectrum.")
  var samples = 512

  @Option(help: "Planets whose limit of information is computed; 0: of none.")
  var information = 500

  @Option(help: "Seed of planets, noise and samples.")
  var seed: UInt64 = 3

  @Option(help: "Threads.")
  var threads = 2

  @Option(help: "File for all figures, JSON.")
  var output: String?

  func validate() throws {
    guard name != .eclipse else { throw ValidationError("Cells are of spectra in transmission.") }
    guard noise.allSatisfy({ $0 > 0 }), mass > 0, mass < 1, count > 0, samples > 0,
      (0...count).contains(information), (1...256).contains(threads)
    else {
      throw ValidationError(
        "--noise, --count and --samples are positive, --mass is below 1, --information at most --count.")
    }
    _ = try cells
  }

  private var cells: [CompletionCell] {
    get throws {
      var cells: [CompletionCell] = []
      for mass in [nil, mass] {
        for name in coverage {
          for noise in noise { cells.append(try CompletionCell(name, noise: noise, mass: mass)) }
        }
      }
      return cells
    }
  }

  private struct Line {
    var cell: CompletionCell
    var evaluation: CompletionEvaluation
    var limits: [String: Double]
  }

  func run() throws {
    BLAS.useThreads(1)
    Interruption.watch()
    let model = try CompletionCell.model(name, location)
    let forward = try OpacityLibrary(directory: opacity.directory()).model(model.space.configuration)
    let planets = RetrievalTrainingSet(
      fresh: model.space, model: forward, count: count, seed: seed, threads: threads)
    let limit = InformationLimit(model.space, forward: forward)
    var sensitivities: [InformationLimit.Sensitivity?] = []
    var network = NetworkEstimator(model: model)
    (network.samples, network.emulated) = (samples, 0)
    var lines: [Line] = []
    print(heading)
    for cell in try cells {
      let known = cell.known(planets, rows: 0..<planets.count, seed: seed)
      if sensitivities.isEmpty {
        sensitivities = limit.sensitivities(of: known.prefix(information), threads: threads)
      }
      let pace = Mutex(Pace())
      let evaluation = CompletionEvaluation(
        known, scales: limit.scales, by: network, seed: seed, threads: threads,
        isStopping: { Interruption.isRequested },
        finished: { done in
          guard pace.withLock({ $0.isDue() }) else { return }
          note("\(cell.label) \(fixed(cell.noise, 0)) ppm \(done)/\(known.count)", end: "\u{1B}[K\r")
        })
      guard !Interruption.isRequested else { break }
      let limits = limit.within10(sensitivities, known, seed: seed, threads: threads)
      let line = Line(
        cell: cell, evaluation: evaluation,
        limits: Dictionary(uniqueKeysWithValues: limits.map { ($0.key, $0.within10) }))
      note("", end: "\u{1B}[K")
      print(row(line))
      lines.append(line)
    }
    if let output { try Files.write(json(lines).text(.card), to: output) }
  }

  // MARK: What it says

  /// The columns: the parameters that every space has.
  private static let columns = [
    ("planetRadius", "Rp"), ("temperature", "T"), ("planetMass", "Mp"), ("log10H2O", "H2O"),
    ("log10CO2", "CO2"), ("log10CH4", "CH4"), ("log10CO", "CO"),
  ]

  private var heading: String {
    let titles = ["coverage", "ppm", "mass"] + Self.columns.map(\.1) + ["68 %", "95 %", "ranks", "TARP"]
    return "| \(titles.joined(separator: " | ")) |\n|\(titles.map { _ in "---" }.joined(separator: "|"))|"
  }

  private func row(_ line: Line) -> String {
    let evaluation = line.evaluation
    let scores = Dictionary(uniqueKeysWithValues: evaluation.scores.map { ($0.key, $0.score) })
    func short(_ value: Double) -> String {
      let text = fixed(value, 2)
      return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }
    let cells = Self.columns.map { key, _ in
      (scores[key].map { short($0.within10) } ?? "") + (line.limits[key].map { "/" + short($0) } ?? "")
    }
    let all = evaluation.scores.map(\.score)
    func mean(_ value: (ParameterScore) -> Double) -> Double {
      all.reduce(0) { $0 + value($1) } / Double(max(all.count, 1))
    }
    let ends = [
      short(mean(\.coverage68)), short(mean(\.coverage95)), short(all.map(\.rankDistance).max() ?? 0),
      short(evaluation.tarpDistance),
    ]
    let fields =
      [
        line.cell.label, fixed(line.cell.noise, 0),
        line.cell.mass.map { "\(fixed(100 * $0, 0)) %" } ?? "unknown",
      ] + cells + ends
    return "| \(fields.joined(separator: " | ")) |"
  }

  private func json(_ lines: [Line]) -> JSON {
    .object([
      .init("space", .string(name.rawValue)), .init("method", .string("network")),
      .init("samples", .integer(samples)), .init("seed", .integer(Int(clamping: seed))),
      .init("limitOf", .integer(information)),
      .init(
        "cells",
        .array(
          lines.map { line in
            let parameters = line.evaluation.scores.map { key, score in
              JSON.Member(
                key, .object(score.members + (line.limits[key].map { [.init("limit", .number($0))] } ?? [])))
            }
            return .object([
              .init("coverage", .string(line.cell.label)), .init("noise", .number(line.cell.noise)),
              .init("massError", line.cell.mass.map { .number($0) } ?? .null),
              .init("spectra", .integer(line.evaluation.spectra)),
              .init("answered", .integer(line.evaluation.answered)),
              .init("tarpDistance", .number(line.evaluation.tarpDistance)),
              .init("parameters", .object(parameters)),
            ])
          })),
    ])
  }
}

extension ParameterScore {
  var members: [JSON.Member] {
    [
      .init("within10", .number(within10)), .init("r2", .number(r2)), .init("rms", .number(rms)),
      .init("coverage68", .number(coverage68)), .init("coverage95", .number(coverage95)),
      .init("rankDistance", .number(rankDistance)),
    ]
  }
}
