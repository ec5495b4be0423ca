import Atmospheres
package import Observations
package import TrainingRuns

/// Which RobERt is trained on what: one value a shipped network.
package struct RobERtRecipe: Sendable, Hashable {
  package let name: String
  package let kind: SpectrumKind
  /// The training set's name.
  package let set: String
  package let summary: String
  package let plan: ObservationPlan
  package var options: RobERtOptions

  package static let all: [RobERtRecipe] = [
    RobERtRecipe(
      name: "robert-2016", kind: .eclipse, set: "waldmann-2016",
      summary: "Molecules in emission spectra of one gas: the task of Waldmann 2016, whole grid at S/N 20",
      plan: .fullGrid(signalToNoise: 20), options: RobERtOptions()),
    RobERtRecipe(
      name: "robert-emission", kind: .eclipse, set: "emission",
      summary: "Molecules in eclipse spectra of mixtures, any coverage and noise", plan: .anything,
      options: RobERtOptions()),
    RobERtRecipe(
      name: "robert-transmission", kind: .transmission, set: "transmission",
      summary: "Molecules in transmission spectra of mixtures with clouds and haze, any coverage and noise",
      plan: .anything, options: RobERtOptions()),
  ]

  package static func named(_ name: String) -> RobERtRecipe? { all.first { $0.name == name } }
}

/// How a RobERt is trained. Together with the set it fixes every byte of the result, on one kind of CPU and thread count.
package struct RobERtOptions: Sendable, Hashable {
  package var hidden = [500, 200, 50]
  package var batchSize = 256
  /// Times each Boltzmann machine but the topmost sees the spectra.
  package var pretrainingEpochs = 10
  package var topPretrainingEpochs = 40
  /// Steps that the topmost machine's persistent chains take a batch.
  package var topGibbsSteps = 5
  package var pretrainingRate = 2e-3
  package var epochs = 40
  package var peakRate = 3e-3
  package var finalRate = 1e-6
  package var warmUpSteps = 500
  package var weightDecay = 1e-4
  package var maximumGradientNorm = 5.0
  package var seed: UInt64 = 1

  package init() {}

  /// One line that tells every choice: kept in checkpoints, so that one is not resumed with others.
  package var summary: String {
    "hidden \(hidden.map(String.init).joined(separator: "-")), batch \(batchSize), pretraining \(pretrainingEpochs) epochs a "
      + "machine (CD-1; the topmost \(topPretrainingEpochs), persistent CD-\(topGibbsSteps); AdamW, rate \(pretrainingRate)), fine-tuning \(epochs) epochs, rate \(peakRate) to \(finalRate), "
      + "warm-up \(warmUpSteps), weight decay \(weightDecay), gradient norm \(maximumGradientNorm), seed \(seed)"
  }
}

extension SetDivision {
  /// As every RobERt divides its set.
  package init(spectra: Int) { self.init(examples: spectra, validation: 5_000, test: 10_000) }
}
