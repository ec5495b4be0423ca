import Atmospheres
import JSONText
import Observations
import RobERt
import RobERtTraining
import TrainingRuns
import TrainingSets

/// Judges a RobERt on spectra it was never trained on: prints each table and gives what its card keeps of it.
struct RobERtJudge {
  let model: RobERtModel
  let data: SpectrumTrainingSet
  let division: SetDivision
  let plan: ObservationPlan
  let seed: UInt64
  let threads: Int

  private static let instruments: [Instrument] = [
    .wfc3, .nirissSOSS, .nirspecPRISM, .nirspecG395H, .miriLRS, .ariel, .full,
  ]

  private func evaluation(_ plan: ObservationPlan) -> RobERtEvaluation {
    RobERtEvaluation(
      model.recognition,
      on: ExampleBatch(
        ExampleSource(set: data, plan: plan), rows: Array(division.test), seed: seed, epoch: 0,
        threads: threads))
  }

  /// The whole test: accuracy and confusion matrix of spectra with one gas, and how each molecule's probabilities hold.
  func heldOut(command: String) -> JSON {
    let evaluation = evaluation(plan)
    print(
      "\(model.name) on \(evaluation.spectra) spectra of \(data.name) it was never trained on: \(plan.description)"
    )
    let noiseFloor = ExampleSource(set: data, plan: plan).noiseFloor(rows: division.test, seed: seed)
    showSingleGases(evaluation, noiseFloor)
    showMolecules(evaluation)
    return RobERtCard.heldOut(
      evaluation, noiseFloor: noiseFloor, names: model.molecules, command: command)
  }

  private func showSingleGases(_ evaluation: RobERtEvaluation, _ noiseFloor: Double) {
    guard evaluation.singleSpectra > 0 else { return }
    let names = model.molecules
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

  private func showMolecules(_ evaluation: RobERtEvaluation) {
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
  func byInstrument() -> JSON {
    print(
      "instrument              S/N  one gas: accuracy  of those that show one  all: mean recall at 95 % precision"
    )
    var table: [JSON] = []
    for instrument in Self.instruments {
      for ratio in [5.0, 10, 20] {
        let plan =
          instrument == .full
          ? ObservationPlan.fullGrid(signalToNoise: ratio)
          : .instrument(instrument, signalToNoise: ratio)
        let evaluation = evaluation(plan)
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
  func limits() -> JSON {
    let isEclipse = model.kind == .eclipse
    print(
      "log10 of the smallest mixing ratio that shows, clear sky, 1100 K; error per bin in "
        + (isEclipse ? "parts of the depth" : "scale heights"))
    print(column("instrument", 22, isLeft: true) + "  error" + model.molecules.map { column($0, 7) }.joined())
    var table: [JSON] = []
    for instrument in Self.instruments {
      let bins = SpectralGrid.standard.wavelengths.indices.filter { bin in
        instrument.bands.contains { $0.range.contains(SpectralGrid.standard.wavelengths[bin] * 1e6) }
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
  func outside(_ spectra: ForeignSpectra) throws -> JSON {
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
      ExampleSource(set: data, plan: plan).shareOutside(
        model.domain, rows: division.test.prefix(count), seed: seed))
    return .object(table)
  }

  /// - Parameter figure: file for a drawing.
  func dreams(figure: String?) throws -> JSON {
    print("molecule   correlation of the dream with the mean training spectrum")
    var table: [JSON.Member] = []
    var panels: [DreamFigure.Panel] = []
    for (m, name) in model.molecules.enumerated() {
      let mean = RobERtModel.meanShape(of: m, source: data, rows: division.training)
      guard !mean.isEmpty else { continue }
      let dream = model.dreamtShape(m)
      let correlation = RobERtEvaluation.correlation(dream, mean)
      print(column(name, 9, isLeft: true) + column(fixed(correlation), 9))
      table.append(.init(name, .number(ModelCard.rounded(correlation, 4))))
      if ["H2O", "CO2", "TiO", "CH4"].contains(name) {
        panels.append(.init(title: "\(name), correlation \(fixed(correlation, 3))", dream: dream, mean: mean))
      }
    }
    if let figure { try Files.write(DreamFigure(panels: panels).svg, to: figure) }
    return .object(table)
  }
}
