import ArgumentParser
import Atmospheres
import Foundation
import JSONText
import NeuralNetworks
import Observations
import OpacityFiles
import RobERt
import Tensors
import Training

struct EvaluateRobERt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robert",
    abstract: "Judge a network that recognises molecules on spectra it was never trained on.",
    discussion: """
      Prints accuracy and confusion matrix of spectra with one gas, for every molecule the area under the curve and the recall \
      at 95 % precision, and how well the probabilities hold; and writes them into the model's card. --tables adds the accuracy \
      by instrument and signal-to-noise. --dreams compares each dream with the mean training spectrum of its molecule.

        exospool-lab evaluate robert robert-2016 --set exospool-sets --dreams
        exospool-lab evaluate robert robert-emission --set exospool-sets --test-set waldmann-2016 --tables
      """)

  @Argument(help: "robert-2016, robert-emission or robert-transmission.")
  var name: String

  @Option(help: "Directory of the training set's shards; its last spectra are the test.")
  var set: String

  @Option(help: "Directory of the weights and cards.")
  var models = "Etc/models"

  @Option(help: "Judge on the last spectra of another set of the same kind; nothing is written then.")
  var testSet: String?

  @ArgumentParser.Flag(help: "Also by instrument and signal-to-noise per bin.")
  var tables = false

  @ArgumentParser.Flag(help: "Also the detection limits by instrument and noise.")
  var limits = false

  @ArgumentParser.Flag(help: "Also the dreams.")
  var dreams = false

  @ArgumentParser.Flag(
    help:
      "Also the share of spectra of stars, brown dwarfs and wild noise, and of its own, that it takes for none of its own."
  )
  var foreign = false

  @Option(help: "Directory of the opacity tables, for --foreign.")
  var opacities = "Etc/opacity"

  @Option(
    help:
      "SVG file to draw dreams of H2O, CO2, TiO and CH4 into, over the mean training spectra; with --dreams.")
  var figure: String?

  @Option(help: "Use only so many spectra of the set, in whole shards: as in training.")
  var spectra: Int?

  @Option(help: "Seed of coverage and noise.")
  var seed: UInt64 = 2

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard RobERtRecipe.named(name) != nil else {
      throw ValidationError(
        "\"\(name)\" is no RobERt; there are \(RobERtRecipe.all.map(\.name).joined(separator: ", ")).")
    }
  }

  func run() throws {
    guard let recipe = RobERtRecipe.named(name) else { return }
    BLAS.useThreads(1)
    guard let (model, hash) = try RobERtModelSet.loadOne(name, directory: models) else {
      throw ValidationError(
        "\(models) holds no \(name).safetensors; train it with: exospool-lab train robert \(name)")
    }
    let data = try SpectrumTrainingSet(
      testSet ?? recipe.set, kind: recipe.kind, directory: set, limit: spectra ?? .max)
    let division = RobERtDivision(spectra: data.count)
    let evaluation = judge(model, data, recipe.plan, division.test)
    print(
      "\(name) on \(evaluation.spectra) spectra of \(data.name) it was never trained on: \(recipe.plan.description)"
    )
    let noiseFloor = ExampleSource(set: data, plan: recipe.plan).noiseFloor(rows: division.test, seed: seed)
    show(evaluation, noiseFloor, model.molecules)

    var members: [JSON.Member] = []
    if tables { members.append(.init("byInstrument", byInstrument(model, data, division.test))) }
    if dreams { members.append(.init("dreams", try dreamTable(model, data, division.training))) }
    if foreign { members.append(.init("outside", try outsideTable(model, data, division.test, recipe.plan))) }
    if limits { members.append(.init("detectionLimits", limitTable(model))) }
    guard testSet == nil else { return }
    let path = "\(models)/\(name).json"
    var card = try JSON(parsing: SafetensorsFile.readBytes(path: path))
    guard card["weights"]?["sha256"]?.string == hash else { return }
    card = ModelCard.setting(
      "heldOut",
      to: RobERtCard.heldOut(
        evaluation, noiseFloor: noiseFloor, names: model.molecules, command: CommandLine.command),
      in: card)
    for member in members { card = ModelCard.setting(member.key, to: member.value, in: card) }
    try SafetensorsFile.writeBytes(Array(card.text(.card).utf8), path: path)
  }

  private func judge(
    _ model: RobERtModel, _ data: SpectrumTrainingSet, _ plan: ObservationPlan, _ rows: Range<Int>
  ) -> RobERtEvaluation {
    RobERtEvaluation(
      model.recognition,
      on: ExampleBatch(
        ExampleSource(set: data, plan: plan), rows: Array(rows), seed: seed, epoch: 0, threads: threads))
  }

  private func show(_ evaluation: RobERtEvaluation, _ noiseFloor: Double, _ names: [String]) {
    if evaluation.singleSpectra > 0 {
      print(
        "one gas at most: \(evaluation.singleSpectra) spectra, accuracy \(fixed(100 * evaluation.accuracy, 2)) %; with no cut at 3 sigma "
          + "the gas is named in \(fixed(100 * evaluation.accuracyWithoutCut, 2)) %"
      )
      print(
        "noise alone puts \(fixed(100 * noiseFloor, 2)) % of them on the wrong side of 3 sigma, whoever looks"
      )
      print("truth \\ answer" + ([" none"] + names).map { column($0, 6) }.joined())
      for (name, row) in zip(["no feature"] + names, evaluation.confusion) {
        print(column(name, 14, isLeft: true) + row.map { column("\($0)", 6) }.joined())
      }
    }
    print("molecule   shown     AUC  recall at 95 % precision  calibration error")
    for molecule in evaluation.molecules {
      print(
        column(molecule.name, 9, isLeft: true) + column("\(molecule.shown)", 7)
          + column(fixed(molecule.areaUnderCurve), 9) + column(fixed(molecule.recallAt95), 20)
          + column(fixed(molecule.calibrationError), 22))
    }
    print("expected calibration error, all molecules: \(fixed(evaluation.calibrationError))")
    print("probability  frequency   number")
    for bin in evaluation.reliability {
      print(
        column(fixed(bin.probability, 3), 11) + column(fixed(bin.frequency, 3), 11)
          + column("\(bin.count)", 9))
    }
  }

  /// Accuracy by instrument and signal-to-noise, of spectra with one gas at most and of those that show something.
  private func byInstrument(
    _ model: RobERtModel, _ data: SpectrumTrainingSet, _ rows: Range<Int>
  ) -> JSON {
    print(
      "instrument              S/N  one gas: accuracy  of those that show one  all: mean recall at 95 % precision"
    )
    var table: [JSON] = []
    let instruments: [Instrument] = [
      .wfc3, .nirissSOSS, .nirspecPRISM, .nirspecG395H, .miriLRS, .ariel, .full,
    ]
    for instrument in instruments {
      for ratio in [5.0, 10, 20] {
        let plan =
          instrument == .full
          ? ObservationPlan.fullGrid(signalToNoise: ratio)
          : .instrument(instrument, signalToNoise: ratio)
        let evaluation = judge(model, data, plan, rows)
        let recalls = evaluation.molecules.map(\.recallAt95).filter(\.isFinite)
        let recall = recalls.reduce(0, +) / Double(max(recalls.count, 1))
        print(
          column(instrument.name, 22, isLeft: true) + column("\(Int(ratio))", 5)
            + column(fixed(100 * evaluation.accuracy, 2), 18)
            + column(fixed(100 * evaluation.shownAccuracy, 2), 22)
            + column(fixed(recall, 3), 28))
        table.append(
          .object([
            .init("instrument", .string(instrument.name)), .init("signalToNoise", .number(ratio)),
            .init("singleGasAccuracy", .number(ModelCard.rounded(evaluation.accuracy, 4))),
            .init("shownAccuracy", .number(ModelCard.rounded(evaluation.shownAccuracy, 4))),
            .init("meanRecallAt95Precision", .number(ModelCard.rounded(recall, 4))),
          ]))
      }
    }
    return .array(table)
  }

  /// log10 of the smallest mixing ratio with a feature of 3 sigma, in a clear atmosphere at 1100 K.
  private func limitTable(_ model: RobERtModel) -> JSON {
    let isEclipse = model.kind == .eclipse
    print(
      "log10 of the smallest mixing ratio that shows, clear sky, 1100 K; error per bin in "
        + (isEclipse ? "parts of the depth" : "scale heights"))
    print(column("instrument", 22, isLeft: true) + "  error" + model.molecules.map { column($0, 7) }.joined())
    var table: [JSON] = []
    for instrument in [Instrument.wfc3, .nirissSOSS, .nirspecPRISM, .nirspecG395H, .miriLRS, .ariel, .full] {
      let bins = Observations.SpectralGrid.centres.indices.filter { bin in
        instrument.bands.contains { $0.range.contains(Observations.SpectralGrid.centres[bin] * 1e6) }
      }
      for error in isEclipse ? [0.2, 0.1, 0.05, 0.02] : [1, 0.5, 0.2, 0.1] {
        let limits = model.molecules.map { molecule in
          model.limits.limit(
            molecule, .init(bins: bins, errors: bins.map { _ in error }, temperature: 1100))
        }
        print(
          column(instrument.name, 22, isLeft: true) + column(fixed(error, 2), 7)
            + limits.map { column($0.map { fixed($0, 1) } ?? "-", 7) }.joined())
        table.append(
          .object([
            .init("instrument", .string(instrument.name)), .init("error", .number(error)),
            .init(
              "logMixingRatio",
              .object(
                zip(model.molecules, limits).map { name, limit in
                  .init(name, limit.map { .number(ModelCard.rounded($0, 3)) } ?? .null)
                })),
          ]))
      }
    }
    return .array(table)
  }

  /// Shares of foreign spectra, and of held-out ones, that lie outside the training's domain.
  private func outsideTable(
    _ model: RobERtModel, _ data: SpectrumTrainingSet, _ rows: Range<Int>, _ plan: ObservationPlan
  ) throws -> JSON {
    let spectra = ForeignSpectra(model: try OpacityLibrary(directory: opacities).model(.training))
    let count = 1000
    print("share taken for none of its own, \(count) spectra each, flux over noise 20")
    var table: [JSON.Member] = []
    func row(_ name: String, _ share: Double) {
      print(column(name, 40, isLeft: true) + column(fixed(share, 3), 7))
      table.append(.init(name, .number(ModelCard.rounded(share, 3))))
    }
    for kind in ForeignSpectra.Kind.allCases {
      row(kind.rawValue, try spectra.shareOutside(kind, of: model, count: count, seed: seed))
    }
    row(
      "held-out planets",
      ExampleSource(set: data, plan: plan).shareOutside(model.domain, rows: rows.prefix(count), seed: seed))
    return .object(table)
  }

  private func dreamTable(
    _ model: RobERtModel, _ data: SpectrumTrainingSet, _ rows: Range<Int>
  ) throws -> JSON {
    print("molecule   correlation of the dream with the mean training spectrum")
    var table: [JSON.Member] = []
    var panels: [DreamFigure.Panel] = []
    for (m, name) in model.molecules.enumerated() {
      let mean = RobERtModel.meanShape(of: m, source: data, rows: rows)
      guard !mean.isEmpty else { continue }
      let dream = model.dreamtShape(m)
      let correlation = RobERtEvaluation.correlation(dream, mean)
      print(column(name, 9, isLeft: true) + column(fixed(correlation), 9))
      table.append(.init(name, .number(ModelCard.rounded(correlation, 4))))
      if ["H2O", "CO2", "TiO", "CH4"].contains(name) {
        panels.append(.init(title: "\(name), correlation \(fixed(correlation, 3))", dream: dream, mean: mean))
      }
    }
    if let figure {
      try Data(DreamFigure(panels: panels).svg.utf8).write(
        to: URL(fileURLWithPath: figure), options: .atomic)
    }
    return .object(table)
  }

  private func column(_ text: String, _ width: Int, isLeft: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(1, width - text.count))
    return isLeft ? text + blanks : blanks + text
  }
}
